r"""The least bound that the rows of a class prove, with its certificate.

The argument stands in `nashgap.search.checkers.coupled`; the rows here are written from the class
anew, and the checker makes its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nashgap.numeric.numbers import text

from .. import lp
from ..certificate import Certificate
from ..checkers.common import FORMAT
from ..problem import Box, Row, Threshold
from ..query import GameClass

_ONE, _ZERO = Fraction(1), Fraction(0)


@dataclass(frozen=True)
class Bounded:
    """No player of these gains more.

    Attributes:
        players: who. value: the least upper bound that the rows prove. multipliers: how.
    """

    players: tuple[int, ...]
    value: Fraction
    multipliers: dict[str, Fraction]


def bounds(said: GameClass, player: int | None) -> tuple[Bounded, ...] | None:
    """A bound for each player, or None where the class has no such argument.

    Example:
        >>> from ..query import Query
        >>> query = Query(match="bc", eps="1/10", assume="dominant", gamma="1/2")
        >>> [b.value for b in bounds(query.game_class, None)]
        [Fraction(3, 5)]
    """
    if not said.names & {"match-mu", "match-bc"}:
        return None
    sharing: dict[tuple[bool, int], list[int]] = {}
    for i in range(said.players) if player is None else [player]:
        others = sum(a > 1 for j, a in enumerate(said.actions) if j != i)
        sharing.setdefault((said.actions[i] == 1, others), []).append(i)
    found = []
    for (alone, others), players in sharing.items():
        best = _best(said, alone, others)
        if not isinstance(best, lp.Optimum):
            return None
        found.append(Bounded(tuple(players), best.value, dict(best.multipliers)))
    return tuple(found)


def rule_out(said: GameClass, asked: Threshold, player: int | None) -> Certificate | None:
    """A certificate that no game of the class meets the threshold, if the rows prove it."""
    found = bounds(said, player)
    if found is None or any(asked.met_by(b.value) for b in found):
        return None
    excludes: dict[str, object] = {"gap": text(asked.value), "strict": asked.strict}
    if player is not None:
        excludes["player"] = player
    written = Certificate(
        {
            "format": FORMAT,
            "class": said.certified(),
            "excludes": excludes,
            "encoding": _encoding(said),
            "cases": [
                {
                    "players": list(b.players),
                    "leaf": {x: text(y) for x, y in {**b.multipliers, "asked": _ONE}.items()},
                }
                for b in found
            ],
        }
    )
    return written if written.verify().valid else None


def _encoding(said: GameClass) -> str:
    return "mu-any-kernel" if "match-mu" in said.names else "bc-any-kernel"


def _best(said: GameClass, alone: bool, others: int) -> lp.Optimum | lp.Infeasible | lp.Failed:
    if _encoding(said) == "mu-any-kernel":
        most = 1 / (1 - said.discount)
        boxes = {x: Box(-most, most) for x in ("W", "V", "Wn", "Vn")}
        return lp.maximise(_form(W=1, V=-1), _matched(said, alone, others), boxes)
    boxes = {x: Box(_ZERO, _ONE) for x in ("gain", "x", "y", "x1", "y1", "d", "z", "x2", "y2")}
    height = 2 / (1 - said.discount)
    return lp.maximise((("gain", height),), _erring(said, alone, others), boxes)


def _matched(said: GameClass, alone: bool, others: int) -> Iterator[Row]:
    """Rows for equal state occupancies."""
    g = said.discount
    shared = said.names & {"common-payoff", "team-optimal", "zero-sum"}
    own = "own-rewards" in said.names and said.players > 1
    by_state = "state-rewards" in said.names or bool(own and shared)
    no_better = "team-optimal" in said.names or (said.is_nash and others == 0)
    if alone or (by_state and no_better):
        yield Row("alone", _form(W=1, V=-1), "==", _ZERO)
    if by_state:
        yield Row("next", _form(W=1, V=-1, Wn=-g, Vn=g), "==", _ZERO)


def _erring(said: GameClass, alone: bool, others: int) -> Iterator[Row]:
    """Rows for small errors."""
    g = said.discount
    error = next(a.parameter for a in said.assumptions if a.name == "match-bc") or _ZERO
    weight = error / (2 * (1 - g))
    if alone:
        yield Row("alone", _form(gain=1), "==", _ZERO)
    yield Row("own", _form(x=1), "<=", weight)
    yield Row("others", _form(y=1), "<=", others * weight)
    yield Row("first", _form(x=1, y=1), "<=", _ONE)
    if "dominant" in said.names:
        yield Row("gain dominant", _form(gain=1, x=-1, y=-g), "<=", _ZERO)
    if "team-optimal" in said.names or (said.is_nash and others == 0):
        yield Row("gain expert", _form(gain=1, x=-1, y=-1), "<=", _ZERO)
    if said.is_nash:
        gain = _form(gain=1, x1=-1, y1=-g, d=-g, z=-2, x2=-1, y2=-1)
        yield Row("gain nash", gain, "<=", _ZERO)
        yield Row("own nash", _form(x1=1, x2=1), "<=", weight)
        yield Row("others nash", _form(y1=1, z=1, y2=1), "<=", others * weight)
        yield Row("first nash", _form(x1=1, y1=1, d=1, z=1), "<=", _ONE)
        yield Row("after", _form(x2=1, y2=1, d=-g), "<=", _ZERO)


def _form(**terms: Fraction | int) -> tuple[tuple[str, Fraction], ...]:
    return tuple((x, Fraction(c)) for x, c in terms.items() if c)
