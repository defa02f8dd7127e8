"""Sums with polynomials as multipliers: by hand, each condition alone decides."""

from fractions import Fraction
from typing import Any

import pytest

from nashgap.search.checkers import two_states
from nashgap.search.checkers.common import FORMAT, MalformedError, statement
from nashgap.search.checkers.polynomials import MOST_TERMS, Line, fault_of_pieces
from nashgap.search.checkers.sums import Row

F = Fraction
LINES: dict[str, Line] = {
    "up": (Row({"z": F(1), "": F(1)}), {"": F(-1)}),  # z + 1 - x <= 0
    "down": (Row({"z": F(-1), "": F(-1, 2)}), {"": F(1)}),  # x - 1/2 - z <= 0
    "below": (Row({"z": F(1)}, is_strict=True), {"": F(-1)}),  # z < x
    "above": (Row({"z": F(-1)}), {"": F(1)}),  # z >= x
    "scaled": (Row({"": F(-1)}), {"z": F(1), "": F(1)}),  # xz <= 1 - x
}


def faults(*pieces: tuple[str, str, dict[str, list[str]]]) -> str | None:
    given: list[dict[str, Any]] = [{"from": a, "to": b, "leaf": y} for a, b, y in pieces]
    return fault_of_pieces(LINES.get, given, "pieces")


BOTH = {"up": ["1"], "down": ["1"]}


def test_pieces_cover_every_share_in_order() -> None:
    assert faults(("0", "1", BOTH)) is None
    assert faults(("0", "1/3", BOTH), ("1/3", "1", BOTH)) is None
    assert "follow" in str(faults(("1/3", "1", BOTH), ("0", "1/3", BOTH)))
    assert "follow" in str(faults(("1/3", "1", BOTH)))
    assert "follow" in str(faults(("0", "1/3", BOTH), ("1/2", "1", BOTH)))
    assert "follow" in str(faults(("0", "2/3", BOTH), ("1/3", "1", BOTH)))
    assert "follow" in str(faults(("0", "0", BOTH), ("0", "1", BOTH)))
    assert "end at 1" in str(faults(("0", "2/3", BOTH)))
    assert "end at 1" in str(faults(("0", "2", BOTH)))
    assert "end at 1" in str(faults())
    assert "from 1/3" in str(faults(("0", "1/3", BOTH), ("1/3", "1", {"up": ["1"]})))


@pytest.mark.parametrize(
    ("leaf", "fault"),
    [
        ({"up": ["1"], "down": ["1"]}, None),  # 1/2 <= 0
        ({"up": ["1", "-1"], "down": ["1", "-1"]}, "no contradiction"),  # (1 - x)/2 is 0 at 1
        ({"up": ["2", "-1"], "down": ["2", "-1"]}, None),
        ({"up": ["1", "-2"], "down": ["1", "-2"]}, "may be negative"),
        ({"up": ["1"], "down": ["2"]}, "do not cancel"),
        ({"up": ["1"], "down": ["1", "1"]}, "do not cancel"),
        ({"below": ["1"], "above": ["1"]}, None),  # 0 < 0
        ({"below": ["0", "1"], "above": ["0", "1"]}, "no contradiction"),  # not at x = 0
        ({"below": ["1", "1"], "above": ["1", "1"]}, None),
        ({"above": ["1"], "up": ["1"]}, None),  # 1 <= 0
        ({"scaled": ["1"], "down": ["0", "1"]}, "no contradiction"),  # x^2 + x/2 - 1
        ({"scaled": ["1"], "down": ["0", "1"], "up": ["0"]}, "no contradiction"),
        ({"other": ["1"]}, "no row"),
        ({"up": ["0"] * MOST_TERMS, "above": ["1"]}, "do not cancel"),
        ({"up": ["0"] * (MOST_TERMS + 1)}, "too high"),
        ({}, "no contradiction"),
    ],
)
def test_what_a_sum_shows(leaf: dict[str, list[str]], fault: str | None) -> None:
    found = faults(("0", "1", leaf))
    assert (found is None) if fault is None else (fault in str(found))


def test_a_sum_needs_to_hold_on_its_own_piece_only() -> None:
    """1 - 2x is no multiplier beyond 1/2, and 2x - 1 none before it."""
    first = {"up": ["2", "-2"], "down": ["2", "-2"]}
    second = {"up": ["0", "1"], "down": ["0", "1"]}
    assert faults(("0", "1/2", first), ("1/2", "1", second)) is None
    assert faults(("0", "1/2", second), ("1/2", "1", first)) is not None


def test_pieces_are_lists_of_multipliers() -> None:
    leaves: tuple[Any, ...] = ([], {"up": "1"}, {"up": [1]})
    for leaf in leaves:
        with pytest.raises(MalformedError):
            fault_of_pieces(LINES.get, [{"from": "0", "to": "1", "leaf": leaf}], "pieces")


@pytest.mark.parametrize(
    ("of", "low", "high"), [("least", 0, 1), ("drop", -1, 1), ("own", 0, 1), ("others", 0, 1)]
)
def test_ranges_of_two_states_begin_as_wide_as_they_may_be(of: str, low: int, high: int) -> None:
    """A tree that could not split near an end would not look at the games there."""
    raw = {
        "format": FORMAT, "encoding": "bc-two-states", "cases": [],
        "class": {"players": 2, "states": 2, "actions": [2, 2], "discount": "1/2",
                  "assumptions": ["match-bc=1/10", "dominant"], "rewards": ["-1", "1"],
                  "start": "any"},
        "excludes": {"gap": "4", "strict": True},
    }  # fmt: skip
    tree = two_states._Tree(statement(raw, "bc-two-states"), 1, 1)
    for at, inside in ((low, 0), (low + F(1, 99), 1), (high - F(1, 99), 1), (high, 0)):
        leaf: dict[str, Any] = {"leaf": {"mass": "1"}}
        split = {"of": of, "state": 0, "at": str(at), "below": leaf, "above": leaf}
        assert any("does not split" in one for one in tree.faults(split, "tree")) != inside
