r"""Clauses against the opponents of the given policy: Nash, strict Nash, Nash from every state."""

from collections.abc import Iterable, Iterator

from .clause import Atom, Clause, Sign
from .side import Side


def path(side: Side) -> tuple[frozenset[int], list[int]]:
    """States that the policies visit, and further states that a deviation can reach."""
    others = side.expert_others()
    visited = side.reached(side.own, others)
    return visited, sorted(side.reached(side.any_action(), others) - visited)


def one_step(side: Side, states: Iterable[int], free: list[int], sign: Sign) -> Iterator[Clause]:
    """No action at these states is worth more than the policy, whatever is done at free ones."""
    others = side.expert_others()
    for chosen, own in side.continuations(free):
        solved = side.solve(own, others)
        then = _then(side, free, chosen)
        for s in states:
            for action in range(side.count):
                weight = side.own[s][action]
                if weight == 1:
                    continue
                lost = side.advantage_lost(solved, s, action, others[s])
                asked = Sign.ZERO if weight and sign is Sign.AT_LEAST_ZERO else sign
                yield Clause((Atom(lost, asked),), f"{_where(side, s, action)}{then}")


def _where(side: Side, state: int, action: int) -> str:
    game = side.game
    name = game.action_names[side.player][action]
    return f"player {side.player} at {game.states[state]}: action {name}"


def _then(side: Side, free: list[int], chosen: tuple[int, ...]) -> str:
    names = side.game.action_names[side.player]
    steps = [f"{names[a]} at {side.game.states[s]}" for s, a in zip(free, chosen, strict=True)]
    return f", then {', '.join(steps)}" if steps else ""


def never(why: str) -> Clause:
    """A clause that no symbols satisfy."""
    return Clause((), why)
