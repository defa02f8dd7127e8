r"""The threshold on the Nash gap at which a claim breaks.

Under exact \(\rho\)-matching every error is 0, so a claim that names only the gap, `n`, `gamma` and
errors speaks of one number. If it is linear in the gap, like `NashGap <= 9 + n*eps_BC` or
`(1-gamma)*NashGap + eps_mu < 2*gamma`, it is broken exactly by gaps beyond a number.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from nashgap.theory.claim import Claim, OutsideDomain, evaluate, parse_claim
from nashgap.theory.expression import (
    Call,
    Expression,
    Name,
    Number,
    Power,
    Product,
    Sum,
    rewrite,
)
from nashgap.theory.model import Model

from .problem import Threshold

_GAPS = ("NashGap", "NashGap_i")
_BREAKS = {"<=": True, "<": False, ">=": True, ">": False}
"""Whether a claim of this relation is broken only beyond the gap at which both sides are equal."""
_FAR = 9
_VANISH = frozenset({"n", "gamma", "eps_BC", "eps_BC_i", "eps_mu", "eps_rho"})


def constants(assumptions: frozenset[str]) -> frozenset[str]:
    """What a claim may name that is one known number in a class: n, gamma, and errors that are 0.

    Args:
        assumptions: the names of those of the class.

    Example:
        >>> sorted(constants(frozenset({"match-mu", "nash"})))
        ['eps_mu', 'gamma', 'n']
    """
    if "match-rho" in assumptions:
        return _VANISH
    return frozenset({"n", "gamma"} | ({"eps_mu"} if "match-mu" in assumptions else set()))


@dataclass(frozen=True)
class Unsupported:
    """A claim that the search cannot turn into a threshold, and why."""

    reason: str


def threshold_of(
    claim: str, players: int, discount: Fraction, constant: frozenset[str] = _VANISH
) -> Threshold | Unsupported:
    r"""The gap that breaks a claim; under exact \(\rho\)-matching every error is 0.

    Args:
        claim: in the claim language.
        players: n.
        discount: the discount.
        constant: the names that are known numbers in the class: n, gamma, and errors that are 0.

    Raises:
        BadInput: the text is no claim.

    Example:
        >>> threshold_of("NashGap <= 9 + n*eps_BC/(1-gamma)", 2, Fraction(1, 2))
        Threshold(value=Fraction(9, 1), strict=True)
        >>> threshold_of("2 > (1-gamma)*NashGap + eps_mu", 2, Fraction(1, 2))
        Threshold(value=Fraction(4, 1), strict=False)
        >>> threshold_of("NashGap <= delta", 2, Fraction(1, 2)).reason[:40]
        'the side without NashGap names delta; it'
    """
    parsed = parse_claim(claim)
    gaps = sorted(parsed.names & set(_GAPS))
    others = parsed.names - set(_GAPS) - constant
    if others:
        named = ", ".join(sorted(others))
        return Unsupported(
            f"the side without NashGap names {named}; it may name {_shown(constant)} "
            "(conjecture takes any claim)"
        )
    most = max(_degree(parsed.left), _degree(parsed.right))
    if len(gaps) != 1 or parsed.relation not in _BREAKS or most > 1:
        return Unsupported('the claim is not of the form "NashGap <= ..." or "NashGap < ..."')
    try:
        at = [_difference(parsed, gap, players, discount) for gap in (0, 1)]
    except OutsideDomain as reason:
        return Unsupported(f"with every error 0 the claim has {reason}")
    # left - right = slope * gap + at[0]
    slope = at[1] - at[0]
    rising = slope > 0 if parsed.relation in ("<=", "<") else slope < 0
    if not rising:
        return Unsupported("the claim is not broken by a gap that is large")
    return Threshold(-at[0] / slope, _BREAKS[parsed.relation])


def _degree(side: Expression) -> int:
    """The degree in the gap; beyond reach where it is divided by, or inside min or max."""
    match side:
        case Name(name):
            return int(name in _GAPS)
        case Sum(terms):
            return max(_degree(term) for _, term in terms)
        case Product(factors):
            below = max((_degree(f) for divides, f in factors if divides), default=0)
            return _FAR * below + sum(_degree(f) for divides, f in factors if not divides)
        case Power(base, exponent):
            return _degree(base) * (exponent if exponent >= 0 else _FAR)
        case Call(_, arguments):
            return _FAR * max(_degree(part) for part in arguments)
        case _:
            return 0


def _difference(claim: Claim, gap: int, players: int, discount: Fraction) -> Fraction:
    """Left minus right where the gap is this number."""

    def known(node: Expression) -> Expression | None:
        return Number(Fraction(gap)) if isinstance(node, Name) and node.name in _GAPS else None

    # The matched model answers what the constant names ask, and they are all there are.
    model = cast(Model, _Matched(players, discount))
    sides = (evaluate(rewrite(side, known), model, 0) for side in (claim.left, claim.right))
    left, right = (Fraction(value) for value in sides)
    return left - right


def _shown(constant: frozenset[str]) -> str:
    """The names that a claim may use, in words."""
    if constant == _VANISH:
        return "n, gamma and the errors"
    return ", ".join(sorted(constant, key=lambda name: (name.startswith("eps"), name)))


@dataclass(frozen=True)
class _Matched:
    """A model with n players in which the learner matches the expert exactly."""

    players: int
    discount: Fraction
    is_exact: bool = True

    def policy_error(self, player: int) -> Fraction:
        return Fraction(0)

    def state_occupancy_error(self) -> Fraction:
        return Fraction(0)

    def state_action_occupancy_error(self) -> Fraction:
        return Fraction(0)
