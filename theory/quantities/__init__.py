"""The quantities of the claim language: one file each, found by walking the folder."""

from ._registry import meanings

__all__ = ["meanings"]
