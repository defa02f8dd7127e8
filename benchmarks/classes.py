r"""Suprema of the classes below "Nash", with the formula in gamma that fits them.

Each class is solved end to end, from the query to a certificate that its checker has verified and a
game that attains the supremum. A rational function of gamma is fitted to some discounts, with the
least degree that fits them all with one to spare, and tested on discounts that it has not seen.

    python benchmarks/classes.py [--states 3] [--pairs] [CLASS ...]
"""

import argparse
import itertools
import time
from collections.abc import Sequence
from fractions import Fraction

import sympy

from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut

FIT = [Fraction(x) for x in ("1/2", "9/10", "2/3", "4/5", "7/10", "3/4", "17/20", "5/8")]
FRESH = [Fraction(x) for x in ("3/5", "19/20", "8/11")]
SINGLE = (
    "nash,state-rewards",
    "nash,own-rewards",
    "nash,symmetric",
    "nash,alternating",
    "subgame-perfect,turn-based,common-payoff",
    "nash,reset=1/3",
    "nash,entry=1/3",
    "nash,margin=1/3",
    "subgame-perfect,margin=1/3",
    "nash,uniform-off-support",
)
PARTS = (
    "state-rewards",
    "own-rewards",
    "reset=1/3",
    "entry=1/3",
    "margin=1/3",
    "uniform-off-support",
    "alternating",
)
EMPTY = ({"reset=1/3", "alternating"}, {"margin=1/3", "alternating"})
"""Classes without a game: such a start cannot alternate, and only one player's action matters."""


def solved(assume: str, states: int, gamma: Fraction) -> tuple[Fraction | None, float]:
    """The supremum, or None if it is undecided, and the seconds it took."""
    started = time.perf_counter()
    verdict = search(Query(assume=assume, states=states, gamma=gamma), sup=True, seconds=60)
    value = verdict.supremum if isinstance(verdict, RuledOut) else None
    return value, time.perf_counter() - started


def fitted(values: Sequence[tuple[Fraction, Fraction]]) -> sympy.Expr | None:
    """The rational function of least degree through all values, with at least one to spare."""
    g = sympy.Symbol("gamma")
    for degree in range(len(values) // 2):
        rows = []
        for at, value in values:
            powers = [sympy.Rational(at) ** k for k in range(degree + 1)]
            rows.append([*powers, *(-sympy.Rational(value) * p for p in powers)])
        if len(rows) < 2 * degree + 2:
            return None
        kernel = sympy.Matrix(rows).nullspace()
        if len(kernel) == 1:
            c = list(kernel[0])
            top = sum(x * g**k for k, x in enumerate(c[: degree + 1]))
            bottom = sum(x * g**k for k, x in enumerate(c[degree + 1 :]))
            if bottom != 0:
                return sympy.factor(sympy.cancel(top / bottom))
    return None


def report(assume: str, states: int) -> None:
    """One line: the suprema at 1/2 and 9/10, the slowest run, the formula and its test."""
    values, slowest, undecided = [], 0.0, []
    for gamma in FIT:
        value, seconds = solved(assume, states, gamma)
        slowest = max(slowest, seconds)
        if value is None:
            undecided.append(str(gamma))
        else:
            values.append((gamma, value))
    known = dict(values)
    shown = ", ".join(str(known.get(g, "undecided")) for g in FIT[:2])
    formula = fitted(values) if len(values) > 2 else None
    if formula is None:
        print(f"{assume:48} {shown:24} {slowest:5.1f} s  no formula; undecided at {undecided}")
        return
    right = 0
    for gamma in FRESH:
        value, seconds = solved(assume, states, gamma)
        slowest = max(slowest, seconds)
        expected = formula.subs("gamma", sympy.Rational(gamma))
        right += value is not None and sympy.Rational(value) == expected
    tested = f"{right} of {len(FRESH)} fresh discounts"
    open_ = f"; undecided at {undecided}" if undecided else ""
    print(f"{assume:48} {shown:24} {slowest:5.1f} s  {formula}  ({tested}{open_})", flush=True)


def main() -> None:
    """Prints one line a class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("classes", nargs="*")
    parser.add_argument("--states", type=int, default=3)
    parser.add_argument("--pairs", action="store_true", help="pairs of assumptions too")
    given = parser.parse_args()
    classes = list(given.classes or SINGLE)
    if given.pairs:
        both = [p for p in itertools.combinations(PARTS, 2) if set(p) not in EMPTY]
        classes += [f"nash,{one},{other}" for one, other in both]
    for assume in classes:
        report(assume, given.states)


if __name__ == "__main__":
    main()
