"""Game files: read strictly, written back equal."""

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.io import game_object, load, parse_game, parse_json, read_json, save
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

GAME = MarkovGame(
    [[[["1/3", "2/3"]], [[0, 1]]], [[[1, 0]]] * 2],
    [[[["1/7"], [-1]]] * 2] * 2,
    [1, 0],
    "9/10",
    ["calm", "storm"],
    [["left", "right"], ["wait"]],
)
EXPERT = ProductPolicy([[["1/3", "2/3"], [0, 1]], [[1], [1]]])
LEARNER = ProductPolicy.uniform(GAME)
RAW = game_object(GAME, EXPERT, LEARNER)


def changed(path: str, entry: Any) -> dict[str, Any]:
    """The object with one part replaced, or removed if the entry is `...`."""
    raw: Any = copy.deepcopy(RAW)
    inner, *outer = reversed([int(k) if k.isdigit() else k for k in path.split("/")])
    part = raw
    for key in reversed(outer):
        part = part[key]
    if entry is ...:
        del part[inner]
    else:
        part[inner] = entry
    return raw  # type: ignore[no-any-return]


def test_a_game_object() -> None:
    assert RAW["format"] == "nashgap/game/1"
    assert RAW["discount"] == "9/10"
    assert RAW["transition"][0][0][0] == ["1/3", "2/3"]
    assert RAW["rewards"][1][0] == [["1/7"], ["-1"]]
    assert RAW["actions"] == [["left", "right"], ["wait"]]
    assert RAW["policies"]["expert"][0] == [["1/3", "2/3"], ["0", "1"]]
    assert "policies" not in game_object(GAME)
    assert list(game_object(GAME, learner=LEARNER)["policies"]) == ["learner"]


def test_round_trip(tmp_path: Path) -> None:
    save(tmp_path / "game.json", GAME, EXPERT, LEARNER)
    found = load(tmp_path / "game.json")
    assert (found.game, found.expert, found.learner) == (GAME, EXPERT, LEARNER)
    assert found.raw == RAW
    save(str(tmp_path / "bare.json"), GAME)
    bare = load(str(tmp_path / "bare.json"))
    assert (bare.game, bare.expert, bare.learner) == (GAME, None, None)


def test_numbers_of_over_4300_digits_survive(tmp_path: Path) -> None:
    """Python's own printing of integers stops there."""
    tiny = Fraction(1, 10**5000)
    game = MarkovGame([[[1], [1]]], [[[tiny, 0]]], [1], 1 - tiny)
    save(tmp_path / "game.json", game)
    assert load(tmp_path / "game.json").game == game


def test_a_saved_float_game_is_read_as_the_decimals_that_it_prints(tmp_path: Path) -> None:
    near = MarkovGame([[[1.0], [1.0]]], [[[0.1, -0.0]]], [1.0], 0.9)
    save(tmp_path / "game.json", near)
    assert load(tmp_path / "game.json").game == near.as_exact()


def test_json_numbers_are_read_as_they_are_written() -> None:
    content = json.dumps(changed("discount", 0.5)).replace("0.5", "0.1000000000000000000000000001")
    found = parse_game(parse_json(content, "file")).game
    assert found.discount == Fraction(10**27 + 1, 10**28)
    assert parse_game(parse_json('{"a": 1, "b": [2.50]}', "file") | RAW).game == GAME


def test_a_witness_is_a_game_too() -> None:
    assert parse_game(RAW | {"format": "nashgap/witness/1", "witness": {}}).notes == ()


def test_unknown_keys_of_a_game_are_told() -> None:
    assert parse_game(RAW | {"comment": "x"}).notes == ("unknown key 'comment' was ignored",)


BAD = [
    ("format", ..., 'format: missing; needed: "nashgap/game/1" or "nashgap/witness/1"'),
    ("format", "nashgap/game/2", "format: given 'nashgap/game/2'; needed"),
    ("format", ["nashgap/game/1"], "format: given ['nashgap/game/1']; needed"),
    *((k, ..., f"{k}: missing") for k in ("discount", "start", "transition", "rewards")),
    ("discount", "1", "discount: given 1; needed: a number in [0, 1)"),
    ("discount", None, "discount: given None; needed: a number"),
    ("start", {}, "start: given {}; needed: a list of length 2"),
    ("start/0", "1/2", "start: sums to 1/2; needed: a distribution that sums to 1"),
    ("rewards", {}, "rewards: given {}; needed: shape"),
    ("rewards/0/0/0/0", "2", "rewards[0][0][0][0]: given 2; needed: a reward in [-1, 1]"),
    ("rewards/1/1/0", [], "rewards[1][1][0]: a list of length 0; needed: length 1"),
    ("transition/0/1/0/0", "1/2", "transition[0][1][0]: sums to 3/2; needed"),
    ("transition/0/1/0/0", "half", "transition[0][1][0][0]: given 'half'; needed"),
    ("transition/1", "x", "transition[1]: given 'x'; needed: a list of length 2"),
    ("states", 5, "states: given 5; needed: a list of strings"),
    ("states", {"a": 1, "b": 2}, "states: given {'a': 1, 'b': 2}; needed: a list of strings"),
    ("actions", 5, "actions: given 5; needed: one list of names for each of 2 players"),
    ("actions/0", None, None),
    ("policies", [], "policies: given []; needed: an object"),
    ("policies/other", [], "policies: the role 'other'; needed"),
    ("policies/expert", None, "policies.expert: given None; needed: a list of 2 tables"),
    ("policies/expert", [[]], "policies.expert: given [[]]; needed: a list of 2 tables"),
    ("policies/learner/1", [["1"]], "policies.learner[1]: a list of length 1; needed: length 2"),
    ("policies/learner/0/1/0", "2/3", "policies.learner[0][1]: sums to 7/6; needed"),
    ("policies/expert/0/0/0", "-1/3", "policies.expert[0][0][0]: given -1/3; needed"),
]


