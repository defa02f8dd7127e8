r"""How far the opponents may err before the player's best response moves.

Opponents play pure rows \(e_o\) where the policies go. Let their joint actions err by a total
variation of at most t at each visited state, and be anything elsewhere. The best response does not
move if on the visited states \(e_i\) stays a best response from the start; in terms of the paper's
modulus, \(\delta_i(\epsilon)=0\) for all \(\epsilon\le2t\min_s\mu_E(s)/(n-1)\). In a one-state game
with one opponent \(\epsilon=2t\), and the condition is exact. With several opponents it suffices.

Source: Bergerault, Cevher, Mehr (2026), Definition 6, for the modulus.
"""

from collections.abc import Sequence

from ..errors import BadInput
from .against_all import against_all
from .clause import Conditions
from .concept import Sides
from .game import Joint, SymbolicGame
from .opponents import nearby
from .side import Side
from .simplify import simplified


def continuity(game: SymbolicGame, player: int, level: str) -> Conditions:
    """When the player's best response stays, with the opponents within `level` where they go.

    Args:
        game: its opponents play pure rows at visited states.
        player: whose best response.
        level: the symbol of the game that stands for the total variation, with a range in [0, 1].

    Raises:
        BadInput: no such player or symbol, a range beyond [0, 1], a mixed row, too many cases.

    Example:
        Chicken: player 0 drives on (1) as long as the other does with probability at most
        1/(1+2x), where x is the damage of a crash:

        >>> from nashgap.theory.conditions import parse_symbolic, plain
        >>> game = parse_symbolic({
        ...     "discount": "1/2", "start": ["1"], "transition": [[[["1"], ["1"]], [["1"], ["1"]]]],
        ...     "rewards": [[[["0", "0"], ["1/2", "-x"]]], [[["0", "0"], ["0", "0"]]]],
        ...     "symbols": {"t": ["0", "1"], "x": ["0", "1"]},
        ...     "policies": {"expert": [[["0", "1"]], [["1", "0"]]]}})
        >>> print(plain(continuity(game, 0, "t")))
        necessary and sufficient:
          t <= 1/(2*x + 1)
    """
    if not 0 <= player < game.players:
        raise BadInput("player", str(player), f"0 to {game.players - 1}")
    if level not in game.ranges.bounds:
        raise BadInput("level", repr(level), f"one of the symbols {', '.join(game.ranges.bounds)}")
    lower, upper = game.ranges.bounds[level]
    if lower < 0 or upper > 1:
        raise BadInput(f"symbols.{level}", f"from {lower} to {upper}", "a range within [0, 1]")
    sides = _sides(Side(game, player), level)
    sufficient = simplified(sides.sufficient, game.ranges)
    necessary = simplified(sides.necessary, game.ranges)
    return Conditions(
        concept="best-response-stays",
        players=(player,),
        ranges=game.ranges,
        necessary=sufficient if not sides.note else necessary,
        sufficient=sufficient,
        exact=not sides.note,
        note=sides.note,
    )


def _sides(side: Side, level: str) -> Sides:
    others = side.expert_others()
    visited = side.reached(side.own, others)
    for s in visited:
        if len(others[s]) != 1:
            given = f"the opponents mix at {side.game.states[s]}, which is visited"
            raise BadInput("policies.expert", given, "opponents that play pure rows there")
    anyone = [side.joints()] * side.states
    reachable = side.reached(side.any_action(), anyone)
    free = sorted(reachable - visited)
    symbol = side.game.ranges.ring.gens[list(side.game.ranges.bounds).index(level)]
    opponents = nearby(side, reachable, visited, symbol)
    found = against_all(side, opponents, sorted(visited), free, strictly=False)
    notes = []
    if not side.reached(side.own, anyone) <= visited:
        notes.append(
            "opponents who err lead the policy to states that it does not visit otherwise."
        )
    if any(len(_movers(opponents.joints[s])) > 1 for s in visited):
        notes.append("several opponents err at one state.")
    return Sides((), found.sufficient, " ".join(notes)) if notes else found


def _movers(joints: Sequence[Joint]) -> set[int]:
    """The opponents whose action differs among these joint actions."""
    return {i for joint in joints for i, a in enumerate(joint) if a != joints[0][i]}
