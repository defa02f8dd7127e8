r"""An upper bound on the clone's error \(\epsilon_{BC,i}\) that holds with a stated confidence.

\(\epsilon_{BC,i}=\mathbb E_{s\sim\mu_{\pi^E}}\|\hat\pi_i(\cdot\mid s)-\pi^E_i(\cdot\mid s)\|_1\)
weighs by the unknown expert's occupancy. With probability at least \(1-\delta\), for every player,

\[ \epsilon_{BC,i}\le\min\{\text{sampled}_i,\ \text{consistent}_i,\ \max_sc_i(s)\}: \]

the distances \(c_i(s)\) of `deviation` hold but for \(\delta/2\); weighed by the worst occupancy
that the trajectories allow, which `weights` gives but for another \(\delta/2\); or, where the
kernel is known, by that of the worst expert within these distances, of `consistent`. Where
trajectories begin elsewhere than the game only the second way is open, and the distances get the
whole \(\delta\). The proofs are in those modules.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import Array
from ..policy import ProductPolicy
from .consistent import consistent_errors
from .deviation import deviations
from .trajectories import Demonstrations
from .weights import Weights, sampled_weights

_DIGITS = 10**9
_AT_A_STATE = (
    "At a state seen n times the l1 distance of player i is at most c(s) = 2 max_B [q - min{p: "
    "n kl(q, p) <= ln((2^(A-1) - 1) 2 sqrt(n) |S| n_+ / delta')}], q the share of the actions B "
    "among the A actions, n_+ the players with a choice, delta' = (1 - confidence)/2 (all of it "
    "where the runs begin elsewhere than the game). Weissman et al. (2003), with relative entropy "
    "for Hoeffding's inequality, for all n at once by Ville (1939) and Krichevsky, Trofimov (1981)."
)
_WORST_STATE = "max_s c(s)"
_SAMPLED = (
    "the mean of c(s) under the worst occupancy that the runs allow (Hoeffding 1963, Theorem 1; "
    "unseen states as in McAllester, Schapire 2000)"
)
_CONSISTENT = (
    "the mean of c(s) under the worst expert within c(s) of the clone, by extended value iteration "
    "in the known kernel (Jaksch, Ortner, Auer 2010)"
)


@dataclass(frozen=True, eq=False)
class ErrorBound:
    r"""Upper bounds on \(\epsilon_{BC,i}\), all of them at once, with the confidence \(1-\delta\).

    Attributes:
        confidence: \(1-\delta\).
        per_player: the bound for each player, in [0, 2], rounded up to nine decimals.
        sampled: by the weights that the trajectories show; None where they start elsewhere.
        consistent: by the experts consistent with the data; None where the kernel is unknown.
        deviations: \(c_i(s)\), shape [n, S].
        hidden: the share of the discounted weight that lies after the ends of the trajectories.
    """

    confidence: Fraction
    per_player: tuple[Fraction, ...]
    sampled: tuple[float, ...] | None
    consistent: tuple[float, ...] | None
    deviations: Array
    hidden: float

    @property
    def largest(self) -> Fraction:
        r"""The bound on \(\epsilon_{BC}=\max_i\epsilon_{BC,i}\)."""
        return max(self.per_player)

    @property
    def formula(self) -> tuple[str, ...]:
        """What the bound is, and where it is from, in sentences without LaTeX."""
        ways = [_WORST_STATE]
        ways += [] if self.sampled is None else [_SAMPLED]
        ways += [] if self.consistent is None else [_CONSISTENT]
        return (_AT_A_STATE, f"eps_BC of player i is at most the least of: {'; '.join(ways)}.")


def error_bound(
    demonstrations: Demonstrations,
    clone: ProductPolicy,
    confidence: Fraction,
    *,
    scale: float = 1.0,
    weights: Weights | None = None,
) -> ErrorBound:
    r"""Bounds the error of the clone.

    Args:
        demonstrations: independent runs of the expert.
        clone: what `clone` made of them.
        confidence: \(1-\delta\) in (0, 1).
        scale: as if there were that many times as many demonstrations of the same kind.
        weights: what `sampled_weights` found, if that is known already.

    Raises:
        BadInput: the confidence is out of range.

    Example:
        >>> from nashgap.numeric.demonstrations import Outline, clone
        >>> shown = Demonstrations(Outline(1, [2], "1/2"), [([0] * 20, [[0]] * 20)] * 50)
        >>> float(error_bound(shown, clone(shown), Fraction(19, 20)).largest)
        0.015610569
    """
    if not 0 < confidence < 1:
        raise BadInput("confidence", f"given {confidence}", "a number between 0 and 1, as 0.95")
    delta = float(1 - confidence)
    space = demonstrations.space
    game = space if isinstance(space, MarkovGame) else None
    usable = game is None or begins_at_start(game, demonstrations)
    part = delta / 2 if usable else delta
    far = deviations(demonstrations.counts, clone, part, scale=scale)
    shown = sampled_weights(demonstrations) if weights is None else weights
    sampled = tuple(shown.bound(c, part, scale=scale) for c in far) if usable else None
    consistent = None if game is None else tuple(consistent_errors(game, clone, far))
    ways = [tuple(c.max() for c in far), *(w for w in (sampled, consistent) if w is not None)]
    best = tuple(_rounded_up(min(way[i] for way in ways)) for i in range(len(far)))
    return ErrorBound(confidence, best, sampled, consistent, far, shown.hidden)


def begins_at_start(game: MarkovGame, demonstrations: Demonstrations) -> bool:
    """Whether every trajectory begins at a state that the game may start in."""
    firsts = np.array([t.states[0] for t in demonstrations.trajectories])
    return bool((game.start[firsts] > 0).all())


def _rounded_up(x: float) -> Fraction:
    # One unit more than the ceiling covers the rounding of the floats before it.
    return min(Fraction(math.ceil(x * _DIGITS) + 1, _DIGITS) if x > 0 else Fraction(0), Fraction(2))
