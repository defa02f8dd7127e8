"""Seeded random games of the class, and a climb from them towards games that break the claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import Instance, random_game
from nashgap.numeric.games.random import GAME_KINDS, POLICY_KINDS
from nashgap.numeric.numbers import Array
from nashgap.numeric.occupancy import visited
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading
from nashgap.search.implications import consequences
from nashgap.theory.errors import BadInput

from .setting import Setting

_GAMMAS = tuple(map(Fraction, ("9/10", "1/2", "1/4", "99/100")))
_ERRORS = ("1/10", "1/100", "1/2", None)
_MOST_STATES = 20
_PLAYERS, _STATES = (2, 2, 3, 1), (2, 3, 1, 4)
_STAND_IN = {"strict-nash": "nash", "margin": "nash", "match-mu": "match-rho"}
"""What is drawn in the place of an assumption that cannot be; whether that will do is checked."""


def draw(seed: int, asked: Setting) -> Instance | None:
    """One random game that satisfies what can be satisfied by construction; the same for a seed."""
    rng = Random(seed)  # noqa: S311 - nothing here is secret
    names = _drawable(asked)
    players = asked.players or (2 if names & {"zero-sum", "symmetric"} else rng.choice(_PLAYERS))
    free: dict[str, Any] = {
        "players": players,
        "states": asked.states or rng.choice(_STATES),
        "actions": asked.actions or 2,
        "discount": rng.choice(_GAMMAS) if asked.gamma is None else asked.gamma,
    }
    matched = names & {"pure", "match-rho"}
    if free["states"] > _MOST_STATES:
        return None
    limit = next((a.parameter for a in asked.assumptions if a.name == "match-bc"), None)
    eps = limit if limit is not None else rng.choice(_ERRORS)
    for error in (None,) if matched else (eps, None):
        made = _made(seed, names, free, error)
        if made is not None:
            return _uniform_off_support(made) if "uniform-off-support" in asked.names else made
    return None


def _made(seed: int, names: frozenset[str], free: dict[str, Any], eps: object) -> Instance | None:
    try:
        return random_game(seed, sorted(names), eps=eps, **free)
    except BadInput:  # demands that exclude each other, an error that no player can make
        return None


def _drawable(asked: Setting) -> frozenset[str]:
    """The strongest demands that random games know, out of all that follows."""
    given = {_STAND_IN.get(a.name, a.name) for a in asked.assumptions}
    given |= {"match-rho"} if "match-rho" in consequences(asked.assumptions) else set()
    names = given & {*GAME_KINDS, *POLICY_KINDS}
    if "team-optimal" in names:
        names -= {"dominant", "nash", "subgame-perfect"}
    return frozenset(names)


def _uniform_off_support(made: Instance) -> Instance:
    seen = visited(made.game, made.expert)
    tables = []
    for table in made.learner.policies:
        rows = np.array(table, dtype=object)
        for state in set(range(made.game.num_states)) - seen:
            rows[state] = Fraction(1, rows.shape[1])
        tables.append(rows)
    return Instance(made.game, made.expert, ProductPolicy(tables))


@dataclass(frozen=True)
class Move:
    """One change of a game: a policy's row, a reward, a kernel's row, the start."""

    what: str
    place: tuple[int, ...]
    value: Any

    def on(self, made: Instance) -> Instance:
        """The changed game."""
        game = made.game
        match self.what:
            case "learner" | "expert":
                player, state = self.place
                policy: ProductPolicy = getattr(made, self.what)
                table = _changed(policy[player], (state,), self.value)
                changed = policy.replace(player, table)
                pair = (made.expert, changed) if self.what == "learner" else (changed, made.learner)
                return Instance(game, *pair)
            case "reward":
                rewards = _changed(game.rewards, self.place, self.value)
                return _with(made, MarkovGame(game.transition, rewards, game.start, game.discount))
            case "kernel":
                kernel = _changed(game.transition, self.place, self.value)
                return _with(made, MarkovGame(kernel, game.rewards, game.start, game.discount))
            case _:
                start = np.array(self.value, dtype=object)
                return _with(made, MarkovGame(game.transition, game.rewards, start, game.discount))


def _changed(array: Array, place: tuple[int, ...], value: Any) -> Array:
    found = np.array(array, dtype=object)
    found[place] = value
    return found


def _with(made: Instance, game: MarkovGame) -> Instance:
    return Instance(game, made.expert, made.learner)


def moves(made: Instance) -> Iterator[Move]:
    """Moves to extreme and to simple values: policies first, then rewards, kernel and start."""
    game = made.game
    for player, count in enumerate(game.num_actions):
        for state in range(game.num_states):
            expert = list(made.expert[player][state])
            rows = [unit(a, count) for a in range(count)]
            rows += [expert, [Fraction(1, count)] * count]
            rows += [_between(expert, row) for row in rows[:count]]
            yield from _rows("learner", (player, state), made.learner[player][state], rows)
    for place in np.ndindex(game.rewards.shape):
        for value in (Fraction(1), Fraction(-1), Fraction(0)):
            if game.rewards[place] != value:
                yield Move("reward", place, value)
    size = game.num_states
    rows = [unit(t, size) for t in range(size)]
    for place in np.ndindex(game.transition.shape[:-1]):
        yield from _rows("kernel", place, game.transition[place], rows)
    yield from _rows("start", (), game.start, [*rows, [Fraction(1, size)] * size])


def unit(place: int, size: int) -> list[Fraction]:
    """All mass on one place."""
    return [Fraction(int(k == place)) for k in range(size)]


def _between(first: Sequence[Fraction], second: Sequence[Fraction]) -> list[Fraction]:
    """Nine tenths of the one, a tenth of the other."""
    return [(9 * x + y) / 10 for x, y in zip(first, second, strict=True)]


def _rows(
    what: str,
    place: tuple[int, ...],
    now: Sequence[Fraction] | Array,
    rows: Sequence[list[Fraction]],
) -> Iterator[Move]:
    for row in rows:
        if list(now) != row:
            yield Move(what, place, np.array(row, dtype=object))


def reading(made: Instance) -> Reading:
    """The exact reading, with few steps for questions of dominance."""
    return Reading(made.game, made.expert, made.learner, work=600)
