"""A certification in words, for someone who has only skimmed the paper."""

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.model import Number

from ..numbers import exact, short
from .guarantees import NOT_READ

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
        _short(found),
        _seen(found),
        _error(found),
        *([_known(found.known)] if found.known is not None else []),
        _guaranteed(found),
        *([_target(found.target, found)] if found.target is not None else []),
        _warned(found.warnings),
        _formula(found),
    ]
    lines: list[str] = []
    for part in parts:
        lines += [*part, ""]
    return lines[:-1]


def _short(found: "Certification") -> Iterator[str]:
    """The answer, before everything that it rests on."""
    yield "In short"
    yield from _wrapped(
        "The Nash gap is the most that one player gains by leaving the clone's policy alone; 0 "
        "means that nobody gains, and more than 2/(1-gamma) is not possible."
    )
    if found.known is not None:
        how = "exactly" if found.known.exact else "in floats"
        gap = _decimal(found.known.nash_gap)
        yield from _wrapped(f"The clone's Nash gap is {gap}, computed {how} from the game.")
    yield from _wrapped(_promise(found))


def _promise(found: "Certification") -> str:
    """What the demonstrations alone guarantee of the Nash gap, in a sentence."""
    useful = [
        g
        for g in found.guarantees
        if g.gap == "NashGap" and not g.vacuous and g.value is not None and g.standing != "fails"
    ]
    percent = _percent(found.error.confidence)
    also = "Its error alone" if found.known is not None else "The demonstrations"
    for standing in ("checked", "on trust"):
        some = [g for g in useful if g.standing == standing and g.label not in found.contradicted]
        if not some:
            continue
        best = min(some, key=lambda g: (g.value, g.label))
        gap = f"a Nash gap of at most {_decimal(best.value or 0)}"
        if standing == "checked":
            return f"{also} would guarantee {gap} (bound {best.label}), with confidence {percent}."
        ifs = "; and ".join(a.statement for a in parse_assumptions(",".join(best.trusted)))
        return (
            f"{also} would guarantee {gap} (bound {best.label}), with confidence {percent}, only "
            f"if something holds that nobody verified: {ifs}."
        )
    return f"{also} would guarantee nothing about the Nash gap that is not true of every policy."


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


def _formula(found: "Certification") -> Iterator[str]:
    yield "How the error is bounded"
    for sentence in found.error.formula:
        yield from _wrapped(sentence)


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
    }
    for standing, head in heads.items():
        rows = [g for g in found.guarantees if g.standing == standing]
        if rows:
            yield f"  {head}:"
            for line in _alike(rows, found):
                yield from _wrapped(line, "    ")
    yield from _not_available([g for g in found.guarantees if g.standing == "fails"])


def _alike(rows: "Sequence[Guarantee]", found: "Certification") -> Iterator[str]:
    """One line for all bounds that say the same for the same reason."""
    lines: dict[str, list[str]] = {}
    for g in rows:
        broken = ", CONTRADICTED by the clone's gap" if g.label in found.contradicted else ""
        if g.value is None:
            says = f"{g.gap}: no number"
        elif g.vacuous:
            says = f"{g.gap} <= a number which says nothing here"
        else:
            says = f"{g.gap} <= {_decimal(g.value)}"
        lines.setdefault(f"{says}{broken} ({g.reason})", []).append(g.label)
    for says, labels in lines.items():
        yield f"{says}: {', '.join(labels)}"


def _not_available(rows: "Sequence[Guarantee]") -> Iterator[str]:
    unread = [g for g in rows if g.reason.startswith(NOT_READ)]
    missing = {name.strip() for g in unread for name in g.reason[len(NOT_READ) :].split(",")}
    others = [g for g in rows if g not in unread]
    if others:
        yield "  not available:"
        for g in others:
            yield from _wrapped(f"{g.label}: {g.reason}", "    ")
    if unread:
        yield from _wrapped(
            f"{len(unread)} more bounds of the catalogue speak of what demonstrations do not bound "
            f"({', '.join(sorted(missing))}); `nashgap evaluate` computes them where game and "
            "expert are known."
        )


def _target(target: "Target", found: "Certification") -> Iterator[str]:
    yield f"Target: Nash gap at most {_decimal(target.gap)}: {_WORDS[target.status]}"
    yield from _wrapped(target.reason)
    if target.plans:
        yield "  demonstrations like these that the bounds would need (a projection):"
        needs: dict[str, list[str]] = {}
        for p in target.plans:
            needs.setdefault(_needs(p, found.coverage.trajectories), []).append(p.label)
        for need, labels in needs.items():
            yield from _wrapped(f"{need}: {', '.join(labels)}", "    ")


_WORDS = {
    "done": "reached",
    "refuted": "not reached",
    "supported": "supported",
    "undecided": "undecided",
}


def _needs(plan: "Plan", have: int) -> str:
    if plan.error is None:
        return plan.reason
    need = f"eps_BC <= {_decimal(plan.error)}"
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
