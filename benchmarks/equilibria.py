"""One stationary equilibrium of each of 100 random Markov games, beside sgamesolver.

    python benchmarks/equilibria.py [--games 100] [--gap 1e-9] [--peer PYTHON]

Every gap is recomputed in rationals from the definition; a game without a gap of at most `--gap` is
a failure. sgamesolver 1.0.2 fails on NumPy 2 without a patch, so it runs, as released, in an
environment of its own, whose interpreter `--peer` names:

    python -m venv peer
    peer/bin/pip install "numpy<2" "scipy<1.14" "pandas<2.3" matplotlib setuptools wheel cython
    peer/bin/pip install --no-build-isolation --no-deps sgamesolver

Its policies are certified here in the same way; what counts is the time in which it solves, without
its start. Without `--peer` only ours are printed. Exit code 1 after a failure, or when the peer was
faster.
"""

import argparse
import json
import subprocess
import sys
import time
from fractions import Fraction

import numpy as np

from nashgap.numeric.equilibria import Equilibrium, general_sum
from nashgap.numeric.equilibria.result import certify_floats
from nashgap.numeric.game import MarkovGame

STATES, ACTIONS, SCALE = 5, (2, 2), 1000
PEER = """
import json, sys, time
import numpy as np, sgamesolver
for line in sys.stdin:
    given = json.loads(line)
    rewards, kernel = np.array(given["rewards"]), np.array(given["transition"])
    states = range(rewards.shape[1])
    begun = time.perf_counter()
    game = sgamesolver.SGame(
        [rewards[:, s] for s in states], [kernel[s] for s in states], given["discount"]
    )
    homotopy = sgamesolver.homotopy.QRE(game)
    homotopy.solver_setup()
    homotopy.solver.verbose = 0
    homotopy.solve()
    seconds = time.perf_counter() - begun
    found = homotopy.equilibrium
    tables = None
    if found is not None:
        played = np.asarray(found.strategies)
        tables = [played[:, i, :k].tolist() for i, k in enumerate(rewards.shape[2:])]
    print("RESULT" + json.dumps({"seconds": seconds, "tables": tables}), flush=True)
"""


def random_game(seed: int) -> MarkovGame:
    """Rewards uniform on multiples of 1/1000 in [-1, 1], rows of uniform whole weights."""
    random = np.random.default_rng(seed)
    weights = random.integers(1, SCALE + 1, size=(STATES, *ACTIONS, STATES))
    paid = random.integers(-SCALE, SCALE + 1, size=(2, STATES, *ACTIONS))
    sums = weights.sum(axis=-1, keepdims=True)
    kernel, rewards = np.empty(weights.shape, dtype=object), np.empty(paid.shape, dtype=object)
    pairs = zip(weights.ravel(), np.broadcast_to(sums, weights.shape).ravel(), strict=True)
    kernel.ravel()[:] = [Fraction(int(w), int(total)) for w, total in pairs]
    rewards.ravel()[:] = [Fraction(int(x), SCALE) for x in paid.ravel()]
    return MarkovGame(kernel, rewards, [Fraction(1, STATES)] * STATES, "9/10")


def peer(games: list[MarkovGame], python: str) -> tuple[list[Equilibrium | None], float] | str:
    """The peer's equilibria, certified, and its seconds (solving only); or why there are none."""
    lines = [
        json.dumps(
            {
                "rewards": near.rewards.tolist(),
                "transition": near.transition.tolist(),
                "discount": near.discount,
            }
        )
        for near in (game.as_float() for game in games)
    ]
    done = subprocess.run(
        [python, "-c", PEER], input="\n".join(lines), capture_output=True, text=True, check=False
    )
    prefix = "RESULT"
    rows = [json.loads(x[len(prefix) :]) for x in done.stdout.splitlines() if x.startswith(prefix)]
    if len(rows) != len(games):
        return (done.stderr.strip().splitlines() or ["no answer"])[-1]
    found = [
        None if row["tables"] is None else certify_floats(game, arrays(row["tables"]), "peer")
        for game, row in zip(games, rows, strict=True)
    ]
    return found, sum(row["seconds"] for row in rows)


def arrays(tables: list[list[list[float]]]) -> list[np.ndarray]:
    """Nested lists as arrays, negative dust removed."""
    return [np.maximum(np.array(table), 0.0) for table in tables]


def line(name: str, found: list[Equilibrium | None], seconds: float, limit: Fraction) -> int:
    """Prints one row; returns the number of failures."""
    gaps = [e.gap for e in found if e is not None]
    failures = len(found) - sum(gap <= limit for gap in gaps)
    print(
        f"{name:12} {seconds / len(found) * 1e3:10.1f} {float(max(gaps)):14.2e} "
        f"{sum(gap == 0 for gap in gaps):8} {failures:9}"
    )
    return failures


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--games", type=int, default=100)
    parser.add_argument("--gap", default="1e-9")
    parser.add_argument("--peer", default=None)
    given = parser.parse_args()
    games, limit = [random_game(seed) for seed in range(given.games)], Fraction(given.gap)
    general_sum(games[0])
    begun = time.perf_counter()
    found = [general_sum(game, accuracy=limit) for game in games]
    seconds = time.perf_counter() - begun
    print(f"{'':12} {'ms a game':>10} {'largest gap':>14} {'gap 0':>8} {'failures':>9}")
    failures = line("nashgap", list(found), seconds, limit)
    if given.peer is None:
        print("sgamesolver  not run: name an interpreter that has it with NumPy 1 (--peer)")
        return int(failures > 0)
    answer = peer(games, given.peer)
    if isinstance(answer, str):
        print(f"sgamesolver  does not run there: {answer}")
        return int(failures > 0)
    theirs, their_seconds = answer
    line("sgamesolver", theirs, their_seconds, limit)
    return int(failures > 0 or seconds >= their_seconds)


if __name__ == "__main__":
    sys.exit(main())
