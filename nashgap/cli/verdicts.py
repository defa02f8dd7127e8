"""A verdict of the search and its witness, in words and as JSON."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, assert_never

from .output import WIDTH, Result, counted, noted, number, table

if TYPE_CHECKING:
    from nashgap.search.core import Core
    from nashgap.search.query import Query
    from nashgap.search.verdict import Found, RuledOut, Verdict
    from nashgap.search.witness import Witness


def result(
    query: "Query",
    verdict: "Verdict",
    written: Sequence[str] = (),
    kept: Mapping[str, Any] = MappingProxyType({}),
    notes: Sequence[str] = (),
) -> Result:
    """A verdict, for people and as JSON, with what is to be said of its store and its parts."""
    fields = {**verdict.json(), "class": query.game_class.json(), "claim": _claim(query, verdict)}
    if query.gap_at_least is None and query.claim is None:
        fields = {"supremum": None, "attained": None, **fields}
    if query.player is not None:
        fields["player"] = query.player
    if query.fix is not None:
        fields["class"] = {**query.game_class.json(), "given": query.fix.json()}
        fields["notes"] = list(notes)
    if kept:
        fields["store"] = kept
    lines = [
        *_lines(query, verdict),
        *noted(notes),
        "",
        *_kept_lines(kept),
        *_how_to_recheck(verdict, written),
    ]
    return Result(
        verdict.status,
        lines,
        fields,
        interrupted=getattr(verdict, "interrupted", False),
    )


def _claim(query: "Query", verdict: "Verdict") -> str | None:
    """The claim that the verdict is about: what was ruled out to fail, or what a game breaks.

    With a player, i is that player and no other.
    """
    from nashgap.search.verdict import RuledOut

    if query.claim is not None:
        return query.claim
    whose = "NashGap" if query.player is None else "NashGap_i"
    if query.threshold is not None:
        return f"{whose} {'<=' if query.strict else '<'} {query.threshold.value}"
    if not isinstance(verdict, RuledOut):
        return None
    # Of a class without a game nothing is asked but that: no gap is below 0.
    return f"{whose} < 0" if verdict.supremum is None else f"{whose} <= {verdict.supremum}"


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
                head = f"ruled_out  no game of the class has {certificate.shown}"
                return [head, *_class(query), *rests]
            unknown = "which some game attains, or games only come near"
            how = {True: "attained", False: "not attained", None: unknown}[attained]
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
