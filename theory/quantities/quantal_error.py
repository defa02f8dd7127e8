r"""How far the expert is from the soft best responses to itself.

\(\eta_\tau=\max_i\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi^E_i-b^\tau_i[\pi^E]\|_1\), which is 0 for a
quantal response equilibrium at the temperature \(\tau\), and for no other expert that visits every
state.
"""

from collections.abc import Callable

from ..expression import Call, Name, Number, Product
from ..meaning import Meaning
from ..model import Model
from ..model import Number as Value
from .tau import temperature


def _apart(model: Model, player: int) -> Value:
    from fractions import Fraction

    from ..interpretation import At, Interpretation

    mean = Call("E_mu", (Name("own_shift_i"),))
    twice = Product(((False, Number(Fraction(2))), (False, mean)))
    return Interpretation(model).read(twice, At(player))


def _largest(model: Model, _: int | None) -> Value:
    temperature(model)
    most: Callable[[list[Value]], Value] = getattr(model, "most", max)
    return most([_apart(model, i) for i in range(model.players)])


MEANING = Meaning(
    "quantal_error",
    r"\eta_\tau",
    "the largest over the players of the distance of the expert's policy from the soft best "
    "response to the expert, at the temperature at which the game is read",
    r"\max_i\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi^E_i-b^\tau_i[\pi^E]\|_1",
    _largest,
)