def test_a_mark_at_the_start_of_a_file_is_no_error_and_errors_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "marked.json"
    path.write_text(json.dumps(changed("discount", "1/2")), encoding="utf-8-sig")
    assert load(path).game.discount == Fraction(1, 2)
    path.write_text(json.dumps(changed("discount", "1")), encoding="utf-8")
    with pytest.raises(BadInput, match=r"marked\.json, discount: given 1"):
        load(path)


@pytest.mark.parametrize(("path", "entry", "message"), BAD)
def test_bad_game_objects_name_the_place(path: str, entry: Any, message: str | None) -> None:
    raw = changed(path, entry)
    if message is None:
        assert parse_game(raw).game.actions[0] == ("0", "1")
        return
    with pytest.raises(BadInput) as caught:
        parse_game(raw)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "f, line 1, column 1: Expecting value; needed: well-formed JSON"),
        ('{"a": 1', "f, line 1, column 8: "),
        ("[1]", "f: a JSON list; needed: a JSON object"),
        ("3", "f: a JSON number or string; needed: a JSON object"),
        ("null", "f: a JSON null; needed: a JSON object"),
        ('{"a": NaN}', "f: contains NaN; needed: finite numbers"),
        ('{"a": [-Infinity]}', "f: contains -Infinity; needed: finite numbers"),
        ('{"a": {"b": 1, "b": 2}}', "f: the key 'b' appears twice; needed: each key once"),
        ("[" * 100_000, "f: lists nested too deeply; needed"),
    ],
)
def test_bad_json(content: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_json(content, "f")
    assert str(caught.value).startswith(message)


def test_many_keys_take_no_quadratic_time() -> None:
    """A file of 200,000 keys would take minutes if each were compared with all others."""
    content = "{" + ",".join(f'"{k}": 0' for k in range(200_000)) + "}"
    assert len(parse_json(content, "f")) == 200_000


def _missing(folder: Path) -> Path:
    return folder / "none.json"


def _folder(folder: Path) -> Path:
    return folder


def _not_text(folder: Path) -> Path:
    (folder / "x").write_bytes(b"\xff\xfe{}")
    return folder / "x"


def _null(folder: Path) -> str:
    return f"{folder}/a\0b"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (_missing, "cannot be read"),
        (_folder, "cannot be read"),
        (_not_text, "not UTF-8 text"),
        (_null, "not a file name"),
    ],
)
def test_unreadable_files(path: Callable[[Path], Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=message):
        read_json(path(tmp_path))


def test_a_file_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        save(tmp_path / "none" / "game.json", GAME)


def test_without_tolerance_rows_must_sum_to_1_exactly() -> None:
    with pytest.raises(BadInput, match=r"start: sums to 9999999999/10000000000"):
        parse_game(changed("start", ["0.9999999999", "0"]))


def test_tolerance_renormalises_and_says_so() -> None:
    raw = changed("start", ["0.9999999999", "0"])
    raw["policies"]["expert"][0][0] = ["0.33333333333", "0.66666666666"]
    found = parse_game(raw, tolerance=1e-9)
    assert found.game == GAME
    assert found.expert is not None
    assert found.expert[0][0].tolist() == [Fraction(1, 3), Fraction(2, 3)]
    assert found.notes == (
        "start: rows renormalised, they missed 1 by up to 1.0e-10",
        "policies.expert[0]: rows renormalised, they missed 1 by up to 1.0e-11",
    )
    assert parse_game(RAW, tolerance="1/1000").notes == ()


def test_tolerance_names_the_row_that_misses_1_by_more() -> None:
    raw = changed("transition/0/1/0", ["0", "1.1"])
    raw["transition"][0][0][0] = ["0.9999999999", "0"]
    with pytest.raises(BadInput, match=r"^transition\[0\]\[1\]\[0\]: sums to 11/10"):
        parse_game(raw, tolerance=1e-9)


@pytest.mark.parametrize("tolerance", [-1e-9, 1, float("nan"), "x", None])
def test_bad_tolerances(tolerance: Any) -> None:
    raw = changed("start", ["0", "0"])
    where = "start" if tolerance is None else "tolerance"
    with pytest.raises(BadInput, match=f"^{where}: "):
        parse_game(raw, tolerance=tolerance)
