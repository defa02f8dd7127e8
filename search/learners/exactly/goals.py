"""One program of a search: without variables that do not matter, in rationals and in floats."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.polynomials.bernstein import is_flat

from ..result import Error
from .ascent import Ascent
from .program import Program, Space, largest_programs, reduced, smallest_program
from .rounding import norms


@dataclass(frozen=True, eq=False)
class Goal:
    """A program in the variables that matter to it.

    Attributes:
        exact: in rationals, on the cube. kept: which variables of the space it has; the others are
            the expert's.
    """

    exact: Program
    kept: tuple[int, ...]

    @cached_property
    def floats(self) -> Program:
        """In floats, on the cube."""
        return self.exact.as_float()

    @cached_property
    def sizes(self) -> Program:
        """The norms of its polynomials."""
        return norms(self.floats)

    @cached_property
    def ascent(self) -> Ascent:
        """Its local search."""
        return Ascent(self.floats)

    @property
    def bound(self) -> Fraction:
        """The bound that the coefficients of the objectives give."""
        ratios = [max(np.atleast_1d(n / d).ravel().tolist()) for n, d in self.exact.objectives]
        least: Any = min(ratios)
        return Fraction(int(least.p), int(least.q))


def goals(space: Space, eps: Fraction, error: Error, sign: int) -> Iterator[Goal]:
    """The programs of the largest (sign 1) or the smallest gap (sign -1)."""
    home, fixing = space.point(space.expert), _fixing(space, eps, error)
    programs = (
        largest_programs(space, eps, error)
        if sign > 0
        else iter([smallest_program(space, eps, error)])
    )
    for program in programs:
        flat = {k: home[k] for k in range(len(home)) if all(is_flat(p, k) for p in program.tensors)}
        # Fixed rows are all that an error of 0 asks for.
        small = reduced(replace(program, balls=()) if fixing else program, fixing | flat)
        yield Goal(small, tuple(k for k in range(len(home)) if k not in fixing | flat))


def _fixing(space: Space, eps: Fraction, error: Error) -> dict[int, Fraction]:
    """Without an error the visited rows are the expert's.

    Equal occupancies of pairs are equal policies where they visit (Bergerault, Cevher, Mehr 2026,
    Theorem 1).
    """
    if eps > 0 or error == "mu":
        return {}
    seen = occupancy(space.game, space.expert)[0]
    home = space.point(space.expert)
    return {k: home[k] for k, (_, s, _) in enumerate(space.variables) if seen[s] > 0}


def influence(program: Program, threshold: float) -> list[float]:
    """How much a program in floats varies along each variable of its box."""
    found = np.zeros(program.objectives[0][0].ndim)
    parts = [n - threshold * d for n, d in program.objectives]
    for ball in program.balls:
        parts += [ball.cap, *ball.terms]
    for p in parts:
        size = float(np.abs(p).max()) or 1.0
        for axis in range(p.ndim):
            if p.shape[axis] > 1:
                found[axis] += float(np.abs(np.diff(p, axis=axis)).max()) / size
    return [float(x) for x in found]
