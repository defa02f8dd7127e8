r"""\(\varepsilon_\infty=\max_{i,s}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1\), at any state."""

from fractions import Fraction

from ..meaning import Meaning, over_players
from ..model import Model, Number


def _largest(model: Model, player: int) -> Number:
    apart: list[Number] = []
    for state in range(model.num_states):
        rows = (model.policy(role, player, state) for role in ("learner", "expert"))
        apart.append(sum((abs(p - e) for p, e in zip(*rows, strict=True)), Fraction(0)))
    return max(apart)


MEANING = Meaning(
    "eps_sup",
    r"\varepsilon_\infty",
    "the largest error of a player at any state, visited or not",
    r"\max_{i,s}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1",
    over_players(_largest),
)
