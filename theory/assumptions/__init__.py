"""Assumptions about a game with an expert and a learner: one file each."""

from ._kinds import FLOATS, Assumption, Family
from ._registry import known, parse_assumptions, written

__all__ = ["FLOATS", "Assumption", "Family", "known", "parse_assumptions", "written"]
