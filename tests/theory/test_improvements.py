"""Where the catalogue improves on what is published: the factors are exact, and never below 1."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from nashgap.theory.catalogue import bound
from nashgap.theory.claim import evaluate as value
from nashgap.theory.expression import Name, fold
from nashgap.theory.improvements import (
    Improvement,
    factor_value,
    improvements,
    improvements_latex,
    ratio,
)
from nashgap.theory.rational import Rational
from nashgap.theory.signs import is_nonnegative

from ._games import F, family

ROWS = tuple(improvements())
WITH_FACTOR = [row for row in ROWS if row.factor]
GRID = {
    "n": (1, 2, 5), "gamma": (F(0), F(1, 3), F(9, 10)), "eps_BC": (F(1, 7), F(1)),
    "eps_rho": (F(1, 7), F(1)), "delta": (F(1, 5), F(2)), "C": (F(1), F(4)), "mu_min": (F(1, 9),),
    "NashGap": (F(3),), "expert_gap": (F(1),),
}  # fmt: skip


def _at(expression: object, point: dict[str, Any]) -> Fraction:
    found: Fraction = fold(
        expression,  # type: ignore[arg-type]
        lambda node: point[node.name] if isinstance(node, Name) else F(0),
        lambda number: number,
        lambda base, exponent: base**exponent,
    )
    return found


def _points(names: set[str]) -> list[dict[str, Any]]:
    keys = sorted(names)
    chosen = product(*(GRID[k] for k in keys))
    return [dict(zip(keys, one, strict=True)) for one in chosen]


@pytest.mark.parametrize("row", WITH_FACTOR, ids=lambda row: f"{row.published}-{row.label}")
def test_the_factor_is_the_quotient_at_every_point_of_a_grid(row: Improvement) -> None:
    old, new = bound(row.published), bound(row.label)
    above, below = ratio(old, new)
    names = set(old.claim.names | new.claim.names)
    seen = 0
    for point in _points(names):
        put = {name: Rational.constant(number) for name, number in point.items()}
        factor = factor_value(row).substitute(put).top.as_constant()
        quotient = _at(above, point) / _at(below, point)
        assert factor == quotient
        if row.label not in ("T2_shift", "T7_sharper"):
            assert quotient >= 1
        seen += 1
    assert seen >= 6


def test_lemma_3_improves_by_exactly_its_factor_on_the_sharp_family() -> None:
    row = next(r for r in ROWS if (r.published, r.label) == ("lemma_3", "T1"))
    assert row.factor == "2*n/(gamma*(n - 1) + 1)"
    assert is_nonnegative(factor_value(row) - Rational.constant(1))
    for n, gamma, share in product((1, 2, 3), ("0", "1/3", "9/10"), (F(1), F(1, 4))):
        eps = share * 2 * (1 - F(gamma)) / n
        model = family("w1", n=str(n), gamma=gamma, eps=str(eps))
        printed, sharp = (bound(label).value_on(model) for label in ("lemma_3", "T1"))
        factor = factor_value(row).substitute(
            {"n": Rational.constant(n), "gamma": Rational.constant(F(gamma))}
        )
        assert value(bound("T1").claim.left, model, None) == sharp
        assert printed == sharp * factor.top.as_constant()  # type: ignore[operator]


def test_what_is_published_and_weaker_is_marked_not_sharp() -> None:
    for row in WITH_FACTOR:
        assert bound(row.published).witness == ""


def test_the_table_as_latex_has_a_line_for_each_row() -> None:
    shown = improvements_latex()
    assert shown.count(r"\\") == len(ROWS) + 1
    assert shown.startswith(r"\begin{tabular}")
