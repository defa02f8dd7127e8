"""`nashgap search`: finds a game of a class, or rules out that there is one."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, assert_never

import typer

from nashgap.theory.errors import BadInput

from . import options
from .options import Json, Output, Quiet
from .output import WIDTH, Result, counted, number, show, table, writable, write_json
from .progress import progress

if TYPE_CHECKING:
    from nashgap.search.core import Core
    from nashgap.search.parts import Parts
    from nashgap.search.query import Query
    from nashgap.search.verdict import Found, RuledOut, Verdict
    from nashgap.search.witness import Witness

NAME = "search"


@dataclass(frozen=True)
class Given:
    """The flags, as they were typed."""

    match: str
    assume: str
    players: str
    states: str
    actions: str
    gamma: str
    gap_at_least: str | None
    strict: bool
    sup: bool
    claim: str | None
    player: str | None
    eps: str | None = None
    fix: str | None = None
    visited: str | None = None

    def query(self) -> "Query":
        """The question that the flags ask.

        Raises:
            BadInput: a value that cannot be read, or not exactly one goal.
        """
        from nashgap.search.query import Query

        players = options.count(self.players, "--players")
        states = options.count(self.states, "--states")
        actions = options.counts(self.actions, "--actions", players)
        gamma = options.discount(self.gamma, "--gamma")
        parts = None
        if self.fix is not None:
            shape = actions if isinstance(actions, tuple) else (actions,) * players
            parts, states, actions, gamma = _given(self.fix, states, shape, gamma)
            players = len(actions)
        query = Query(
            match=self.match,
            assume=self.assumed(states),
            players=players,
            states=states,
            actions=actions,
            gamma=gamma,
            fix=parts,
            gap_at_least=None
            if self.gap_at_least is None
            else options.rational(self.gap_at_least, "--gap-at-least"),
            strict=self.strict,
            claim=self.claim,
            player=None
            if self.player is None
            else options.player(self.player, "--player", players),
            eps=None if self.eps is None else options.rational(self.eps, "--eps"),
        )
        goals = [self.gap_at_least is not None, self.sup, self.claim is not None]
        if sum(goals) != 1:
            given = "none of them" if not any(goals) else "more than one of them"
            raise BadInput("--gap-at-least, --sup, --claim", f"given {given}", "exactly one goal")
        if self.strict and self.gap_at_least is None:
            raise BadInput("--strict", "given without --gap-at-least", "a gap to exceed")
        return query

    def assumed(self, states: int) -> str:
        """The assumptions, with the number of visited states among them.

        Raises:
            BadInput: not a number of states.
        """
        if self.visited is None:
            return self.assume
        count = options.count(self.visited, "--visited")
        if count > states:
            raise BadInput("--visited", f"given {count} of {states} states", f"1 to {states}")
        return ",".join(filter(None, [self.assume.strip(), f"visited={count}"]))


def _given(
    path: str, states: int, actions: tuple[int, ...], gamma: Fraction
) -> "tuple[Parts, int, tuple[int, ...], Fraction]":
    """The given parts with the shape; the file's shape and discount go before the flags'."""
    from nashgap.numeric.io import read_json
    from nashgap.numeric.numbers import exact
    from nashgap.search.parts import parse_parts, shape_of

    raw = read_json(path)
    states, counts = shape_of(raw) or (states, actions)
    if raw.get("discount") is not None:
        gamma = exact(raw["discount"], "discount")
    return parse_parts(raw, states=states, actions=counts), states, counts, gamma


def command(
    match: Annotated[str, typer.Option(help="What the learner matches: rho, mu or bc.")] = "rho",
    assume: Annotated[
        str, typer.Option(metavar="A,B", help="Assumptions; see the README.")
    ] = "nash",
    players: Annotated[str, typer.Option(metavar="N")] = "2",
    states: Annotated[str, typer.Option(metavar="S")] = "2",
    actions: Annotated[str, typer.Option(metavar="K|K1,K2", help="Per player.")] = "2",
    gamma: Annotated[str, typer.Option(metavar="P/Q", help="The discount.")] = "9/10",
    gap_at_least: Annotated[
        str | None, typer.Option(metavar="P/Q", help="Find a game whose Nash gap is this large.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Larger, not just as large.")] = False,
    sup: Annotated[bool, typer.Option("--sup", help="The exact supremum of the class.")] = False,
    claim: Annotated[
        str | None, typer.Option(metavar="CLAIM", help='Find a game that breaks "NashGap <= ...".')
    ] = None,
    player: Annotated[
        str | None, typer.Option(metavar="I", help="Only this player exploits; by default any.")
    ] = None,
    eps: Annotated[
        str | None,
        typer.Option(metavar="P/Q", help="With --match bc: the largest error of any player."),
    ] = None,
    fix: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A game file; what is null or missing is unknown."),
    ] = None,
    visited: Annotated[
        str | None,
        typer.Option(metavar="K", help="How many states the expert visits; by default any number."),
    ] = None,
    seconds: Annotated[
        str | None,
        typer.Option(metavar="T", help="Stop after this long; what stays open takes all of it."),
    ] = None,
    core: Annotated[
        bool, typer.Option("--core", help="Of a rule-out: the assumptions that it rests on.")
    ] = False,
    store: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Keep results here; what is there is not done again."),
    ] = None,
    workers: Annotated[
        str | None,
        typer.Option(metavar="N", help="In parts, one a number of visited states, N at once."),
    ] = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find an exact game of a class, or rule it out, or compute the supremum of the Nash gap.

    Exit code 0: found, or ruled out. 1: the claim is refuted. 3: undecided.

    Example: nashgap search --assume nash --states 3 --gamma 9/10 --gap-at-least 18
    """
    started = time.perf_counter()
    query = Given(
        match,
        assume,
        players,
        states,
        actions,
        gamma,
        gap_at_least,
        strict,
        sup,
        claim,
        player,
        eps,
        fix,
        visited,
    ).query()
    budget = options.seconds(seconds)
    if output is not None:
        writable(output)
    from nashgap.search.engine import search

    kept: dict[str, Any] = {}
    with progress("searching", quiet=quiet) as line:
        if store is None and workers is None:
            verdict = search(query, sup=sup, seconds=budget, progress=line)
        else:
            count = None if workers is None else options.count(workers, "--workers")
            verdict, kept = _through(store, query, sup, budget, line, count)
        if core:
            from nashgap.search.core import explained

            verdict = explained(query, verdict, search, seconds=budget, progress=line)
    written = [] if output is None else _keep(verdict, Path(output))
    show(result(query, verdict, written, kept), started=started, as_json=as_json, quiet=quiet)


