"""What is said of the local vector steps that a derivation rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..chain import Derivation
from ..concrete import SHAPES
from .catalogue import has_local_step
from .written import certificate


@dataclass(frozen=True)
class WrittenOut:
    """The local step of one lemma, written out at every shape of `SHAPES`.

    Attributes:
        lemma: its name.
        products: how many non-negative products add up to the goal, one count for each shape.
        fault: why a certificate proves nothing, "" if all are valid.
    """

    lemma: str
    products: tuple[int, ...]
    fault: str

    def json(self) -> dict[str, object]:
        """As `check --json` prints it."""
        return {
            "lemma": self.lemma,
            "shapes": [list(shape) for shape in SHAPES],
            "products": list(self.products),
            "valid": not self.fault,
        }


def written_out_of(chains: Iterable[Derivation]) -> tuple[WrittenOut, ...]:
    """The local steps among some chains, in their order.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> [(step.lemma, step.products) for step in written_out_of(bounds()["T1"].lemmas)]
        [('disagreement_recursion', (4, 20, 45, 88))]
    """
    return tuple(_written(chain) for chain in chains if has_local_step(chain))


@lru_cache(maxsize=64)
def _written(chain: Derivation) -> WrittenOut:
    found = [certificate(chain, *shape) for shape in SHAPES]
    fault = next((step.fault for step in found if step.fault), "")
    return WrittenOut(chain.name, tuple(len(step.products) for step in found), fault)
