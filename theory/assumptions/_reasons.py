"""Checks and wordings that several assumptions share."""

from collections.abc import Iterator, Sequence

from ..model import Answer, Model, Number, Role


def rows(model: Model) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every pair of a state and a joint action."""
    for state in range(model.num_states):
        for joint in model.joint_actions():
            yield state, joint


def pure_action(row: Sequence[Number]) -> int | None:
    """The one action of positive probability, or None where there are several."""
    played = [action for action, p in enumerate(row) if p > 0]
    return played[0] if len(played) == 1 else None


def deviation(model: Model, player: int) -> str:
    """An optimal deviation from the expert in words, only where it differs from the expert."""
    changes = []
    for state, row in enumerate(model.optimal_q("expert", player)):
        played = model.policy("expert", player, state)
        best = max(row)
        action = max((a for a, q in enumerate(row) if q == best), key=lambda a: played[a])
        if played[action] != 1:
            changes.append(f"action {action} at state {state}")
    more = f" and {len(changes) - 6} more" if len(changes) > 6 else ""
    return ", ".join(changes[:6]) + more


def two_players(model: Model, name: str) -> Answer | None:
    """The refusal where the number of players is not two."""
    if model.players == 2:
        return None
    return Answer(False, f"{name} is said of two players; the game has {model.players}")


def first_mixed(model: Model, roles: tuple[Role, ...]) -> Answer | None:
    """The first state at which one of the profiles mixes, as a refusal."""
    for role in roles:
        for player in range(model.players):
            for state in range(model.num_states):
                if pure_action(model.policy(role, player, state)) is None:
                    return Answer(False, f"{role} player {player} mixes at state {state}")
    return None
