r"""A pure expert whose action beats every other by \(m\).

\(Q_i^\circ(s,a_i)\le Q_i^\circ(s,\pi^E_i(s))-m\), where \(Q_i^\circ\) is the optimal Q of player
\(i\)'s MDP against the expert's opponents, a discounted sum. The expert is pure at every state; the
inequality is asked at the visited states, and at all states where "subgame-perfect" stands in the
same list.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from ..model import Answer, Model, Number, brief
from ._kinds import Family
from ._reasons import first_mixed, pure_action


def _leads(model: Model, everywhere: bool) -> Iterator[tuple[Number, int, int, int]]:
    """(lead over the action, player, state, action) for every other action."""
    states = range(model.num_states) if everywhere else sorted(model.visited("expert"))
    for player in range(model.players):
        q = model.optimal_q("expert", player)
        for state in states:
            own = pure_action(model.policy("expert", player, state))
            for action, worth in enumerate(q[state]):
                if own is not None and action != own:
                    yield q[state][own] - worth, player, state, action


def _check(model: Model, margin: Fraction, everywhere: bool) -> Answer:
    mixed = first_mixed(model, ("expert",))
    if mixed is not None:
        return mixed
    least = min(_leads(model, everywhere), default=None)
    if least is None:
        return Answer(True, "no player has another action there")
    lead, player, state, action = least
    place = (
        f"action {action} of player {player} at state {state} is {brief(lead)} below the expert's"
    )
    return Answer(lead >= margin, place)


def _largest(model: Model, everywhere: bool) -> Number | None:
    """The least lead; None where the expert mixes, is beaten, or has no other action."""
    if first_mixed(model, ("expert",)) is not None:
        return None
    least = min(_leads(model, everywhere), default=None)
    return None if least is None or least[0] < 0 else least[0]


def _family(everywhere: bool, variants: dict[str, Family]) -> Family:
    where = "every state" if everywhere else "every visited state"
    domain = r"\text{for all } s" if everywhere else r"\text{where }\mu_{\pi^E}(s)>0"
    return Family(
        "margin",
        "m",
        Fraction(0),
        None,
        f"the expert is pure, and at {where} each player's every other action is at least m below "
        "it in the optimal Q against the expert's opponents",
        rf"Q_i^\circ(s,a_i)\le Q_i^\circ(s,\pi^E_i(s))-m"
        rf"\ \text{{for all }} i,\ a_i\ne\pi_i^E(s),\ {domain}",
        partial(_check, everywhere=everywhere),
        lambda model: _largest(model, everywhere),
        "largest",
        variants,
    )


ASSUMPTION = _family(False, {"subgame-perfect": _family(True, {})})
