r"""Tightness of a bound over a set of games: what is reached, what is promised, and what is close.

For a claim \(\text{small}\le\text{large}\) the slack is large less small and the ratio
small/large, 1 where the bound is met. A claim on every player counts for the player of the largest
ratio.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nashgap.theory.catalogue import bound as find
from nashgap.theory.model import Number

from ..bounds_on import bound_on
from ..delta import DEFAULT_NODES
from ..dominance import WORK
from ..numbers import text
from ..reading import Reading
from .cases import Case
from .nearness import Nearness, nearness


@dataclass(frozen=True, eq=False)
class Tight:
    r"""A bound on one game.

    Attributes:
        case: the game.
        applies: whether the assumptions hold; None where that is undecided.
        reason: what decides it.
        player: the player that counts where the claim is on every player, else None.
        reached: the smaller side of the claim; None where the claim has no value.
        promised: the larger side.
        eps: \(\epsilon_{BC}\).
        assumptions: how near each assumption of the bound is to failing.
    """

    case: Case
    applies: bool | None
    reason: str
    player: int | None
    reached: Number | None
    promised: Number | None
    eps: Number
    assumptions: tuple[Nearness, ...]

    @property
    def slack(self) -> Number | None:
        """Promised less reached; negative only where the bound does not apply."""
        if self.promised is None or self.reached is None:
            return None
        return self.promised - self.reached

    @property
    def ratio(self) -> Number | None:
        """Reached over promised; None where both are 0 or the claim has no value."""
        if self.promised is None or self.reached is None or self.promised <= 0:
            return None
        return self.reached / self.promised

    @property
    def nearest(self) -> Nearness | None:
        """The assumption that fails by most; where all hold, the one that is nearest to failing."""
        measured = [n for n in self.assumptions if n.distance is not None]
        return min(measured, key=lambda n: (n.holds is not False, n.distance or 0), default=None)

    def json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "game": self.case.name,
            "parameters": dict(self.case.parameters),
            "players": self.case.game.players,
            "discount": text(self.case.game.discount),
            "eps_bc": text(self.eps),
            "applies": self.applies,
            "reason": self.reason,
            "player": self.player,
            "reached": _text(self.reached),
            "promised": _text(self.promised),
            "slack": _text(self.slack),
            "ratio": _text(self.ratio),
            "assumptions": [n.json() for n in self.assumptions],
        }


@dataclass(frozen=True, eq=False)
class Tightness:
    """A bound over a set of games.

    Attributes:
        label: of the bound.
        statement: the claim.
        rows: one a game.
    """

    label: str
    statement: str
    rows: tuple[Tight, ...]

    @property
    def tightest(self) -> Tight | None:
        """The game of the largest ratio among those to which the bound applies."""
        own = [row for row in self.rows if row.applies and row.ratio is not None]
        return max(own, key=lambda row: row.ratio or 0, default=None)

    @property
    def broken(self) -> tuple[Tight, ...]:
        """Games to which the bound applies and that break it: there must be none."""
        return tuple(r for r in self.rows if r.applies and r.slack is not None and r.slack < 0)

    def json(self) -> dict[str, Any]:
        """As one JSON object."""
        best = self.tightest
        return {
            "label": self.label,
            "bound": self.statement,
            "tightest": None if best is None else best.json(),
            "games": [row.json() for row in self.rows],
        }


def tightness(
    label: str, cases: Iterable[Case], *, work: int = WORK, nodes: int = DEFAULT_NODES
) -> Tightness:
    """How close each game comes to a bound of the catalogue.

    Args:
        label: of the bound.
        cases: the games.
        work: steps for each player's dominance question.
        nodes: of each search for a learner's delta.

    Raises:
        BadInput: an unknown label.

    Example:
        >>> from nashgap.numeric.tightness import named_cases
        >>> found = tightness("T1", named_cases(["w1", "prisoners-dilemma"])[0])
        >>> [(row.case.name, str(row.ratio)) for row in found.rows]
        [('w1', '1'), ('prisoners-dilemma', '1/76')]
    """
    bound = find(label)
    rows = []
    for case in cases:
        model = Reading(case.game, case.expert, case.learner, work=work, nodes=nodes)
        on = bound_on(bound.label, bound, model)
        player, reached, promised = _sides(on.value, on.slack)
        eps = max(model.policy_error(i) for i in range(model.players))
        near = tuple(nearness(model, assumption) for assumption in bound.assumptions)
        rows.append(Tight(case, on.applies, on.reason, player, reached, promised, eps, near))
    return Tightness(bound.label, bound.statement, tuple(rows))


def _sides(value: Any, slack: Any) -> tuple[int | None, Number | None, Number | None]:
    if not isinstance(value, tuple):
        return None, None if value is None else value - slack, value
    pairs = [(large - less, large) for large, less in zip(value, slack, strict=True)]
    player = max(range(len(pairs)), key=lambda i: _share(*pairs[i]))
    return player, *pairs[player]


def _share(reached: Number, promised: Number) -> Number:
    return reached / promised if promised > 0 else Fraction(0)


def _text(number: Number | None) -> str | None:
    return None if number is None else text(number)
