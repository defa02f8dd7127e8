r"""Strict rule-out by the search against the naive encoding, both in this run.

The question: no game has a gap above \(2\gamma/(1-\gamma)\), at \(\gamma=9/10\). The search answers
it at S=8 for both players, end to end: from the query to a certificate that the checker has
verified. The baseline answers it for player 0 alone, at the largest S that it decides in 60 s.
Printed are the median seconds of the search, the baseline's, and their ratios; once inside this
process and once as whole commands.

    python benchmarks/search_strict.py [--limit 60] [--states 8] [--assume nash,deterministic,pure]
"""

import argparse
import statistics
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import baseline_z3

from nashgap.search.encodings import cases, encodings
from nashgap.search.engine import search
from nashgap.search.problem import Threshold
from nashgap.search.prover import Leaf, Split, prove
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut

GAMMA = Fraction(9, 10)
MORE_THAN = 2 * GAMMA / (1 - GAMMA)
BASELINE = Path(baseline_z3.__file__)


def whole_search(states: int, assume: str) -> float:
    """Seconds from the query to the verified certificate."""
    started = time.perf_counter()
    query = Query(states=states, gamma=GAMMA, assume=assume, gap_at_least=MORE_THAN, strict=True)
    verdict = search(query)
    assert isinstance(verdict, RuledOut), verdict
    return time.perf_counter() - started


def inside_solver(states: int, assume: str) -> float:
    """Seconds in the prover alone, over all cases, the problems being built."""
    name = "deterministic" if {"deterministic", "pure"} <= set(assume.split(",")) else "any-kernel"
    found = cases((2, 2), states, GAMMA, is_nash=True)
    problems = [encodings()[name].build(case) for _, case in found]
    asked = Threshold(MORE_THAN, strict=True)
    solved: dict[object, object] = {}
    started = time.perf_counter()
    trees = [prove(problem, asked, solved=solved) for problem in problems]  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    assert all(isinstance(tree, (Leaf, Split)) for tree in trees)
    return seconds


def command(arguments: list[str], limit: float | None = None) -> tuple[str, float]:
    """What a command prints, and its seconds; "" where the limit struck."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, timeout=limit, check=True
        )
    except subprocess.TimeoutExpired:
        return "", time.perf_counter() - started
    return done.stdout, time.perf_counter() - started


def largest_baseline(limit: float) -> tuple[int, float, float, float]:
    """The largest S that the baseline decides: S, z3's seconds, with building, as a command."""
    best = (0, 0.0, 0.0, 0.0)
    states = 2
    while True:
        given = [str(BASELINE), "--states", str(states), "--gamma", str(GAMMA)]
        printed, whole = command(given, limit)
        if not printed:
            return best
        words = printed.split()
        assert words[0] == "unsat", printed
        print(f"  baseline S={states}: {printed.strip()}, as a command {whole:.3f} s", flush=True)
        best = (states, float(words[2]), float(words[-2]), whole)
        states += 1


def main() -> None:
    """Prints the comparison."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--states", type=int, default=8)
    parser.add_argument("--assume", default="nash,deterministic,pure")
    given = parser.parse_args()
    size, inside, whole, as_command = largest_baseline(given.limit)
    print(f"baseline: S={size} is the largest decided in {given.limit:.0f} s")
    first = whole_search(given.states, given.assume)
    ours = statistics.median(whole_search(given.states, given.assume) for _ in range(7))
    solver = statistics.median(inside_solver(given.states, given.assume) for _ in range(7))
    asked = ["--gap-at-least", str(MORE_THAN), "--strict", "--gamma", str(GAMMA), "--json"]
    shape = ["--states", str(given.states), "--assume", given.assume]
    line = ["-m", "nashgap", "search", *shape, *asked]
    seconds = statistics.median(command(line)[1] for _ in range(5))
    print(f"search, S={given.states}, {given.assume}:")
    print(f"  solver      {solver:.4f} s   ratio {inside / solver:8.0f}   (target 500)")
    print(f"  end to end  {ours:.4f} s   ratio {whole / ours:8.0f}   (target 100)")
    print(f"  first call  {first:.4f} s   ratio {whole / first:8.0f}   (with imports of solvers)")
    print(f"  command     {seconds:.4f} s   ratio {as_command / seconds:8.0f}   (both as commands)")


if __name__ == "__main__":
    main()
