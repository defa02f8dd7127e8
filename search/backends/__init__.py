"""Solvers that decide problems: one file each, found by walking the folder."""

from ._backend import Answer, Backend, Model, NoAnswer, Unsatisfiable
from ._registry import available, backends, first_available

__all__ = [
    "Answer",
    "Backend",
    "Model",
    "NoAnswer",
    "Unsatisfiable",
    "available",
    "backends",
    "first_available",
]
