"""Outcomes in a file, one line each, and as a table."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from .mutant import Mutant, Outcome, Truth


def recalled(store: Path | None) -> dict[Mutant, Outcome]:
    """The outcomes of earlier runs."""
    if store is None or not store.exists():
        return {}
    found = {}
    for line in store.read_text().splitlines():
        raw = json.loads(line)
        label, change, claim, assumptions = raw["mutant"].values()
        mutant = Mutant(label, change, claim, tuple(assumptions))
        rest = (raw[key] for key in ("status", "seconds", "reason"))
        found[mutant] = Outcome(mutant, Truth(**raw["truth"]), *rest)
    return found


def append(store: Path | None, outcome: Outcome) -> None:
    """One more line."""
    if store is not None:
        with store.open("a") as lines:
            lines.write(json.dumps(asdict(outcome)) + "\n")


def table(outcomes: Sequence[Outcome], seconds: float) -> str:
    """Numbers by bound, then what needs a word."""
    columns = ("killed", "kept", "open", "survived", "late", "WRONG")
    lines = [f"{'bound':32}" + "".join(f"{c:>10}" for c in columns)]
    for label in dict.fromkeys(o.mutant.label for o in outcomes):
        counts = Counter(o.verdict for o in outcomes if o.mutant.label == label)
        lines.append(f"{label:32}" + "".join(f"{counts[c]:>10}" for c in columns))
    counts = Counter(o.verdict for o in outcomes)
    lines.append(f"{'all ' + str(len(outcomes)):32}" + "".join(f"{counts[c]:>10}" for c in columns))
    false = [o for o in outcomes if o.truth.holds is False]
    slowest = max((o.seconds for o in false), default=0.0)
    lines += [
        "",
        f"false: {len(false)}, the slowest refuted in {slowest:.1f} s; by "
        + _counted(o.truth.argument.partition("; ")[2] for o in false),
        "true: " + _counted(o.status for o in outcomes if o.truth.holds),
        "open: " + _counted(o.status for o in outcomes if o.truth.holds is None),
        f"{seconds:.0f} s in all",
    ]
    for o in outcomes:
        if o.verdict in ("survived", "late", "WRONG"):
            lines.append(
                f"{o.verdict}: {o.mutant.claim} [{', '.join(o.mutant.assumptions)}] "
                f"({o.mutant.label}: {o.mutant.change}; {o.truth.argument}) -> {o.status} in "
                f"{o.seconds:.0f} s: {o.reason}"
            )
    return "\n".join(lines)


def _counted(words: Iterable[str]) -> str:
    return ", ".join(f"{count} {word}" for word, count in Counter(words).most_common()) or "none"
