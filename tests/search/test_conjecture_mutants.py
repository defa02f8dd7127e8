"""Mutants of the catalogue: false ones are refuted, true ones are not, nothing false is proved."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "benchmarks" / "mutants.py"


@cache
def bench() -> ModuleType:
    sys.path.append(str(BENCH.parent))
    spec = importlib.util.spec_from_file_location("mutants", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    return module


def check(chosen: list[object], seconds: float) -> dict[str, int]:
    counts: dict[str, int] = {}
    for mutant in chosen:
        outcome = bench().tried(mutant, bench().truth(mutant), seconds)
        assert outcome.verdict in ("killed", "kept", "open"), outcome
        counts[outcome.verdict] = counts.get(outcome.verdict, 0) + 1
    return counts


def test_a_seeded_sample() -> None:
    counts = check(Random(3).sample(bench().mutants(), 8), 1.0)
    assert counts.get("killed", 0) >= 2
    assert counts.get("kept", 0) >= 1


@pytest.mark.slow
def test_all_of_them() -> None:
    everything = bench().mutants()
    assert len(everything) >= 300
    counts = check(everything, 2.0)
    settled = counts["killed"] + counts["kept"]
    assert settled >= 300


def test_every_bound_has_mutants_of_every_kind() -> None:
    changes = [mutant.change for mutant in bench().mutants()]
    for kind in ("exponent", "gamma**2 for gamma", "n - 1 for n", "without dominant", "right side"):
        assert any(kind in change for change in changes), kind


def test_the_arguments_are_right_where_one_can_see_it() -> None:
    make = bench().Mutant
    truths = {
        "NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2": True,
        "NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**3": True,
        "NashGap <= 99/100*(1+(n-1)*gamma)*eps_BC/(1-gamma)**2": False,
        "NashGap <= (n-1)*eps_BC/(1-gamma)**2": False,
        "NashGap <= 2*n*eps_BC/(1-gamma)": False,
    }
    for claim, holds in truths.items():
        found = bench().truth(make("T1", "", claim, ("dominant",)))
        assert found.holds is holds, (claim, found)
        assert found.argument
