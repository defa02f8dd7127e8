r"""A derived bound for other rewards, and for games that end after N steps.

**Rewards in [a, b].** \(r\mapsto(2r-a-b)/(b-a)\) maps them to [-1, 1]. A value becomes
\(2V/(b-a)\) plus a number that all policies share, so the gaps are divided by \((b-a)/2\), and best
responses, occupancies and errors stay as they are. Hence every coefficient is multiplied by
\((b-a)/2\), except those of gaps.

**N steps, no discount.** Policies and deviations may depend on the time t, errors are means over
the N steps. A derivation carries over with \(\gamma=1-1/N\) if it rests on nothing but what is
listed here: with \(N-t\) steps to go \(|Q|\le N-t\le N=1/(1-\gamma)\), and where the same action is
played \(|Q-Q'|\le2(N-t-1)\le2(N-1)=2\gamma/(1-\gamma)\); a recursion
\(W_t\le c+\sum_auv\,P[W_{t+1}]\), \(W_N=0\), gives
\(\nu\cdot W_0\le\sum_t\mathrm{E}_t[c]=\mathrm{E}[c]/(1-\gamma)\); the mean over the N steps is at
least \(1/N=1-\gamma\) times that over the start; and everything else is said at one state, or of
policies alone. What compares a step's occupancy with the next one's is not in the list: the last
step has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from nashgap.theory.errors import BadInput
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational
from nashgap.theory.words import PARAMETERS

from .question import VALUES
from .write import total_of
from .written import as_sum

SAME_FOR_ANY_REWARDS = frozenset(
    {"nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal", "common-payoff"}
    | {"match-rho", "match-mu", "one-matched", "full-support", "uniform-off-support"}
)
"""Assumptions that hold before the map if and only if they hold after it."""
GAPS = frozenset({"expert_gap", "dominance_gap", "team_gap"})
"""Quantities that the map divides by (b - a)/2."""

AT_EVERY_STEP = frozenset(
    {
        *("NashGap_i", "ValueGap_i", "V", "V_at", "Q", "deviation", "eps_BC_i", "loss_i", "rho"),
        *("split by c_o", "split by n_i", "split by d_i", "split by s_i", "split by n_i and m_i"),
        *("linearity", "signs", "products", "formal sums", "means are monotone", "overlaps"),
        *("attained maximum", "sum over the opponents", "induction over the opponents"),
        *("parts of the kernel", "two recursions", "least of several bounds"),
        *("values are bounded", "values from the start are bounded", "the start is visited"),
        *("the same action costs a discount", "errors are non-negative", "the largest error"),
        *("total variation", "masses of the parts", "the opponents together", "the least shift"),
        *("three overlap less than two", "a best response is best", "actions outside the support"),
        *("what the expert lacks", "what the team lacks", "what the expert loses by a step"),
        *("what a deviation meets", "finite concentrability", "optimal actions are kept"),
        *("values by occupancy", "sums weighted by visits", "start from visits"),
        *("eps_mu", "eps_rho", "weighted norms", "triangle inequality", "rewards are bounded"),
        *("a kernel does not lengthen", "a marginal is no farther"),
        "joint policies share the product of the overlaps",
        *("assumption dominant", "assumption nash", "assumption team-optimal"),
        *("assumption match-rho", "assumption one-matched"),
    }
)
"""The grounds that hold for N steps in the sense above."""


@dataclass(frozen=True)
class Transferred:
    """A bound that follows from a derived one.

    Attributes:
        claim: what it says.
        games: of which games.
        reason: why, in a sentence.
    """

    claim: str
    games: str
    reason: str

    def json(self) -> dict[str, str]:
        """As the command prints it."""
        return {"claim": self.claim, "games": self.games, "reason": self.reason}


def interval(given: object) -> tuple[Fraction, Fraction]:
    """The range of the rewards, from "0,1" or a pair.

    Raises:
        BadInput: it is none.

    Example:
        >>> interval("0, 1/2")
        (Fraction(0, 1), Fraction(1, 2))
    """
    from nashgap.numeric.numbers import exact

    parts = given.split(",") if isinstance(given, str) else given
    if not isinstance(parts, (list, tuple)) or len(parts) != 2:
        raise BadInput("rewards", f"given {str(given)[:60]!r}", 'two numbers, such as "0,1"')
    low, high = (exact(p.strip() if isinstance(p, str) else p, "rewards") for p in parts)
    if low >= high:
        raise BadInput("rewards", f"given {low}, {high}", "the smaller number first")
    return low, high


def rescaled(
    quantity: str,
    bound: Mapping[Monomial, Rational],
    assumptions: tuple[str, ...],
    low: Fraction,
    high: Fraction,
) -> Transferred | str:
    """The bound for rewards in [low, high], or why there is none."""
    other = [name for name in assumptions if name.partition("=")[0] not in SAME_FOR_ANY_REWARDS]
    if other:
        return f"{other[0]} may change with the range of the rewards"
    scale = Rational.constant((high - low) / 2 if quantity in VALUES else Fraction(1))
    mapped = {q: b if _is_gap(q) else scale * b for q, b in bound.items()}
    return Transferred(
        f"{quantity} <= {as_sum(total_of(mapped))}",
        f"rewards in [{low}, {high}]",
        "r -> (2*r - a - b)/(b - a) divides gaps by (b - a)/2, and leaves best responses, "
        "occupancies and errors",
    )


def _is_gap(atom: Monomial) -> bool:
    return any(name in GAPS for name, _ in atom)


def finite_horizon(
    quantity: str, bound: Mapping[Monomial, Rational], rests_on: tuple[str, ...]
) -> Transferred | str:
    """The bound for N steps without discount, or the ground that does not carry over."""
    other = [name for name in rests_on if name not in AT_EVERY_STEP]
    if other:
        return f"{other[0]!r} does not hold step by step"
    one = Rational.constant(1)
    gamma = {"gamma": one - one / Rational.variable("N")}
    total = total_of({q: b.substitute(gamma) for q, b in bound.items()})
    return Transferred(
        f"{quantity} <= {as_sum(total, parameters=PARAMETERS | {'N'})}",
        "N steps, no discount; policies and deviations may depend on the step, errors are means "
        "over the steps",
        "with N - t steps to go |Q| <= N - t and |Q - Q'| <= 2*(N - t - 1) for the same action, so "
        "that every line holds with gamma = 1 - 1/N",
    )
