"""Random games with symbols, and points of their ranges."""

import random
from fractions import Fraction
from typing import Any

from nashgap.theory.conditions import SymbolicGame, parse_symbolic

SYMBOLS = {"g": ["0", "1"], "p": ["0", "1"], "x": ["-1", "1"], "y": ["-1", "1"]}


def random_symbolic(
    seed: int, states: int, actions: tuple[int, ...], *, mixed: bool = False
) -> SymbolicGame:
    """Payoffs among small numbers, x and y; rows among pure ones and splits by p."""
    rng = random.Random(seed)

    def nested(leaf: Any, before: tuple[int, ...] = ()) -> Any:
        if len(before) == len(actions):
            return leaf(before)
        return [nested(leaf, (*before, a)) for a in range(actions[len(before)])]

    def row(_: Any = None) -> list[str]:
        first, second = rng.randrange(states), rng.randrange(states)
        found = ["0"] * states
        if first == second or rng.random() < 0.5:
            found[first] = "1"
        else:
            found[first], found[second] = "p", "1 - p"
        return found

    def policy(count: int) -> list[str]:
        if mixed and count > 1 and rng.random() < 0.4:
            return ["p", "1 - p"] + ["0"] * (count - 2)
        chosen = rng.randrange(count)
        return [str(int(a == chosen)) for a in range(count)]

    expert = [[policy(k) for _ in range(states)] for k in actions]
    good = ["1", "1", "1/2", "x", "1/2 + x/2", "1 - y**2"]
    poor = ["-1", "-1/2", "0", "y", "-x", "x/2 + y/2", "x*y"]
    kind = {i: rng.choice(["idle", "tempted", "any"]) for i in range(len(actions))}

    def payoff(i: int, s: int, a: tuple[int, ...]) -> str:
        if kind[i] == "idle":
            return "0"
        told = kind[i] == "tempted" and expert[i][s][a[i]] != "0"
        return rng.choice(good if told else poor)

    start = ["1"] + ["0"] * (states - 1)
    return parse_symbolic(
        {
            "discount": "g",
            "start": start,
            "symbols": SYMBOLS,
            "transition": [nested(row) for _ in range(states)],
            "rewards": [
                [nested(lambda a, i=i, s=s: payoff(i, s, a)) for s in range(states)]
                for i in range(len(actions))
            ],
            "policies": {"expert": expert},
        }
    )


def point(rng: random.Random) -> dict[str, Fraction]:
    """A point of the range, coarse so that ties happen."""
    payoffs = [Fraction(k, 4) for k in range(-3, 4)]
    inside = [Fraction(k, 4) for k in (1, 2, 3)]
    return {
        "g": rng.choice(inside),
        "p": rng.choice(inside),
        "x": rng.choice(payoffs),
        "y": rng.choice(payoffs),
    }


def one_state(
    own: list[list[str]], other: list[str] | None = None, **symbols: list[str]
) -> dict[str, Any]:
    """A one-state game; player 0 plays action 0, player 1 `other`, and only player 0 is paid."""
    rows, columns = len(own), len(own[0])
    pure = ["1"] + ["0"] * (rows - 1)
    return {
        "discount": "1/2",
        "start": ["1"],
        "symbols": symbols,
        "transition": [[[["1"]] * columns] * rows],
        "rewards": [[own], [[["0"] * columns] * rows]],
        "policies": {"expert": [[pure], [other or ["1"] + ["0"] * (columns - 1)]]},
    }
