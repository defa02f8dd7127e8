"""The quantities that exist."""

from collections.abc import Mapping
from functools import cache

from ..discovery import added, by_name, found
from ..meaning import Meaning


@cache
def meanings() -> Mapping[str, Meaning]:
    """Every quantity by its name in the claim language.

    Example:
        >>> [name for name in meanings() if name.startswith("eps")]
        ['eps_BC', 'eps_BC_i', 'eps_mu', 'eps_rho', 'eps_sup']
    """
    everything = [
        m for m in found(__name__.rpartition(".")[0], "MEANING") if isinstance(m, Meaning)
    ]
    everything += added(Meaning)
    ordered = sorted(everything, key=lambda meaning: meaning.name.lower())
    return by_name("quantity", ordered, lambda meaning: meaning.name)
