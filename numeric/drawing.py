"""What a game's picture shows, before it is TikZ or SVG: states, arrows, labels and paths.

Joint actions with the same outcome share a label, and labels with the same ends share an arrow.
Where the labels would not fit, the arrows carry row numbers of the game's table instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from .game import MarkovGame
from .occupancy import occupancy, visited
from .picture import Arrow, Picture, Point, Size, lay_out
from .policy import ProductPolicy
from .rows import MergedRow, Number, merged_rows

Ends = tuple[int, int]
Labels = Mapping[Ends, list[str]]
"""(source, target) -> lines of the arrow's label."""

LARGEST_PICTURE = 12
"""States beyond which no picture is drawn."""
MOST_ARROWS = 24
"""Arrows beyond which only the likeliest ones are drawn."""

_LINE = 0.29
_MANY_ARROWS = 12
_WIDEST = 2.7
_LONGEST = 9


class Script(Protocol):
    """How the pieces of a game are written, and how wide that is in cm."""

    def width(self, source: str, /) -> float: ...  # noqa: D102
    def name(self, given: str, /) -> str: ...  # noqa: D102
    def number(self, given: Number, /) -> str: ...  # noqa: D102
    def outcome(self, game: MarkovGame, row: MergedRow, /) -> str: ...  # noqa: D102
    def chance(self, given: Number, /) -> str: ...  # noqa: D102
    def span(self, first: int, last: int, /) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Drawing:
    """A picture ready to be written.

    Attributes:
        placed: where everything goes, in cm.
        names: the states', cut where a circle has no room.
        starts: the start mass of each state, "" for none.
        labels: of all arrows.
        is_numbered: whether labels are row numbers of the table, set on their arrows.
        paths: role -> the arrows that the profile takes from the states that it visits.
        left_out: how many arrows are not drawn, the least likely ones.
    """

    placed: Picture
    names: tuple[str, ...]
    starts: tuple[str, ...]
    labels: Labels
    is_numbered: bool
    paths: Mapping[str, frozenset[Ends]]
    left_out: int

    def strands(self, arrow: Arrow) -> list[tuple[str, float]]:
        """The profiles that take an arrow, each with how far its line is shifted to the side."""
        taking = [r for r, path in self.paths.items() if (arrow.source, arrow.target) in path]
        return [(role, _STRAND * (k - (len(taking) - 1) / 2)) for k, role in enumerate(taking)]


_STRAND = 0.06


def draw(game: MarkovGame, profiles: Mapping[str, ProductPolicy], script: Script) -> Drawing:
    """Lays a game out.

    Args:
        game: exact or float, of at most a dozen states.
        profiles: whose paths are drawn, along the states that each visits.
        script: how labels are written.

    Example:
        >>> from nashgap.numeric import plain_math
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["w3"].build()
        >>> drawing = draw(made.game, {"expert": made.expert}, plain_math)
        >>> drawing.labels[(0, 1)], sorted(drawing.paths["expert"])
        (['(1, ∗): −1'], [(0, 0)])
    """
    shown = _shown(game, profiles)
    labels, numbered = _labels(game, shown, script)
    sizes = {
        end: Size(max(script.width(line) for line in lines) + 0.06, _LINE * len(lines))
        for end, lines in labels.items()
    }
    starts = tuple(script.number(p) if p else "" for p in game.start)
    cut = [s if len(s) <= _LONGEST else f"{s[: _LONGEST - 2]}.." for s in game.states]
    names = tuple(script.name(state) for state in cut)
    widths = [1.3 * script.width(name) for name in names]
    longest = max(*widths, *(0.8 * script.width(p) for p in starts), 0.3)
    placed = lay_out(game.num_states, max(0.34, longest / 2 + 0.12), sizes, inline=numbered)
    paths = {role: _path(game, profile) & shown for role, profile in profiles.items()}
    everything = {(row.state, t) for at in merged_rows(game) for row in at for t, _ in row.to}
    return Drawing(placed, names, starts, labels, numbered, paths, len(everything) - len(shown))


