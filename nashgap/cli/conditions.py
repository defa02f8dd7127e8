"""`nashgap conditions FILE`: when a policy of a game with symbols is Nash, dominant, and so on."""

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .figures import is_figure, prepare
from .options import Json, Output, Quiet
from .output import Result, show, write
from .progress import progress

if TYPE_CHECKING:
    from nashgap.theory.conditions import Conditions, SymbolicGame

NAME = "conditions"
FORMS = ("text", "latex", "python")
LEVELS = ("stays=", "continuous=")
CONCEPTS = ("nash", "strict-nash", "subgame-perfect", "dominant", "strictly-dominant", *LEVELS)


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    concept: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="CONCEPT",
            help="nash, strict-nash, subgame-perfect, dominant, strictly-dominant; or stays=T, "
            "continuous=EPS: the player's best response does not move while every opponent errs by "
            "the symbol T at most at each state, or by EPS on average (delta(EPS) = 0).",
            autocompletion=completing.one_of(*CONCEPTS),
        ),
    ] = "dominant",
    player: Annotated[
        str | None, typer.Option(metavar="I", help="One player only, from 0.")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORM",
            help="text, latex, python",
            autocompletion=completing.one_of(*FORMS),
        ),
    ] = "text",
    solved: Annotated[
        bool,
        typer.Option("--largest", help="Solve stays=T or continuous=EPS for the largest error."),
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Say which player, state and action each comes from.")
    ] = False,
    across: Annotated[
        str | None, typer.Option(metavar="X,Y", help="The two symbols of a figure (-o FILE.pdf).")
    ] = None,
    at: Annotated[
        list[str] | None, typer.Option(metavar="P=X", help="A value of a further symbol, as z=1/2.")
    ] = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Derive the inequalities in a game's symbols under which its policy has a property.

    A symbolic game is a game file whose numbers may be expressions in `symbols`, each with an open
    range, and that holds the policy in question as the expert. Necessary and sufficient where that
    can be decided, which for two players is always so; else each side says which it is.

    Example: nashgap conditions examples/weak-dominance.json --for dominant
    """
    started = time.perf_counter()
    if form not in FORMS:
        raise BadInput("--as", f"given {form!r}", f"one of {', '.join(FORMS)}")
    if solved and not concept.startswith(LEVELS):
        raise BadInput("--largest", f"--for {concept}", "--for stays=T or --for continuous=EPS")
    prepare(output, file)
    with progress("solving the policies' values", quiet=quiet):
        game = _read(file)
        found = _derived(game, concept, player)
    texts = _texts(found, why)
    level = concept.partition("=")[2]
    if solved:
        texts |= _largest(found, level, form)
    written = []
    if output is not None:
        _save(found, texts[form], across, at or [], output)
        written = ["", f"written to {output}"]
    fields = {
        "claim": concept,
        "class": {name: [str(x) for x in pair] for name, pair in found.ranges.bounds.items()},
        "evidence": "exact polynomial arithmetic; every clause comes from one system of equations",
        "exact": found.exact,
        "note": found.note,
        "players": list(found.players),
        "necessary": _json(found, "necessary"),
        "sufficient": _json(found, "sufficient"),
        "latex": texts["latex"],
        "python": texts["python"],
    }
    if solved:
        fields["largest"] = texts["text"].splitlines()
    who = "every player" if player is None else f"player {player}"
    head = [f"{file}: {found.concept}, for {who}", f"  given {_given(game)}", ""]
    shown = texts[form].splitlines() if form != "text" else head + texts[form].splitlines()
    result = Result("done", [*shown, *written], fields)
    show(result, started=started, as_json=as_json, quiet=quiet)


def _read(file: str) -> "SymbolicGame":
    from nashgap.numeric.io import read_json
    from nashgap.theory.conditions import SYMBOLIC_FORMAT, parse_symbolic

    raw = read_json(file)
    if raw.get("format") != SYMBOLIC_FORMAT:
        given = f"the format {raw.get('format')!r}"
        raise BadInput(file, given, f'"format": "{SYMBOLIC_FORMAT}", with "symbols"')
    return parse_symbolic(raw)


def _derived(game: "SymbolicGame", concept: str, player: str | None) -> "Conditions":
    from nashgap.theory.conditions import conditions, continuity

    one = None if player is None else options.player(player, "--player", game.players)
    name, _, level = concept.partition("=")
    if f"{name}=" not in LEVELS:
        return conditions(game, concept, players=None if one is None else [one])
    if one is None:
        raise BadInput(f"--for {name}", "no --player", "--player I, whose best response is meant")
    return continuity(game, one, level, on_average=name == "continuous")


def _largest(found: "Conditions", level: str, form: str) -> dict[str, str]:
    from nashgap.theory.conditions import largest, latex_largest, plain_largest

    if form == "python":
        raise BadInput("--as python", "with --largest", "--as text or --as latex")
    one = largest(found, level)
    return {"text": plain_largest(one), "latex": latex_largest(one)}


def _texts(found: "Conditions", why: bool) -> dict[str, str]:
    from nashgap.theory.conditions import latex, plain, python

    code = python(found)
    if not found.exact:
        name = found.concept.replace("-", "_")
        code += "\n\n" + python(found, "necessary", f"{name}_is_possible")
    return {"text": plain(found, why=why), "latex": latex(found), "python": code}


def _given(game: "SymbolicGame") -> str:
    from nashgap.theory.conditions import describe

    return describe(game.ranges)


def _json(found: "Conditions", side: str) -> list[dict[str, Any]]:
    from nashgap.theory.conditions import atom_text

    clauses = found.necessary if side == "necessary" else found.sufficient
    return [
        {"any_of": [atom_text(atom, found.ranges) for atom in clause.atoms], "why": clause.why}
        for clause in clauses
    ]


def _save(found: "Conditions", text: str, across: str | None, at: list[str], output: str) -> None:
    if not is_figure(output):
        write(output, text + "\n")
        return
    from nashgap.numeric.plots import plot_region, save

    pair = _pair(across, list(found.ranges.bounds))
    save(plot_region(found, pair, _values(at)), output)


def _pair(across: str | None, names: list[str]) -> tuple[str, str]:
    if across is None and len(names) == 2:
        return names[0], names[1]
    parts = [] if across is None else [part.strip() for part in across.split(",")]
    if len(parts) != 2:
        raise BadInput("--across", f"given {across}", f"two of {', '.join(names)}, as X,Y")
    return parts[0], parts[1]


def _values(at: list[str]) -> dict[str, Fraction]:
    found = {}
    for part in at:
        name, equals, value = part.partition("=")
        if not equals:
            raise BadInput("--at", f"given {part!r}", "a symbol and its value, as z=1/2")
        found[name.strip()] = options.rational(value, "--at")
    return found
