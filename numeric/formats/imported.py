r"""What a conversion hands back: the game, the map of its payoffs, and what was lost.

Rewards must lie in [-1, 1]. Payoffs beyond it are mapped exactly by
\(u_i=h\,r_i+c_i\), one scale h > 0 for all players and one shift \(c_i\) each. Equilibria stay what
they are; every gap of the original is h times that of the game here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from .. import tables
from ..game import MarkovGame
from ..numbers import Array, short, text
from ..policy import ProductPolicy


@dataclass(frozen=True)
class Affine:
    r"""\(u_i=h\,r_i+c_i\), from rewards to payoffs.

    Attributes:
        scale: h > 0.
        shifts: \(c_i\), one a player.

    Example:
        >>> Affine(Fraction(5), (Fraction(0), Fraction(1))).text
        'payoff = 5*reward + (0, 1)'
    """

    scale: Fraction
    shifts: tuple[Fraction, ...]

    @property
    def is_identity(self) -> bool:
        """Whether payoffs are the rewards."""
        return self.scale == 1 and not any(self.shifts)

    @property
    def text(self) -> str:
        """In a formula."""
        return f"payoff = {text(self.scale)}*reward + ({', '.join(map(text, self.shifts))})"

    def payoffs(self, rewards: Array) -> Array:
        """Payoffs of rewards, shape [n, ...]."""
        shift = np.array([*self.shifts], dtype=object).reshape(-1, *[1] * (rewards.ndim - 1))
        found: Array = rewards * self.scale + shift
        return found


@dataclass(frozen=True)
class Imported:
    """A game from another format.

    Attributes:
        game: the game.
        affine: how its rewards become the original payoffs.
        lost: what the original says and the game does not, in sentences; empty if nothing.
        added: what the game says and the original does not, such as a start.
        notes: what was ignored or renormalised.
        policies: of the expert and of the learner, by role; only our own format has them.
    """

    game: MarkovGame
    affine: Affine
    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    policies: Mapping[str, ProductPolicy] = field(default_factory=dict)


@dataclass(frozen=True)
class Exported:
    """A game in another format.

    Attributes:
        content: the text or the object.
        lost: what the game says and the other format does not, in sentences.
    """

    content: Any
    lost: tuple[str, ...] = ()


def rescaled(payoffs: Array, *, also_zero: bool = False) -> tuple[Array, Affine]:
    """Maps payoffs into [-1, 1], unchanged where they lie there already.

    Args:
        payoffs: exact, shape [n, ...].
        also_zero: payoff 0 must have a reward as well.

    Example:
        >>> rewards, affine = rescaled(np.array([[Fraction(0), Fraction(6)]], dtype=object))
        >>> rewards.tolist(), affine.text
        ([[Fraction(-1, 1), Fraction(1, 1)]], 'payoff = 3*reward + (3)')
    """
    flat = [[*row.ravel().tolist(), *([Fraction(0)] if also_zero else [])] for row in payoffs]
    if all(abs(x) <= 1 for row in flat for x in row):
        return payoffs, Affine(Fraction(1), (Fraction(0),) * len(flat))
    shifts = tuple((max(row) + min(row)) / 2 for row in flat)
    scale = max((max(row) - min(row)) / 2 for row in flat) or Fraction(1)
    shift = np.array([*shifts], dtype=object).reshape(-1, *[1] * (payoffs.ndim - 1))
    return (payoffs - shift) / scale, Affine(scale, shifts)


def exact_table(given: Any, shape: Sequence[int], where: str) -> Array:
    """Reads a table of numbers exactly, each float as the decimal that it prints as.

    Raises:
        BadInput: another shape, or an entry that is not a finite number.
    """
    return tables.as_exact(tables.table(given, shape, where))


def normalised(rows: Array, where: str) -> tuple[Array, tuple[str, ...]]:
    """Rows of rounded floats divided by their sums, and what to say about it; others as they are.

    Example:
        >>> third = Fraction("0.3333333333333333")
        >>> found, note = normalised(np.array([[third] * 3], dtype=object), "Q")
        >>> found.tolist(), note
        ([[Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)]], ('Q: rows missed 1 by up to 1e-16',))
    """
    sums = rows.sum(axis=-1, keepdims=True)
    off = abs(sums - 1)
    near = (off > 0) & (off <= Fraction(1, 10**9))
    if not near.any():
        return rows, ()
    note = f"{where}: rows missed 1 by up to {float((off * near).max()):.1g}"
    sums[~near] = Fraction(1)
    return rows / sums, (note,)


def affine_or_identity(affine: Affine | None, players: int) -> Affine:
    """The map that was given, or that of payoffs that are the rewards.

    Raises:
        BadInput: it is for another number of players, or its scale is not positive.
    """
    if affine is None:
        return Affine(Fraction(1), (Fraction(0),) * players)
    if len(affine.shifts) != players or affine.scale <= 0:
        raise BadInput("affine", f"given {short(affine)}", f"{players} shifts, a positive scale")
    return affine
