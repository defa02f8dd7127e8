"""`nashgap atlas`: suprema by matching, expert, class, shape and discount, each with its proof."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .options import GAMMA, PLAYERS, STATES, Json, Output, Quiet
from .output import Result, number, show, table, writable, write_json
from .progress import progress

if TYPE_CHECKING:
    from nashgap.search.atlas import Atlas, Entry, Family
    from nashgap.search.query import Query

NAME = "atlas"
_MATCHINGS = ("rho", "mu", "bc")


@dataclass(frozen=True)
class Filter:
    """Which entries; None is any."""

    match: str | None
    assume: frozenset[str]
    players: int | None
    states: int | None
    actions: int | None
    gamma: Fraction | None
    names: tuple[str, ...]

    def takes(self, query: "Query") -> bool:
        """Whether an entry's question is one of them."""
        from nashgap.search.atlas.entry import name_of

        said = query.game_class
        assumed = said.names | {a.text for a in said.assumptions}
        return (
            self.match in (None, query.match)
            and self.assume <= assumed
            and self.players in (None, said.players)
            and self.states in (None, said.states)
            and (self.actions is None or set(said.actions) == {self.actions})
            and self.gamma in (None, said.discount)
            and name_of(query).startswith(self.names or ("",))
        )


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ENTRY]...", show_default=False, help="Names, or how they begin."),
    ] = None,
    match: Annotated[
        str | None,
        typer.Option(
            metavar="ERROR",
            help="Only rho, mu or bc.",
            autocompletion=completing.one_of(*_MATCHINGS),
        ),
    ] = None,
    assume: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="Only classes that assume all of these.",
            autocompletion=completing.listed(completing.assumptions),
        ),
    ] = None,
    players: Annotated[str | None, PLAYERS] = None,
    states: Annotated[str | None, STATES] = None,
    actions: Annotated[
        str | None, typer.Option(metavar="K", help="Actions of every player.")
    ] = None,
    gamma: Annotated[str | None, GAMMA] = None,
    entries: Annotated[bool, typer.Option("--entries", help="One line an entry.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Re-check every proof, without any solver.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Compute the entries anew, through --store.")
    ] = False,
    store: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="With --rebuild: results are kept here; it can go on."),
    ] = None,
    workers: Annotated[
        str | None, typer.Option(metavar="N", help="With --rebuild: by default one a processor.")
    ] = None,
    data: Annotated[
        str | None, typer.Option(metavar="FILE", help="Another atlas than the shipped one.")
    ] = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show the suprema that are known, their formulas, and their witnesses and certificates.

    With the name of one entry and -o FILE, its certificate is written, and its witness beside it.

    Example: nashgap atlas --assume state-rewards --states 3
    """
    started = time.perf_counter()
    chosen = Filter(
        _matching(match),
        _assumptions(assume),
        None if players is None else options.count(players, "--players"),
        None if states is None else options.count(states, "--states"),
        None if actions is None else options.count(actions, "--actions"),
        None if gamma is None else options.discount(gamma, "--gamma"),
        tuple(names or ()),
    )
    if output is not None:
        writable(output, *filter(None, [data, store]))
    if rebuild:
        if store is None:
            raise BadInput("--rebuild", "given without --store", "a file that keeps what is done")
        count = None if workers is None else options.count(workers, "--workers")
        with progress("building the atlas", quiet=quiet) as line:
            found = _rebuilt(chosen, store, count, output, line)
    else:
        for name, given in (("--store", store), ("--workers", workers)):
            if given is not None:
                raise BadInput(name, "given without --rebuild", "--rebuild, or leave it away")
        from nashgap.search.atlas import atlas

        with progress("reading the atlas", quiet=quiet) as line:
            whole = atlas(data)
            if verify:
                found = _verified(_chosen(whole, chosen), whole, line)
            elif output is not None:
                found = _exported(_only(whole, chosen), Path(output))
            else:
                found = _shown(_chosen(whole, chosen), whole, entries)
    show(found, started=started, as_json=as_json, quiet=quiet)


def _matching(given: str | None) -> str | None:
    if given is not None and given not in _MATCHINGS:
        raise BadInput("--match", f"given {given!r:.60}", f"one of {', '.join(_MATCHINGS)}")
    return given


def _assumptions(given: str | None) -> frozenset[str]:
    from nashgap.theory.assumptions import known, parse_assumptions

    if given is None:
        return frozenset()
    names = [word.strip() for word in given.split(",")]
    whole = [word for word in names if word not in known()]
    return frozenset([*names]) if not whole else frozenset(
        [*(a.text for a in parse_assumptions(",".join(whole))), *(w for w in names if w in known())]
    )  # fmt: skip


def _chosen(whole: "Atlas", chosen: Filter) -> "list[Entry]":
    found = [one for one in whole.entries if chosen.takes(one.query)]
    if not found:
        raise BadInput(
            "atlas", "no entry is chosen", "fewer filters; `nashgap atlas` lists all families"
        )
    return found


def _only(whole: "Atlas", chosen: Filter) -> "Entry":
    found = _chosen(whole, chosen)
    if len(found) > 1:
        given = f"{len(found)} entries are chosen"
        raise BadInput("-o", given, "one: add its name; `nashgap atlas --entries` lists them")
    return found[0]


# -- the table


def _shown(entries: "Sequence[Entry]", whole: "Atlas", each: bool) -> Result:
    names = {one.name for one in entries}
    groups = [g for g in whole.families if any(one.name in names for _, one in g.entries)]
    decided = sum(one.supremum is not None for one in entries)
    roots = sum(one.value is not None for one in entries) - decided
    isolated = f", {roots} isolated as algebraic" if roots else ""
    head = (
        f"{len(entries)} {'suprema' if len(entries) > 1 else 'supremum'} of the Nash gap, "
        f"{decided} decided{isolated}, in {len(groups)} "
        f"{'families' if len(groups) > 1 else 'family'}"
    )
    lines = [head, ""]
    if each or len(entries) == 1:
        lines += table([_row(one) for one in entries])
    else:
        lines += _class_lines(groups)
        lines += ["", "n players, S states, A actions each; --entries shows every value"]
    if len(entries) == 1:
        lines += ["", *_details(entries[0])]
    fields = {
        "entries": [_described(one, whole=len(entries) == 1) for one in entries],
        "families": [group.json() for group in groups],
    }
    return Result("done", lines, fields)


def _class_lines(groups: "Sequence[Family]") -> list[str]:
    """Two lines a class; shapes with the same formula share them."""
    same: dict[tuple[str, str, str], list[Family]] = {}
    for group in groups:
        kind, _, _ = group.name.rpartition("/")
        shown = _open(group) if group.formula is None else f"sup = {group.formula}"
        same.setdefault((kind, shown, _attained(group)), []).append(group)
    lines = []
    for (kind, shown, attained), some in same.items():
        shapes = " ".join(group.name.rpartition("/")[2] for group in some)
        decided = sum(len(group.decided) for group in some)
        counts = f"{decided} of {sum(len(group.entries) for group in some)} decided{attained}"
        if some[0].formula is not None:
            fitted, tested = (sum(g.fitted_on for g in some), sum(g.tested_on for g in some))
            counts += f"; fitted to {fitted}, holds at {tested} fresh"
        lines += [*table([(kind, shapes)], indent=""), *table([[shown], [counts]], indent="    ")]
    return lines


def _open(group: "Family") -> str:
    """What to say where there is no formula."""
    at = [(point, one) for point, one in group.entries if point[0] == Fraction(9, 10)]
    (_, one) = (at or list(group.entries))[0]
    return f"no formula; {_value(one)} at gamma = {one.query.game_class.discount}"


def _attained(group: "Family") -> str:
    said = {one.attained for one in group.decided}
    if len(said) != 1:
        return ", some attained" if said else ""
    return {True: ", attained", False: ", not attained", None: ""}[said.pop()]


def _value(entry: "Entry") -> str:
    if entry.supremum is not None:
        return number(entry.supremum)
    root = entry.verdict.get("algebraic")
    if root is not None:
        return f"irrational, near {root['decimal']}"
    low = "?" if entry.lower is None else f"{float(entry.lower):.5g}"
    high = "?" if entry.upper is None else f"{float(entry.upper):.5g}"
    return f"in [{low}, {high}]"


def _row(entry: "Entry") -> list[str]:
    how = {True: "attained", False: "not attained", None: ""}[entry.attained]
    return [entry.name, entry.status, f"{entry.seconds:.1f} s", f"{_value(entry)} {how}".strip()]


def _details(entry: "Entry") -> list[str]:
    lines = table([("evidence", str(entry.verdict["evidence"]))])
    if entry.status == "undecided":
        lines = table([("why", str(entry.verdict["reason"]))])
    if entry.verdict.get("witness") is not None:
        from nashgap.search.verify import parse_witness

        from .verdicts import witness_lines

        lines += witness_lines(parse_witness(entry.verdict["witness"]))
    return [*lines, "", f"to write its proof: nashgap atlas '{entry.name}' -o FILE.json"]


def _described(entry: "Entry", *, whole: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": entry.name,
        "class": entry.query.game_class.json(),
        "status": entry.status,
        "supremum": _text(entry.supremum),
        "attained": entry.attained,
        "lower": _text(entry.lower),
        "upper": _text(entry.upper),
        "algebraic": entry.verdict.get("algebraic"),
        "reason": entry.verdict.get("reason"),
        "seconds": entry.seconds,
    }
    if whole:
        found |= {key: entry.verdict.get(key) for key in ("evidence", "witness", "certificate")}
    return found


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


# -- proofs


def _exported(entry: "Entry", path: Path) -> Result:
    """Writes the certificate, and the witness beside it; or the witness alone."""
    certificate, witness = entry.verdict.get("certificate"), entry.verdict.get("witness")
    beside = path.with_name(f"{path.stem}-witness{path.suffix}")
    files = {path: certificate or witness, beside: witness if certificate else None}
    written = [name for name, content in files.items() if content is not None]
    for name in written:
        write_json(name, files[name])
    lines = [
        f"{entry.name}  {_value(entry)}",
        *(f"written to {name}; re-check it with: nashgap verify {name}" for name in written),
    ]
    fields = {
        "entries": [_described(entry, whole=True)],
        "written": [str(name) for name in written],
    }
    return Result("done", lines, fields)


def _verified(
    entries: "Sequence[Entry]", whole: "Atlas", progress: Callable[[str], None]
) -> Result:
    """Checks every proof, that no certificate excludes a known game, and every formula."""
    from nashgap.search.atlas.consistency import contradictions
    from nashgap.search.standing import known, time_left

    faults: list[str] = []
    checked, started = 0, time.monotonic()
    try:
        for entry in entries:
            rest = time_left(checked, len(entries), time.monotonic() - started)
            count = f"{checked} of {len(entries)} entries checked, {len(faults)} faults{rest}"
            progress(f"{count}; {known(entry.lower, entry.upper)}: {entry.name}")
            try:
                entry.verified()
            except BadInput as error:
                faults.append(str(error))
            checked += 1
        progress("comparing every certificate with every game of its class")
        chosen = {entry.name for entry in entries}
        faults += _wrong_formulas(whole, chosen)
        is_whole = len(chosen) == len(whole.entries)
        faults += contradictions(entries if is_whole else _near(whole, chosen))
    except KeyboardInterrupt:
        said = f"the proofs of {checked} of {len(entries)} entries were checked"
        head = f"interrupted  {said}, {len(faults)} faults among them"
        reasons = [f"{said}; the others, formulas and contradictions were not", *faults]
        fields = {"valid": None if not faults else False, "checked": checked, "reasons": reasons}
        lines = [head, *table([f] for f in faults)]
        return Result("invalid" if faults else "undecided", lines, fields, interrupted=True)
    valid = not faults
    head = f"{'valid' if valid else 'invalid'}  {len(entries)} entries: every witness and "
    head += "certificate checked, and no certificate excludes a game of its class"
    lines = [head] if valid else [f"invalid  {len(faults)} faults", *table([f] for f in faults)]
    fields = {"valid": valid, "checked": len(entries), "reasons": faults or [head]}
    return Result("valid" if valid else "invalid", lines, fields)


def _wrong_formulas(whole: "Atlas", chosen: set[str]) -> list[str]:
    return [
        f"{family.name}: {family.formula} is not the supremum of {entry.name}"
        for family in whole.families
        for entry in family.misses
        if entry.name in chosen
    ]


def _near(whole: "Atlas", chosen: set[str]) -> "list[Entry]":
    """The chosen entries with all others of their shapes and discounts."""
    places = {_at(one) for one in whole.entries if one.name in chosen}
    return [one for one in whole.entries if _at(one) in places]


def _at(entry: "Entry") -> tuple[object, ...]:
    said = entry.query.game_class
    return said.players, said.states, said.actions, said.discount


# -- rebuilding


def _rebuilt(
    chosen: Filter,
    store: str,
    workers: int | None,
    output: str | None,
    progress: Callable[[str], None],
) -> Result:
    from nashgap.search.atlas import file
    from nashgap.search.atlas.entry import name_of
    from nashgap.search.atlas.plan import plan
    from nashgap.search.atlas.rebuild import rebuild
    from nashgap.search.question import versions

    whole = list(plan())
    queries = [query for query in whole if chosen.takes(query)]
    if not queries:
        raise BadInput("atlas", "no entry of the plan is chosen", "fewer filters")
    old = _outdated(queries, store)
    new, is_whole = rebuild(queries, store, workers=workers, progress=progress)
    done = f"{len(new)} of {len(queries)} entries"
    fields = {"entries": [_described(one, whole=False) for one in new], "store": store}
    if not is_whole:
        line = f"interrupted  {done} are kept in {store}; the same command goes on from there"
        return Result("undecided", [line], fields, interrupted=True)
    progress("fitting formulas")
    target = Path(output) if output is not None else file.SHIPPED
    before = file.atlas(target).by_name if target.exists() else {}
    known = {**before, **{one.name: one for one in new}}
    entries = [known[name] for name in map(name_of, whole) if name in known]
    file.write(file.built(entries, versions()), target)
    lines = [f"{done} written to {target}, which has {len(entries)}"]
    if old:
        lines.append(f"{old} answers of other versions of this program stay in {store}, not used")
    return Result("done", lines, {**fields, "outdated": old})


def _outdated(queries: "Sequence[Query]", store: str) -> int:
    """How many of them the store answers for other versions of the program only."""
    from nashgap.search.atlas.entry import question
    from nashgap.search.atlas.rebuild import SECONDS
    from nashgap.search.store import Store

    with Store(store) as kept:
        return kept.outdated(question(query, SECONDS).task for query in queries)
