"""What may be added up in a proof: slacks of bounds, lemmas and facts, and products of two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement, product

from nashgap.search.facts import fact_values
from nashgap.search.implications import consequences, why
from nashgap.search.multipliers import Candidate, Coefficients, coefficients
from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.errors import NashgapError
from nashgap.theory.expression import Expression, Name, Number, nodes
from nashgap.theory.grounds import consequences as said_by
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_relation
from nashgap.theory.polynomial import Monomial, times
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Assume
from nashgap.theory.words import line_vocabulary

_FACT, _PAIR, _SIGN, _BOUND, _QUOTIENT = 1, 3, 2, 100, 400
"""How little one likes to use what: facts rather than bounds, bounds rather than rewritten ones."""
UNIT = "1"
"""The empty product."""


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
    def is_plain(self) -> bool:
        """Whether it is a fact, or a lemma that says no more than a sign."""
        return self.chain is None or isinstance(self.chain.first, Number)

    @property
    def is_near_zero(self) -> bool:
        """Whether it is more than a range such as eps_mu <= 2, whose multiples say little."""
        constant = (coefficients(self.value) or {}).get(())
        return constant is None or (constant * constant - Rational.constant(1)).is_zero

    @property
    def cost(self) -> int:
        """How little one likes to use it."""
        if self.is_plain:
            return _FACT if self.chain is None else _SIGN
        assert self.chain is not None
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
        """Whether it is made of facts and signs only."""
        return all(slack.is_plain for slack in self.slacks)

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
    chains |= {chain.name: chain for chain in _said(assumed)}
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


def _said(assumed: Sequence[Assumption]) -> Iterator[Derivation]:
    """What assumptions with a number say of a quantity, as chains of one step."""
    for k, name in enumerate(consequences(assumed)):
        for one in said_by(name) if "=" in name else ():
            left, relation, right = parse_relation(one.relation, line_vocabulary())
            if relation == "<=" and one.level == "scalar":
                chain = derivation(f"assumed_{k}", assume=name).start(left)
                yield chain.le(right, by=Assume(name))


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
    plain = [s for s in slacks if s.is_plain and s.is_near_zero]
    both = [*combinations_with_replacement(plain, 2)]
    both += [(s, other) for s in plain for other in slacks if not other.is_plain]
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
    name = " * ".join(s.name for s in factors) or UNIT
    return Product(factors, Candidate(name, read or {}, cost))


def degree(monomial: Monomial) -> int:
    """The number of quantities in a monomial, powers counted."""
    return sum(power for _, power in monomial)
