"""Tabular parallel environments of PettingZoo, explored exhaustively. No dependency on it.

What is needed: `possible_agents`, `action_space(agent).n`, `reset(seed=...)`, `step({agent: a})`
with rewards, terminations and truncations, and `state()`, the whole Markov state (a number, a text,
an array, or tuples of these). The environment must be deterministic after `reset`: every move is
made after resets with two different seeds that start alike, and refused if the outcomes differ;
where no second seed starts alike, both are made with the same one, which is said. It must have no
time limit: a truncation is no part of a stationary game, and is refused. What cannot be seen this
way: chances other than those of the start, and state that `state()` hides.
"""

import itertools
from collections import Counter, deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import exact, short
from .imported import Imported, rescaled

_END = "end"
_TRIED = 16


@dataclass(frozen=True)
class _Way:
    """How to come to a state: a reset with either seed, then joint actions."""

    seeds: tuple[int, int]
    moves: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class _Move:
    """What one joint action does; `after` is None at the end."""

    after: Hashable | None
    rewards: tuple[Fraction, ...]


def from_parallel_env(
    env: Any, discount: object, *, seeds: Sequence[int] = (0,), most_states: int = 1000
) -> Imported:
    """Explores an environment from the starts that the seeds give.

    Args:
        env: a parallel environment as above.
        discount: in [0, 1).
        seeds: of the resets; the start is their empirical distribution, each seed alike.
        most_states: an environment with more is refused.

    Raises:
        BadInput: something that is needed is missing; a random move; a truncation; too many states.
    """
    agents, counts = _agents(env)
    if not seeds:
        raise BadInput("seeds", "none", "at least one")
    starts = {seed: _start(env, seed) for seed in seeds}
    ways = {state: _Way(_twins(env, state, starts), ()) for state in starts.values()}
    alone = sum(way.seeds[0] == way.seeds[1] for way in ways.values())
    joints = list(itertools.product(*(range(k) for k in counts)))
    moves: dict[tuple[Hashable, tuple[int, ...]], _Move] = {}
    frontier = deque(ways)
    while frontier:
        state = frontier.popleft()
        for joint in joints:
            move = _checked(env, ways[state], joint, agents, state)
            moves[state, joint] = move
            if move.after is not None and move.after not in ways:
                way = ways[state]
                ways[move.after] = _Way(way.seeds, (*way.moves, joint))
                frontier.append(move.after)
                if len(ways) > most_states:
                    needed = "fewer, or a larger most_states"
                    raise BadInput("env", f"more than {most_states} states", needed)
    weights = Counter(starts[seed] for seed in seeds)
    return _imported(list(ways), weights, moves, agents, counts, discount, len(seeds), alone)


def _imported(
    states: list[Hashable],
    starts: Mapping[Hashable, int],
    moves: Mapping[tuple[Hashable, tuple[int, ...]], _Move],
    agents: tuple[str, ...],
    counts: tuple[int, ...],
    discount: object,
    seeds: int,
    alone: int,
) -> Imported:
    ends = any(move.after is None for move in moves.values())
    size = len(states) + ends
    where = {state: k for k, state in enumerate(states)}
    kernel = np.full((size, *counts, size), Fraction(0), dtype=object)
    payoffs = np.full((len(agents), size, *counts), Fraction(0), dtype=object)
    for (state, joint), move in moves.items():
        after = size - 1 if move.after is None else where[move.after]
        kernel[(where[state], *joint, after)] = Fraction(1)
        for i, reward in enumerate(move.rewards):
            payoffs[(i, where[state], *joint)] = reward
    if ends:
        kernel[size - 1, ..., size - 1] = Fraction(1)
    rewards, affine = rescaled(payoffs)
    first = [Fraction(starts.get(state, 0), seeds) for state in states] + [Fraction(0)] * ends
    names = [str(state) for state in states] + [_END] * ends
    unique = names if len(set(names)) == size else None
    lost = ["observations, infos and what is drawn", f"the agents' names {', '.join(agents)}"]
    if unique is None:
        lost.append("the states' names, of which some print alike")
    added = ["a discount", f"a start: {len(starts)} states from {seeds} seeds, each seed alike"]
    if alone:
        added.append(f"that moves are not random: from {alone} starts one seed alone was tried")
    if ends:
        added.append("an absorbing state with payoff 0, where the environment ends")
    game = MarkovGame(kernel, rewards, first, exact(discount, "discount"), unique)
    return Imported(game, affine, tuple(lost), tuple(added))


