"""Re-checks a file of any format without a solver and believes no number in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nashgap.numeric import tables
from nashgap.numeric.io import GAME_FORMAT, parse_game, parts, read_json
from nashgap.numeric.numbers import exact
from nashgap.numeric.plain import counted
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.claim import parse_claim
from nashgap.theory.errors import BadInput
from nashgap.theory.verification import Verification

from .certificate import Certificate
from .checkers.common import FORMAT, MalformedError
from .problem import Threshold
from .witness import NUMBERS, WITNESS_FORMAT, Witness

DERIVATION_FORMAT = "nashgap/derivation/1"
_FORMATS = (GAME_FORMAT, WITNESS_FORMAT, FORMAT, DERIVATION_FORMAT)
_GAME_KEYS = frozenset({"format", "name", "source", "discount", "start", "transition", "rewards"})
_WITNESS_KEYS = _GAME_KEYS | {"states", "actions", "policies", "witness"}
_SHOWN_KEYS = frozenset({"assumptions", "player", "deviation", "numbers"})


def verify(raw: Mapping[str, Any] | str | Path) -> Verification:
    """Whether a game, witness, certificate or derivation says the truth.

    Args:
        raw: a file's path, or the JSON object; there numbers may be strings, as
            `nashgap.numeric.io.read_json` gives them.

    Raises:
        BadInput: it is malformed: another format, a key that is missing or unknown, a wrong type.
    """
    if isinstance(raw, (str, Path)):
        raw = read_json(raw)
    written = raw.get("format") if isinstance(raw, Mapping) else None
    match written:
        case "nashgap/game/1":
            game = parse_game(raw).game
            size = f"{counted(game.players, 'player')}, {counted(game.num_states, 'state')}"
            told = f"a well-formed game: {size}, actions {game.num_actions}"
            return Verification(True, (told,))
        case "nashgap/witness/1":
            return parse_witness(raw).verify()
        case "nashgap/certificate/1":
            try:
                return Certificate(raw).verify()
            except MalformedError as error:
                where, _, needed = str(error).partition(": needed ")
                raise BadInput(where, "malformed", needed or "a certificate") from None
        case "nashgap/derivation/1":
            from nashgap.theory.verify import verify_derivation

            return verify_derivation(raw)
        case _:
            given = "missing" if written is None else f"given {written!r:.60}"
            raise BadInput("format", given, f"one of {', '.join(_FORMATS)}{parts(raw)}")


def parse_witness(raw: Mapping[str, Any]) -> Witness:
    """Reads a witness object strictly; nothing in it is believed yet.

    Raises:
        BadInput: a key that is missing or unknown, or a wrong type or shape.
    """
    _keys(
        raw, "witness file", _WITNESS_KEYS - {"name", "source", "states", "actions"}, _WITNESS_KEYS
    )
    loaded = parse_game(raw)
    if loaded.expert is None or loaded.learner is None:
        raise BadInput("policies", "expert or learner is missing", "both")
    shown = raw["witness"]
    goal = (
        frozenset({"claim"}) if "claim" in _object(shown) else frozenset({"gap_at_least", "strict"})
    )
    _keys(shown, "witness", _SHOWN_KEYS | goal, _SHOWN_KEYS | goal)
    game = loaded.game
    player = _player(shown["player"], game.players)
    shape = (game.num_states, game.num_actions[player])
    deviation = tables.as_exact(tables.table(shown["deviation"], shape, "witness.deviation"))
    tables.check_rows(deviation, "witness.deviation")
    names = shown["assumptions"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadInput("witness.assumptions", f"given {names!r:.60}", "a list of strings")
    numbers = shown["numbers"]
    if not isinstance(numbers, dict):
        raise BadInput("witness.numbers", f"given {numbers!r:.60}", "an object of exact numbers")
    _keys(numbers, "witness.numbers", frozenset(), frozenset(NUMBERS))
    return Witness(
        game,
        loaded.expert,
        loaded.learner,
        _goal(shown),
        parse_assumptions(names),
        player,
        deviation,
        {name: exact(value, f"witness.numbers.{name}") for name, value in numbers.items()},
    )


def _goal(shown: Mapping[str, Any]) -> Threshold | str:
    if "claim" in shown:
        claim = shown["claim"]
        if not isinstance(claim, str):
            raise BadInput("witness.claim", f"given {claim!r:.60}", "a claim")
        return parse_claim(claim).text
    if not isinstance(shown["strict"], bool):
        raise BadInput("witness.strict", f"given {shown['strict']!r:.60}", "true or false")
    return Threshold(exact(shown["gap_at_least"], "witness.gap_at_least"), shown["strict"])


def _player(given: Any, players: int) -> int:
    number = exact(given, "witness.player")
    if number.denominator != 1 or not 0 <= number < players:
        raise BadInput("witness.player", f"given {given!r:.60}", f"0 to {players - 1}")
    return int(number)


def _object(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise BadInput("witness", f"given {given!r:.60}", "an object")
    return given


def _keys(
    given: Mapping[str, Any], where: str, needed: frozenset[str], known: frozenset[str]
) -> None:
    missing, unknown = sorted(needed - set(given)), sorted(set(given) - known)
    if missing:
        raise BadInput(where, f"the key {missing[0]!r} is missing", f"the key {missing[0]!r}")
    if unknown:
        raise BadInput(where, f"unknown key {unknown[0]!r:.60}", f"keys out of {sorted(known)}")
