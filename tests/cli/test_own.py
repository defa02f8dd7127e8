"""A user's own derivations and things: the files of `examples`, through the real entry point."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nashgap.theory import discovery
from nashgap.theory.catalogue import bounds
from nashgap.theory.library import library

Run = Callable[..., Any]
EXAMPLES = Path(__file__).parents[2] / "examples"
HEAD = "from nashgap.theory import derivation\n"


@pytest.fixture(autouse=True)
def nothing_stays() -> Any:
    before = tuple(discovery._ADDED)
    yield
    discovery.remove([thing for thing in discovery._ADDED if thing not in before])


def test_a_derivation_as_in_a_paper_is_proved(run: Run, tmp_path: Path) -> None:
    ran = run("check", str(EXAMPLES / "my_lemma.py"), "--json", "-o", "mine.json")
    assert ran.code == 0
    (result,) = ran.json["results"]
    assert (result["label"], result["status"]) == ("my_lemma", "proved")
    assert result["finite_horizon"] is True
    (local,) = result["local"]
    assert local["lemma"] == "disagreement_recursion"
    assert local["shapes"] == [[1, 2], [2, 2], [2, 3], [3, 2]]
    assert local["valid"] is True
    assert run("verify", "mine.json").code == 0


def test_a_false_step_is_named_and_answered_with_an_exact_game(run: Run, tmp_path: Path) -> None:
    ran = run("check", str(EXAMPLES / "too_good.py"), "--json")
    assert ran.code == 1
    assert ran.json["status"] == "refuted"
    (result,) = ran.json["results"]
    assert [s["status"] for s in result["steps"] if s["lemma"] == "too_good"] == [
        "proved", "proved", "refuted",
    ]  # fmt: skip
    (tmp_path / "game.json").write_text(json.dumps(ran.json["witness"]))
    found = run("evaluate", "game.json", "--json").json
    n, gamma = len(found["nash_gap_per_player"]), 9 / 10
    bold = (1 + (n - 2) * gamma) * float(_fraction(found["eps_bc"])) / (1 - gamma) ** 2
    assert float(_fraction(found["nash_gap"])) > bold
    shown = run("check", str(EXAMPLES / "too_good.py")).out
    assert "weakest step: too_good, step 3" in " ".join(shown.split())
    assert "broken by" in shown


def _fraction(text: str) -> Any:
    from fractions import Fraction

    return Fraction(text)


def test_a_step_without_proof_is_attacked_beyond_the_named_games(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(
        HEAD + 'odd = derivation("odd").start("eps_mu").le("eps_BC + eps_rho/2", by="algebra")\n'
    )
    ran = run("check", "odd.py", "--json")
    assert ran.code in (1, 3)
    assert (ran.code == 1) is ("witness" in ran.json and ran.json["witness"] is not None)


def test_true_but_unproved_is_undecided(run: Run, tmp_path: Path) -> None:
    (tmp_path / "true.py").write_text(
        HEAD + 'true = derivation("true").start("eps_mu").le("eps_rho", by="algebra")\n'
    )
    ran = run("check", "true.py", "--json")
    assert ran.code == 3
    assert ran.json["results"][0]["steps"][-1]["note"]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = 1\n", "no derivation"),
        ("x = \n", "line 1: SyntaxError"),
        ("1/0\n", "line 1: ZeroDivisionError"),
        ("raise SystemExit(3)\n", "SystemExit"),
        (HEAD + 'd = derivation("d")\n', "no step"),
        (HEAD + 'd = derivation("d").start("eps_BC")\n', "no step"),
        (HEAD + '\nd = derivation("d").start("eps_BX")\n', "line 3: line, column 1"),
        (HEAD + 'd = derivation("d").start("n").le("n", by="magic")\n', "by='magic'"),
        ("\0", "null bytes"),
    ],
)
def test_a_file_that_is_no_derivation_is_misuse(
    run: Run, tmp_path: Path, source: str, says: str
) -> None:
    (tmp_path / "bad.py").write_text(source)
    ran = run("check", "bad.py")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "bad.py" in ran.err
    assert says in ran.err


def test_a_missing_file_is_misuse(run: Run) -> None:
    for arguments in (("check", "none.py"), ("check", "T1", "--load", "none.py")):
        ran = run(*arguments)
        assert ran.code == 2
        assert "none.py: cannot be read" in ran.err


def test_own_things_are_there_for_every_command(run: Run) -> None:
    mine = str(EXAMPLES / "own_things.py")
    assert run("check", "half_of_lemma_3", "--load", mine).code == 0
    assert "one-choice" in run("games", f"--load={mine}", "one-choice").out
    assert run("--load", mine, "bounds", "half_of_lemma_3").code == 0
    ran = run("conjecture", "mean_error <= eps_BC/2", "--load", mine, "--json")
    assert (ran.code, ran.json["status"]) == (1, "refuted")


def test_own_lemmas_are_checked_and_not_believed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "false.py").write_text(
        HEAD + 'LEMMA = derivation("false").start("eps_BC").le("eps_BC_i", by="algebra")\n'
    )
    (tmp_path / "uses.py").write_text(
        HEAD + 'mine = derivation("mine").start("eps_BC").le("eps_BC_i", by="false")\n'
    )
    ran = run("check", "uses.py", "--load", "false.py", "--json")
    assert ran.code == 1
    assert ran.json["results"][0]["steps"][0]["status"] != "proved"


def test_a_name_that_is_taken_is_refused_and_nothing_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "twice.py").write_text(
        HEAD + 'L = derivation("others_bc_le_max").start("n").eq("n + 0", by="algebra")\n'
    )
    ran = run("check", "T1", "--load", "twice.py")
    assert ran.code == 2
    assert "lemma 'others_bc_le_max': there are two" in ran.err
    assert run("check", "T1").code == 0
    (tmp_path / "empty.py").write_text("x = 1\n")
    ran = run("check", "T1", "--load", "empty.py")
    assert ran.code == 2
    assert "nothing to add" in ran.err


def test_python_adds_and_takes_away() -> None:
    from nashgap.extensions import load_file

    made = load_file(EXAMPLES / "own_things.py")
    assert "half_of_lemma_3" in bounds()
    assert "expert_instead_of_learner" in library()
    discovery.remove(made)
    assert "half_of_lemma_3" not in bounds()


def test_installed_packages_add_by_entry_points(monkeypatch: pytest.MonkeyPatch) -> None:
    from nashgap.theory.chain import derivation

    lemma = derivation("installed").start("n").eq("n + 0", by="algebra")

    class Point:
        def load(self) -> object:
            return [lemma]

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Point()])
    discovery._installed.cache_clear()
    discovery._forget()
    try:
        assert library()["installed"] is lemma
    finally:
        monkeypatch.undo()
        discovery._installed.cache_clear()
        discovery._forget()
    assert "installed" not in library()
