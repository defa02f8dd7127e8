"""Better kernels near a solution, by moving mass between two successors of one row at a time.

It can only find: each kernel is valued by an exact program.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from .bound import Solution, best_for
from .program import Program, Weights

FINE = 10**6
"""Denominator of the shares that are tried."""


def polished(program: Program, solution: Solution, *, rounds: int = 2) -> Solution:
    """A solution at least as good; the given one if nothing nearby is better."""
    best = solution
    for _ in range(rounds):
        before = best.value
        for name, part, pair in tuple(_moves(program, best)):
            best = _moved(program, best, name, part, pair)
        if best.value <= before * (1 + Fraction(1, FINE)):
            break
    return best


def _moves(program: Program, solution: Solution) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Node, part and two states; only rows that both values share can gain by mixing."""
    for node in program.live(solution.picks):
        if node.w is not None and node.u is not None:
            for j, part in enumerate(node.parts):
                for pair in combinations(program.shape.support(part.support), 2):
                    if any(solution.weights[node.name][j].get(t) for t in pair):
                        yield node.name, j, pair


def _moved(
    program: Program, solution: Solution, name: str, part: int, pair: tuple[int, int]
) -> Solution:
    """The best split of the pair's mass, by ternary search."""
    one, two = pair
    mass = sum(solution.weights[name][part].get(t, Fraction(0)) for t in pair)
    tried: dict[int, Solution | None] = {}

    def at(share: int) -> Fraction:
        if share not in tried:
            row = dict(solution.weights[name][part])
            row |= {one: mass * Fraction(share, FINE), two: mass * Fraction(FINE - share, FINE)}
            kept = {t: p for t, p in row.items() if p}
            tried[share] = best_for(
                program, _replaced(solution.weights, name, part, kept), solution.picks
            )
        found = tried[share]
        return Fraction(-1) if found is None else found.value

    low, high = 0, FINE
    while high - low > 2:
        left, right = low + (high - low) // 3, high - (high - low) // 3
        if at(left) < at(right):
            low = left
        else:
            high = right
    for share in (0, low, low + 1, high, FINE):
        at(share)
    found = max((s for s in tried.values() if s is not None), key=lambda s: s.value, default=None)
    return found if found is not None and found.value > solution.value else solution


def _replaced(
    weights: Weights, name: str, part: int, row: Mapping[int, Fraction]
) -> dict[str, tuple[Mapping[int, Fraction], ...]]:
    parts = list(weights[name])
    parts[part] = row
    return {**weights, name: tuple(parts)}
