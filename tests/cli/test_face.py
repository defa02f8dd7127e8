"""`import nashgap`: every name, the callable package, and what must not be loaded."""

import pkgutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import nashgap as ng

HEAVY = ("sympy", "z3", "highspy", "scipy", "flint", "rich", "cvc5", "matplotlib")
ROOT = Path(__file__).parents[2]


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent
    )
    return done.stdout


@pytest.mark.parametrize("name", ng.__all__)
def test_every_name_is_there_and_is_itself(name: str) -> None:
    found = getattr(ng, name)
    assert found is getattr(ng, name)
    assert name in dir(ng)


def test_no_other_name_is_invented() -> None:
    with pytest.raises(AttributeError, match="'nashgap' has no attribute 'conjure'"):
        ng.conjure  # noqa: B018


@pytest.mark.parametrize(
    "first",
    ["import nashgap", "import nashgap.search", "from nashgap.search.query import Query"],
)
def test_search_is_a_function_whatever_was_imported_first(first: str) -> None:
    code = f"{first}; import nashgap as ng; print(ng.search(ng.Query(gap_at_least=18)).status)"
    assert python(code).strip() == "found"


@pytest.mark.parametrize(
    "first",
    [
        "",
        "import nashgap.cli.show",
        "import nashgap.finding",
        "from nashgap.finding import Finding",
    ],
)
def test_lookup_is_a_function_whatever_was_imported_first(first: str) -> None:
    code = f"{first}\nimport nashgap as ng\nprint(ng.lookup('Lemma 3').label)"
    assert python(code).strip() == "Lemma 3"


def test_no_module_has_the_name_of_a_function() -> None:
    """Loading a module puts it among the names of its package."""
    modules = {module.name for module in pkgutil.iter_modules(ng.__path__)}
    assert modules & set(ng.__all__) == {"search"}  # the package is callable


def test_load_unpacks_to_game_and_policies(tmp_path: Path) -> None:
    instance = ng.games.catalogue()["w3"].build()
    ng.save(tmp_path / "w3.json", instance.game, instance.expert, instance.learner)
    game, policies = ng.load(tmp_path / "w3.json")
    assert game == instance.game
    assert policies["expert"] == instance.expert
    assert ng.nash_gap(game, policies["learner"]) == 18


@pytest.mark.parametrize(
    "code",
    ["import nashgap", "from nashgap.cli import main; main(['--help'])"],
    ids=["import", "help"],
)
def test_start_up_loads_nothing_heavy(code: str) -> None:
    loaded = python(f"{code}\nimport sys; print(*sys.modules)").split()
    assert [name for name in (*HEAVY, "numpy") if name in loaded] == []


def test_start_up_is_quick() -> None:
    # A generous margin, because machines are shared; benchmarks/startup.py measures.
    def fastest(code: str) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            python(code)
            times.append(time.perf_counter() - started)
        return min(times)

    numpy = fastest("import numpy")
    assert fastest("import nashgap") <= 2.5 * numpy
    assert fastest("from nashgap.cli import main; main(['--help'])") <= 4 * numpy


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from nashgap.cli import main

    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == ng.__version__
    assert main([]) == 0
    assert "nashgap demo" in capsys.readouterr().out
