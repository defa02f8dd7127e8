"""`nashgap certify`: exit codes, the JSON object, and one line for every misuse."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nashgap.numeric.demonstrations import save_demonstrations, simulate
from nashgap.numeric.games import catalogue
from nashgap.numeric.io import game_object


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """Game files of W3 and W6, with the expert, without it and without the game; and data."""
    for name in ("w3", "w6"):
        x = catalogue()[name].build()
        whole = game_object(x.game, x.expert)
        bare = {k: v for k, v in whole.items() if k != "policies"}
        outline = {k: bare[k] for k in ("format", "discount", "states", "actions")}
        for kind, content in (("expert", whole), ("game", bare), ("outline", outline)):
            (tmp_path / f"{name}-{kind}.json").write_text(json.dumps(content))
        save_demonstrations(tmp_path / f"{name}.jsonl", simulate(x.game, x.expert, 300, 40, seed=0))
    floats = json.loads((tmp_path / "w3-game.json").read_text())
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "half.json").write_text(json.dumps({**floats, "rewards": None}))


def test_without_a_target_there_is_no_claim(run: Any) -> None:
    done = run("certify", "w6-expert.json", "--demonstrations", "w6.jsonl", "--json")
    assert done.code == 0
    assert done.json["status"] == "done"
    assert done.json["claim"] is None
    assert done.json["target"] is None
    assert Fraction(done.json["exact"]["nash_gap"]) >= 0
    t1 = next(g for g in done.json["guarantees"] if g["label"] == "T1")
    assert t1["checked"] == ["dominant"]
    assert Fraction(done.json["exact"]["nash_gap"]) <= Fraction(t1["value"])


@pytest.mark.parametrize(
    ("file", "data", "more", "status", "code"),
    [
        ("w3-game.json", "w3.jsonl", ["--target-gap", "9"], "done", 0),
        ("w3-game.json", "w3.jsonl", ["--target-gap", "8.9"], "refuted", 1),
        ("w6-outline.json", "w6.jsonl", ["--target-gap", "9"], "undecided", 3),
        (
            "w6-outline.json",
            "w6.jsonl",
            ["--target-gap", "9", "--assume", "dominant"],
            "supported",
            3,
        ),
        (
            "w6-outline.json",
            "w6.jsonl",
            ["--target-gap", "9", "--assume", "dominant", "--confidence", "0.9999999999"],
            "undecided",
            3,
        ),
    ],
)
def test_status_and_exit_code(
    run: Any, file: str, data: str, more: list[str], status: str, code: int
) -> None:
    done = run("certify", file, "--demonstrations", data, *more, "--json")
    assert (done.json["status"], done.code) == (status, code)
    assert done.json["claim"] == f"NashGap <= {Fraction(more[1])}"
    assert done.json["target"]["plans"]
    quiet = run("certify", file, "--demonstrations", data, *more, "--quiet")
    assert (quiet.out, quiet.code) == ("", code)


def test_the_report_says_what_one_asks_first(run: Any) -> None:
    done = run("certify", "w6-game.json", "--demonstrations", "w6.jsonl", "--target-gap", "1")
    lines = done.out.splitlines()
    places = [
        next(k for k, line in enumerate(lines) if line.startswith(head))
        for head in (
            "In short",
            "Demonstrations: 300 trajectories of 40 steps",
            "The clone copies the observed frequencies. With confidence 95 %",
            "The game is known",
            "What the theory guarantees",
            "Target: Nash gap at most 1",
            "Warnings",
            "How the error is bounded",
        )
    ]
    assert places == sorted(places)
    assert max(map(len, lines)) <= 100
    assert "Ville (1939)" in done.out
    # One line for bounds that say the same, one sentence for those that cannot be read.
    assert sum("T1_modulus" in line for line in lines[lines.index("In short") + 8 :]) <= 2
    assert sum("do not bound" in line for line in lines) == 1


def test_the_short_answer_says_what_it_rests_on(run: Any) -> None:
    known = run("certify", "w6-expert.json", "--demonstrations", "w6.jsonl").out
    assert "computed exactly from the game" in known
    assert "would guarantee a Nash gap of at most" in " ".join(known.split())
    trusted = " ".join(
        run("certify", "w6-outline.json", "--demonstrations", "w6.jsonl").out.split()
    )
    assert "only if something holds that nobody verified: each player's expert policy" in trusted
    assert "computed exactly" not in trusted


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["w3-game.json"], "--demonstrations"),
        (["no.json", "--demonstrations", "w3.jsonl"], "no.json"),
        (["broken.json", "--demonstrations", "w3.jsonl"], "broken.json, line 1"),
        (["half.json", "--demonstrations", "w3.jsonl"], "rewards"),
        (["w3-game.json", "--demonstrations", "no.csv"], "no.csv"),
        (["w3-game.json", "--demonstrations", "w3-game.json"], "w3-game.json: the kind"),
        (["w3-game.json", "--demonstrations", "empty.csv"], "empty.csv: no row"),
        (["w3-game.json", "--demonstrations", "w6.jsonl"], "w6.jsonl, line 1, states[0]"),
        (["w3-game.json", "--demonstrations", "w3.jsonl", "--confidence", "1"], "confidence"),
        (["w3-game.json", "--demonstrations", "w3.jsonl", "--confidence", "x"], "--confidence"),
        (["w3-game.json", "--demonstrations", "w3.jsonl", "--target-gap", "-1"], "target gap"),
        (["w3-game.json", "--demonstrations", "w3.jsonl", "--target-gap", "x"], "--target-gap"),
        (["w3-game.json", "--demonstrations", "w3.jsonl", "--assume", "x"], "assumptions"),
        (["w3-game.json", "--demonstrations", "w3.jsonl", "--seconds", "0"], "--seconds"),
    ],
)
def test_misuse_is_one_line(run: Any, arguments: list[str], place: str) -> None:
    done = run("certify", *arguments)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert place in done.err
    assert "Traceback" not in done.err
