r"""How far the opponents may err before the player's best response moves.

The best response does not move if, against opponents who err, some best response from the start
agrees with \(e_i\) wherever the policies go. Two measures of their error:

* *at each state*: every opponent's row at every visited state is within a total variation of t of
  its part of the policy;
* *on average*, \(\mathbb E_{\mu_E}\|p_j-e_j\|_1\le\epsilon\) for every opponent. The condition then
  says \(\delta_i(\epsilon)=0\). At a state s an opponent alone can err by the total variation
  \(\epsilon/(2\mu_E(s))\), so this is the first measure with a level at each state if no opponent
  matters at more than one visited state. Else all of them together suffice, and it is necessary
  that each opponent may spend the whole error at one state.

At states that the policies do not visit the opponents do anything. Both are exact with one opponent
that matters, as long as who errs leads \(e_i\) to no state that it does not visit otherwise. Where
that can happen, it is necessary that any one opponent may err within the actions that lead nowhere
else.

Source: Bergerault, Cevher, Mehr (2026), Definition 6, for the modulus.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy.polys.rings import PolyElement

from ..errors import BadInput
from .against_all import against_all
from .balls import ball
from .clause import Conditions
from .concept import Sides
from .game import SymbolicGame
from .opponents import Opponents, Vertex, classes, everyone
from .side import Side
from .simplify import simplified

Erring = frozenset[tuple[int, int]]
"""Which opponents err at which visited states: (place among the opponents, state)."""


def continuity(
    game: SymbolicGame, player: int, level: str, *, on_average: bool = False
) -> Conditions:
    r"""When the player's best response stays while the opponents err by at most `level`.

    Args:
        game: with the policy in question.
        player: whose best response.
        level: the symbol of the game that stands for the error.
        on_average: the error is \(\mathbb E_{\mu_E}\|p_j-e_j\|_1\), in [0, 2], for every opponent;
            by default it is the total variation at each visited state, in [0, 1].

    Raises:
        BadInput: no such player or symbol, a range beyond these, too many cases.

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
    most = 2 if on_average else 1
    lower, upper = game.ranges.bounds[level]
    if lower < 0 or upper > most:
        given = f"from {lower} to {upper}"
        raise BadInput(f"symbols.{level}", given, f"a range within [0, {most}]")
    sides = _Errors.of(Side(game, player), level, on_average).sides()
    sufficient = simplified(sides.sufficient, game.ranges)
    necessary = simplified(sides.necessary, game.ranges) if sides.note else sufficient
    same = {c.atoms for c in sufficient} == {c.atoms for c in necessary}
    return Conditions(
        concept="delta-is-zero" if on_average else "best-response-stays",
        players=(player,),
        ranges=game.ranges,
        necessary=necessary,
        sufficient=sufficient,
        exact=same,
        note="" if same else sides.note,
    )


@dataclass(frozen=True)
class _Errors:
    """The opponents of one player, and how far they may err.

    Attributes:
        visited: the states where the policies go.
        masses: at each visited state the total variation allowed times a positive factor, and the
            factor.
        on_average: each opponent's error is shared among the states.
    """

    side: Side
    visited: frozenset[int]
    masses: Mapping[int, tuple[PolyElement, PolyElement]]
    on_average: bool

    @staticmethod
    def of(side: Side, level: str, on_average: bool) -> "_Errors":
        others, ranges = side.expert_others(), side.game.ranges
        visited = side.reached(side.own, others)
        symbol = ranges.ring.gens[list(ranges.bounds).index(level)]
        masses = dict.fromkeys(visited, (symbol, ranges.ring.one))
        if on_average:
            found = side.occupancy(side.own, others)
            masses = {s: (symbol * found.determinant, 2 * found.products[s]) for s in visited}
        return _Errors(side, visited, masses, on_average)

    def sides(self) -> Sides:
        """Both sides, with why they differ."""
        everywhere = self.mattering()
        whole = self._against(everywhere, within=False)
        notes = [whole.note] if whole.note else []
        kept = not self.leads_elsewhere()
        if not kept:
            notes.append("opponents who err can lead the policy to states that it never visits.")
        parts = list(dict.fromkeys(self._parts(everywhere, alone=not kept)))
        if parts != [everywhere] and self.on_average:
            notes.append("an opponent can share its error among states.")
        if kept and parts == [everywhere]:
            necessary = whole.necessary
        else:
            found = [self._against(erring, within=True) for erring in parts]
            necessary = tuple(clause for sides in found for clause in sides.necessary)
        return Sides(necessary, whole.sufficient, " ".join(dict.fromkeys(notes)))

    def mattering(self) -> Erring:
        """The opponents and visited states at which it matters what they do."""
        return frozenset(
            (j, s)
            for s in self.visited
            for j, kept in enumerate(classes(self.side, s))
            if len(kept) > 1
        )

    def _parts(self, everywhere: Erring, alone: bool) -> Iterator[Erring]:
        """Errors that the opponents can make at the same time, each at its full level."""
        own: dict[int, list[int]] = {}
        for j, s in sorted(everywhere):
            own.setdefault(j, []).append(s)
        spent = {
            j: [[s] for s in states] if self.on_average else [states] for j, states in own.items()
        }
        if alone:
            for j, options in spent.items():
                yield from (frozenset((j, s) for s in states) for states in options)
            return
        for chosen in itertools.product(*spent.values()):
            pairs = zip(spent, chosen, strict=True)
            yield frozenset((j, s) for j, states in pairs for s in states)

    def leads_elsewhere(self) -> bool:
        """Whether the player's policy can come to further states."""
        anyone_at_all = [self.side.joints()] * self.side.states
        return not self.side.reached(self.side.own, anyone_at_all) <= self.visited

    def _against(self, erring: Erring, *, within: bool) -> Sides:
        side = self.side
        reachable = side.reached(side.any_action(), [side.joints()] * side.states)
        free = sorted(reachable - self.visited)
        choices = list(everyone(side, reachable).choices)
        for s in self.visited:
            choices[s] = [self._rows(j, s, (j, s) in erring, within) for j in self._places()]
        opponents = Opponents.of(side, choices)
        return against_all(side, opponents, sorted(self.visited), free, strictly=False)

    def _places(self) -> range:
        return range(len(self.side.opponents))

    def _rows(self, place: int, state: int, errs: bool, within: bool) -> list[Vertex]:
        """One opponent's rows at a visited state: the policy's alone, or those around it."""
        side, opponent = self.side, self.side.opponents[place]
        mass, whole = self.masses[state]
        own, names = side.game.policy[opponent, state], side.game.action_names[opponent]
        merged = {
            first: sum((own[a] for a in members), side.game.ranges.ring.zero) * whole
            for first, members in classes(side, state)[place].items()
        }
        if not errs:
            played = {a: w for a, w in merged.items() if w}
            return [Vertex(played, " or ".join(names[a] for a in played))]
        if within:
            merged = {a: w for a, w in merged.items() if w or self._stays(place, state, a)}
        return ball(merged, mass, whole, side.game.ranges, dict(enumerate(names)))

    def _stays(self, place: int, state: int, action: int) -> bool:
        """Whether this action, with the others as they are, leads to visited states only."""
        side = self.side
        for joint in side.expert_others()[state]:
            moved = (*joint[:place], action, *joint[place + 1 :])
            for mine, weight in enumerate(side.own[state]):
                row = side.game.transition[state, side.full(mine, moved)] if weight else ()
                if any(x and t not in self.visited for t, x in enumerate(row)):
                    return False
        return True
