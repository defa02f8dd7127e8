"""What an equilibrium finder returns: an exact policy and exactly how far it is off."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..game import MarkovGame
from ..gaps import nash_gap
from ..numbers import Array
from ..policy import ProductPolicy

_DYADIC = 2**40
_SIMPLE = 10**5
_DUST = 1e-11


@dataclass(frozen=True)
class Equilibrium:
    """A stationary profile and its Nash gap.

    Attributes:
        policy: in Fractions.
        gap: its Nash gap from the start, computed in rationals from the definition.
        method: how it was found; says nothing about how good it is.
    """

    policy: ProductPolicy
    gap: Fraction
    method: str

    @property
    def exact(self) -> bool:
        """Whether the policy is an equilibrium, not only near one."""
        return self.gap == 0


def certify(game: MarkovGame, policy: ProductPolicy, method: str) -> Equilibrium:
    """An exact policy with its exact Nash gap on an exact game."""
    return Equilibrium(policy, Fraction(nash_gap(game, policy)), method)


def certify_floats(game: MarkovGame, tables: Sequence[Array], method: str) -> Equilibrium:
    """A float profile made exact: by simple fractions if they are an equilibrium, else by dyadics.

    Args:
        game: an exact game.
        tables: [S, A_i] for each player, rows near distributions.
        method: recorded in the result.
    """
    simple = [_simple(table) for table in tables]
    found: list[Equilibrium] = []
    if all(table is not None for table in simple):
        found.append(certify(game, ProductPolicy(simple), method))
        if found[0].exact:
            return found[0]
    found.append(certify(game, ProductPolicy([dyadic(table) for table in tables]), method))
    return min(found, key=lambda e: e.gap)


def dyadic(table: Array) -> Array:
    """Distributions in multiples of 2^-40 next to a float table; dust below 1e-11 becomes 0.

    Example:
        >>> import numpy as np
        >>> dyadic(np.array([[1e-15, 0.25, 0.75]])).tolist()
        [[Fraction(0, 1), Fraction(1, 4), Fraction(3, 4)]]
    """
    near = np.where(table < _DUST, 0.0, table)
    whole = np.rint(near / near.sum(axis=1, keepdims=True) * _DYADIC).astype(np.int64)
    rows = np.arange(len(whole))
    whole[rows, whole.argmax(axis=1)] += _DYADIC - whole.sum(axis=1)
    out = np.empty(whole.shape, dtype=object)
    out.ravel()[:] = [Fraction(x, _DYADIC) for x in whole.ravel().tolist()]
    return out


def _simple(table: Array) -> Array | None:
    """Fractions of small denominator within 1e-11 of each entry, or None."""
    out = np.empty(table.shape, dtype=object)
    for place, x in np.ndenumerate(table):
        near = Fraction(float(x)).limit_denominator(_SIMPLE)
        if abs(float(near) - x) > _DUST or near < 0:
            return None
        out[place] = near
    return out if (out.sum(axis=1) == 1).all() else None
