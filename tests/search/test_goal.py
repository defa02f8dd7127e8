"""Which claims are thresholds on the gap under exact matching: a table, and random ones."""

import operator
import random
from collections.abc import Callable
from fractions import Fraction

import pytest

from nashgap.search.goal import Unsupported, threshold_of
from nashgap.search.problem import Threshold

F = Fraction
HALF = F(1, 2)

TABLE = {
    "NashGap <= 9": Threshold(F(9), strict=True),
    "NashGap < 9": Threshold(F(9)),
    "9 >= NashGap": Threshold(F(9), strict=True),
    "NashGap_i <= n*gamma + eps_BC_i/(1-gamma)": Threshold(F(1), strict=True),
    "2 > (1-gamma)*NashGap + eps_mu": Threshold(F(4)),
    "3*NashGap - 1 <= NashGap/2 + eps_rho": Threshold(F(2, 5), strict=True),
    "-NashGap >= -2": Threshold(F(2), strict=True),
    "NashGap**1 <= max(1, n)": Threshold(F(2), strict=True),
    "NashGap <= -1": Threshold(F(-1), strict=True),
}
OPEN = (
    *("NashGap >= 1", "NashGap == 1", "NashGap**2 <= 4", "1/NashGap <= 3", "eps_BC <= 1"),
    *("max(NashGap, 1) <= 3", "NashGap - NashGap <= 1", "NashGap_i <= NashGap", "NashGap <= C"),
    *("NashGap <= delta", "NashGap*NashGap <= 1", "NashGap <= 1/eps_BC", "NashGap**-1 >= 1"),
)


@pytest.mark.parametrize("claim", sorted(TABLE))
def test_thresholds(claim: str) -> None:
    assert threshold_of(claim, 2, HALF) == TABLE[claim]


@pytest.mark.parametrize("claim", OPEN)
def test_other_claims_are_left_open(claim: str) -> None:
    found = threshold_of(claim, 2, HALF)
    assert isinstance(found, Unsupported)
    assert found.reason


@pytest.mark.parametrize("seed", range(30))
def test_random_linear_claims_break_beyond_their_threshold(seed: int) -> None:
    """a*x + b against c*x + d, tried at gaps around the threshold by plain arithmetic."""
    rng = random.Random(seed)
    a, b, c, d = (F(rng.randrange(-5, 6), rng.randrange(1, 4)) for _ in range(4))
    relation = rng.choice(["<=", "<", ">=", ">"])
    claim = f"({a})*NashGap + ({b}) {relation} ({c})*NashGap + ({d})"
    found = threshold_of(claim, 2, HALF)
    tried = [F(k, 7) for k in range(-40, 41)]
    if isinstance(found, Threshold):
        tried += [found.value, found.value + F(1, 10**9), found.value - F(1, 10**9)]
    compare: dict[str, Callable[[F, F], bool]] = {
        "<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt,
    }  # fmt: skip
    broken = [x for x in tried if not compare[relation](a * x + b, c * x + d)]
    if isinstance(found, Threshold):
        assert broken == [x for x in tried if found.met_by(x)]
    else:
        assert not broken or min(broken) == min(tried)
