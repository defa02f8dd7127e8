r"""The largest and the smallest Nash gap of a learner within \(\varepsilon\), over \(\varepsilon\).

M and m are monotone, so that bounds at two errors bound everything between them: M is at least its
lower bound at the left end and at most its upper bound at the right end. That is the band that is
drawn; where it is thin, the number is known.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from nashgap.theory.errors import BadInput

from .style import INK, panels, paper

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FINE = 200
"""Points at which an exact curve is drawn."""


class Bounded(Protocol):
    """Proved bounds at one error."""

    @property
    def eps(self) -> Fraction:
        """The error."""
        ...

    @property
    def lower(self) -> Fraction:
        """At least this."""
        ...

    @property
    def upper(self) -> Fraction:
        """At most this."""
        ...


class Curved(Protocol):
    """A number known exactly at every error."""

    @property
    def kinks(self) -> Sequence[Any]:
        """Errors at which the formula changes."""
        ...

    def value(self, eps: Fraction) -> Fraction:
        """The number at one error."""
        ...


def plot_gaps(
    largest: Sequence[Bounded] | Curved,
    smallest: Sequence[Bounded] = (),
    *,
    error: str = "bc",
    most: Fraction = Fraction(2),
) -> "Figure":
    r"""M and m over \(\varepsilon\).

    Args:
        largest: bounds on M in rising order of the error, or the exact curve.
        smallest: bounds on m in rising order of the error, or nothing.
        error: "bc", "mu" or "rho", for the label.
        most: the largest error up to which an exact curve is drawn.

    Raises:
        BadInput: nothing to draw.
        NashgapError: Matplotlib is not installed.
    """
    if not isinstance(largest, Sequence):
        exact: Curved | None = largest
        bounds: Sequence[Bounded] = ()
    else:
        exact, bounds = None, largest
    if exact is None and not bounds and not smallest:
        raise BadInput("plot", "nothing to draw", "bounds on M or m, or the curve of M")
    with paper():
        figure, (axes,) = panels(1, 2.1)
        if exact is not None:
            _curve(axes, exact, most)
        _band(axes, bounds, INK[0], "$M$", rising=True)
        _band(axes, smallest, INK[1], "$m$", rising=False)
        axes.set_xlabel(rf"$\varepsilon_{{\mathrm{{{_subscript(error)}}}}}$ at most")
        axes.set_ylabel("Nash gap")
        axes.margins(x=0.02)
        axes.set_ylim(bottom=0)
        figure.legend(loc="outside upper left", ncols=2)
    return figure


def _subscript(error: str) -> str:
    return {"bc": "BC", "mu": r"\mu", "rho": r"\rho"}[error]


def _curve(axes: "Axes", curve: Curved, most: Fraction) -> None:
    places = [most * k / FINE for k in range(FINE + 1)]
    axes.plot(
        [float(x) for x in places],
        [float(curve.value(x)) for x in places],
        color=INK[0],
        label="$M$, exact",
    )
    kinks = [Fraction(float(k)) for k in curve.kinks if float(k) <= float(most)]
    if kinks:
        axes.plot(
            [float(k) for k in kinks],
            [float(curve.value(k)) for k in kinks],
            "o",
            color=INK[0],
            label="kink",
        )


def _band(axes: "Axes", bounds: Sequence[Bounded], ink: str, name: str, *, rising: bool) -> None:
    if not bounds:
        return
    if any(a.eps >= b.eps for a, b in pairwise(bounds)):
        raise BadInput("bounds", "errors that do not rise", "bounds in rising order of the error")
    x: list[float] = []
    low: list[float] = []
    high: list[float] = []
    for left, right in pairwise(bounds):
        first, last = (left, right) if rising else (right, left)
        x += [float(left.eps), float(right.eps)]
        low += [float(first.lower)] * 2
        high += [float(last.upper)] * 2
    axes.fill_between(x, low, high, color=ink, alpha=0.2, linewidth=0, label=f"{name}, proved band")
    # At the errors themselves bounds are closest: a point where they meet, else a bar.
    for met, style in ((True, "o"), (False, "none")):
        some = [b for b in bounds if (b.lower == b.upper) == met]
        if not some:
            continue
        middle = [float(b.lower + b.upper) / 2 for b in some]
        half = [float(b.upper - b.lower) / 2 for b in some]
        axes.errorbar(
            [float(b.eps) for b in some],
            middle,
            yerr=None if met else half,
            fmt=style,
            color=ink,
            capsize=1.8,
            elinewidth=0.9,
            label=f"{name}, exact" if met else f"{name}, proved bounds",
        )
