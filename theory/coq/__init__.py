"""Derivations as Coq files, so that another program checks them."""

from .document import WHOLE, Exported, coq_source

__all__ = ["WHOLE", "Exported", "coq_source"]
