"""Extremes of small games, exactly: polynomials in Bernstein form and tight constraints."""

from .face import Stopped, by_programs

__all__ = ["Stopped", "by_programs"]
