r"""One case of a class with exact \(\rho\)-matching: who exploits, and how many states are visited.

Fix a player \(i\) whose gap is the largest, and let \(k=|S_+|\) be the number of states that the
expert visits. Equal occupancies \(\rho_\pi=\rho_{\pi^E}\) mean equal visited regions and equal
policies on them (Bergerault, Cevher, Mehr (2026), Theorem 1), and \(S_+\) is closed under the
expert (for \(\gamma>0\); for \(\gamma=0\) no row speaks of successors). The gap is
\(\sum_s\nu(s)[W(s)-V^{\pi^E}(s)]\) with \(W\) the optimal values against the learner's opponents,
so some \(s_0\) in the support of \(\nu\) has \(W(s_0)-V^{\pi^E}(s_0)\ge\mathrm{gap}_i\). Renaming
states makes \(S_+=\{0,\dots,k-1\}\) and \(s_0=0\). A class is covered when each player and each
\(k\) is.

What a case's rows depend on is little: whether the player has a second action, and whether anyone
else has one. Players that agree in both share a case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..problem import Box


@dataclass(frozen=True)
class Case:
    r"""The parameters of one problem.

    Attributes:
        states: \(S\).
        visited: \(k=|S_+|\), from 1 to S; the visited states are 0, ..., k-1.
        discount: \(\gamma\in[0,1)\).
        can_deviate: whether the exploiting player has at least two actions.
        others_differ: whether some other player has, so that learner and expert can differ off
            \(S_+\) in a way that the exploiting player feels.
        is_nash: whether the expert is assumed to be a Nash equilibrium from the start.
        is_strict: whether strictly so.
        is_path: whether the expert's path from 0 is to run through all visited states in their
            order; a game that is built so visits exactly k of them.
    """

    states: int
    visited: int
    discount: Fraction
    can_deviate: bool
    others_differ: bool
    is_nash: bool
    is_strict: bool = False
    is_path: bool = False

    @property
    def is_optimal(self) -> bool:
        """Whether the expert's values are the player's best at visited states."""
        return self.is_nash or not self.can_deviate

    def departs(self, successor: int) -> bool:
        """Whether a move to this successor is strictly worse than the expert's."""
        return self.is_strict and self.can_deviate and successor >= self.visited

    @cached_property
    def value_box(self) -> Box:
        r"""\([-1/(1-\gamma),1/(1-\gamma)]\), where rewards in \([-1,1]\) keep every value."""
        most = 1 / (1 - self.discount)
        return Box(-most, most)

    @cached_property
    def minus_discount(self) -> Fraction:
        r"""\(-\gamma\)."""
        return -self.discount

    @cached_property
    def anywhere(self) -> tuple[int, ...]:
        """All states: the visited ones upwards, then the unvisited ones downwards.

        So the first unvisited one is the same in every case of a class, and the cases share most of
        their linear programs.
        """
        return (*range(self.visited), *reversed(range(self.visited, self.states)))

    @property
    def roles(self) -> tuple[str, ...]:
        """Each state's role: visited or unvisited."""
        return tuple("visited" if s < self.visited else "unvisited" for s in range(self.states))


def cases(
    actions: Sequence[int],
    states: int,
    discount: Fraction,
    *,
    is_nash: bool,
    is_strict: bool = False,
    full_support: bool = False,
    visited: int | None = None,
    player: int | None = None,
) -> tuple[tuple[tuple[int, ...], Case], ...]:
    """The cases that together cover a class, each with the players that share it.

    Args:
        actions: action counts, one a player.
        states: number of states.
        discount: the discount.
        is_nash: whether the expert is Nash from the start.
        is_strict: whether strictly so.
        full_support: whether the expert visits every state, which leaves k = S alone.
        visited: how many states the expert visits, or None.
        player: the one player whose gap counts, or None for the maximum.

    Example:
        >>> found = cases((2, 2), 2, Fraction(9, 10), is_nash=True)
        >>> [(players, case.visited) for players, case in found]
        [((0, 1), 1), ((0, 1), 2)]
    """
    sharing: dict[tuple[bool, bool], list[int]] = {}
    for i in range(len(actions)) if player is None else [player]:
        others = any(count > 1 for j, count in enumerate(actions) if j != i)
        sharing.setdefault((actions[i] > 1, others), []).append(i)
    return tuple(
        (tuple(players), Case(states, k, discount, can_deviate, others, is_nash, is_strict))
        for (can_deviate, others), players in sharing.items()
        for k in range(states if full_support else 1, states + 1)
        if visited in (None, k)
    )
