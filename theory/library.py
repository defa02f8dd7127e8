"""The lemma library: every lemma of the folder `lemmas`, and the derivations of the bounds."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from .chain import Derivation
from .discovery import found


@cache
def library() -> Mapping[str, Derivation]:
    """Every lemma by its name.

    Example:
        >>> print(library()["others_bc_le_max"].text)
        sum_others(eps_BC_j) <= (n - 1)*eps_BC
    """
    lemmas = [d for d in found("nashgap.theory.lemmas", "LEMMA") if isinstance(d, Derivation)]
    return MappingProxyType({lemma.name: lemma for lemma in lemmas})
