r"""What a deviating player would meet of the opponents' errors, were they the expert's.

\(\varepsilon_*=\max_i\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}\|\pi_{-i}-\pi^E_{-i}\|_1\), where
\(\pi^*_i\) is a best response to the learner that moves least from \(\pi^E_i\).
"""

from ..expression import Call, Name, Number, Product
from ..meaning import Meaning, over_players
from ..model import Model
from ..model import Number as Value


def _met(model: Model, player: int) -> Value:
    from fractions import Fraction

    from ..interpretation import At, Interpretation

    mean = Call("E_deviation", (Name("TV_o"),))
    twice = Product(((False, Number(Fraction(2))), (False, mean)))
    return Interpretation(model).read(twice, At(player))


MEANING = Meaning(
    "deviation_error",
    r"\varepsilon_*",
    "the largest over the players of the opponents' error where the player's best response to the "
    "learner, the one that moves least, would go against the expert",
    r"\max_i\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}\|\pi_{-i}-\pi^E_{-i}\|_1",
    over_players(_met),
)