def _through(
    store: str | None,
    query: "Query",
    sup: bool,
    seconds: float | None,
    progress: Callable[[str], None],
    workers: int | None,
) -> "tuple[Verdict, dict[str, Any]]":
    """The verdict that a store has or is given, and what to say of the store."""
    from nashgap.search.question import Question
    from nashgap.search.stored import answer, opened

    question = Question(query, sup, seconds)
    with opened(store) as file:
        outdated = file.outdated([question.task])
        found = answer(question, file, progress=progress, workers=workers)
        differing = [two for key, *two in file.disagreements() if key == question.task.key]
    if store is None:
        return found.verdict, {}
    kept = {"file": store, "was_kept": found.was_kept, "seconds": found.seconds}
    return found.verdict, {**kept, "disagreements": differing, "outdated": outdated}


def _kept_lines(kept: Mapping[str, Any]) -> list[str]:
    if not kept:
        return []
    how = "was kept in" if kept["was_kept"] else "is now kept in"
    lines = [f"this answer {how} {kept['file']}; finding it took {kept['seconds']:.1f} s"]
    if kept["outdated"]:
        lines.append("an answer of another version of this program stays there and was not used")
    if kept["disagreements"]:
        lines.append("answers that contradict each other are kept there too, see --json")
    return lines


def result(
    query: "Query",
    verdict: "Verdict",
    written: Sequence[str] = (),
    kept: Mapping[str, Any] = MappingProxyType({}),
) -> Result:
    """A verdict, for people and as JSON, with what is to be said of its store."""
    fields = {**verdict.json(), "class": query.game_class.json(), "claim": _claim(query, verdict)}
    if query.fix is not None:
        fields["class"] = {**query.game_class.json(), "given": query.fix.json()}
    if kept:
        fields["store"] = kept
    lines = [*_lines(query, verdict), "", *_kept_lines(kept), *_how_to_recheck(verdict, written)]
    return Result(
        verdict.status,
        lines,
        fields,
        interrupted=getattr(verdict, "interrupted", False),
    )


def _claim(query: "Query", verdict: "Verdict") -> str | None:
    """The claim that the verdict is about: what was ruled out to fail, or what a game breaks."""
    from nashgap.search.verdict import RuledOut

    if query.claim is not None:
        return query.claim
    whose = "NashGap" if query.player is None else "NashGap_i"
    if query.threshold is not None:
        return f"{whose} {'<=' if query.strict else '<'} {query.threshold.value}"
    return f"{whose} <= {verdict.supremum}" if isinstance(verdict, RuledOut) else None


