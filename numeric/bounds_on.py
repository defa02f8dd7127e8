"""The bounds of the catalogue on one game: which apply, their values and their slack."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from nashgap.theory.model import Model, Number, UndeterminedError

from .finite_horizon import FiniteHorizon

if TYPE_CHECKING:
    from nashgap.theory.bound import Bound

Pair = tuple[Number, Number]
Worth = Number | tuple[Number, ...] | None


@dataclass(frozen=True)
class BoundOn:
    """One bound on one game.

    Attributes:
        label: in the catalogue.
        statement: the claim.
        applies: whether its assumptions hold; None where one is undecided or the value unknown.
        reason: what decides that.
        value: the larger side of the claim, one number per player if it is per player; None where
            it has no value, such as with an infinite C.
        slack: the larger side less the smaller, alike; it can be negative only where the bound does
            not apply.
    """

    label: str
    statement: str
    applies: bool | None
    reason: str
    value: Worth
    slack: Worth

    def json(self, number: Callable[[object], Any]) -> dict[str, Any]:
        """As a JSON object; `number` writes numbers."""
        return {
            "label": self.label,
            "statement": self.statement,
            "applies": self.applies,
            "reason": self.reason,
            "value": number(self.value),
            "slack": number(self.slack),
        }


def bounds_on(model: Model) -> tuple[BoundOn, ...]:
    """Every bound of the catalogue on one game; those that count steps where steps are counted.

    A discounted game could be read with 1/(1-gamma) for the horizon, which says again, in other
    letters, what the discounted form of the bound says already.
    """
    from nashgap.theory.catalogue import bounds

    found = bounds().items()
    asked = [(label, b) for label, b in found if isinstance(model, FiniteHorizon) or not steps(b)]
    return tuple(bound_on(label, bound, model) for label, bound in asked)


def steps(bound: "Bound") -> bool:
    """Whether the bound is about games of a number of steps."""
    return "horizon" in bound.claim.names


def bound_on(label: str, bound: "Bound", model: Model) -> BoundOn:
    """One bound on one game."""
    from nashgap.theory.claim import OutsideDomain

    answer = bound.applies(model)
    try:
        sides = bound.claim.sides(model)
    except OutsideDomain as why:
        reason = f"outside the domain of the claim: {why}"
        return BoundOn(label, bound.statement, False, reason, None, None)
    except UndeterminedError as why:
        holds = False if answer.holds is False else None
        reason = answer.reason if holds is False else str(why)
        return BoundOn(label, bound.statement, holds, reason, None, None)
    upward = bound.claim.relation in (">=", ">")
    if bound.claim.is_per_player:
        pairs = [_ordered(pair, upward) for pair in cast(tuple[Pair, ...], sides)]
        value: Worth = tuple(large for large, _ in pairs)
        slack: Worth = tuple(large - small for large, small in pairs)
    else:
        large, small = _ordered(cast(Pair, sides), upward)
        value, slack = large, large - small
    return BoundOn(label, bound.statement, answer.holds, answer.reason, value, slack)


def _ordered(pair: Pair, upward: bool) -> Pair:
    """(The side that is claimed to be larger, the other)."""
    return pair if upward else (pair[1], pair[0])
