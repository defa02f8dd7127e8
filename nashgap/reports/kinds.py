"""What is told about each kind of file: one function a kind."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

from nashgap.theory.errors import BadInput
from nashgap.theory.html import Cell, facts, table, words

from .page import Section

if TYPE_CHECKING:
    from nashgap.numeric.game import MarkovGame
    from nashgap.numeric.policy import ProductPolicy
    from nashgap.theory.verification import Verification


@dataclass(frozen=True)
class Told:
    """The parts of a page.

    Attributes:
        title: what the file says, in plain text.
        status: the word at the top.
        head: the outcome of checking it.
        sections: what there is to see.
        how: what re-checking does.
        commands: the commands for it, escaped.
        bibtex: an entry for the source of what the file says, or "".
    """

    title: str
    status: str
    head: Cell
    sections: tuple[Section, ...]
    how: str
    commands: tuple[str, ...]
    bibtex: str = ""


def tell(raw: Mapping[str, Any], name: str, tolerance: Fraction | None = None) -> Told:
    """Reads a file and says what it holds.

    Args:
        raw: the object.
        name: of the file.
        tolerance: rows of a game file may miss 1 by this.

    Raises:
        BadInput: no kind that a report can be made of, or malformed.
    """
    if raw.get("format") == "nashgap/game/1":
        return _game(raw, name, tolerance)
    if tolerance is not None:
        raise BadInput("--tolerance", f"{name} is no game file", "evidence as it is: it is exact")
    if "format" in raw:
        kinds: dict[str, Callable[[Mapping[str, Any], str], Told]] = {
            "nashgap/witness/1": _witness,
            "nashgap/certificate/1": _certificate,
            "nashgap/derivation/1": _derivation,
        }
        if raw["format"] not in kinds:
            needed = f"one of nashgap/game/1, {', '.join(kinds)}"
            raise BadInput(f"{name}, format", f"given {raw['format']!r:.60}", needed)
        return kinds[raw["format"]](raw, name)
    if "guarantees" in raw and "coverage" in raw:
        from .certified import certified

        return certified(raw, name)
    if "entries" in raw and "families" in raw:
        from .atlas import atlas

        return atlas(raw, name)
    if "status" in raw and "versions" in raw:
        return _result(raw, name)
    needed = "a file in a format of nashgap, or what a command printed with --json"
    raise BadInput(name, "no key 'format'", needed)


def _game(raw: Mapping[str, Any], name: str, tolerance: Fraction | None) -> Told:
    from nashgap.numeric.io import parse_game

    loaded = parse_game(raw, tolerance=tolerance)
    game, expert, learner = loaded.game, loaded.expert, loaded.learner
    title = f"A Markov game: {game.summary}"
    fit = "well formed: every row is a distribution, every reward lies in [-1, 1]"
    head = words("; ".join((fit, *loaded.notes)))
    parts = _pictures(game, expert, learner, None)
    if expert is not None and learner is not None:
        parts += (_everything(game, expert, learner),)
    rounded = f" --tolerance {float(tolerance):g}" if tolerance else ""
    command = f"nashgap evaluate {escape(name)}{rounded}"
    how = "Every number on this page is computed from the definitions by"
    return Told(title, "valid", head, parts, how, (command,))


def _witness(raw: Mapping[str, Any], name: str) -> Told:
    from nashgap.search.verify import parse_witness
    from nashgap.search.witness_display import numbers_html, witness_sentence

    found = parse_witness(raw)
    started = time.perf_counter()
    checked = found.verify()
    head = _checked(checked, time.perf_counter() - started)
    game, player = found.game, found.player
    deviation = found.learner.replace(player, found.deviation)
    stated = "refuted: " + found.shows if isinstance(found.shows, str) else "a game that reaches it"
    title = witness_sentence(found) if checked.valid else f"A witness that does not hold: {stated}"
    numbers = Section("Exact numbers", numbers_html(found))
    parts = (numbers, *_pictures(game, found.expert, found.learner, deviation))
    parts += (_everything(game, found.expert, found.learner),)
    how = (
        "The file holds the game, the policies and the deviation, all exact. This recomputes every "
        "assumption, value and gap from the definitions, in rationals, and believes no number in it"
    )
    return Told(title, _word(checked), head, parts, how, (f"nashgap verify {escape(name)}",))


def _certificate(raw: Mapping[str, Any], name: str) -> Told:
    from nashgap.search.certificate import Certificate, argument
    from nashgap.search.display import class_rows
    from nashgap.search.verify import verify

    started = time.perf_counter()
    checked = verify(raw)
    seconds = time.perf_counter() - started
    found = Certificate(raw)
    empty = raw["encoding"] == "empty"
    said = f"No game of the class has {found.shown}"
    if empty:
        said = "The class is empty: its assumptions exclude each other"
    leaves, rows = _size(raw)
    proof = [
        ("excluded", escape(found.statement)),
        ("encoding", escape(str(raw["encoding"]))),
        *([] if empty else [("cases that end in a contradiction", str(leaves))]),
        *([] if empty else [("multipliers of linear rows", str(rows))]),
        ("why it holds is argued in", f"<code>{argument(raw)}</code>"),
    ]
    parts = (
        Section("The class", facts(class_rows(raw["class"]))),
        Section("The proof", facts(proof)),
    )
    how = (
        "The checker makes the linear rows of the class itself and adds them up as the file says, "
        "to a contradiction in every case; no solver takes part"
        if not empty
        else "The checker finds by itself what the assumptions contradict; no solver takes part"
    )
    title = said if checked.valid else f"A certificate that does not hold: {said}"
    command = (f"nashgap verify {escape(name)}",)
    return Told(title, _word(checked), _checked(checked, seconds), parts, how, command)


def _size(tree: Any) -> tuple[int, int]:
    """Leaves, and multipliers in them, anywhere in a certificate."""
    if isinstance(tree, Mapping):
        for name in ("leaf", "rows"):
            if isinstance(tree.get(name), Mapping):
                return 1, len(tree[name])
        below = [_size(part) for part in tree.values()]
    else:
        below = [_size(part) for part in tree] if isinstance(tree, list) else []
    return sum(leaves for leaves, _ in below), sum(rows for _, rows in below)


def _derivation(raw: Mapping[str, Any], name: str) -> Told:
    from nashgap.theory.assumptions import parse_assumptions
    from nashgap.theory.display import derivation_html
    from nashgap.theory.html import formula
    from nashgap.theory.verify import parse_derivation, verify_derivation

    started = time.perf_counter()
    checked = verify_derivation(raw)
    seconds = time.perf_counter() - started
    read = parse_derivation(raw)
    found = {(s.derivation, s.number): s.status.word for s in read.checked().steps}
    assumed = [(a.text, words(a.statement)) for a in parse_assumptions(read.assumptions)]
    claim = formula(read.claim.latex(), block=True)
    lemmas = "".join(derivation_html(lemma, found) for lemma, _ in reversed(read.lemmas))
    parts = (
        Section("Claim", claim + (facts(assumed) if assumed else "<p>Nothing is assumed.</p>")),
        Section("Proof", derivation_html(read.proof[0], found)),
        *([Section("Lemmas", lemmas)] if lemmas else []),
        Section("What it rests on", _grounds(read.rests_on)),
    )
    label = f"{read.label}: " if read.label else ""
    said = f"{label}{read.claim.text}"
    title = said if checked.valid else f"A derivation that does not hold: {said}"
    how = (
        "Every line is parsed anew, every identity expanded, every sign proved by coefficients, "
        "every lemma checked before it is used; no solver and no computer algebra take part"
    )
    status = "proved" if checked.valid else "invalid"
    head = _checked(checked, seconds)
    command = (f"nashgap verify {escape(name)}",)
    return Told(title, status, head, parts, how, command, _source(read.label))


def _grounds(names: tuple[str, ...]) -> Cell:
    """Definitions, facts and rules that are taken on trust, with their own short proofs."""
    from nashgap.theory.grounds import grounds

    known = grounds()
    return table(
        [f"<b>{escape(name)}</b>", words(known[name].statement)]
        if name in known
        else [f"<b>{escape(name)}</b>", ""]
        for name in names
    )


def _source(label: str) -> str:
    from nashgap.theory.catalogue import bounds

    return bounds()[label].source.bibtex if label in bounds() else ""


def _result(raw: Mapping[str, Any], name: str) -> Told:
    """What a command printed: each piece of evidence in it is re-checked and told."""
    evidence = [
        (kind, raw[kind])
        for kind in ("witness", "certificate", "derivation")
        if isinstance(raw.get(kind), Mapping)
    ]
    if not evidence:
        needed = "an outcome with a witness, a certificate or a derivation"
        raise BadInput(name, f"an outcome {raw['status']!r:.40} without evidence", needed)
    told = [(kind, tell(piece, f"{kind}.json")) for kind, piece in evidence]
    known = ("claim", "evidence", "supremum", "attained", "seconds")
    said = facts((key, escape(_said(raw[key]))) for key in known if raw.get(key) is not None)
    valid = all(part.status in ("valid", "proved") for _, part in told)
    parts = [Section("The outcome", said)]
    for kind, part in told:
        parts.append(Section(f"The {kind}: {part.title}", part.head))
        parts += part.sections
    word = str(raw["status"]) if valid else "invalid"
    head = "every piece of evidence was checked again" if valid else "its evidence does not hold"
    how = "Write the pieces of evidence in the file to files of their own, unchanged"
    commands = tuple(command for _, part in told for command in part.commands)
    return Told(_outcome(raw), word, head, tuple(parts), how, commands)


def _said(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _outcome(raw: Mapping[str, Any]) -> str:
    """The status word with its claim; what is ruled out is a game that breaks it."""
    claim = raw.get("claim")
    if not claim:
        return str(raw["status"])
    if raw["status"] == "ruled_out":
        return f"ruled_out: no game of the class breaks {claim}"
    return f"{raw['status']}: {claim}"


def _pictures(
    game: "MarkovGame",
    expert: "ProductPolicy | None",
    learner: "ProductPolicy | None",
    deviation: "ProductPolicy | None",
) -> tuple[Section, ...]:
    from nashgap.numeric.pictures import game_html, occupancy_svg, policy_svg

    profiles = (expert, learner, deviation)
    parts = [Section("The game", game_html(game, *profiles))]
    if any(profile is not None for profile in profiles) and game.num_states <= _MOST_STATES:
        parts.append(Section("What is played", f"<figure>{policy_svg(game, *profiles)}</figure>"))
        shown = f"<figure>{occupancy_svg(game, *profiles)}</figure>"
        parts.append(Section("How often each state is visited", shown))
    return tuple(parts)


_MOST_STATES = 60


def _everything(game: "MarkovGame", expert: "ProductPolicy", learner: "ProductPolicy") -> Section:
    from nashgap.numeric.evaluate import evaluate
    from nashgap.numeric.show_evaluation import evaluation_html

    shown = evaluation_html(evaluate(game, expert, learner))
    return Section("Every quantity, assumption and bound", shown)


def _checked(checked: "Verification", seconds: float) -> Cell:
    """What verifying said, and how long it took."""
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in checked.reasons)
    word = "Checked" if checked.valid else "Checked, and NOT true"
    return f"{word} when this page was made, in {seconds:.2g} s:<ul>{reasons}</ul>"


def _word(checked: "Verification") -> str:
    return "valid" if checked.valid else "invalid"
