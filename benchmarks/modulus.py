"""How often delta(eps) is exact, and its processor time: named Markov games and random ones.

    python benchmarks/modulus.py [--games K]

"Exact": lower and upper bounds meet at every error, each jump at its place, which is rational or an
isolated root. Random games have opponents who mix and experts of every kind; player k mod n is
asked in game k.
"""

import argparse
import time
from collections.abc import Iterable, Iterator
from typing import Any

from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.modulus import modulus

SHAPES = ((2, 2, 2), (3, 2, 2), (2, 3, 2), (3, 3, 2), (1, 2, 3), (2, 2, 3))
"""States, actions, players."""
MOST_STATES = 12


def named() -> Iterator[tuple[str, list[tuple[Any, int]]]]:
    """Every exact named game of more than one state and player, with all players."""
    for name, entry in catalogue().items():
        made = entry.build()
        if made.game.is_exact and 1 < made.game.num_states <= MOST_STATES and made.game.players > 1:
            yield name, [(made, i) for i in range(made.game.players)]


def drawn(count: int) -> Iterator[tuple[str, list[tuple[Any, int]]]]:
    """Random games by shape."""
    for states, actions, players in SHAPES:
        games = [
            random_game(k, states=states, actions=actions, players=players, discount="1/2")
            for k in range(count)
        ]
        name = f"random, S={states} A={actions} n={players}"
        yield name, [(game, k % players) for k, game in enumerate(games)]


def line(name: str, asked: Iterable[tuple[Any, int]]) -> int:
    """Prints one line; returns how many were exact."""
    exact = jumps = irrational = 0
    times = []
    for made, player in asked:
        begun = time.process_time()
        found = modulus(made.game, made.expert, player)
        times.append(time.process_time() - begun)
        exact += found.is_exact
        jumps += len(found.steps)
        irrational += sum(step.root is not None for step in found.steps)
    print(
        f"{name:26} {exact:5} of {len(times):3} {jumps:6} {irrational:11}"
        f" {sum(times) / len(times):8.2f} s {max(times):8.2f} s",
        flush=True,
    )
    return exact == len(times)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--games", type=int, default=20, help="random games of each shape")
    parser.add_argument("--only", default="", help="lines whose name has this word")
    given = parser.parse_args()
    print(f"{'':26} exact        jumps  irrational     mean    slowest")
    whole = [line(name, asked) for name, asked in named() if given.only in name]
    if whole:
        print(f"{'named games, all players':26} {sum(whole):5} of {len(whole):3}")
    for name, asked in drawn(given.games):
        if given.only in name:
            line(name, asked)


if __name__ == "__main__":
    main()
