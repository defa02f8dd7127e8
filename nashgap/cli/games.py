"""`nashgap games`: the named games, and the files of any of them."""

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import completing
from .options import Json, Output, Quiet
from .output import Result, number, show, table, writable, write_json
from .progress import progress

if TYPE_CHECKING:
    from nashgap.numeric.games import Instance, NamedGame

NAME = "games"


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            show_default=False,
            autocompletion=completing.known(completing.games),
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PARAMETER=VALUE]...",
            show_default=False,
            autocompletion=completing.parameters,
        ),
    ] = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List the named games, or show one; -o writes its game file.

    Example: nashgap games w1 n=3 gamma=9/10 -o w1.json
    """
    started = time.perf_counter()
    with progress("building the game", quiet=quiet):
        found = _list() if name is None else _one(name, parameters or [], output)
    if name is None and output is not None:
        raise BadInput("--output", "given without a game", "nashgap games NAME -o FILE.json")
    show(found, started=started, as_json=as_json, quiet=quiet)


def _list() -> Result:
    from nashgap.numeric.games import catalogue
    from nashgap.numeric.grids import boards

    games, on_boards = catalogue(), boards()
    lines = [
        f"{len(games)} named games; `nashgap games NAME` shows one, -o FILE.json writes it",
        "",
        *table((name, game.title) for name, game in games.items()),
        "",
        "games on a board, of any size; nashgap.numeric.grids has them for 10^5 states too",
        "",
        *table((name, game.title) for name, game in on_boards.items()),
    ]
    fields = {
        "games": [_described(game) for game in games.values()],
        "boards": [_described(game) for game in on_boards.values()],
    }
    return Result("done", lines, fields)


def _one(name: str, given: Sequence[str], output: str | None) -> Result:
    from nashgap.numeric.games import catalogue
    from nashgap.numeric.grids import boards
    from nashgap.numeric.io import game_object
    from nashgap.numeric.numbers import text

    if output is not None:
        writable(output)
    games = {**catalogue(), **boards()}
    name, given = _spelt(name, given, games)
    chosen = games[name]
    instance = chosen.build(**_parameters(given, chosen))
    written = game_object(instance.game, instance.expert, instance.learner)
    if output is not None:
        write_json(output, written)
    fields = {
        **_described(chosen),
        "game": written,
        "expected": {key: text(value) for key, value in instance.expected.items()},
        "assumptions": dict(instance.assumptions),
    }
    return Result("done", [*_lines(chosen, instance), "", _where(name, output)], fields)


def _spelt(name: str, given: Sequence[str], games: Iterable[str]) -> tuple[str, Sequence[str]]:
    """The name as the library has it, and the parameters: "Lemma 1" finds the game lemma-1."""
    from nashgap.theory.labels import canonical, joined
    from nashgap.theory.nearest import hint

    first, *others = joined([name, *given])
    found = {canonical(known): known for known in games}.get(canonical(first))
    if found is None:
        given = f"no game is called {name!r:.60}{hint(name, games)}"
        raise BadInput("NAME", given, f"one of {', '.join(games)}")
    return found, others


def _lines(chosen: "NamedGame", instance: "Instance") -> list[str]:
    parameters = [(f"{k}={p.default}", p.meaning, p.range) for k, p in chosen.parameters.items()]
    holds = [name for name, value in instance.assumptions.items() if value]
    fails = [name for name, value in instance.assumptions.items() if not value]
    return [
        f"{chosen.name}: {chosen.title}",
        *table(
            [
                ("shows", chosen.illustrates),
                ("source", chosen.source),
                ("game", instance.game.summary),
                ("holds", ", ".join(holds) or "-"),
                ("fails", ", ".join(fails) or "-"),
            ]
        ),
        *(["parameters, with their defaults", *table(parameters)] if parameters else []),
        "stated by the theory (`nashgap evaluate` computes them from the definitions)",
        *table((key, number(value)) for key, value in instance.expected.items()),
    ]


def _where(name: str, output: str | None) -> str:
    return f"written to {output}" if output else f"nashgap games {name} -o FILE.json writes it"


def _parameters(given: Sequence[str], chosen: "NamedGame") -> dict[str, str]:
    found: dict[str, str] = {}
    for part in given:
        key, equals, value = part.partition("=")
        if not equals or not key or key in found:
            known = ", ".join(f"{k}={p.default}" for k, p in chosen.parameters.items())
            needed = f"each parameter once, as in {known}" if known else "no parameters"
            raise BadInput("PARAMETER=VALUE", f"given {part!r:.60}", needed)
        found[key] = value
    return found


def _described(game: "NamedGame") -> dict[str, Any]:
    return {
        "name": game.name,
        "title": game.title,
        "source": game.source,
        "illustrates": game.illustrates,
        "parameters": {
            key: {"default": p.default, "meaning": p.meaning, "range": p.range}
            for key, p in game.parameters.items()
        },
    }
