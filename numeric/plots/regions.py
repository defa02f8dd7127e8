r"""Where in the plane of two symbols a condition holds, fails, or is left open."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from nashgap.theory.conditions import Conditions
from nashgap.theory.errors import BadInput

from ..numbers import Array
from .style import panels, paper

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HOLDS, OPEN, FAILS = "#009E73", "#E69F00", "#FFFFFF"
POINTS = 161


def plot_region(
    found: Conditions, across: tuple[str, str], at: Mapping[str, Fraction] | None = None
) -> "Figure":
    r"""The plane of two symbols, the others fixed.

    Args:
        found: the conditions.
        across: the symbols of the horizontal and of the vertical axis.
        at: a value for each further symbol.

    Raises:
        BadInput: a symbol is unknown, missing or out of its range.
        NashgapError: Matplotlib is not installed.
    """
    fixed = dict(at or {})
    _check(found, across, fixed)
    (left, right), (low, high) = (found.ranges.bounds[name] for name in across)
    first = _inside(left, right)
    second = _inside(low, high)
    with paper():
        from matplotlib.colors import ListedColormap
        from matplotlib.patches import Patch

        figure, (axes,) = panels(1, 2.6)
        shades = _shades(found, across, fixed, first, second)
        axes.imshow(
            shades,
            origin="lower",
            extent=(float(left), float(right), float(low), float(high)),
            aspect="auto",
            cmap=ListedColormap([FAILS, OPEN, HOLDS]),
            vmin=0,
            vmax=2,
            interpolation="nearest",
        )
        axes.grid(visible=False)
        axes.set_xlabel(_name(across[0]))
        axes.set_ylabel(_name(across[1]))
        told = ", ".join(f"{_name(k)} = {v}" for k, v in fixed.items())
        axes.set_title(f"{found.concept}{f', {told}' if told else ''}")
        words = ["fails", "open: between the two sides", "holds"]
        keys = [
            Patch(facecolor=colour, edgecolor="#555555", linewidth=0.5, label=word)
            for k, (colour, word) in enumerate(zip((FAILS, OPEN, HOLDS), words, strict=True))
            if k != 1 or not found.exact
        ]
        figure.legend(handles=keys, loc="outside lower center", ncols=3)
    return figure


def _check(found: Conditions, across: tuple[str, str], fixed: Mapping[str, Fraction]) -> None:
    names = list(found.ranges.bounds)
    if across[0] == across[1] or any(name not in names for name in across):
        given = " and ".join(repr(name) for name in across)
        raise BadInput("plot", given, f"two of the symbols {', '.join(names)}")
    others = [name for name in names if name not in across]
    missing = [name for name in others if name not in fixed]
    if missing:
        raise BadInput("plot", f"no value for {', '.join(missing)}", "a value for each of them")
    for name, value in fixed.items():
        if name not in others:
            raise BadInput("plot", f"a value for {name}", f"values for {', '.join(others)} only")
        low, high = found.ranges.bounds[name]
        if not low < value < high:
            raise BadInput("plot", f"{name} = {value}", f"a value between {low} and {high}")


def _inside(low: Fraction, high: Fraction) -> Array:
    """The middles of equal cells."""
    width = float(high - low) / POINTS
    return float(low) + width * (np.arange(POINTS) + 0.5)


def _shades(
    found: Conditions,
    across: tuple[str, str],
    fixed: Mapping[str, Fraction],
    first: Array,
    second: Array,
) -> Array:
    """0 where it fails, 1 where it is open, 2 where it holds; floats, for the eye only."""
    grid: dict[str, Any] = {name: float(value) for name, value in fixed.items()}
    grid[across[0]], grid[across[1]] = np.meshgrid(first, second)
    holds, may = _all(found, found.sufficient, grid), _all(found, found.necessary, grid)
    shades = np.where(holds, 2, np.where(may, 0 if found.exact else 1, 0)).astype(float)
    allowed = np.ones_like(grid[across[0]], dtype=bool)
    for polynomial in found.ranges.further:
        allowed &= _value(polynomial, found, grid) > 0
    return np.where(allowed, shades, np.nan)


def _all(found: Conditions, clauses: Any, grid: Mapping[str, Any]) -> Array:
    total = np.ones((POINTS, POINTS), dtype=bool)
    for clause in clauses:
        one = np.zeros_like(total)
        for atom in clause.atoms:
            one |= atom.sign.of_each(_value(atom.polynomial, found, grid))
        total &= one
    return total


def _value(polynomial: Any, found: Conditions, grid: Mapping[str, Any]) -> Array:
    names = list(found.ranges.bounds)
    total = np.zeros((POINTS, POINTS))
    for powers, coefficient in polynomial.terms():
        term = np.full((POINTS, POINTS), float(coefficient))
        for name, power in zip(names, powers, strict=True):
            term = term * grid[name] ** power
        total += term
    return total


def _name(symbol: str) -> str:
    greek = {"gamma", "alpha", "beta", "delta", "epsilon", "lambda", "tau", "theta"}
    return rf"$\{symbol}$" if symbol in greek else f"${symbol}$" if len(symbol) == 1 else symbol
