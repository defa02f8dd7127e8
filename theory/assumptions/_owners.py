"""Whose actions matter at a state, and how states can be given owners."""

from collections.abc import Mapping

from ..model import Model

_Row = tuple[Mapping[int, object], tuple[object, ...]]


def influential(model: Model) -> tuple[frozenset[int], ...]:
    """At each state the players whose action changes the kernel's row or anyone's reward."""
    return tuple(_at(model, state) for state in range(model.num_states))


def successors(model: Model) -> tuple[frozenset[int], ...]:
    """At each state the states that some joint action leads to."""
    joints = tuple(model.joint_actions())
    return tuple(
        frozenset(t for joint in joints for t in model.successors(state, joint))
        for state in range(model.num_states)
    )


def _at(model: Model, state: int) -> frozenset[int]:
    found: dict[tuple[int, ...], _Row] = {
        joint: (
            dict(model.successors(state, joint)),
            tuple(model.reward(i, state, joint) for i in range(model.players)),
        )
        for joint in model.joint_actions()
    }
    return frozenset(
        player
        for player in range(model.players)
        if any(row != found[_without(joint, player)] for joint, row in found.items())
    )


def _without(joint: tuple[int, ...], player: int) -> tuple[int, ...]:
    return (*joint[:player], 0, *joint[player + 1 :])
