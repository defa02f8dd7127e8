r"""How much of a bound games reach, against the discount, the cloning error and the players."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from nashgap.theory.errors import BadInput

from ..tightness import Tight, Tightness
from .style import DASHES, INK, MARKERS, panels, paper

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_AXES: tuple[tuple[str, str, Callable[[Tight], float]], ...] = (
    ("gamma", r"discount $\gamma$", lambda row: float(row.case.game.discount)),
    ("eps", r"cloning error $\epsilon_{\mathrm{BC}}$", lambda row: float(row.eps)),
    ("n", "players $n$", lambda row: float(row.case.game.players)),
)
_MOST_NAMED = 5


def plot_tightness(found: Tightness) -> "Figure":
    r"""The ratio of what is reached to what is promised; 1 where the bound is met.

    One panel for each of \(\gamma\), \(\epsilon\), n that varies: games of one family that
    differ in nothing else are joined. Open markers: the bound does not apply, and may be broken.

    Raises:
        BadInput: no game has a ratio.
        NashgapError: Matplotlib is not installed.
    """
    rows = [row for row in found.rows if row.ratio is not None]
    if not rows:
        raise BadInput("plot", "no game has a ratio", "a game to which the bound gives a value")
    shown = [axis for axis in _AXES if len({axis[2](row) for row in rows}) > 1] or [_AXES[1]]
    names = _by_size(rows)
    with paper():
        figure, places = panels(len(shown), 1.75)
        for axes, (key, label, value) in zip(places, shown, strict=True):
            for k, name in enumerate(names):
                _series(axes, [r for r in rows if _shown(r, names) == name], key, value, k, name)
            axes.axhline(1, color="#555555", linewidth=0.8, linestyle=":")
            axes.set_xlabel(label)
            axes.set_ylabel("reached / promised")
            axes.set_ylim(bottom=0)
            if key == "n":
                axes.set_xticks(sorted({int(value(row)) for row in rows}))
        places[0].set_title(f"{found.label}", loc="left")
        places[0].legend(loc="best", ncols=2)
    return figure


def _by_size(rows: list[Tight]) -> list[str]:
    """The names in the legend: the families of most games; the rest are "others"."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.case.name] = counts.get(row.case.name, 0) + 1
    named = sorted(counts, key=lambda name: (-counts[name], name))
    return named if len(named) <= _MOST_NAMED + 1 else [*named[:_MOST_NAMED], "others"]


def _shown(row: Tight, names: list[str]) -> str:
    return row.case.name if row.case.name in names else "others"


def _series(
    axes: "Axes", rows: list[Tight], key: str, value: Callable[[Tight], float], k: int, name: str
) -> None:
    ink, marker = INK[k % len(INK)], MARKERS[k % len(MARKERS)]
    line = sorted(
        ((value(r), float(r.ratio or 0)) for r in rows if set(r.case.parameters) <= {key}),
    )
    if len({x for x, _ in line}) > 1 and name != "others":
        axes.plot(
            [x for x, _ in line],
            [y for _, y in line],
            color=ink,
            linestyle=DASHES[k % len(DASHES)],
            linewidth=0.9,
        )
    for applies in (True, False):
        some = [r for r in rows if bool(r.applies) == applies]
        axes.plot(
            [value(r) for r in some],
            [float(r.ratio or 0) for r in some],
            marker,
            color=ink,
            markerfacecolor=ink if applies else "white",
            label=name if applies or not any(r.applies for r in rows) else None,
        )
