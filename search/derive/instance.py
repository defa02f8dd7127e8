"""What may be added up: a non-negative number with a name, and the chain that proves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from nashgap.search.multipliers import Candidate, coefficients
from nashgap.theory.chain import Derivation
from nashgap.theory.normal import normal
from nashgap.theory.rational import Rational

FACT, GROUND, STEP, LEMMA, BOUND = 1, 2, 6, 300, 1000
"""How little one likes to use what: facts rather than one-step lemmas, these rather than bounds."""


@dataclass(frozen=True)
class Instance:
    """One non-negative number.

    Attributes:
        name: as a certificate cites it; of a product, the factors joined.
        value: larger side minus smaller side.
        factors: as a certificate names them; one, unless it is a product.
        chains: the derivations that prove the factors that are no elementary facts.
        cost: how little one likes to use it.
    """

    name: str
    value: Rational
    factors: tuple[str, ...]
    chains: tuple[Derivation, ...]
    cost: int

    @cached_property
    def candidate(self) -> Candidate | None:
        """For the program; None where it divides by a quantity."""
        read = coefficients(self.value)
        return Candidate(self.name, read, self.cost) if read else None

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What its chains assume."""
        return tuple(dict.fromkeys(a for chain in self.chains for a in chain.assumptions))

    def times(self, other: "Instance") -> "Instance":
        """The product, non-negative as well."""
        return Instance(
            f"{self.name} * {other.name}",
            self.value * other.value,
            (*self.factors, *other.factors),
            (*self.chains, *other.chains),
            self.cost + other.cost + 3,
        )


def proved(chain: Derivation, cost: int) -> Instance:
    """What a chain states, as an instance."""
    said = chain.statement
    value = normal(said.right) - normal(said.left)
    return Instance(chain.name, value, (chain.name,), (chain,), cost)


def by_name(instances: Iterable[Instance]) -> Mapping[str, Instance]:
    """The instances that a program can use, by name."""
    return {one.name: one for one in instances if one.candidate is not None}
