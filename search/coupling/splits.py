"""Where ranges of disagreements and of regrets are best split."""

from collections.abc import Iterable
from fractions import Fraction
from math import sqrt

from ..checkers.two_states import KINDS, REGRETS, Ranges, later_worth
from .corners import Corner, Scene
from .small_lp import Floats

Place = tuple[str, int]
Split = tuple[Place, Fraction]
ERRORS: tuple[Place, ...] = tuple((kind, s) for kind in KINDS for s in (0, 1))
_FINE = 1000
"""Greatest denominator of a point at which a range is split, unless it is a middle."""
_NARROW = Fraction(1, 10**6)
"""Ranges are not split further."""
_CLEAR = Fraction(21, 20)
"""Ranges of regrets whose ends have a smaller ratio are not split."""
_FLAT = 1e-9
"""A smaller spread is rounding."""
_ZERO = Fraction(0)


def spread(
    scene: Scene, cut: Ranges, corners: list[Corner], point: Floats
) -> tuple[Split | None, Ranges]:
    """Where the solution lies furthest apart, or gains most from the greatest a; its middle."""
    g = scene.discount
    together, visits = point[0], point.sum(axis=0)
    centre: Ranges = {}
    apart: dict[Place, float] = {}
    for s in (0, 1):
        here = [(m, c) for m, c in zip(visits.tolist(), corners, strict=True) if c[0] == s]
        weight = sum(m for m, _ in here)
        for kind, entry in (("own", 1), ("others", 2)):
            held = [(m, float(c[entry])) for m, c in here]
            low, high = cut[kind, s]
            mean = sum(m * v for m, v in held) / weight if weight else float(low)
            middle = min(max(Fraction(mean).limit_denominator(_FINE**2), low), high)
            centre[kind, s] = middle, middle
            if high - low > _NARROW:
                apart[kind, s] = sum(m * abs(v - mean) for m, v in held)
    most, mean = cut["own", 0][1], centre["own", 0][0]
    if ("own", 0) in apart and mean < most:
        later = sum(n * float((1 - a) * q) for n, (_, a, q) in zip(together, corners, strict=True))
        apart["own", 0] += float(g * (later_worth(most, g) - later_worth(mean, g))) * later
    place = max(apart, key=lambda x: apart[x], default=None)
    if place is None or apart[place] < _FLAT:
        return widest(cut, ERRORS), centre
    (low, high), middle = cut[place], centre[place][0].limit_denominator(_FINE)
    return (place, middle if low < middle < high else (low + high) / 2), centre


def widest(cut: Ranges, places: Iterable[Place]) -> Split | None:
    """The middle of the widest of these ranges, unless all are narrow."""
    place = max(places, key=lambda x: cut[x][1] - cut[x][0])
    low, high = cut[place]
    return (place, (low + high) / 2) if high - low > _NARROW else None


def regret(ranges: Ranges, g: Fraction) -> Split | None:
    """The middle, on a scale of ratios, of the regret that is known the least."""
    unit = (1 - g) / 10
    best, split = _CLEAR, None
    for place in REGRETS:
        low, high = ranges[place]
        if low < 0 < high:
            return place, _ZERO
        near, far = sorted((abs(low), abs(high)))
        ratio = (far + unit) / (near + unit)
        if ratio > best:
            root = Fraction(sqrt((far + unit) * (near + unit))) - unit
            middle = root.limit_denominator(10 * int(1 / unit))
            if not near < middle < far:  # rounded to an end
                middle = (near + far) / 2
            best, split = ratio, (place, middle if high > 0 else -middle)
    return split
