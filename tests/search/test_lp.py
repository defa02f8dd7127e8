"""The exact linear programs: right optima, multipliers that prove them, no float that decides."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from nashgap.search import lp
from nashgap.search.problem import Box, Relation, Row

F = Fraction

UNIT = Box(F(0), F(1))


def combination(
    rows: list[Row], boxes: Mapping[str, Box], multipliers: Mapping[str, F]
) -> tuple[dict[str, F], F]:
    """The sum of rows and box sides times multipliers, with every sign checked."""
    named = {row.name: row for row in rows}
    terms: dict[str, F] = {}
    right = F(0)
    for name, y in multipliers.items():
        side, _, x = name.partition(" ")
        if side in ("low", "high") and x in boxes:
            sign = 1 if side == "high" else -1
            row = Row(name, ((x, F(sign)),), "<=", boxes[x].high if sign > 0 else -boxes[x].low)
        else:
            row = named[name]
        assert y >= 0 or row.relation == "==", name
        right += y * row.bound
        for x, c in row.terms:
            terms[x] = terms.get(x, F(0)) + y * c
    return {x: c for x, c in terms.items() if c}, right


def test_multipliers_prove_the_optimum() -> None:
    rows = [
        Row("a", (("x", F(3)), ("y", F(1))), "<=", F(1)),
        Row("b", (("x", F(1)), ("y", F(-1))), "==", F(-1, 7)),
    ]
    boxes = {"x": UNIT, "y": UNIT}
    found = lp.maximise([("x", F(1))], rows, boxes)
    assert isinstance(found, lp.Optimum)
    assert found.value == F(3, 14)
    terms, right = combination(rows, boxes, found.multipliers)
    assert (terms, right) == ({"x": F(1)}, F(3, 14))


def test_no_rows_at_all() -> None:
    found = lp.maximise([("x", F(-2)), ("y", F(1))], [], {"x": UNIT, "y": UNIT})
    assert isinstance(found, lp.Optimum)
    assert found.value == 1


def test_infeasible_rows_come_with_multipliers_that_contradict() -> None:
    rows = [
        Row("a", (("x", F(1)), ("y", F(1))), "==", F(3, 2)),
        Row("b", (("x", F(1)), ("y", F(2))), "<=", F(1)),
    ]
    boxes = {"x": UNIT, "y": UNIT}
    found = lp.maximise([("x", F(1))], rows, boxes)
    assert isinstance(found, lp.Infeasible)
    terms, right = combination(rows, boxes, found.multipliers)
    assert terms == {}
    assert right < 0


@pytest.mark.parametrize(
    ("relation", "bound", "holds"),
    [
        ("<=", 0, True),
        ("<=", F(-1, 9), False),
        ("==", 2, False),
        ("==", -2, False),
        ("==", 0, True),
    ],
)
def test_rows_without_variables_hold_or_contradict(
    relation: Relation, bound: F, holds: bool
) -> None:
    rows = [Row("before", (), "<=", F(1)), Row("constant", (), relation, F(bound))]
    found = lp.maximise([], rows, {})
    if holds:
        assert found == lp.Optimum(F(0), {}, {})
        return
    assert isinstance(found, lp.Infeasible)
    terms, right = combination(rows, {}, found.multipliers)
    assert not terms
    assert right < 0


def test_a_difference_below_float_resolution_is_seen() -> None:
    tiny = F(1, 10**30)
    rows = [Row("a", (("x", F(1)),), "<=", F(1, 3) - tiny)]
    found = lp.maximise([("x", F(1))], rows, {"x": UNIT})
    assert isinstance(found, lp.Optimum)
    assert found.value == F(1, 3) - tiny


def test_a_wrong_basis_is_refused_and_z3_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    # A basis that HiGHS never proposed: y basic although x should be.
    monkeypatch.setattr(lp._Program, "_basis", lambda self: ("optimal", ["lower", "basic"], [0]))
    rows = [Row("a", (("x", F(3)), ("y", F(1))), "<=", F(1))]
    boxes = {"x": UNIT, "y": UNIT}
    program = lp._Program([("x", F(1))], tuple(rows), boxes)
    assert program._exact(["lower", "basic"], [0]) is None
    found = lp.maximise([("x", F(1))], rows, boxes)
    assert isinstance(found, lp.Optimum)
    assert found.value == F(1, 3)
    assert combination(rows, boxes, found.multipliers) == ({"x": F(1)}, F(1, 3))


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_agrees_with_scipy_and_proves_what_it_says(data: st.DataObject) -> None:
    small = st.integers(-3, 3)
    n, m = data.draw(st.integers(1, 4)), data.draw(st.integers(0, 4))
    names = [f"x{j}" for j in range(n)]
    boxes = {x: Box(F(-1), F(data.draw(st.integers(-1, 2)))) for x in names}
    costs = [data.draw(small) for _ in names]
    rows, table = [], []
    for k in range(m):
        c = [data.draw(small) for _ in names]
        bound, equal = data.draw(small), data.draw(st.booleans())
        terms = tuple((x, F(a)) for x, a in zip(names, c, strict=True) if a)
        rows.append(Row(f"row {k}", terms, "==" if equal else "<=", F(bound)))
        table.append((c, bound, equal))
    found = lp.maximise([(x, F(c)) for x, c in zip(names, costs, strict=True)], rows, boxes)
    upper = [(c, b) for c, b, equal in table if not equal]
    exact = [(c, b) for c, b, equal in table if equal]
    peer = linprog(
        -np.array(costs),
        A_ub=[c for c, _ in upper] or None,
        b_ub=[b for _, b in upper] or None,
        A_eq=[c for c, _ in exact] or None,
        b_eq=[b for _, b in exact] or None,
        bounds=[(float(b.low), float(b.high)) for b in boxes.values()],
    )
    match found:
        case lp.Optimum(value, point, multipliers):
            assert peer.status == 0
            assert abs(float(value) + peer.fun) < 1e-7
            summed, right = combination(rows, boxes, multipliers)
            assert right == value
            assert summed == {x: F(c) for x, c in zip(names, costs, strict=True) if c}
            assert all(boxes[x].low <= v <= boxes[x].high for x, v in point.items())
        case lp.Infeasible(multipliers):
            assert peer.status == 2
            summed, right = combination(rows, boxes, multipliers)
            assert summed == {}
            assert right < 0
        case lp.Failed(reason):
            pytest.fail(reason)
