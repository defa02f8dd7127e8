"""Published schemas: real output of every command is valid, every key of it is described."""

import copy
import json
import shlex
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import nashgap as ng
from nashgap.cli.app import app
from nashgap.schemas import names, schema
from nashgap.theory.errors import BadInput

from .conftest import Run

ROOT = Path(__file__).parents[2]
FORMATS = ("game", "witness", "certificate", "derivation")
COMMANDS = {
    "demo": ["demo -o tour.tex"],
    "evaluate": ["evaluate w3.json", "evaluate float.json"],
    "certify": [
        "certify w6.json --demonstrations demos.jsonl",
        "certify w6.json --demonstrations demos.jsonl --target-gap 1 --assume dominant",
    ],
    "learners": ["learners pennies.json"],
    "delta": ["delta pennies.json"],
    "temperature": ["temperature w6.json --points 2 --samples 2"],
    "tightness": ["tightness T1 --games w1 --over n=2"],
    "equilibrium": ["equilibrium pennies.json", "equilibrium pennies.json --horizon 2"],
    "convert": ["convert pennies.json pennies.nfg"],
    "check": ["check trivial"],
    "conditions": ["conditions weak-dominance.json --for dominant"],
    "conjecture": [
        'conjecture "NashGap <= eps_BC" --assume dominant',
        'conjecture "NashGap <= 3*n*eps_BC/(1-gamma)**2" --assume dominant',
    ],
    "derive": ["derive NashGap --assume dominant"],
    "search": [
        "search --sup",
        "search --sup --core",
        "search --gap-at-least 18",
        "search --gap-at-least 18 --strict",
        "search --gap-at-least 18 --player 1",
        "search --sup --states 30 --players 3 --seconds 0.01",
    ],
    "atlas": ["atlas --states 2"],
    "verify": ["verify w3.json"],
    "bounds": ["bounds", "bounds --improvements", "bounds --open", "bounds --rows"],
    "show": ["show", "show Lemma 3 T9", "show Theorem 2", "show eps_BC"],
    "games": ["games", "games w6"],
    "latex": ["latex T1"],
    "coq": ["coq T1"],
    "report": ["report w3.json -o w3.html"],
    "schema": ["schema", "schema search"],
    "doctor": ["doctor"],
}
SLOW = {"demo", "tightness", "derive", "conjecture", "atlas"}


def check(found: Any, name: str) -> None:
    jsonschema.Draft202012Validator(schema(name)).validate(found)


@pytest.fixture
def files(tmp_path: Path) -> None:
    games = ng.games.catalogue()
    for name, file in (("w3", "w3"), ("w6", "w6"), ("matching-pennies", "pennies")):
        made = games[name].build()
        ng.save(tmp_path / f"{file}.json", made.game, made.expert, made.learner)
    shutil.copy(ROOT / "examples" / "weak-dominance.json", tmp_path)
    made = games["w3"].build()
    floats = made.game.as_float(), made.expert.as_float(), made.learner.as_float()
    ng.save(tmp_path / "float.json", *floats)
    made = games["w6"].build()
    seen = ng.simulate(made.game, made.expert, 10, 10, seed=0)
    rows = (
        {"states": [int(s) for s in t.states], "actions": [[int(a) for a in j] for j in t.actions]}
        for t in seen.trajectories
    )
    (tmp_path / "demos.jsonl").write_text("\n".join(map(json.dumps, rows)))


def test_every_command_has_a_schema_and_every_schema_a_command() -> None:
    registered = {info.name for info in app.registered_commands}
    assert registered == set(COMMANDS) == set(names()) - set(FORMATS)


@pytest.mark.parametrize("name", names())
def test_schemas_are_schemas_and_stand_alone(name: str) -> None:
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert json.loads(json.dumps(found)) == found
    refs = {part["$ref"] for part in walk(found) if "$ref" in part}
    assert all(ref.startswith("#/$defs/") for ref in refs)
    assert {ref.removeprefix("#/$defs/") for ref in refs} <= set(found.get("$defs", {}))


def walk(found: Any) -> list[dict[str, Any]]:
    below = found.values() if isinstance(found, dict) else found if isinstance(found, list) else []
    own = [found] if isinstance(found, dict) else []
    return own + [part for item in below for part in walk(item)]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param(name, line, marks=[pytest.mark.slow] if name in SLOW else [], id=line)
        for name, lines in COMMANDS.items()
        for line in lines
    ],
)
@pytest.mark.usefixtures("files")
def test_real_output_is_valid_and_every_key_is_described(name: str, line: str, run: Run) -> None:
    done = run(*shlex.split(line), "--json")
    assert done.code in (0, 1, 3), done.err
    found = done.json
    check(found, name)
    assert set(found) <= set(schema(name)["properties"])
    for format_ in ("witness", "certificate", "derivation"):
        if found.get(format_) is not None:
            check(found[format_], format_)


def test_named_games_and_derivations_are_valid_files() -> None:
    from nashgap.numeric.io import game_object

    for game in ng.games.catalogue().values():
        made = game.build()
        check(game_object(made.game, made.expert, made.learner), "game")
    for label in ("T1", "lemma_3", "value_gap"):
        check(ng.bounds()[label].derivation_object(), "derivation")


@pytest.fixture(scope="module")
def witness() -> dict[str, Any]:
    verdict = ng.search(ng.Query(gap_at_least=18))
    assert isinstance(verdict, ng.Found)
    return verdict.witness.json()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda w: w.pop("transition"),
        lambda w: w.update(format="nashgap/witness/2"),
        lambda w: w.update(extra=1),
        lambda w: w["witness"].update(colour="red"),
        lambda w: w["witness"].pop("player"),
        lambda w: w["witness"]["numbers"].update(nash_gap=18),
        lambda w: w["witness"]["numbers"].update(nash_gap="eighteen"),
        lambda w: w["policies"].pop("learner"),
        lambda w: w.update(start=["1", None]),
        lambda w: w.update(discount="1/2+1/3"),
    ],
)
def test_a_spoilt_witness_is_not_valid(spoil: Any, witness: dict[str, Any]) -> None:
    check(witness, "witness")
    spoilt = copy.deepcopy(witness)
    spoil(spoilt)
    with pytest.raises(jsonschema.ValidationError):
        check(spoilt, "witness")


def test_output_with_a_wrong_or_missing_key_is_not_valid(run: Run) -> None:
    found = run("bounds", "T1", "--json").json
    check(found, "bounds")
    for key, value in (("status", "perhaps"), ("seconds", "long"), ("bounds", {})):
        with pytest.raises(jsonschema.ValidationError):
            check({**found, key: value}, "bounds")
    with pytest.raises(jsonschema.ValidationError):
        check({key: value for key, value in found.items() if key != "versions"}, "bounds")


def test_the_command_prints_them(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("schema", "game").out) == schema("game")
    assert run("schema", "witness", "-o", "w.json").code == 0
    assert json.loads((tmp_path / "w.json").read_text()) == schema("witness")
    assert run("schema", "nothing").code == 2
    with pytest.raises(BadInput, match="nothing"):
        schema("nothing")
