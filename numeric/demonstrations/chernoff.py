r"""Inverses of the binary relative entropy, rounded to the safe side.

\(\mathrm{kl}(q,p)=q\ln\frac qp+(1-q)\ln\frac{1-q}{1-p}\).
"""

import math
from collections.abc import Callable

_HALVINGS = 60


def relative_entropy(q: float, p: float) -> float:
    r"""\(\mathrm{kl}(q,p)\ge0\) for q, p in [0, 1]; infinite where p excludes what q allows.

    Example:
        >>> relative_entropy(1.0, 0.5) == math.log(2), relative_entropy(0.5, 0.0)
        (True, inf)
    """
    return _part(q, p) + _part(1 - q, 1 - p)


def lower(q: float, budget: float) -> float:
    r"""A number just below \(\min\{p\le q:\mathrm{kl}(q,p)\le\text{budget}\}\).

    Example:
        >>> abs(lower(1.0, 0.1) - math.exp(-0.1)) < 1e-12, lower(0.0, 1.0)
        (True, 0.0)
    """
    return _outermost(q, 0.0, lambda p: relative_entropy(q, p) > budget)


def upper(q: float, budget: float) -> float:
    r"""A number just above \(\max\{p\ge q:\mathrm{kl}(q,p)\le\text{budget}\}\).

    Example:
        >>> abs(upper(0.0, 0.1) - (1 - math.exp(-0.1))) < 1e-12, upper(1.0, 1.0)
        (True, 1.0)
    """
    return _outermost(q, 1.0, lambda p: relative_entropy(q, p) > budget)


def _outermost(inside: float, outside: float, excluded: Callable[[float], bool]) -> float:
    """Halves the interval towards the edge of what is excluded; ends on the excluded side."""
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if excluded(middle):
            outside = middle
        else:
            inside = middle
    return outside


def _part(x: float, y: float) -> float:
    if x <= 0:
        return 0.0
    return math.inf if y <= 0 else x * math.log(x / y)
