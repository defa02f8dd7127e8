"""`nashgap conjecture`: proves an inequality, or refutes it by a game, or rules a break out."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import options
from .options import ACTIONS, GAMMA, PLAYERS, STATES, Assume, Json, Output, Quiet
from .output import Result, number, show, table, writable, write_json
from .progress import progress
from .verdicts import witness_lines

if TYPE_CHECKING:
    from nashgap.search.conjecture import Conjecture
    from nashgap.search.witness import Witness

NAME = "conjecture"


def command(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", show_default=False)],
    assume: Assume = "nash",
    players: Annotated[str | None, PLAYERS] = None,
    states: Annotated[str | None, STATES] = None,
    actions: Annotated[str | None, ACTIONS] = None,
    gamma: Annotated[str | None, GAMMA] = None,
    seconds: Annotated[str | None, typer.Option(metavar="T", help="Stop after this long.")] = None,
    store: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep what the search engine finds here.")
    ] = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Prove an inequality, or break it by an exact game, or rule a break out.

    --players, --states, --actions and --gamma, where given, restrict the claim.
    Exit code 0: proved, or ruled out for the class named. 1: refuted. 3: supported or undecided.

    Example: nashgap conjecture "NashGap <= eps_BC/(1-gamma)**2" --assume dominant
    """
    started = time.perf_counter()
    shape = _shape(players, states, actions, gamma)
    budget = options.seconds(seconds)
    if output is not None:
        writable(output, *filter(None, [store]))
    from nashgap.search.conjecture import conjecture

    with progress("reading the claim", quiet=quiet) as line:
        found = conjecture(claim, assume, seconds=budget, progress=line, store=store, **shape)
    kept = [] if output is None else _keep(found, Path(output))
    lines = [*_lines(found), "", *_how_to_recheck(found, kept)]
    outcome = Result(found.status, lines, found.json(), interrupted=found.interrupted)
    show(outcome, started=started, as_json=as_json, quiet=quiet)


def _shape(
    players: str | None, states: str | None, actions: str | None, gamma: str | None
) -> dict[str, Any]:
    """The flags that were given.

    Raises:
        BadInput: one that cannot be read.
    """
    found: dict[str, Any] = {}
    if players is not None:
        found["players"] = options.count(players, "--players")
    if states is not None:
        found["states"] = options.count(states, "--states")
    if actions is not None:
        count = found.get("players", len(actions.split(",")))
        found["actions"] = options.counts(actions, "--actions", count)
    if gamma is not None:
        found["gamma"] = options.discount(gamma, "--gamma")
    return found


def _lines(found: "Conjecture") -> list[str]:
    rows = [
        ("class", _class(found)),
        ("evidence", found.evidence),
        *(("note", note) for note in found.notes),
    ]
    head = f"{found.status}  {found.claim}"
    if found.proof is not None:
        return [head, *table(rows), *_proof(found)]
    if found.witness is not None:
        return [head, *table(rows), *_sides(found, found.witness), *witness_lines(found.witness)]
    rows += [("tried", f"{count} of {kind}") for kind, count in (found.tried or {}).items()]
    rows += [("why", reason) for reason in found.reasons]
    return [head, *table(rows)]


def _class(found: "Conjecture") -> str:
    said = found.covered or found.asked.json()
    shape = "; ".join(
        f"{name} {_shown(said[name])}" for name in ("players", "states", "actions", "discount")
    )
    assumed = ", ".join(said["assumptions"]) or "nothing"
    return f"{shape}; rewards in [-1, 1], any start; assuming {assumed}"


def _shown(value: Any) -> str:
    return "x".join(map(str, value)) if isinstance(value, list) else str(value)


def _proof(found: "Conjecture") -> Iterator[str]:
    assert found.proof is not None
    for part in found.proof.parts:
        assumed = ", ".join(part.assumptions) or "nothing"
        yield f"  {part.claim}, assuming {assumed}"
        steps = part.derivation["proof"]["steps"]
        for step in steps:
            if len(steps) > 1:
                yield f"  {'=' if step['relation'] == '==' else step['relation']} {step['right']}"
            if step["reason"]["kind"] == "combination":
                yield "  right side minus left side is the sum of"
                yield from table(map(_weighed, step["reason"]["terms"]), indent="    ")
    for step in found.proof.implications:
        yield f"  {step}"
    if found.dropped:
        yield "  without"
        yield from table(
            ((d.assumption, f"{d.status}: {d.reason}") for d in found.dropped), indent="    "
        )


def _weighed(term: Mapping[str, Any]) -> tuple[str, str]:
    """One product of a certificate."""
    factors = " times ".join(term["factors"])
    return f"({term['multiplier']})", f"times the slack of {factors}" if factors else ""


def _sides(found: "Conjecture", witness: "Witness") -> list[str]:
    from nashgap.search.conjecture.trial import sides

    pairs = sides(witness.model, found.asked)
    left, right = pairs[witness.player if found.asked.claim.is_per_player else 0]
    return table([("left side", number(left)), ("right side", number(right))])


def _how_to_recheck(found: "Conjecture", written: list[str]) -> list[str]:
    if written:
        return [f"written to {path}; re-check it with: nashgap verify {path}" for path in written]
    if not _files(found):
        return ["nothing to re-check"]
    return ["to re-check without any solver: add -o FILE.json, then nashgap verify FILE.json"]


def _files(found: "Conjecture") -> list[dict[str, Any]]:
    """What `verify` reads of an outcome."""
    if found.witness is not None:
        return [found.witness.json()]
    if found.certificate is not None:
        return [found.certificate.json()]
    return [dict(derivation) for derivation in found.derivations]


def _keep(found: "Conjecture", path: Path) -> list[str]:
    """Writes the files; the parts of a proof after the first beside it."""
    names = []
    for k, content in enumerate(_files(found), 1):
        name = path if k == 1 else path.with_name(f"{path.stem}-{k}{path.suffix}")
        write_json(name, content)
        names.append(str(name))
    return names
