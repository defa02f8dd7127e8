"""The lemma library: every lemma of the folder `lemmas`, and those that a user adds."""

from collections.abc import Mapping
from functools import cache

from .chain import Derivation
from .discovery import added, by_name, found


@cache
def library() -> Mapping[str, Derivation]:
    """Every lemma by its name.

    Example:
        >>> print(library()["others_bc_le_max"].text)
        sum_others(eps_BC_j) <= (n - 1)*eps_BC
    """
    lemmas = [d for d in found("nashgap.theory.lemmas", "LEMMA") if isinstance(d, Derivation)]
    return by_name("lemma", [*lemmas, *added(Derivation)], lambda lemma: lemma.name)
