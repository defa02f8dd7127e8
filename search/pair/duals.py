r"""Directions in which a proof has to look: those of the dual solution at a game.

With a kernel given, the largest gap is a linear program. Let \(y\ge0\) and \(z\) be the multipliers
of a node's rows for \(W\) and \(U\): moving the node's weights \(p\) changes the optimum, to first
order, by \(\gamma\,p\cdot(yW+zU)\). If the kernel is a best one and the dual solution the only
one, its weights lie where \(yW_t+zU_t\) is largest, and the node's row in the direction \((y,z)\)
has no slack there: a relaxation with these directions is exact at the game, and its tree can end at
the game's gap.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from .. import lp
from .bound import Solution
from .hull import near
from .program import Direction, Program

_LARGEST, _COARSE = 10**9, 10**6


def dual_directions(program: Program, solution: Solution) -> tuple[Direction, ...]:
    """One direction for each node that has a share in the dual solution, each once.

    Args:
        program: the case.
        solution: a kernel of it; its optimum is found anew.
    """
    rows = tuple(program.fixed(solution.weights, solution.picks))
    found = lp.maximise(program.objective, rows, program.boxes(rows))
    if not isinstance(found, lp.Optimum):
        return ()
    return tuple(dict.fromkeys(_directions(program, solution, found)))


def _directions(program: Program, solution: Solution, best: lp.Optimum) -> Iterator[Direction]:
    for node in program.live(solution.picks):
        y = {kind: best.multipliers.get(f"{node.name} {kind}", Fraction(0)) for kind in _KINDS}
        direction = whole(y["w"], y["u+"] - y["u-"])
        if direction is not None and node.takes(*direction):
            yield direction


_KINDS = ("w", "u+", "u-")


def whole(a: Fraction, b: Fraction) -> Direction | None:
    """The same direction in integers without a common factor, rounded where they are large.

    Example:
        >>> whole(Fraction(1, 2), Fraction(-1, 3)), whole(Fraction(0), Fraction(0))
        ((3, -2), None)
    """
    largest = max(abs(a), abs(b))
    if not largest:
        return None
    x, y = a / largest, b / largest
    size = lcm(x.denominator, y.denominator)
    return (int(x * size), int(y * size)) if size <= _LARGEST else near(x, y, _COARSE)
