r"""\(\delta_i(\varepsilon)\) as the step function it is: filled and open ends, and what is open."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nashgap.theory.errors import BadInput

from ..modulus import Modulus
from .style import look, panels, paper

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def plot_moduli(moduli: Sequence[Modulus], *, most: Fraction = Fraction(2)) -> "Figure":
    r"""The moduli of some players up to an error.

    A filled end belongs to the step, an open one does not. Hatched: proved bounds that do not meet.

    Args:
        moduli: one a player.
        most: the largest error drawn, in (0, 2].

    Raises:
        BadInput: nothing to draw, or an error out of range.
        NashgapError: Matplotlib is not installed.
    """
    if not moduli:
        raise BadInput("plot", "nothing to draw", "the modulus of at least one player")
    if not 0 < most <= 2:
        raise BadInput("most", f"given {most}", "an error in (0, 2]")
    with paper():
        figure, (axes,) = panels(1, 2.1)
        for k, modulus in enumerate(moduli):
            _steps(axes, modulus, k, most)
        axes.set_xlabel(r"opponents' error $\varepsilon$")
        axes.set_ylabel(r"$\delta(\varepsilon)$")
        axes.set_xlim(-0.02 * float(most), 1.02 * float(most))
        axes.set_ylim(-0.06, 2.12)
        axes.legend(loc="best")
    return figure


def _steps(axes: "Axes", modulus: Modulus, k: int, most: Fraction) -> None:
    # Lines on each other show both: those drawn later are thinner.
    style: dict[str, Any] = {**look(k), "linewidth": max(2.4 - 0.8 * k, 0.8)}
    places = sorted(x for x in {Fraction(0), most, *_places(modulus)} if x <= most)
    named = False
    for left, right in pairwise(places):
        middle = (left + right) / 2
        low, high = modulus.lower(middle), modulus.upper(middle)
        span = [float(left), float(right)]
        label = None if named else f"player {modulus.player}"
        named = True
        axes.plot(span, [float(low)] * 2, label=label, **style)
        if low < high:
            axes.fill_between(
                span,
                float(low),
                float(high),
                facecolor="none",
                edgecolor=style["color"],
                hatch="////",
                linewidth=0,
                alpha=0.5,
            )
    for place in places[:-1]:
        _ends(axes, modulus, place, style["color"])


def _places(modulus: Modulus) -> set[Fraction]:
    return {step.at for step in modulus.steps} | {error for error, _ in modulus.ceilings}


def _ends(axes: "Axes", modulus: Modulus, place: Fraction, ink: str) -> None:
    """Where the lower bound jumps: the value at the place filled, that beyond it open."""
    beyond = max((step.value for step in modulus.steps if step.at <= place), default=Fraction(0))
    here = modulus.lower(place)
    if here != beyond:
        axes.plot(float(place), float(here), "o", color=ink)
        axes.plot(float(place), float(beyond), "o", color=ink, markerfacecolor="white")
        axes.plot([float(place)] * 2, [float(here), float(beyond)], ":", color=ink, linewidth=0.7)
