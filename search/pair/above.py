"""A bound for a class from what it says of its games alone, whatever the expert is."""

from dataclasses import dataclass
from fractions import Fraction

from ..certificate import Certificate
from ..problem import Threshold
from ..prover import Tree
from ..query import GameClass
from .cases import Case, cases
from .proof import certificate_of
from .rules import rules_beside_any
from .solve import Better, Closed, climb_briefly

MOST_STATES = 6
"""Beyond this the trees take longer than their bound is worth."""


@dataclass(frozen=True)
class Above:
    """No player gains more than `value`.

    Attributes:
        said: the class. player: the one whose gap counts, or None.
        value: the bound. proved: every case with its tree.
    """

    said: GameClass
    player: int | None
    value: Fraction
    proved: tuple[tuple[Case, Tree], ...]

    def rule_out(self, asked: Threshold) -> Certificate | None:
        """The certificate that no game meets a threshold, if it is above the bound."""
        if asked.met_by(self.value):
            return None
        found = certificate_of(self.said, self.player, asked, self.proved)
        return found if found.verify().valid else None


def above(said: GameClass, player: int | None) -> Above | None:
    """The bound, if the class says anything that makes it smaller than 2/(1-gamma).

    Example:
        >>> from ..query import Query
        >>> query = Query(match="mu", assume="nash,alternating", gamma="1/2")
        >>> found = above(query.game_class, None)
        >>> found.value, found.rule_out(Threshold(found.value, strict=True)).verify().valid
        (Fraction(8, 3), True)
    """
    rules = rules_beside_any(said)
    if rules.is_plain or said.states > MOST_STATES:
        return None
    every = cases(said, rules, player)
    best, trees = Fraction(0), dict[int, Tree]()
    for event in climb_briefly(every):
        match event:
            case Better(_, solution):
                best = solution.value
            case Closed(number, tree, _):
                trees[number] = tree
            case _:
                return None
    if len(trees) < len(every):
        return None
    return Above(said, player, best, tuple((every[k], tree) for k, tree in sorted(trees.items())))
