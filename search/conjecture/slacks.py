"""What may be added up in a proof: slacks of bounds, lemmas and facts, and products of two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement, product

from nashgap.search.facts import fact_values
from nashgap.search.implications import why
from nashgap.search.multipliers import Candidate, Coefficients, coefficients
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import Derivation
from nashgap.theory.errors import NashgapError
from nashgap.theory.expression import Expression, Name, nodes
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.polynomial import Monomial, times
from nashgap.theory.rational import Rational

_FACT, _PAIR, _BOUND, _QUOTIENT = 1, 3, 100, 400
"""How little one likes to use what: facts rather than bounds, bounds rather than rewritten ones."""


@dataclass(frozen=True)
class Slack:
    """A non-negative number: the slack of a bound, of a lemma or of a fact.

    Attributes:
        name: as a certificate cites it.
        value: larger side minus smaller side.
        chain: the derivation that proves it; None for a fact.
    """

    name: str
    value: Rational
    chain: Derivation | None = None

    @property
    def cost(self) -> int:
        """How little one likes to use it."""
        if self.chain is None:
            return _FACT
        return _BOUND if isinstance(self.chain.first, Name) else _QUOTIENT

    @property
    def names_c(self) -> bool:
        """Whether it has a value only where C is finite."""
        if self.chain is None:
            return "C" in self.value.variables
        return any("C" in names_in(line) for line in (self.chain.lines[0], self.chain.lines[-1]))


def names_in(expression: Expression) -> frozenset[str]:
    """The quantities that an expression names."""
    return frozenset(node.name for node in nodes(expression) if isinstance(node, Name))


@dataclass(frozen=True)
class Product:
    """A product of slacks, non-negative; of none it is 1.

    Attributes:
        slacks: the factors.
        candidate: its value, for the search of multipliers.
    """

    slacks: tuple[Slack, ...]
    candidate: Candidate

    @property
    def name(self) -> str:
        """Unique."""
        return self.candidate.name

    @property
    def is_plain(self) -> bool:
        """Whether it is made of facts only."""
        return all(slack.chain is None for slack in self.slacks)

    @property
    def factors(self) -> tuple[str, ...]:
        """As a certificate names them."""
        return tuple(slack.name for slack in self.slacks)


@cache
def slacks_under(given: tuple[str, ...]) -> tuple[Slack, ...]:
    """Facts, and the bounds and lemmas whose assumptions follow from what is given."""
    assumed = parse_assumptions(list(given))
    found = [Slack(name, value) for name, value in fact_values().items()]
    chains = {bound.derivation.name: bound.derivation for bound in bounds().values()}
    chains |= {name: lemma for name, lemma in library().items() if name not in chains}
    for name, chain in chains.items():
        if chain.level != "scalar":
            continue
        if any(why(a, assumed) is None for a in parse_assumptions(list(chain.assumptions))):
            continue
        try:
            said = chain.statement
            found.append(Slack(name, normal(said.right) - normal(said.left), chain))
        except NashgapError:  # a statement with a min has no normal form
            continue
    return tuple(found)


def products_of(
    slacks: Sequence[Slack], wanted: Coefficients, numbers: Mapping[str, Rational], *, pairs: bool
) -> Iterator[Product]:
    """1, every slack, and with `pairs` those products of a fact and a slack that may help."""
    unit = _product((), numbers)
    singles = {s.name: _product((s,), numbers) for s in slacks}
    yield from (p for p in (unit, *singles.values()) if p.candidate.value)
    if not pairs:
        return
    known = {m for p in singles.values() for m in p.candidate.value if degree(m) > 1}
    known |= {m for m in wanted if degree(m) > 1}
    plain = [s for s in slacks if s.chain is None]
    both = [*combinations_with_replacement(plain, 2)]
    both += [(s, other) for s in plain for other in slacks if other.chain is not None]
    for one, two in both:
        parts = (singles[s.name].candidate.value for s in (one, two))
        if not known.isdisjoint(times(a, b) for a, b in product(*parts)):
            yield _product((one, two), numbers)


def _product(factors: tuple[Slack, ...], numbers: Mapping[str, Rational]) -> Product:
    value = Rational.constant(1)
    for slack in factors:
        value = value * slack.value
    read = coefficients(value.substitute(numbers) if numbers else value)
    cost = sum(s.cost for s in factors) + _PAIR * (len(factors) > 1)
    name = " * ".join(s.name for s in factors) or "1"
    return Product(factors, Candidate(name, read or {}, cost))


def degree(monomial: Monomial) -> int:
    """The number of quantities in a monomial, powers counted."""
    return sum(power for _, power in monomial)
