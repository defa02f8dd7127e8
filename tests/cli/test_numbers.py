"""Learners, delta, temperature, tightness, equilibrium and convert, through the entry point."""

import itertools
import json
from collections.abc import Callable, Iterator
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

import nashgap as ng
from nashgap.numeric.formats import nfg
from nashgap.numeric.matching import eps_bc
from nashgap.numeric.modulus import temperature
from nashgap.search.learners import extremes

Run = Callable[..., Any]


def written(run: Run, name: str, *parameters: str) -> str:
    path = f"{name}.json"
    assert run("games", name, *parameters, "-o", path, "--quiet").code == 0
    return path


def loaded(path: str) -> Any:
    found = ng.load(path)
    assert found.expert is not None
    return found


def test_learners_exactly(run: Run) -> None:
    file = written(run, "matching-pennies")
    ran = run("learners", file, "--eps", "1/10", "--json")
    assert ran.code == 0
    (most,), (least,) = ran.json["largest"], ran.json["smallest"]
    assert (most["lower"], most["upper"], least["upper"]) == ("11/10", "11/10", "0")
    known = loaded(file)
    learner = ng.ProductPolicy(most["learner"])
    assert ng.nash_gap(known.game, learner) == F(11, 10)
    assert eps_bc(known.game, known.expert, learner) <= F(1, 10)


def test_learners_between_bounds_end_with_3_and_leave_a_game(run: Run) -> None:
    file = written(run, "lemma-1")
    ran = run(
        "learners", file, "--match", "bc", "--eps", "1/20", "--nodes", "1", "-o", "worst.json"
    )
    assert ran.code == 3
    assert "M, the largest gap" in ran.out
    assert " from " in ran.out
    worst = loaded("worst.json")
    assert worst.learner is not None
    assert eps_bc(worst.game, worst.expert, worst.learner) <= F(1, 20)


def test_an_irrational_gap_is_told_with_its_polynomial(run: Run) -> None:
    file = written(run, "dominance-trap")
    ran = run("learners", file, "--eps", "1/2")
    assert ran.code == 0
    assert "0.519493853296, a root of degree 2" in ran.out
    assert "9*x^2 - 22*x + 9" in ran.out
    (most,) = run("learners", file, "--eps", "1/2", "--json").json["largest"]
    assert most["root"]["polynomial"] == ["9", "-22", "9"]
    assert most["exact"] is True
    assert F(most["lower"]) < F(most["root"]["high"])