def _start(env: Any, seed: int) -> Hashable:
    env.reset(seed=seed)
    return _state(env)


def _twins(env: Any, state: Hashable, starts: Mapping[int, Hashable]) -> tuple[int, int]:
    """Two seeds that start in the state, the same one twice if a few further ones do not."""
    found = [seed for seed, start in starts.items() if start == state]
    others = (max(starts) + 1 + k for k in range(_TRIED))
    second = (
        found[1]
        if len(found) > 1
        else next((seed for seed in others if _start(env, seed) == state), found[0])
    )
    return found[0], second


def _agents(env: Any) -> tuple[tuple[str, ...], tuple[int, ...]]:
    for name in ("reset", "step", "state", "action_space"):
        if not callable(getattr(env, name, None)):
            raise BadInput("env", f"no method {name}()", "a parallel environment with state()")
    agents: tuple[str, ...] = tuple(getattr(env, "possible_agents", ()))
    if not agents:
        raise BadInput("env", "no possible_agents", "at least one agent")
    counts = []
    for agent in agents:
        space = env.action_space(agent)
        count = getattr(space, "n", None)
        if not isinstance(count, (int, np.integer)) or getattr(space, "start", 0) != 0:
            raise BadInput(f"action_space({agent!r})", f"given {space}", "Discrete(n) from 0")
        counts.append(int(count))
    return agents, tuple(counts)


def _checked(
    env: Any, way: _Way, joint: tuple[int, ...], agents: tuple[str, ...], state: Hashable
) -> _Move:
    """The move, made twice."""
    found = [_move(env, seed, way.moves, joint, agents, state) for seed in way.seeds]
    if found[0] != found[1]:
        given = f"the joint action {joint} at {short(state)} has different outcomes"
        raise BadInput("env", given, "an environment that is deterministic after reset")
    return found[0]


def _move(
    env: Any,
    seed: int,
    moves: tuple[tuple[int, ...], ...],
    joint: tuple[int, ...],
    agents: tuple[str, ...],
    state: Hashable,
) -> _Move:
    env.reset(seed=seed)
    for earlier in moves:
        env.step(dict(zip(agents, earlier, strict=True)))
    if _state(env) != state:
        given = f"another state than {short(state)} after the same start and actions"
        raise BadInput("env", given, "an environment that is deterministic after reset")
    _, rewards, terminations, truncations, _ = env.step(dict(zip(agents, joint, strict=True)))
    if any(truncations.get(agent, False) for agent in agents):
        given = f"truncated after {len(moves) + 1} steps"
        raise BadInput("env", given, "an environment without a time limit")
    done = [bool(terminations.get(agent, False)) for agent in agents]
    if any(done) and not all(done):
        given = f"at {short(state)} some agents end and others go on"
        raise BadInput("env", given, "agents that end together")
    gained = tuple(exact(rewards.get(a, 0), f"reward of {a} at {short(state)}") for a in agents)
    return _Move(None if all(done) else _state(env), gained)


def _state(env: Any) -> Hashable:
    return _hashable(env.state())


def _hashable(state: Any) -> Hashable:
    if isinstance(state, np.ndarray):
        return _hashable(state.tolist())
    if isinstance(state, (list, tuple)):
        return tuple(_hashable(part) for part in state)
    if isinstance(state, np.generic):
        return _hashable(state.item())
    if isinstance(state, (int, float, str, bool)):
        return state
    raise BadInput(
        "env.state()", f"given a {type(state).__name__}", "numbers, text, arrays, tuples"
    )
