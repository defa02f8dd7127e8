r"""A derived bound for other rewards, and for games that end after N steps.

**Rewards in [a, b].** \(r\mapsto(2r-a-b)/(b-a)\) maps them to [-1, 1]. A value becomes
\(2V/(b-a)\) plus a number that all policies share, so the gaps are divided by \((b-a)/2\), and best
responses, occupancies and errors stay as they are. Hence in a bound of a gap every coefficient is
multiplied by \((b-a)/2\), except those of gaps; in a bound of an error those of gaps are divided
by it. Soft responses are not the same at the same temperature.

**N steps, no discount.** A derivation whose every ground holds step by step is read with
\(\gamma=1-1/N\); see `theory.steps`. The bound is written in N by one more line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nashgap.theory.accept import accepted
from nashgap.theory.chain import Derivation, as_expression, derivation
from nashgap.theory.errors import BadInput
from nashgap.theory.normal import normal
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Unfold
from nashgap.theory.steps import fail_for_steps
from nashgap.theory.words import PARAMETERS

from .question import HORIZON, VALUES
from .write import SOURCE, total_of
from .written import as_sum

SAME_FOR_ANY_REWARDS = frozenset(
    {"nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal", "common-payoff"}
    | {"match-rho", "match-mu", "one-matched", "full-support", "uniform-off-support"}
)
"""Assumptions that hold before the map if and only if they hold after it."""
GAPS = frozenset({"expert_gap", "dominance_gap", "team_gap"})
"""Quantities that the map divides by (b - a)/2."""
SOFT = frozenset({"tau", "precision", "quantal_error"})
"""Quantities of soft responses, which other rewards change in other ways."""


@dataclass(frozen=True)
class Transferred:
    """A bound that follows from a derived one.

    Attributes:
        claim: what it says.
        games: of which games.
        reason: why, in a sentence.
        derivation: a derivation file of its own, None where the reason is all.
    """

    claim: str
    games: str
    reason: str
    derivation: Mapping[str, Any] | None = None

    def json(self) -> dict[str, Any]:
        """As the command prints it."""
        raw = None if self.derivation is None else dict(self.derivation)
        said = {"claim": self.claim, "games": self.games, "reason": self.reason}
        return {**said, "derivation": raw}


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
    other += sorted(SOFT & {name for atom in bound for name, _ in atom})
    if other:
        return f"{other[0]} may change with the range of the rewards"
    half = (high - low) / 2
    size = half if quantity in VALUES else Fraction(1)
    mapped = {
        q: b * Rational.constant(size / half if _is_gap(q) else size) for q, b in bound.items()
    }
    return Transferred(
        f"{quantity} <= {as_sum(total_of(mapped))}",
        f"rewards in [{low}, {high}]",
        "r -> (2*r - a - b)/(b - a) divides gaps by (b - a)/2, and leaves best responses, "
        "occupancies and errors",
    )


def _is_gap(atom: Monomial) -> bool:
    return any(name in GAPS for name, _ in atom)


def finite_horizon(
    quantity: str, bound: Mapping[Monomial, Rational], chain: Derivation, rests_on: tuple[str, ...]
) -> Transferred | str:
    """The bound for N steps without discount, or the ground that does not carry over.

    Args:
        quantity: what is bounded.
        bound: the coefficients.
        chain: its derivation.
        rests_on: the grounds of that.
    """
    failing = fail_for_steps(rests_on)
    if failing:
        return f"{failing[0]!r} is not known to hold step by step"
    one = Rational.constant(1)
    gamma = {"gamma": one - one / Rational.variable(HORIZON)}
    total = total_of({q: b.substitute(gamma) for q, b in bound.items()})
    shown = as_sum(total, parameters=PARAMETERS | {HORIZON})
    said = f"{quantity} <= {shown}"
    longer = in_steps(quantity, chain, shown)
    checked = accepted(longer, said, SOURCE)
    if isinstance(checked, str):
        return checked
    return Transferred(
        said,
        "N = horizon steps without discount; policies and deviations may depend on the step, "
        "errors are means over the steps",
        "every ground holds step by step, so that the derivation is read with gamma = 1 - 1/N",
        checked.derivation,
    )


def in_steps(quantity: str, chain: Derivation, shown: str) -> Derivation:
    """The chain with its bound written in the number of steps."""
    longer = derivation(f"{chain.name}_in_steps", assume=list(chain.assumptions), uses=(chain,))
    longer = longer.start(quantity).le(chain.lines[-1], by=chain)
    if (normal(chain.lines[-1]) - normal(as_expression(shown))).is_zero:
        return longer
    return longer.eq(shown, by=Unfold((HORIZON,)))
