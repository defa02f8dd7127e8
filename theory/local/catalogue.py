r"""The local steps of the library, and their certificates written out.

A step's certificate reads the same at every shape, which `reasons.local` shows by formal sums; here
it is also there in full, product by product.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from ..chain import Derivation
from ..concrete import SHAPES
from ..library import library
from ..reasons.local import Local
from .certificate import LocalCertificate
from .written import certificate


@cache
def local_lemmas() -> Mapping[str, Derivation]:
    """The lemmas with a local step, by name.

    Example:
        >>> "disagreement_recursion" in local_lemmas()
        True
    """
    return MappingProxyType({name: c for name, c in library().items() if has_local_step(c)})


def has_local_step(chain: Derivation) -> bool:
    """Whether a chain has a local vector step."""
    return any(isinstance(step.reason, Local) for step in chain.steps)


@lru_cache(maxsize=256)
def written_out(name: str, players: int, actions: int) -> LocalCertificate:
    """The certificate of a lemma of the library at a shape.

    Example:
        >>> written_out("disagreement_recursion", 2, 2).fault
        ''
    """
    return certificate(local_lemmas()[name], players, actions)


def certificates(name: str) -> tuple[LocalCertificate, ...]:
    """The certificates of a lemma of the library at every shape of `SHAPES`."""
    return tuple(written_out(name, players, actions) for players, actions in SHAPES)
