"""In how many small games the largest and the smallest Nash gap within an error are exact.

    python benchmarks/learners.py [--eps 0,1/20,3/10,1] [--nodes K] [--bimatrix 30] [--named 13]
                                  [--markov 0] [--states 2,3] [--gamma 1/2,9/10]
                                  [--seconds 60]

The games: the named ones of two players, two actions each and at most three states, and random
bimatrix games of up to three actions. For every error and a few eps: M around the expert, m around
a policy that is no equilibrium (the named learner, or uniform; random games have random policies).
Every number is checked against the definition: the learner is within the error and has the gap.
Exit code 1 if a check fails. `--markov K` adds K random Markov games of each shape and discount,
each question for `--seconds` of processor time at the most; what is proved until then counts.
"""

import argparse
import itertools
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.learners import Extreme, Stopped, largest_gap, smallest_gap
from nashgap.search.learners.result import Error, error_of

ERRORS: tuple[Error, ...] = ("bc", "mu", "rho")
Case = tuple[str, MarkovGame, ProductPolicy, ProductPolicy]


def named() -> Iterator[Case]:
    """The catalogue's small games: expert, and a policy that is no equilibrium."""
    for entry in catalogue().values():
        made = entry.build()
        game = made.game
        if game.num_states <= 3 and game.num_actions == (2, 2):
            other = made.learner
            if other is None or nash_gap(game, other) == 0:
                other = ProductPolicy.uniform(game)
            yield "named", game, made.expert, other


def bimatrix(count: int) -> Iterator[Case]:
    """Random payoffs in quarters, random policies."""
    for seed in range(count):
        rng = random.Random(seed)
        sizes = [(2, 2), (2, 3), (3, 3)][seed % 3]
        payoffs = [
            [
                [
                    [Fraction(rng.randrange(-4, 5), 4) for _ in range(sizes[1])]
                    for _ in range(sizes[0])
                ]
            ]
            for _ in range(2)
        ]
        kernel = [[[["1"]] * sizes[1]] * sizes[0]]
        game = MarkovGame(kernel, payoffs, ["1"], Fraction(1, 2))
        policies = [ProductPolicy([[_mixture(rng, k)] for k in sizes]) for _ in range(2)]
        yield "bimatrix", game, policies[0], policies[1]


def markov(count: int, states: str, discounts: str) -> Iterator[Case]:
    """Random Markov games."""
    for size, gamma in itertools.product(map(int, states.split(",")), discounts.split(",")):
        for seed in range(count):
            made = random_game(100 * size + seed, states=size, discount=gamma)
            yield f"S={size} gamma {gamma}", made.game, made.expert, made.learner


def answer(kind: str, seconds: float, *asked: Any, nodes: int | None) -> tuple[Extreme, float]:
    """The extreme, or what is proved after so many processor seconds; and the seconds."""
    search = largest_gap if kind == "M" else smallest_gap
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        found = search(*asked, nodes=nodes)
    except Stopped as stop:
        found = stop.found
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return found, time.process_time() - begun


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _told(found: Extreme) -> str:
    if not found.is_exact:
        return f"open by {float(found.upper - found.lower):.1e}"
    return (
        "a fraction" if found.root is None else f"a root of degree {len(found.root.polynomial) - 1}"
    )


def _mixture(rng: random.Random, size: int) -> list[Fraction]:
    weights = [rng.randrange(4) for _ in range(size)]
    weights[rng.randrange(size)] += 1
    return [Fraction(w, sum(weights)) for w in weights]


def main() -> int:
    """Prints a table: exact of all, irrational ones, the widest bracket, seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--eps", default="0,1/20,3/10,1")
    parser.add_argument("--nodes", type=int)
    parser.add_argument("--named", type=int, default=13)
    parser.add_argument("--bimatrix", type=int, default=30)
    parser.add_argument("--markov", type=int, default=0)
    parser.add_argument("--states", default="2,3")
    parser.add_argument("--gamma", default="1/2,9/10")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _stop)
    rows: dict[tuple[str, str, str], list[tuple[Extreme, float]]] = defaultdict(list)
    failed = 0
    for group, game, expert, other in [
        *itertools.islice(named(), given.named),
        *bimatrix(given.bimatrix),
        *markov(given.markov, given.states, given.gamma),
    ]:
        for error in ERRORS:
            for eps in map(Fraction, given.eps.split(",")):
                for kind, centre in (("M", expert), ("m", other)):
                    found, spent = answer(
                        kind, given.seconds, game, centre, eps, error, nodes=given.nodes
                    )
                    rows[group, error, kind].append((found, spent))
                    if group.startswith("S="):
                        print(group, error, eps, kind, _told(found), f"{spent:.1f} s", flush=True)
                    reached = found.lower if kind == "M" else found.upper
                    held = error_of(game, centre, found.learner, error) <= eps
                    if not held or nash_gap(game, found.learner) != reached:
                        failed += 1
    print("group             error  what  exact      irrational  widest bracket  s in all  worst s")
    for (group, name, kind), results in rows.items():
        exact = [e for e, _ in results if e.is_exact]
        odd = sum(e.root is not None and not e.root.is_rational for e in exact)
        wide = max((float(e.upper - e.lower) for e, _ in results if not e.is_exact), default=0.0)
        times = [t for _, t in results]
        print(
            f"{group:17} {name:6} {kind:5} {len(exact):3} of {len(results):3} {odd:11} "
            f"{wide:15.2g} {sum(times):9.1f} {max(times):8.1f}"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
