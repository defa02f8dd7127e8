r"""A claim without min and max, as a non-negative combination of bounds, lemmas and facts.

`low <= high` follows where high - low is \(\sum_kc_k\prod_lf_{kl}\) with \(c_k(\gamma,n)\ge0\) and
every \(f_{kl}\) the slack of a bound that applies, of a lemma, or of an elementary fact; `low <
high` where a positive function of \(\gamma\) and n is left over. The chain with these multipliers
is checked by the kernel of the theory, by all its opinions, exported, and checked once more from
the bare file; without all that nothing is called proved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nashgap.search.facts import fact_values
from nashgap.search.multipliers import Coefficients, coefficients, find, is_possible
from nashgap.theory.accept import accepted
from nashgap.theory.assumptions import Assumption
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.errors import NashgapError
from nashgap.theory.expression import text
from nashgap.theory.ledger import line
from nashgap.theory.normal import normal
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Algebra, Combination, Term, Unfold
from nashgap.theory.signs import is_defined, is_nonnegative, is_positive

from .cases import Sides
from .cleared import HORIZON, cleared, written_out
from .slacks import UNIT, Product, Slack, degree, names_in, products_of, slacks_under

NAME = "conjecture"
_ZERO, _ONE = Rational.constant(0), Rational.constant(1)
_HALF = Rational.constant(2).inverse()
_PRIZE = 10**6
"""How much a strict claim likes what is left over."""


@dataclass(frozen=True)
class Part:
    """One proved chain.

    Attributes:
        derivation: a complete `nashgap/derivation/1` object.
        claim: what it proves.
        assumptions: what it uses.
        uses: the bounds and lemmas whose slack it adds up.
        note: how it gives what was asked, where it is not that word for word.
    """

    derivation: Mapping[str, Any]
    claim: str
    assumptions: tuple[str, ...]
    uses: tuple[str, ...]
    note: str = ""

    @property
    def is_equation(self) -> bool:
        """Whether it proves that both sides are the same."""
        return all(step["relation"] == "==" for step in self.derivation["proof"]["steps"])


def combined(
    sides: Sides, given: Sequence[Assumption], numbers: Mapping[str, Rational]
) -> list[Part] | str:
    """Finds multipliers, writes the chain, and has it checked; or says why it cannot."""
    if any(True for _ in sides.calls):
        return "it has a min or max in a place where no sign tells which argument counts"
    try:
        plain = cleared(written_out(sides))
        if plain is None:
            return "the claim divides by a quantity whose sign is not known"
        difference = normal(plain.sides.high) - normal(plain.sides.low)
        difference = difference.substitute(numbers) if numbers else difference
    except (NashgapError, ZeroDivisionError) as error:
        return str(error)
    if not is_defined(difference):
        return "a denominator of the claim is not shown to differ from 0"
    wanted = coefficients(difference)
    if wanted is None:
        return "the claim divides by a quantity, which combinations of bounds do not"
    note = f"both sides are multiplied by {plain.factor}, positive where the claim has a value"
    asked = _Asked(sides, plain.sides, numbers, note if plain.factor else "")
    if not wanted:
        return "the two sides are the same" if sides.strict else asked.identity()
    found = _multipliers(wanted, sides, given, numbers)
    if found is None:
        return "it is no non-negative combination of the bounds of the catalogue that apply"
    return asked.chain(*found)


def _multipliers(
    wanted: Coefficients,
    sides: Sides,
    given: Sequence[Assumption],
    numbers: Mapping[str, Rational],
) -> tuple[Mapping[str, Rational], Mapping[str, Product]] | None:
    """Products and how often each is taken."""
    # A claim without C speaks of games with C infinite, too, where a bound with C says nothing.
    finite = "C" in names_in(sides.low) | names_in(sides.high)
    slacks = [s for s in slacks_under(tuple(a.text for a in given)) if finite or not s.names_c]
    pairs = finite or any(degree(monomial) > 1 for monomial in wanted)
    products = {p.name: p for p in products_of(slacks, wanted, numbers, pairs=pairs)}
    if sides.strict:
        unit = products[UNIT]
        prized = replace(unit.candidate, cost=-_PRIZE)
        products[UNIT] = replace(unit, candidate=prized)
    found = _fewest(wanted, products, numbers, strict=sides.strict)
    return None if found is None else (found, products)


def _fewest(
    wanted: Coefficients,
    products: Mapping[str, Product],
    numbers: Mapping[str, Rational],
    *,
    strict: bool,
) -> Mapping[str, Rational] | None:
    """Multipliers with one bound or lemma beside the facts; else with none that can be left out."""

    def cost(used: Mapping[str, Rational]) -> int:
        return sum(max(products[name].candidate.cost, 0) for name in used)

    def among(chosen: Iterable[Product]) -> Mapping[str, Rational] | None:
        found = find(wanted, [p.candidate for p in chosen], numbers)
        if found is not None and strict and not is_positive(found.get(UNIT, _ZERO)):
            return None
        return found

    owed = {m for m, c in wanted.items() if not is_nonnegative(c)}
    facts = [p for p in products.values() if p.is_plain]
    if (found := among(facts)) is not None:
        return found
    if not is_possible(wanted, [p.candidate for p in products.values()], numbers):
        return None
    alone = [
        found
        for p in products.values()
        if not p.is_plain and not owed.isdisjoint(p.candidate.value)
        if (found := among([*facts, p])) is not None
    ]
    if alone:
        return min(alone, key=cost)
    left = dict(products)
    found = among(left.values())
    for name in sorted(found or (), key=lambda name: -products[name].candidate.cost):
        if found is None or name not in found or products[name].is_plain:
            continue
        fewer = {key: p for key, p in left.items() if key != name}
        better = among(fewer.values())
        if better is not None and cost(better) < cost(found):
            left, found = fewer, better
    return found


@dataclass(frozen=True)
class _Asked:
    """What a chain is to prove.

    Attributes:
        sides: as asked.
        plain: without the horizon and without quantities below a fraction line.
        numbers: that the claim is restricted to.
        note: how the one gives the other.
    """

    sides: Sides
    plain: Sides
    numbers: Mapping[str, Rational]
    note: str

    def identity(self) -> list[Part] | str:
        """Both sides are the same once the horizon is written out, or at the numbers given."""
        if self.numbers or self.note:
            low = text(self.plain.low)
            return self._checked(derivation(NAME).start(low).eq(low, by=Algebra()), ())
        chain = derivation(NAME).start(text(self.sides.low))
        same = self.plain == self.sides
        return self._checked(
            chain.eq(text(self.sides.high), by=Algebra() if same else Unfold((HORIZON,))), ()
        )

    def chain(
        self, found: Mapping[str, Rational], products: Mapping[str, Product]
    ) -> list[Part] | str:
        """From the smaller side to the larger, or to what the combination adds up to."""
        half = found[UNIT] * _HALF if self.sides.strict else None
        found = found if half is None else {**found, UNIT: half}
        used = {s.name: s for name in found for s in products[name].slacks if s.chain is not None}
        names = dict.fromkeys(a for s in used.values() if s.chain for a in s.chain.assumptions)
        chains = tuple(s.chain for s in used.values() if s.chain is not None)
        terms = tuple(Term(str(c), products[name].factors) for name, c in found.items())
        adds_up = self.sides.strict or bool(self.numbers)
        high = str(_total(self.plain, terms, used)) if adds_up else text(self.plain.high)
        begun = derivation(NAME, assume=list(names), uses=chains)
        if self.note or adds_up or self.plain == self.sides:
            chain = begun.start(text(self.plain.low)).le(high, by=Combination(terms))
        else:
            chain = self._with_horizon(begun, terms)
        note = self.note
        if half is not None:
            over = f"the last line is the larger side less {half} > 0, so that the claim is strict"
            note = "; ".join(filter(None, (note, over)))
        return self._checked(chain, tuple(used), note)

    def _with_horizon(self, begun: Derivation, terms: tuple[Term, ...]) -> Derivation:
        """The same with the horizon written out on the way."""
        out = Unfold((HORIZON,))
        chain = begun.start(text(self.sides.low))
        if self.plain.low != self.sides.low:
            chain = chain.eq(text(self.plain.low), by=out)
        chain = chain.le(text(self.plain.high), by=Combination(terms))
        if self.plain.high != self.sides.high:
            chain = chain.eq(text(self.sides.high), by=out)
        return chain

    def _checked(
        self, chain: Derivation, uses: tuple[str, ...], note: str | None = None
    ) -> list[Part] | str:
        stated = chain.statement
        said = f"{text(stated.left)} {stated.relation} {text(stated.right)}"
        found = accepted(chain, said, "found by adding up bounds of the catalogue")
        if isinstance(found, str):
            return found
        note = self.note if note is None else note
        return [Part(found.derivation, found.said, chain.assumptions, uses, note)]


def _total(sides: Sides, terms: Sequence[Term], used: Mapping[str, Slack]) -> Rational:
    """The smaller side and all that is added to it."""
    total = normal(sides.low)
    for term in terms:
        product = normal(line(term.multiplier, "scalar"))
        for factor in term.factors:
            value = used[factor].value if factor in used else fact_values().get(factor, _ONE)
            product = product * value
        total = total + product
    return total
