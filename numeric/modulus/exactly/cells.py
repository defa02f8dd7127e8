r"""Where a pure response is optimal, as polynomial inequalities in the opponents' rows.

For a pure policy b of i let \(D=\det(I-\gamma P^{b,p})>0\) and \(N=D\,V^{b,p}\), polynomials by
Cramer's rule. b is optimal against p iff

\(F_{s,a}(p)=D(p)\,[Q^{b,p}(s,a)-V^{b,p}(s)]
=D\,r(s,a)+\gamma\sum_tP(t\mid s,a)N(t)-N(s)\le0\) for all s and a.

Off the zeros of those F that are not identically zero, a dense open set, b is optimal iff they are
negative, the optimal actions are those with \(F_{s,a}\equiv0\), and as these p are inner points the
states that actions lead to are the same for all of them: the shift is one number for each cell
\(C_b=\{F<0\}\). The shift is lower semicontinuous, so that \(\{\text{shift}\ge v\}\) is open, and

\(\inf\{E(p):\text{shift}(p)\ge v\}=\min\{\inf_{C_b}E:\text{the shift in }C_b\text{ is}\ge v\}\).

The same holds on the slice where the rows at visited states are the expert's, E = 0.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...delta import least_shift
from ...dominance_side import Side
from ...numbers import public
from ...polynomials.determinant import determinant
from .space import Space

Polynomial = Any
"""flint's `fmpq_mpoly` in the coordinates of the space."""


@dataclass(frozen=True)
class Cell:
    """An open set of opponents against whom the same actions are optimal.

    Attributes:
        shift: the shift there.
        bounds: polynomials that are negative in the cell, and nowhere else all of them.
    """

    shift: Fraction
    bounds: tuple[Polynomial, ...]


def cells(space: Space, weights: Sequence[Fraction], *, slice_: bool = False) -> list[Cell]:
    """All cells, the largest shift first; some may be empty.

    Args:
        space: the opponents.
        weights: the expert's occupancy, by state of the game.
        slice_: rows at visited states are held at the expert's.
    """
    problem = _Problem.of(space, slice_)
    view = space.view
    size, count = view.own.shape
    found: dict[tuple[frozenset[int], ...], Cell] = {}
    for chosen in itertools.product(range(count), repeat=size):
        leads = problem.leads(chosen)
        tied = tuple(
            frozenset(a for a in range(count) if a == chosen[s] or leads[s, a].is_zero())
            for s in range(size)
        )
        if tied in found:
            continue
        bounds = tuple(_primitive(f) for f in leads.values() if not f.is_zero())
        shift = least_shift(
            [
                {a: (mine[a], problem.next[s, a]) for a in tied[s]}
                for s, mine in enumerate(_own(view))
            ],
            [weights[s] for s in view.states],
            frozenset(s for s in range(size) if view.first[s] > 0),
        )
        found[tied] = Cell(shift, bounds)
    return sorted(found.values(), key=lambda cell: -cell.shift)


def _own(view: Side) -> list[list[Fraction]]:
    rows: list[list[Fraction]] = public(view.own).tolist()
    return rows


def _primitive(polynomial: Polynomial) -> Polynomial:
    """A positive multiple with coprime integer coefficients."""
    terms = polynomial.coeffs()
    whole = math.lcm(*(int(c.q) for c in terms))
    common = math.gcd(*(int(c.p) * (whole // int(c.q)) for c in terms))
    from flint import fmpq

    return polynomial * fmpq(whole, common)


@dataclass(frozen=True)
class _Problem:
    """Rewards, kernel rows and successors of i's actions, polynomials in the coordinates."""

    gamma: Any
    reward: dict[tuple[int, int], Polynomial]
    row: dict[tuple[int, int], list[Polynomial]]
    next: dict[tuple[int, int], frozenset[int]]
    size: int

    @staticmethod
    def of(space: Space, slice_: bool) -> "_Problem":
        from flint import Ordering, fmpq, fmpq_mpoly_ctx

        names = [f"x{k}" for k in range(max(1, space.size))]
        ring = fmpq_mpoly_ctx.get(names, Ordering.lex)
        variables = ring.gens()
        view = space.view
        size, count = view.own.shape
        masses: dict[tuple[int, int], dict[int, Polynomial]] = {}
        for line in space.rows:
            held = slice_ and line.weight > 0
            entries = [ring.constant(fmpq(x.numerator, x.denominator)) for x in line.home]
            if not held:
                entries = line.masses(variables)
            masses[line.opponent, line.state] = {
                actions[0]: entry for actions, entry in zip(line.classes, entries, strict=True)
            }
        alone = {0: ring.constant(1)}
        reward, row, after = {}, {}, {}
        for s, a in itertools.product(range(size), range(count)):
            total, kernel = ring.constant(0), [ring.constant(0) for _ in range(size)]
            parts = [masses.get((j, s), alone) for j in range(len(view.opponents))]
            for joint in itertools.product(*parts):
                weight = math.prod(
                    (part[c] for part, c in zip(parts, joint, strict=True)), start=ring.constant(1)
                )
                total += weight * view.reward[(s, a, *joint)]
                for t in range(size):
                    if view.kernel[(s, a, *joint, t)] != 0:
                        kernel[t] += weight * view.kernel[(s, a, *joint, t)]
            reward[s, a], row[s, a] = total, kernel
            after[s, a] = frozenset(t for t in range(size) if not kernel[t].is_zero())
        return _Problem(view.gamma, reward, row, after, size)

    def leads(self, chosen: Sequence[int]) -> dict[tuple[int, int], Polynomial]:
        """F at all states and actions but those chosen."""
        states = range(self.size)
        matrix = [
            [int(s == t) - self.gamma * self.row[s, chosen[s]][t] for t in states] for s in states
        ]
        right = [self.reward[s, chosen[s]] for s in states]
        whole = determinant(matrix)
        products = [
            determinant(
                [[*row[:t], r, *row[t + 1 :]] for row, r in zip(matrix, right, strict=True)]
            )
            for t in states
        ]
        return {
            (s, a): whole * self.reward[s, a]
            + self.gamma
            * sum((p * n for p, n in zip(self.row[s, a], products, strict=True)), 0 * whole)
            - products[s]
            for (s, a) in self.reward
            if a != chosen[s]
        }
