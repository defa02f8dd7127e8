"""A certification as one JSON object."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..io import written_table
from ..numbers import text

if TYPE_CHECKING:
    from .certification import Certification, Target
    from .confidence import ErrorBound
    from .known import Known


def record(found: "Certification") -> dict[str, Any]:
    """Exact numbers as "p/q", floats as numbers, infinity as "inf"."""
    return {
        "coverage": found.coverage.json(found.space),
        "clone": [written_table(table) for table in found.clone],
        "eps_bc": _error(found.error),
        "assumed": list(found.assumed),
        "guarantees": [g.json() for g in found.guarantees],
        "exact": None if found.known is None else _known(found.known),
        "contradicted": list(found.contradicted),
        "target": None if found.target is None else _target(found.target),
        "warnings": list(found.warnings),
    }


def _error(error: "ErrorBound") -> dict[str, Any]:
    return {
        "confidence": text(error.confidence),
        "formula": list(error.formula),
        "upper": text(error.largest),
        "upper_per_player": [text(e) for e in error.per_player],
        "by_sampled_weights": _listed(error.sampled),
        "by_consistent_experts": _listed(error.consistent),
        "hidden_weight": error.hidden,
        "per_state": [[round(x, 9) for x in row] for row in error.deviations.tolist()],
    }


def _known(known: "Known") -> dict[str, Any]:
    return {
        "is_exact": known.exact,
        "nash_gap": number(known.nash_gap),
        "nash_gap_per_player": _listed(known.gap_per_player),
        "clone_dominant": None
        if known.clone_dominant is None
        else {"holds": known.clone_dominant.holds, "reason": known.clone_dominant.reason},
        "eps_bc_per_player": _listed(known.errors),
        "value_gap": number(known.value_gap),
        "expert_nash_gap": number(known.expert_gap),
        "bounds": [bound.json(number) for bound in known.bounds],
    }


def _target(target: "Target") -> dict[str, Any]:
    return {
        "gap": text(target.gap),
        "reason": target.reason,
        "plans": [p.json() for p in target.plans],
    }


def _listed(numbers: Any) -> Any:
    return None if numbers is None else [number(x) for x in numbers]


def number(given: Any) -> Any:
    """One number, or several."""
    match given:
        case None:
            return None
        case Fraction():
            return text(given)
        case list() | tuple():
            return [number(x) for x in given]
        case _:
            return float(given) if math.isfinite(given) else "inf"
