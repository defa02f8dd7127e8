"""Suprema where a row must mix: irrational ones isolated, rational ones closed exactly."""

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import isqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashgap.numeric.io import parse_json
from nashgap.search.checkers import pair as pair_checker
from nashgap.search.checkers.common import MalformedError
from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.recall import recalled, written
from nashgap.search.univariate import (
    derivative,
    divided,
    is_nonnegative,
    is_positive,
    poly,
    roots,
    times,
    total,
    value,
)
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.verify import verify
from nashgap.theory.errors import BadInput

from .tampering import changed, look, places

F = Fraction


@cache
def answered(assume: str, gamma: F) -> Unknown | RuledOut:
    verdict = search(Query(assume=assume, states=2, gamma=gamma), sup=True, seconds=60)
    assert isinstance(verdict, (Unknown, RuledOut))
    for part in (verdict.witness, verdict.certificate):
        assert part is not None
        assert verify(parse_json(json.dumps(part.json()), "file")).valid
    return verdict


IRRATIONAL = [
    ("nash,own-rewards", F(9, 10), (3600, -440, 9), "10.38987"),
    ("nash,uniform-off-support", F(9, 10), (40000, -4320, 81), "11.92611"),
    ("nash,uniform-off-support", F(99, 100), (400000000, -4039200, 9801), "165.4550"),
]


@pytest.mark.parametrize(("assume", "gamma", "polynomial", "digits"), IRRATIONAL)
def test_an_irrational_supremum_is_isolated_between_certified_bounds(
    assume: str, gamma: F, polynomial: tuple[int, ...], digits: str
) -> None:
    """From below an exact game, from above a certificate, both within a share of 1e-9."""
    verdict = answered(assume, gamma)
    assert isinstance(verdict, Unknown)
    assert verdict.root is not None
    assert verdict.lower is not None
    assert verdict.upper is not None
    assert verdict.root.polynomial == polynomial
    assert verdict.root.decimal.startswith(digits)
    assert verdict.root.low <= verdict.root.high == verdict.upper
    assert 0 < verdict.upper - verdict.lower < verdict.upper / 10**9
    shown = poly(*polynomial)
    assert value(shown, verdict.root.low) * value(shown, verdict.root.high) < 0
    assert value(shown, verdict.lower) * value(shown, verdict.root.high) <= 0
    discriminant = polynomial[1] ** 2 - 4 * polynomial[0] * polynomial[2]
    assert isqrt(discriminant) ** 2 != discriminant
    assert "irrational" in verdict.reason
    assert "certified to within" in verdict.reason


@pytest.mark.parametrize(
    ("assume", "gamma", "supremum"),
    [
        ("nash,own-rewards", F(3, 4), F(8, 3)),
        ("nash,own-rewards", F(99, 100), F(1800, 11)),
        ("nash,uniform-off-support", F(3, 4), F(42, 11)),
    ],
)
def test_a_rational_supremum_at_a_mixed_row_is_closed(assume: str, gamma: F, supremum: F) -> None:
    verdict = answered(assume, gamma)
    assert isinstance(verdict, RuledOut)
    assert (verdict.supremum, verdict.attained) == (supremum, True)


