"""Derivations as Coq files, so that another program checks them."""

from .document import Exported, coq_source

__all__ = ["Exported", "coq_source"]