def _lines(query: "Query", verdict: "Verdict") -> list[str]:
    from nashgap.search.verdict import Found, RuledOut, Unknown

    match verdict:
        case Found(witness):
            head = f"found  a game with Nash gap {number(witness.nash_gap)}"
            broken = f", which breaks {query.claim}" if query.claim is not None else ""
            return [head + broken, *_class(query), *_evidence(verdict), *witness_lines(witness)]
        case RuledOut(certificate, witness, supremum, attained, _, limit, cores):
            rests = [*_evidence(verdict), *(line for core in cores for line in _core(core))]
            if supremum is None:
                head = f"ruled_out  no game of the class has {certificate.statement}"
                return [head, *_class(query), *rests]
            how = {True: "attained", False: "not attained", None: "attained or not"}[attained]
            head = f"ruled_out  the supremum of the Nash gap is {number(supremum)}, {how}"
            which = "a game that attains it" if attained else "a game that comes close"
            shown = [] if witness is None else [which, *witness_lines(witness)]
            if limit is not None:
                end = ["", "the segment from it leads to this game, where the gap is the supremum"]
                shown += [*end, *witness_lines(limit.end)]
            return [head, *_class(query), *rests, *shown]
        case Unknown(reason, lower, upper, witness, certificate):
            why = "as any game with rewards in [-1, 1]"
            if certificate is not None or upper != 2 / (1 - query.game_class.discount):
                why = "by a certificate" if certificate else "for the reason above"
            known = [("at least", lower, "by a game"), ("at most", upper, why)]
            return [
                f"undecided  {reason}",
                *_class(query),
                *table((name, number(x), by) for name, x, by in known if x is not None),
                *([] if verdict.root is None else [f"the root is {verdict.root.decimal}..."]),
                *(["the best game found", *witness_lines(witness)] if witness is not None else []),
            ]
        case _:
            assert_never(verdict)


def _core(core: "Core") -> list[str]:
    """A set of assumptions that is enough, and what comes of it without each of them."""
    how = "minimal" if core.is_minimal else "smaller ones are neither shown nor excluded"
    rows = [("core", f"{', '.join(core.assumptions)} ({how})")]
    rows += [("", f"without {d.assumption}: {d.reason}") for d in core.without]
    return table(rows)


def _class(query: "Query") -> list[str]:
    """What was covered, in words that leave nothing out."""
    said = query.game_class
    kernel = "deterministic kernels" if "deterministic" in said.names else "any kernel"
    policies = "pure policies" if "pure" in said.names else "any stationary product policies"
    size = f"{counted(said.players, 'player')}, {counted(said.states, 'state')}"
    shape = f"{size}, actions {'x'.join(map(str, said.actions))}"
    return table(
        [
            ("class", f"{shape}, discount {said.discount}, rewards in [-1, 1], any start"),
            ("", f"{kernel}, {policies}; assuming {', '.join(a.text for a in said.assumptions)}"),
            *([("", f"with {query.fix.summary}")] if query.fix is not None else []),
            *([("", f"the gap of player {query.player} only")] if query.player is not None else []),
        ]
    )


def _evidence(verdict: "Found | RuledOut") -> list[str]:
    found = [("evidence", verdict.evidence)]
    if "certificate" in verdict.json():
        found.append(
            ("rests on", f"exact arithmetic, and the argument that opens {_argument(verdict)}")
        )
    return table(found)


def _argument(verdict: "Found | RuledOut") -> str:
    """The module whose docstring proves the rows of a certificate."""
    from nashgap.search.certificate import argument

    return argument(verdict.json()["certificate"])


def witness_lines(witness: "Witness") -> list[str]:
    """A witness in full: the game, the policies, the deviation, and every exact number."""
    from nashgap.numeric.show import show_game

    deviation = witness.learner.replace(witness.player, witness.deviation)
    shown = show_game(witness.game, witness.expert, witness.learner, deviation, width=WIDTH - 2)
    return [
        "",
        *(f"  {line}".rstrip() for line in shown.splitlines()),
        "",
        *table(
            [
                ("exploiting player", str(witness.player)),
                *((name, number(value)) for name, value in witness.numbers.items()),
            ]
        ),
    ]


def _how_to_recheck(verdict: "Verdict", written: Sequence[str]) -> list[str]:
    if written:
        return [f"written to {path}; re-check it with: nashgap verify {path}" for path in written]
    if verdict.json().get("witness") is None and verdict.json().get("certificate") is None:
        return ["nothing to re-check"]
    return ["to re-check without any solver: add -o FILE.json, then nashgap verify FILE.json"]


def _keep(verdict: "Verdict", path: Path) -> list[str]:
    """Writes the certificate or the witness to `path`; with both, the witness beside it."""
    found = verdict.json()
    certificate, witness = found.get("certificate"), found.get("witness")
    beside = path.with_name(f"{path.stem}-witness{path.suffix}")
    files = {path: certificate or witness, beside: witness if certificate else None}
    for name, content in files.items():
        if content is not None:
            write_json(name, content)
    return [str(name) for name, content in files.items() if content is not None]