def mixed_leaves(raw: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [place for place in places(raw) if place[-1] == "pieces"]


def accepted(raw: Mapping[str, Any]) -> bool:
    try:
        return not pair_checker.check(raw)
    except MalformedError:
        return False


def proof() -> dict[str, Any]:
    verdict = answered("nash,own-rewards", F(3, 4))
    assert verdict.certificate is not None
    raw: dict[str, Any] = json.loads(json.dumps(verdict.certificate.json()))
    assert accepted(raw)
    assert mixed_leaves(raw)
    return raw


def test_every_coefficient_of_a_multiplier_counts() -> None:
    raw = proof()
    for place in mixed_leaves(raw):
        for number, piece in enumerate(look(raw, place)[:2]):
            for row, coefficients in piece["leaf"].items():
                for k, c in enumerate(coefficients):
                    at = (*place, number, "leaf", row, k)
                    for other in (-F(c), F(c) + F(1, 10**9)):
                        if other != F(c):
                            assert not accepted(changed(raw, at, str(other))), at


def test_every_share_must_be_covered() -> None:
    raw = proof()
    for place in mixed_leaves(raw):
        pieces = look(raw, place)
        assert not accepted(changed(raw, place, pieces[1:]))
        assert not accepted(changed(raw, place, pieces[:-1]))
        assert not accepted(changed(raw, place, pieces[::-1])) or len(pieces) == 1
        last = (*place, len(pieces) - 1, "to")
        assert not accepted(changed(raw, last, "2"))
        assert not accepted(changed(raw, (*place, 0, "from"), "1/1000"))


def test_no_smaller_gap_and_no_other_row() -> None:
    raw = proof()
    assert not accepted(changed(raw, ("excludes", "gap"), str(F(8, 3) - F(1, 10**12))))
    assert not accepted(changed(raw, ("excludes", "strict"), False))
    for place in mixed_leaves(raw):
        where = place[:-1]
        for ends in ([0, 0], [1, 0], [0], [0, 2]):
            assert not accepted(changed(raw, (*where, "ends"), ends))
        for node in ("learner 1", "deviate 1", "expert 0", "deviate", "nothing 0"):
            assert not accepted(changed(raw, (*where, "mixed"), node))
        piece = look(raw, place)[0]["leaf"]
        huge = {**piece, "asked": ["1"] * 31}
        assert not accepted(changed(raw, (*place, 0, "leaf"), huge))


def test_a_stored_root_is_checked_again() -> None:
    verdict = answered("nash,own-rewards", F(9, 10))
    kept = json.loads(json.dumps(written(verdict)))
    assert written(recalled(kept, "here")) == written(verdict)
    for key, wrong in (("polynomial", ["1", "0", "1"]), ("high", "11"), ("low", "21/2")):
        with pytest.raises(BadInput, match="not true"):
            recalled({**kept, "algebraic": {**kept["algebraic"], key: wrong}}, "here")


@pytest.mark.parametrize(
    ("gap", "strict", "kind"),
    [("8/3", True, RuledOut), ("8/3", False, Found), ("267/100", False, RuledOut)],
)
def test_thresholds_at_a_mixed_row(gap: str, strict: bool, kind: type) -> None:
    query = Query(assume="nash,own-rewards", gamma=F(3, 4), gap_at_least=gap, strict=strict)
    assert isinstance(search(query, seconds=60), kind)


# -- polynomials

small = st.fractions(min_value=-3, max_value=3, max_denominator=4)


@given(st.lists(small, min_size=1, max_size=4), small, small)
def test_roots_and_signs_agree_with_factors(zeros: list[F], low: F, width: F) -> None:
    """A product of known factors: roots counted once each, signs as in a sample of values."""
    p, high = poly(1), low + abs(width)
    for zero in zeros:
        p = times(p, poly(-zero, 1))
    assert roots(p, low, high) == len({z for z in zeros if low < z <= high})
    at = sorted({low, high, *(z for z in zeros if low < z < high)})
    between = [(a + b) / 2 for a, b in pairwise(at)]
    values = [value(p, x) for x in (*at, *between)]
    assert is_nonnegative(p, low, high) == all(v >= 0 for v in values)
    assert is_positive(p, low, high) == all(v > 0 for v in values)


@given(st.lists(small, max_size=5), st.lists(small, min_size=1, max_size=4))
def test_division_and_sums(one: list[F], two: list[F]) -> None:
    p, q = poly(*one), poly(*two)
    if q:
        quotient, rest = divided(p, q)
        assert total((times(quotient, q), rest)) == p
        assert len(rest) < len(q)
    assert derivative(times(p, q)) == total((times(derivative(p), q), times(p, derivative(q))))
