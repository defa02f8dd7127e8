"""A certification in words, for someone who has only skimmed the paper."""

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from nashgap.theory.model import Number

from ..numbers import exact, short

if TYPE_CHECKING:
    from .certification import Certification, Target
    from .guarantees import Guarantee
    from .known import Known
    from .planning import Plan

WIDTH = 96
_MOST_STATES = 12


def report(found: "Certification") -> list[str]:
    """The lines of the report, in the order in which one asks."""
    parts = [
        _seen(found),
        _error(found),
        *([_known(found.known)] if found.known is not None else []),
        _guaranteed(found),
        *([_target(found.target, found)] if found.target is not None else []),
        _warned(found.warnings),
    ]
    lines: list[str] = []
    for part in parts:
        lines += [*part, ""]
    return lines[:-1]


def _seen(found: "Certification") -> Iterator[str]:
    seen = found.coverage
    span = (
        f"{seen.shortest}" if seen.shortest == seen.longest else f"{seen.shortest}-{seen.longest}"
    )
    yield (
        f"Demonstrations: {seen.trajectories} trajectories of {span} steps, {seen.steps} joint "
        "actions in all"
    )
    states = sorted(range(len(seen.visits)), key=lambda s: (-seen.visits[s], s))
    shown = [f"{found.space.states[s]} {seen.visits[s]}" for s in states[:_MOST_STATES]]
    more = f", and {len(states) - _MOST_STATES} more" if len(states) > _MOST_STATES else ""
    visited = len(states) - len(seen.unvisited)
    yield from _wrapped(
        f"{visited} of {len(states)} states visited (times): {', '.join(shown)}{more}"
    )


def _error(found: "Certification") -> Iterator[str]:
    error, known = found.error, found.known
    yield (
        f"The clone copies the observed frequencies. With confidence {_percent(error.confidence)} "
        "its distance from the expert is"
    )
    each = ", ".join(_decimal(e) for e in error.per_player)
    yield f"  eps_BC <= {_decimal(error.largest)}   (players: {each}; the scale ends at 2)"
    if known is not None and known.errors is not None:
        exact = ", ".join(_decimal(e) for e in known.errors)
        yield f"  and against the given expert it is {_decimal(max(known.errors))}   ({exact})"
    yield from _wrapped(
        "eps_BC is the mean l1 distance between the clone's and the expert's action probabilities, "
        "over the states as the expert visits them. The bound takes the demonstrations for "
        "independent runs of one expert that acts on the current state alone."
    )


def _known(known: "Known") -> Iterator[str]:
    how = "exactly" if known.exact else "in floats"
    gap = _decimal(known.nash_gap)
    yield f"The game is known, so the clone's Nash gap can be computed {how}: {gap}"
    each = ", ".join(_decimal(g) for g in known.gap_per_player)
    yield from _wrapped(f"what each player could gain by deviating alone: {each}")
    if known.expert_gap is not None and known.value_gap is not None:
        yield (
            f"  the given expert's own Nash gap: {_decimal(known.expert_gap)}; the largest loss of "
            f"value against it: {_decimal(known.value_gap)}"
        )
    if known.clone_dominant is None:
        return
    words = {True: "yes", False: "no", None: "undecided"}
    yield from _wrapped(
        "is the clone itself dominant (best for each player whatever the others do)? "
        f"{words[known.clone_dominant.holds]}: {known.clone_dominant.reason}. This is a hint at "
        "the expert, no proof."
    )


def _guaranteed(found: "Certification") -> Iterator[str]:
    percent = _percent(found.error.confidence)
    most = _decimal(2 / (1 - exact(found.space.discount, "discount")))
    yield f"What the theory guarantees from this error, with confidence {percent}"
    yield from _wrapped(f"No gap exceeds 2/(1-gamma) = {most}; a larger number says nothing.")
    if found.known is not None:
        yield from _wrapped(
            "For the Nash gap of this clone the number above counts; these show what the theory "
            "says from the error alone."
        )
    heads = {
        "checked": "every assumption verified",
        "on trust": "if the assumptions on the expert hold, which nobody verified here",
        "fails": "not available",
    }
    for standing, head in heads.items():
        rows = [g for g in found.guarantees if g.standing == standing]
        if rows:
            yield f"  {head}:"
            for g in rows:
                yield from _wrapped(_row(g, found), "    ")


def _row(g: "Guarantee", found: "Certification") -> str:
    if g.standing == "fails":
        return f"{g.label}: {g.reason}"
    value = "no number" if g.value is None else f"{g.gap} <= {_decimal(g.value)}"
    empty = ", which says nothing" if g.vacuous else ""
    broken = ", CONTRADICTED by the clone's gap" if g.label in found.contradicted else ""
    return f"{g.label}: {value}{empty}{broken} ({g.reason})"


def _target(target: "Target", found: "Certification") -> Iterator[str]:
    yield f"Target: Nash gap at most {_decimal(target.gap)}: {_WORDS[target.status]}"
    yield from _wrapped(target.reason)
    if target.plans:
        yield "  demonstrations like these that the bounds would need (a projection):"
        for p in target.plans:
            yield from _wrapped(_needs(p, found.coverage.trajectories), "    ")


_WORDS = {
    "done": "reached",
    "refuted": "not reached",
    "supported": "supported",
    "undecided": "undecided",
}


def _needs(plan: "Plan", have: int) -> str:
    if plan.error is None:
        return f"{plan.label}: {plan.reason}"
    need = f"{plan.label}: eps_BC <= {_decimal(plan.error)}"
    if plan.trajectories is None:
        return f"{need}; {plan.reason}"
    enough = ", which there are" if plan.trajectories <= have else ""
    return f"{need}, about {plan.trajectories} trajectories{enough}"


def _warned(sentences: Sequence[str]) -> Iterator[str]:
    yield "Warnings" if sentences else "No warnings"
    for sentence in sentences:
        first, *rest = textwrap.wrap(sentence, WIDTH - 4, break_on_hyphens=False)
        yield f"  - {first}"
        yield from (f"    {line}" for line in rest)


def _wrapped(sentence: str, indent: str = "  ") -> Iterator[str]:
    yield from textwrap.wrap(
        sentence,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
    )


def _percent(confidence: Fraction) -> str:
    return f"{100 * float(confidence):.6g} %"


def _decimal(number: Number) -> str:
    if isinstance(number, Fraction) and number.denominator == 1:
        return short(number)
    return f"{float(number):.5g}"