def extent(drawing: Drawing) -> tuple[Point, Point]:
    """Lower left and upper right corner of all states, arrows and labels, without line widths."""
    placed, r = drawing.placed, drawing.placed.radius
    boxes = [((x - r, y - r), (x + r, y + r)) for x, y in placed.centres]
    boxes.append(placed.extent)
    boxes += [_box(arrow.label, arrow.size) for arrow in placed.arrows]
    low = min(x for (x, _), _ in boxes), min(y for (_, y), _ in boxes)
    return low, (max(x for _, (x, _) in boxes), max(y for _, (_, y) in boxes))


def _box(centre: Point, size: Size) -> tuple[Point, Point]:
    (x, y), w, h = centre, size.width / 2, size.height / 2
    return (x - w, y - h), (x + w, y + h)


def _shown(game: MarkovGame, profiles: Mapping[str, ProductPolicy]) -> frozenset[Ends]:
    """All arrows, or the likeliest ones under the profiles where there are too many."""
    rows = [row for at in merged_rows(game) for row in at]
    everything = frozenset((row.state, t) for row in rows for t, _ in row.to)
    if len(everything) <= MOST_ARROWS:
        return everything
    weights: dict[Ends, float] = {}
    taken = profiles or {"uniform": ProductPolicy.uniform(game)}
    visits = {role: occupancy(game, profile)[0] for role, profile in taken.items()}
    for row in rows:
        for t, p in row.to:
            likely = (
                float(visits[role][row.state] * row.chance(profile))
                for role, profile in taken.items()
            )
            weights[(row.state, t)] = weights.get((row.state, t), 0.0) + max(likely) * float(p)
    ranked = sorted(weights, key=lambda end: (-weights[end], end))
    return frozenset(ranked[:MOST_ARROWS])


def _labels(game: MarkovGame, shown: frozenset[Ends], script: Script) -> tuple[Labels, bool]:
    """The arrows' labels, and whether they are row numbers of the table.

    Numbers stand in for actions and rewards where there are over 12 arrows or a label is wider
    than 2.7 cm.
    """
    rows = [row for at in merged_rows(game) for row in at]
    full: dict[Ends, list[str]] = {}
    short: dict[Ends, list[int]] = {}
    for k, row in enumerate(rows, start=1):
        for t, p in row.to:
            if (row.state, t) in shown:
                label = script.outcome(game, row) + ("" if p == 1 else script.chance(p))
                full.setdefault((row.state, t), []).append(label)
                short.setdefault((row.state, t), []).append(k)
    wide = max(script.width(line) for lines in full.values() for line in lines) > _WIDEST
    if not wide and len(full) <= _MANY_ARROWS:
        return full, False
    return {end: _short(numbers, script) for end, numbers in short.items()}, True


def _short(numbers: list[int], script: Script) -> list[str]:
    """Row numbers, runs of them as spans, four a line."""
    spans: list[list[int]] = []
    for k in numbers:
        if spans and k == spans[-1][-1] + 1:
            spans[-1].append(k)
        else:
            spans.append([k])
    parts = [
        part
        for run in spans
        for part in ([script.span(run[0], run[-1])] if len(run) > 2 else map(str, run))
    ]
    lines = [parts[k : k + 4] for k in range(0, len(parts), 4)]
    return [",".join(line) + ("," if line is not lines[-1] else "") for line in lines]


def _path(game: MarkovGame, profile: ProductPolicy) -> frozenset[Ends]:
    """The arrows that the profile takes from the states that it visits."""
    seen = visited(game, profile)
    taken = (r for at in merged_rows(game) for r in at if r.state in seen and r.chance(profile) > 0)
    return frozenset((row.state, t) for row in taken for t, _ in row.to)