def test_an_interrupted_search_keeps_its_bounds(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(run, "lemma-1")
    real = extremes.largest_gap

    def stopped(*given: object, tell: object, **options: object) -> object:
        calls = []

        def interrupting(text: str) -> None:
            calls.append(text)
            if len(calls) == 30:
                raise KeyboardInterrupt

        return real(*given, tell=interrupting, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("nashgap.search.learners.largest_gap", stopped)
    ran = run("learners", file, "--eps", "1/20", "--json")
    assert ran.code == 130
    (most,) = ran.json["largest"]
    assert 0 < F(most["lower"]) < F(most["upper"]) <= 20
    assert ran.json["smallest"] == []


def test_a_curve_of_learners_and_its_figure(run: Run) -> None:
    file = written(run, "matching-pennies")
    ran = run(
        "learners", file, "--curve", "--eps", "2", "--points", "3", "-o", "curve.pdf", "--json"
    )
    assert ran.code == 0
    assert [row["lower"] for row in ran.json["largest"]] == ["0", "20", "20"]
    assert [(p["from"], p["to"]) for p in ran.json["curve"]] == [("0", "1"), ("1", "2")]
    assert Path("curve.pdf").read_bytes().startswith(b"%PDF")


def test_an_interrupted_curve_keeps_what_it_found(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(run, "matching-pennies")
    real, calls = extremes.largest_gap, []

    def interrupted(*given: object, **options: object) -> object:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("nashgap.search.learners.largest_gap", interrupted)
    ran = run("learners", file, "--curve", "--eps", "1", "--points", "3", "--json")
    assert ran.code == 130
    assert [row["eps"] for row in ran.json["largest"]] == ["0"]
    assert ran.json["status"] == "undecided"


def test_delta_as_steps(run: Run) -> None:
    file = written(run, "lemma-2")
    ran = run("delta", file, "--eps", "1/100", "-o", "delta.svg", "--json")
    assert ran.code == 0
    zero, one = ran.json["players"]
    assert [(s["value"], s["at"], s["exact"]) for s in zero["steps"]] == [("97/50", "1/1000", True)]
    assert (zero["delta"], one["delta"], one["steps"]) == ("97/50", "0", [])
    assert "<svg" in Path("delta.svg").read_text()
    text = run("delta", file, "--player", "1")
    assert "player 1" in text.out
    assert "player 0" not in text.out
    assert "delta is 0 throughout" in text.out


def test_delta_that_moves_at_once(run: Run) -> None:
    ran = run("delta", written(run, "w3"), "--player", "0")
    assert "it moves at eps = 0 already" in ran.out


def test_temperatures(run: Run) -> None:
    file = written(run, "matching-pennies", "gamma=1/2")
    ran = run("temperature", file, "--points", "2", "--samples", "2", "--json", "-o", "curve.png")
    assert ran.code == 0
    found = ran.json
    pairs = zip(found["soft_moves"], found["explicit"], strict=True)
    assert all(seen <= bound for seen, bound in pairs)
    assert found["temperatures"] == pytest.approx([0.02, 10])
    assert Path("curve.png").read_bytes().startswith(b"\x89PNG")
    assert "bound on it" in run("temperature", file, "--points", "2", "--samples", "1").out


def test_tightness_over_families_and_files(run: Run) -> None:
    file = written(run, "w2")
    ran = run("tightness", "T1", file, "--games", "w1", "--over", "gamma=1/2,9/10", "--json")
    assert ran.code == 0
    rows = ran.json["games"]
    assert [(r["game"], r["applies"]) for r in rows] == [
        ("w2.json", False),
        ("w1", True),
        ("w1", True),
    ]
    assert ran.json["tightest"]["ratio"] == "1"
    assert rows[0]["assumptions"][0]["distance"].startswith("-")
    games = ("--games", "w1,prisoners-dilemma")
    text = run("tightness", "T1", *games, "--over", "eps=1/10,1", "-o", "t.pdf")
    assert "left out" in text.out
    assert "at most 2(1-gamma)" in text.out
    assert Path("t.pdf").exists()


def test_equilibrium_becomes_the_expert(run: Run) -> None:
    file = written(run, "matching-pennies")
    ran = run("equilibrium", file, "-o", "solved.json", "--json")
    assert ran.code == 0
    assert (ran.json["nash_gap"], ran.json["exact"]) == ("0", True)
    solved = loaded("solved.json")
    assert ng.nash_gap(solved.game, solved.expert) == 0
    warm = run("equilibrium", file, "--temperature", "1/2")
    assert (warm.code, "quantal response" in warm.out) == (0, True)
    plan = run("equilibrium", file, "--horizon", "2", "--json")
    assert (plan.code, plan.json["nash_gap"], len(plan.json["policies"])) == (0, "0", 2)


def test_convert_there_and_back(run: Run) -> None:
    file = written(run, "prisoners-dilemma")
    assert run("convert", file, "pd.nfg").code == 0
    assert nfg.read("pd.nfg").game.rewards.tolist() == ng.load(file).game.rewards.tolist()
    back = run("convert", "pd.nfg", "back.json", "--gamma", "9/10", "--json")
    assert (back.code, back.json["lost"], back.json["added"]) == (0, [], ["a discount"])
    original, again = ng.load(file).game, ng.load("back.json").game
    assert original.rewards.tolist() == again.rewards.tolist()
    assert original.discount == again.discount


@pytest.mark.parametrize("suffix", ["csv", "npz"])
def test_convert_tables_and_arrays(run: Run, suffix: str) -> None:
    file = written(run, "lemma-1", "gamma=1/2")
    ran = run("convert", file, f"game.{suffix}")
    assert ran.code == 0
    assert "lost" in ran.out
    assert run("convert", f"game.{suffix}", "back.json", "--quiet").out == ""
    original, again = ng.load(file).game, ng.load("back.json").game
    assert original.transition.tolist() == again.transition.tolist()
    assert original.rewards.tolist() == again.rewards.tolist()


def test_every_json_is_one_object_with_the_common_keys(run: Run) -> None:
    file = written(run, "matching-pennies")
    for command in (
        ["learners", file],
        ["delta", file],
        ["equilibrium", file],
        ["tightness", "T1", "--games", "w1"],
        ["convert", file, "x.json"],
    ):
        found = json.loads(run(*command, "--json").out)
        assert {"status", "evidence", "seconds", "versions"} <= set(found)
        assert run(*command, "--quiet").out == ""


def test_an_interrupted_temperature_curve_keeps_what_it_found(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches rows thrown away, which took minutes on a large game."""
    file = written(run, "matching-pennies")
    real = temperature.each_temperature

    def interrupted(*given: Any, **options: Any) -> Iterator[tuple[float, ...]]:
        yield from itertools.islice(real(*given, **options), 2)
        raise KeyboardInterrupt

    monkeypatch.setattr("nashgap.numeric.modulus.each_temperature", interrupted)
    ran = run("temperature", file, "--points", "4", "--samples", "2", "--json")
    assert ran.code == 130
    # The highest temperatures come first; they are listed from low to high.
    assert len(ran.json["bounds"]) == 2
    assert ran.json["temperatures"] == sorted(ran.json["temperatures"])
    assert ran.json["temperatures"][-1] == pytest.approx(10)
    assert (ran.json["status"], ran.json["interrupted"]) == ("undecided", True)
