r"""Many neighbours at once in floats: the gap, less a penalty for what the class forbids.

A cell that changed may get other rewards, so each neighbour is tried with the parent's rewards and
with +1 and -1 where its kernel changed. The score is a hint which neighbour deserves an exact
program; nothing else rests on it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nashgap.numeric.batch import (
    GameBatch,
    PolicyBatch,
    batch_eps_bc,
    batch_eps_mu,
    batch_gaps,
    batch_nash_gaps,
)

from ..rewards.scene import Profile, Scene
from .frame import Frame

PENALTY = 4.0


def scores(frame: Frame, parent: Scene, rewards: Any, player: int, near: Sequence[Scene]) -> Any:
    """A score for each neighbour, shape [len(near)], larger is better.

    Args:
        frame: the class.
        parent: where the rewards come from.
        rewards: its best ones, shape [n, S, A_1, ..., A_n], floats.
        player: who exploits.
        near: the neighbours.
    """
    said, height = frame.said, 2 / (1 - float(frame.said.discount))
    kernels = np.stack([_kernel(scene) for scene in near], axis=-1)
    changed = np.any(kernels != _kernel(parent)[..., None], axis=-2)
    variants = []
    for value in (None, 1.0, -1.0):
        table = np.repeat(rewards[..., None], len(near), axis=-1)
        if value is not None:
            table[player][changed] = value
        variants.append(table)
    count = len(near)
    start = np.stack([np.array(scene.start, dtype=float) for scene in near], axis=-1)
    games = GameBatch(
        np.concatenate([kernels] * 3, axis=-1),
        np.concatenate(variants, axis=-1),
        np.concatenate([start] * 3, axis=-1),
        float(said.discount),
    )
    expert = _policies([scene.expert for scene in near] * 3)
    learner = _policies([scene.learner for scene in near] * 3)
    found = batch_gaps(games, learner)[player]
    if said.is_nash:
        found = found - PENALTY * batch_nash_gaps(games, expert)
    if "match-mu" in said.names:
        found = found - PENALTY * height * batch_eps_mu(games, expert, learner)
    most = frame.parameter("match-bc")
    if most is not None:
        over = np.maximum(batch_eps_bc(games, expert, learner) - float(most), 0)
        found = found - PENALTY * height * over
    return np.max(np.reshape(found, (3, count)), axis=0)


def _kernel(scene: Scene) -> Any:
    table = np.zeros((scene.states, *scene.actions, scene.states))
    for s, rows in enumerate(scene.kernel):
        for joint, row in rows.items():
            table[(s, *joint)] = [float(p) for p in row]
    return table


def _policies(profiles: Sequence[Profile]) -> PolicyBatch:
    tables = []
    for i in range(len(profiles[0])):
        rows = [[[float(p) for p in row] for row in profile[i]] for profile in profiles]
        tables.append(np.moveaxis(np.array(rows), 0, -1))
    return PolicyBatch(tuple(tables))
