r"""How far the clone can be from the expert at one state.

Player i was seen n times at s, action a in a share \(\hat\pi_i(a\mid s)\) of them. With probability
at least \(1-\delta\), for all players i, states s and numbers of visits at once,

\[ \|\hat\pi_i(\cdot\mid s)-\pi^E_i(\cdot\mid s)\|_1\le c_i(s)=2\max_{B\subset A_i}\Bigl[
   \hat\pi_i(B\mid s)-\min\bigl\{p:\ n\,\mathrm{kl}(\hat\pi_i(B\mid s),p)\le\ell_i(n)\bigr\}\Bigr],
   \qquad \ell_i(n)=\ln\frac{(2^{A_i-1}-1)\,2\sqrt n\,|S|\,n_+}{\delta}, \]

\(n_+\) the number of players with a choice. Where n = 0 it is the distance from the default to the
farthest distribution, \(2(1-\min_a\hat\pi_i(a\mid s))\).

Assumed: whenever s is visited the expert's player i draws an action from the same
\(\pi^E_i(\cdot\mid s)\), whatever happened before. Not assumed: where trajectories start, when they
stop (before the next action is drawn), and that they are independent of one another.

Proof. Fix i, s and a set B of actions; at visits to s the indicator of B is 1 with probability
\(p=\pi^E_i(B\mid s)\) given the past. After n visits with k ones let
\(M_n=\int_0^1 t^k(1-t)^{n-k}\,w(dt)\,/\,p^k(1-p)^{n-k}\), w the Beta(1/2, 1/2) distribution: a
non-negative martingale from 1, so that \(M_n<1/\delta'\) for all n with probability at least
\(1-\delta'\) (Ville). The integral is at least \((k/n)^k(1-k/n)^{n-k}/(2\sqrt n)\) (Krichevsky and
Trofimov), hence \(n\,\mathrm{kl}(k/n,p)\le\ln(2\sqrt n/\delta')\). B and its complement give the
same event, so \(2^{A_i-1}-1\) of them serve each i and s; \(\delta'=\delta/((2^{A_i-1}-1)|S|n_+)\).
Last, \(\|\hat\pi-\pi\|_1=2\max_B[\hat\pi(B)-\pi(B)]\). QED.

It is the bound of Weissman, Ordentlich, Seroussi, Verdu and Weinberger (2003), Inequalities for the
L1 deviation of the empirical distribution, with relative entropy for Hoeffding's inequality (never
larger, and of order 1/n where the expert hardly mixes) and valid for all n at once; Krichevsky and
Trofimov (1981), The performance of universal encoding; Ville (1939).
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..numbers import Array
from ..policy import ProductPolicy
from .chernoff import lower

_MOST_TOTALS = 1000


def deviations(
    counts: Sequence[Array], clone: ProductPolicy, delta: float, *, scale: float = 1.0
) -> Array:
    r"""\(c_i(s)\) for every player and state, shape [n, S], in [0, 2].

    Args:
        counts: how often each action was seen, n tables of shape [S, A_i].
        clone: the cloned policy; its rows count where nothing was seen.
        delta: \(\delta\in(0,1)\), the chance that any of them fails.
        scale: as if every count were that many times as large, for planning.

    Example:
        After ten times the same of two actions the other one has at most 1 - exp(-l/10):

        >>> from nashgap.numeric.policy import ProductPolicy
        >>> found = deviations([np.array([[10, 0]])], ProductPolicy([[["1", "0"]]]), 0.05)
        >>> round(float(found[0, 0]), 6)
        0.767395
    """
    choosing = sum(table.shape[1] > 1 for table in counts)
    found = np.zeros((len(counts), len(counts[0])))
    for i, table in enumerate(counts):
        if table.shape[1] == 1:
            continue
        size = table.shape[1]
        # Logarithms one by one: 2^A is too large for floats at a thousand actions.
        sets = (size - 1) * math.log(2) + (math.log1p(-(2.0 ** (1 - size))) if size < 60 else 0.0)
        known = sets + math.log(2 * len(table) * choosing / delta)
        for s, row in enumerate(table.tolist()):
            if any(row):
                found[i, s] = _seen(tuple(sorted(row)), known, scale)
            else:
                found[i, s] = 2 * (1 - min(float(x) for x in clone[i][s]))
    return found


@lru_cache(maxsize=65536)
def _seen(row: tuple[int, ...], known: float, scale: float) -> float:
    seen = sum(row)
    visits = seen * scale
    budget = (known + 0.5 * math.log(max(visits, 1.0))) / visits
    totals = _totals(row)
    if totals is None:
        return min(2.0, math.sqrt(2 * budget))  # Pinsker: kl(q, p) >= 2 (q - p)^2
    return min(2.0, 2 * max(k / seen - lower(k / seen, budget) for k in totals))


def _totals(row: tuple[int, ...]) -> set[int] | None:
    """How often sets of actions, but not the set of all, were seen; None if there are too many."""
    found = {0}
    for count in row:
        found |= {k + count for k in found}
        if len(found) > _MOST_TOTALS:
            return None
    return found if 0 in row else found - {sum(row)}
