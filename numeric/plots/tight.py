r"""How much of a bound games reach, against the discount, the cloning error and the players."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from nashgap.theory.errors import BadInput

from ..tightness import Tight, Tightness
from .style import DASHES, INK, MARKERS, panels, paper

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Axis = tuple[str, str, Callable[[Tight], float]]

AXES: tuple[Axis, ...] = (
    ("gamma", r"discount $\gamma$", lambda row: float(row.case.game.discount)),
    ("eps", r"cloning error $\varepsilon_{\mathrm{BC}}$", lambda row: float(row.eps)),
    ("n", "players $n$", lambda row: float(row.case.game.players)),
)
_MOST_NAMED = 5
TOP = 1.25


def plot_tightness(found: Tightness) -> "Figure":
    r"""The ratio of what is reached to what is promised; 1 where the bound is met.

    One panel for each of \(\gamma\), \(\varepsilon\), n that varies: games of one family that
    differ in nothing else are joined. Open markers: the bound does not apply, and may be broken.

    Raises:
        BadInput: no game has a ratio.
        NashgapError: Matplotlib is not installed.
    """
    rows = [row for row in found.rows if row.ratio is not None]
    if not rows:
        raise BadInput("plot", "no game has a ratio", "a game to which the bound gives a value")
    shown = [axis for axis in AXES if len({axis[2](row) for row in rows}) > 1] or [AXES[1]]
    names = _by_size(rows)
    with paper():
        figure, places = panels(len(shown), 1.75)
        for axes, (key, label, value) in zip(places, shown, strict=True):
            own = [row for row in rows if _belongs(row, key, shown)]
            for k, name in enumerate(names):
                _series(axes, [r for r in own if _shown(r, names) == name], value, k, name)
            axes.axhline(1, color="#555555", linewidth=0.8, linestyle=":")
            axes.set_xlabel(label)
            axes.set_ylabel("reached / promised")
            axes.set_ylim(-0.03, TOP + 0.2)
            axes.set_yticks([0, 0.25, 0.5, 0.75, 1, TOP])
            axes.set_yticklabels(["0", "", "0.5", "", "1", str(TOP)])
            if key == "n":
                axes.set_xticks(sorted({int(value(row)) for row in own}))
            if key == "eps" and all(value(row) > 0 for row in own):
                axes.set_xscale("log")
        notes = [] if all(row.applies for row in rows) else ["open marks: it does not apply"]
        notes += [f"arrows: beyond {TOP}"] if any(_is_beyond(row) for row in rows) else []
        note = f" ({'; '.join(notes)})" if notes else ""
        figure.suptitle(f"{found.label.replace('_', ' ')}{note}", fontsize=8)
        figure.legend(*_once(places), loc="outside lower center", ncols=3)
    return figure


def _belongs(row: Tight, key: str, shown: Sequence[Axis]) -> bool:
    """Families show in the panel of what was moved, all other games in every panel."""
    moved = {name for name, _, _ in shown} & set(row.case.parameters)
    return moved <= {key}


def _once(places: "list[Axes]") -> "tuple[list[Any], list[str]]":
    """Handles and labels of all panels, each label once."""
    found: dict[str, Any] = {}
    for axes in places:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            found.setdefault(label, handle)
    return list(found.values()), list(found)


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
    axes: "Axes", rows: list[Tight], value: Callable[[Tight], float], k: int, name: str
) -> None:
    ink, marker = INK[k % len(INK)], MARKERS[k % len(MARKERS)]
    line = sorted((value(row), _height(row)) for row in rows)
    if name not in ("others", "random") and len({x for x, _ in line}) == len(line) > 1:
        style = {"color": ink, "linestyle": DASHES[k % len(DASHES)], "linewidth": 0.9}
        axes.plot([x for x, _ in line], [y for _, y in line], **style)
    for applies in (True, False):
        some = [row for row in rows if bool(row.applies) == applies]
        if some:
            axes.plot(
                [value(row) for row in some],
                [_height(row) for row in some],
                marker,
                color=ink,
                markerfacecolor=ink if applies else "white",
                markersize=max(5.5 - 0.7 * k, 2.0),  # marks on each other still show
                label=name,
            )

    beyond = sorted({value(row) for row in rows if _is_beyond(row)})
    arrows: dict[str, Any] = {
        "marker": r"$\uparrow$",
        "linestyle": "",
        "color": ink,
        "markersize": 5,
    }
    axes.plot(beyond, [TOP + 0.12] * len(beyond), **arrows)


def _is_beyond(row: Tight) -> bool:
    return float(row.ratio or 0) > TOP


def _height(row: Tight) -> float:
    """The ratio; where the bound does not apply it may be far above 1, and is drawn at the top."""
    return min(float(row.ratio or 0), TOP)
