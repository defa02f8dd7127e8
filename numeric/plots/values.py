r"""What games reach and what bounds promise, in numbers, over \(\gamma\), \(\varepsilon\) or n."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from nashgap.theory.errors import BadInput

from ..tightness import Tight, Tightness
from .style import MARKERS, look, panels, paper
from .tight import AXES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDE, _FEW = 30.0, 300.0
"""Beyond the first quotient of the largest and the least number the axis is logarithmic; below the
second its ticks are 1, 2 and 5."""


def plot_values(found: Sequence[Tightness], over: str) -> "Figure":
    r"""The gap of games against one parameter, below the lines of the bounds.

    Args:
        found: several bounds measured on the same games; what is reached is that of the first.
        over: "gamma", "eps" or "n", which the games were moved along.

    Raises:
        BadInput: no game was moved along it.
        NashgapError: Matplotlib is not installed.
    """
    axis = {key: (label, value) for key, label, value in AXES}.get(over)
    rows = found[0].rows if found else ()
    names = list(dict.fromkeys(r.case.name for r in rows if over in r.case.parameters))
    if axis is None or not names:
        raise BadInput("plot", f"no game moved along {over!r}", "--over with gamma, eps or n")
    label, value = axis
    moved = [row for row in found[0].rows if row.case.name in names]  # at the default, too
    with paper():
        figure, (axes,) = panels(1, 2.3)
        for k, one in enumerate(found):
            for name in names:
                _line(axes, one, name, value, k, several=len(names) > 1)
        if _is_gap(found[0]):
            ceiling = sorted((value(r), 2 / (1 - float(r.case.game.discount))) for r in moved)
            axes.plot(*zip(*ceiling, strict=True), ":", color="#555555", label=r"$2/(1-\gamma)$")
        for k, name in enumerate(names):
            own = [row for row in moved if row.case.name == name and row.reached is not None]
            own.sort(key=value)
            axes.plot(
                [value(row) for row in own],
                [float(row.reached or 0) for row in own],
                MARKERS[k % len(MARKERS)],
                color="#000000",
                markerfacecolor="white",
                markersize=4.5,
                label=f"game {name}",
            )
        _scale(axes, found)
        axes.set_xlabel(label)
        axes.set_ylabel("Nash gap" if _is_gap(found[0]) else found[0].statement.split(" <= ")[0])
        if over == "n":
            axes.set_xticks(sorted({int(value(row)) for row in moved}))
        figure.legend(loc="outside lower center", ncols=2)
    return figure


def _is_gap(found: Tightness) -> bool:
    return found.statement.startswith("NashGap <=")


def _line(
    axes: "Axes",
    one: Tightness,
    name: str,
    value: Callable[[Tight], float],
    k: int,
    *,
    several: bool,
) -> None:
    """What one bound promises for one family."""
    rows = [row for row in one.rows if row.case.name == name]
    line = sorted((value(row), float(row.promised)) for row in rows if row.promised is not None)
    if line:
        said = f"{one.label}, {name}" if several else one.label
        axes.plot(*zip(*line, strict=True), label=said, **look(k))


def _scale(axes: "Axes", found: Sequence[Tightness]) -> None:
    from matplotlib.ticker import FormatStrFormatter, LogLocator, NullFormatter

    shown = [x for one in found for row in one.rows for x in (row.reached, row.promised)]
    sizes = [float(x) for x in shown if x]
    if sizes and min(sizes) > 0 and max(sizes) > _WIDE * min(sizes):
        axes.set_yscale("log")
        if max(sizes) < _FEW * min(sizes):  # powers of ten alone would be one or two
            axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
            axes.yaxis.set_major_formatter(FormatStrFormatter("%g"))
        axes.yaxis.set_minor_formatter(NullFormatter())
    else:
        axes.set_ylim(bottom=0)
