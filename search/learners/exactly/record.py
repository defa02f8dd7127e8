"""The best learner known to a search: exact, within the error, improved by points in floats."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy

from ..climb import between
from ..result import Error, error_of
from .equilibrium import equilibrium_near
from .program import Point, Space

SHORT = 3_000
"""Coordinates of larger denominators are taken for roundings."""
NEAR = 1e-6
CLOSE = 1e-8
"""Points of short coordinates this close are tried; a chance hit is then unlikely."""
ABOUT_ZERO = Fraction(1, 10**6)
BACK = (44, 36, 28, 20, 12)
"""Powers of 1/2 by which a point outside the error is moved to the expert."""


@dataclass
class Record:
    """The best learner so far.

    Attributes:
        best: sign times its Nash gap.
        is_corner: whether it is thought to be the best of all, with short numbers.
        is_zero: whether an equilibrium within the error is known to exist near it, so that the
            smallest gap is 0.
    """

    space: Space
    eps: Fraction
    error: Error
    sign: int
    best: Fraction
    learner: ProductPolicy
    is_corner: bool = False
    is_zero: bool = False

    def offer(self, kept: Sequence[int], place: Sequence[float]) -> None:
        """Takes the best exact learner near a point, the kept variables being given."""
        home = self.space.point(self.space.expert)
        for size in (60, SHORT, 2**40):
            near, far = list(home), 0.0
            for k, x in zip(kept, place, strict=True):
                near[k] = Fraction(x).limit_denominator(size)
                far = max(far, abs(float(near[k]) - x))
            if far <= (NEAR if size == 60 else CLOSE):
                self.take(tuple(near), () if size < 2**40 else BACK)
        if self.sign < 0 and -ABOUT_ZERO < self.best < 0 and not self.is_zero:
            floats = [float(x) for x in home]
            for k, x in zip(kept, place, strict=True):
                floats[k] = x
            self.is_zero = equilibrium_near(self.space, floats, self.eps, self.error)

    def take(self, point: Point, back: Sequence[int], *, is_corner: bool = False) -> None:
        """Takes the learner of the point, or one moved to the expert by a power of 1/2."""
        learner = self._within(point, back)
        if learner is None:
            return
        value = self.sign * Fraction(nash_gap(self.space.game, learner))
        if value > self.best:
            self.best, self.learner, self.is_corner = value, learner, is_corner

    def is_cut_at(self, x: Fraction) -> bool:
        """Whether pieces may be cut at this coordinate of the best learner."""
        return self.is_corner or x.denominator <= SHORT

    def _within(self, point: Point, back: Sequence[int]) -> ProductPolicy | None:
        space = self.space
        tables = space.tables(point)
        if any(x < 0 for table in tables for x in table.ravel()):
            return None
        learner = ProductPolicy([t.tolist() for t in tables])
        weights = occupancy(space.game, space.expert)[0]
        for part in (Fraction(0), *(Fraction(1, 2**k) for k in back)):
            moved = between(space.expert, learner, 1 - part, weights) if part else learner
            if error_of(space.game, space.expert, moved, self.error) <= self.eps:
                return moved
        return None
