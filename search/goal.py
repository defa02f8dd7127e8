r"""The threshold on the Nash gap at which a claim breaks.

Under exact \(\rho\)-matching every error is 0, so a claim `NashGap <= c` whose right side names
only `n`, `gamma` and errors is broken exactly by a gap above the number c.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from nashgap.theory.claim import Claim, OutsideDomain, evaluate, parse_claim
from nashgap.theory.expression import Expression, Name, nodes
from nashgap.theory.model import Model

from .problem import Threshold

_GAPS = ("NashGap", "NashGap_i")
_BREAKS = {"<=": True, "<": False}
_TURNED = {">=": "<=", ">": "<"}
_VANISH = frozenset({"n", "gamma", "eps_BC", "eps_BC_i", "eps_mu", "eps_rho"})


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
        >>> threshold_of("NashGap <= delta", 2, Fraction(1, 2)).reason
        'the side without NashGap names delta; it may name n, gamma and the errors'
    """
    parsed = parse_claim(claim)
    relation, bound = _oriented(parsed)
    if bound is None or relation not in _BREAKS:
        return Unsupported('the claim is not of the form "NashGap <= ..." or "NashGap < ..."')
    others = {n.name for n in nodes(bound) if isinstance(n, Name)} - constant
    if others:
        named = ", ".join(sorted(others))
        return Unsupported(
            f"the side without NashGap names {named}; it may name {_shown(constant)}"
        )
    try:
        # The matched model answers what the names in _VANISH ask, and they are all there are.
        value = evaluate(bound, cast(Model, _Matched(players, discount)), 0)
    except OutsideDomain as reason:
        return Unsupported(f"with every error 0 the claim has {reason}")
    return Threshold(Fraction(value), _BREAKS[relation])


def _shown(constant: frozenset[str]) -> str:
    """The names that a claim may use, in words."""
    if constant == _VANISH:
        return "n, gamma and the errors"
    return ", ".join(sorted(constant, key=lambda name: (name.startswith("eps"), name)))


def _oriented(claim: Claim) -> tuple[str, Expression | None]:
    """The relation with the gap on the left, and the other side."""
    if isinstance(claim.left, Name) and claim.left.name in _GAPS:
        return claim.relation, claim.right
    if isinstance(claim.right, Name) and claim.right.name in _GAPS:
        return _TURNED.get(claim.relation, ""), claim.left
    return "", None


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
