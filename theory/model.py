"""What a statement of the theory may ask of a game with an expert and a learner.

Quantities and assumptions are written once, against the protocol `Model`; the folder `numeric`
answers it exactly or in floats. Players, states and actions count from 0. Values are discounted
sums from the start, occupancies are normalised to 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from .errors import NashgapError

Number = Fraction | float
Role = Literal["expert", "learner"]


class UndeterminedError(NashgapError):
    """The budget for a quantity was spent before it was known; a claim on it is undecided."""


@dataclass(frozen=True)
class Answer:
    """A yes, a no, or an honest "cannot tell", with the reason.

    Attributes:
        holds: True, False, or None for undecided.
        reason: the player, state or deviation that decides it, or why nothing does.
    """

    holds: bool | None
    reason: str


def brief(number: Number) -> str:
    """A number in a reason: exact when it is short, else to nine digits.

    Example:
        >>> brief(Fraction(2, 3)), brief(Fraction(2**200, 3**100))
        ('2/3', 'about 3.11798241e+12')
    """
    if not isinstance(number, Fraction):
        return repr(float(number))
    above, below = number.numerator.bit_length(), number.denominator.bit_length()
    if above + below <= 160:
        return str(number)
    try:
        return f"about {float(number):.9g}"
    except OverflowError:
        return f"a number of {above - below} binary digits"


class Model(Protocol):
    """A game, its expert and its learner, as the theory sees them."""

    @property
    def players(self) -> int:
        """Number of players n."""
        ...

    @property
    def num_states(self) -> int:
        """Number of states S."""
        ...

    @property
    def num_actions(self) -> tuple[int, ...]:
        """Number of actions of each player."""
        ...

    @property
    def discount(self) -> Number:
        r"""The discount \(\gamma\in[0,1)\)."""
        ...

    @property
    def is_exact(self) -> bool:
        """Whether every number is a Fraction; only then may an assumption be decided."""
        ...

    def joint_actions(self) -> Iterator[tuple[int, ...]]:
        """All joint actions, the last player's changing fastest."""
        ...

    def start(self) -> Sequence[Number]:
        r"""The initial distribution \(\nu\), one number a state."""
        ...

    def successors(self, state: int, joint: tuple[int, ...]) -> Mapping[int, Number]:
        r"""The states that \(P(\cdot\mid s,a)\) reaches, with their positive probabilities."""
        ...

    def reward(self, player: int, state: int, joint: tuple[int, ...]) -> Number:
        r"""\(r_i(s,a)\in[-1,1]\)."""
        ...

    def policy(self, role: Role, player: int, state: int) -> Sequence[Number]:
        r"""\(\pi_i(\cdot\mid s)\), one number an action."""
        ...

    def visited(self, role: Role = "expert") -> frozenset[int]:
        r"""The visited region \(\{s:\mu(s)>0\}\)."""
        ...

    def occupancy(self, role: Role) -> Sequence[Number]:
        r"""\(\mu\), one number a state."""
        ...

    def value(self, role: Role, player: int) -> Number:
        r"""\(V_i(\nu)\) of the profile."""
        ...

    def state_values(self, role: Role, player: int) -> Sequence[Number]:
        r"""\(V_i(s)\) of the profile, one number a state."""
        ...

    def mixed_value(self, player: int) -> Number:
        r"""\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)\): only the player plays as the expert."""
        ...

    def best_value(self, role: Role, player: int) -> Number:
        r"""\(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)\), the opponents from the profile."""
        ...

    def optimal_q(self, role: Role, player: int) -> Sequence[Sequence[Number]]:
        r"""Optimal \(Q(s,a_i)\) of player i's MDP against the profile's opponents, [S][A_i]."""
        ...

    def team_best_value(self, player: int = 0) -> Number:
        r"""\(\max_\pi V_i^\pi(\nu)\) over joint (also correlated) policies."""
        ...

    def policy_error(self, player: int) -> Number:
        r"""\(\mathbb E_{s\sim\mu_{\pi^E}}\|(\pi_i-\pi_i^E)(\cdot\mid s)\|_1\in[0,2]\)."""
        ...

    def state_occupancy_error(self) -> Number:
        r"""\(\|\mu_\pi-\mu_{\pi^E}\|_1\in[0,2]\)."""
        ...

    def state_action_occupancy_error(self) -> Number:
        r"""\(\|\rho_\pi-\rho_{\pi^E}\|_1\in[0,2]\)."""
        ...

    def best_response_shift(self, player: int) -> Number:
        r"""The learner's \(\delta_i\): the least \(\mu_{\pi^E}\)-weighted shift to a best response.

        Raises:
            UndeterminedError: the search for it spent its budget.
        """
        ...

    def least_shift_response(self, player: int) -> Sequence[Sequence[Number]]:
        r"""A best response to the learner that attains \(\delta_i\), [S][A_i].

        Raises:
            UndeterminedError: the search for it spent its budget.
        """
        ...

    def concentrability(self, player: int) -> Number:
        r"""The deviation concentrability \(C_i\ge1\); `math.inf` if it leaves the support."""
        ...

    def dominance(self, player: int) -> Answer:
        """Whether the expert's policy of the player is weakly dominant from the start."""
        ...
