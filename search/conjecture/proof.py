r"""Proof from the catalogue: a claim as a non-negative combination of bounds and facts.

`low <= high` follows where high - low is \(\sum_kc_k\prod_lf_{kl}\) with \(c_k(\gamma,n)\ge0\) and
every \(f_{kl}\) the slack of a bound that applies, of a lemma, or of an elementary fact. The chain
with these multipliers is checked by the kernel of the theory, by all its opinions, exported, and
checked once more from the bare file; without all that nothing is called proved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product
from typing import Any

from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.bound import check_derivation
from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.claim import Claim, parse_claim
from nashgap.theory.errors import BadInput, NashgapError
from nashgap.theory.evidence import Evidence
from nashgap.theory.export import derivation_object
from nashgap.theory.expression import Expression, Name, Sum, nodes, text
from nashgap.theory.grounds import facts, ordered
from nashgap.theory.kernel import closure
from nashgap.theory.ledger import check_line, line
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_relation
from nashgap.theory.polynomial import Monomial, times
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Combination, Term
from nashgap.theory.signs import is_defined, is_nonnegative
from nashgap.theory.verify import verify_derivation
from nashgap.theory.words import line_vocabulary

from .cases import Sides, split
from .implications import why
from .multipliers import Candidate, Coefficients, coefficients, find

NAME = "conjecture"
_TURNED = {">=": "<="}
_FACT, _PAIR, _BOUND, _QUOTIENT = 1, 3, 100, 400
"""How much one likes to use what: facts rather than bounds, bounds rather than rewritten ones."""
_ONE = Rational.constant(1)


@dataclass(frozen=True)
class Part:
    """One proved chain.

    Attributes:
        derivation: a complete `nashgap/derivation/1` object.
        claim: what it proves.
        assumptions: what it uses.
        uses: the bounds and lemmas whose slack it adds up.
    """

    derivation: Mapping[str, Any]
    claim: str
    assumptions: tuple[str, ...]
    uses: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """A claim proved.

    Attributes:
        parts: its chains; more than one where a min has to exceed the smaller side.
        implications: the steps from what is assumed to what the chains use.
        notes: how the chains give the claim, where it is not word for word their last line.
    """

    parts: tuple[Part, ...]
    implications: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the chains use."""
        return tuple(dict.fromkeys(a for part in self.parts for a in part.assumptions))


def prove(
    claim: Claim, given: Sequence[Assumption], fixed: Mapping[str, Fraction] | None = None
) -> Proof | str:
    """A proof, or why there is none.

    Args:
        claim: in the claim language.
        given: what is assumed.
        fixed: numbers that the claim is restricted to: "gamma", "n".

    Example:
        >>> claim = parse_claim("NashGap <= 3*n*eps_BC/(1-gamma)**2")
        >>> found = prove(claim, parse_assumptions("dominant"))
        >>> found.parts[0].assumptions, found.parts[0].derivation["format"]
        (('dominant',), 'nashgap/derivation/1')
    """
    relation = _TURNED.get(claim.relation, claim.relation)
    if relation != "<=":
        return f"a chain of the theory proves '<=', not {claim.relation!r}"
    turned = claim.relation == ">="
    sides = Sides(claim.right, claim.left) if turned else Sides(claim.left, claim.right)
    numbers = {name: Rational.constant(value) for name, value in (fixed or {}).items()}
    reason = ""
    for put in ({}, numbers) if numbers else ({},):
        found = _prove(sides, given, put)
        if isinstance(found, str):
            reason = found
        else:
            used = parse_assumptions(
                list(dict.fromkeys(name for part in found for name in part.assumptions))
            )
            steps = dict.fromkeys(s for a in used for s in why(a, given) or ())
            return Proof(tuple(found), tuple(steps), tuple(_notes(claim, found, put)))
    return reason


def _notes(claim: Claim, parts: Sequence[Part], numbers: Mapping[str, Rational]) -> Iterator[str]:
    if len(parts) > 1:
        yield "the claim has a min that each part proves for one of its arguments"
    elif any(call for call in Sides(claim.left, claim.right).calls):
        yield "one argument of the max, or of the min on the smaller side, is enough"
    elif claim.relation == ">=":
        yield "the sides changed places, so that the smaller one comes first"
    if numbers:
        at = ", ".join(f"{name} = {value}" for name, value in numbers.items())
        yield f"the derivation holds in general, and its claim at {at} is this one"


def _prove(
    sides: Sides, given: Sequence[Assumption], numbers: Mapping[str, Rational]
) -> list[Part] | str:
    cases = split(sides)
    if cases is None:
        return _combine(sides, given, numbers)
    proved: list[Part] = []
    reason = "no case of the min or max"
    for part in cases.parts:
        found = _prove(part, given, numbers)
        if isinstance(found, str):
            reason = found
            if cases.every:
                return found
        elif not cases.every:
            return found
        else:
            proved += found
    return proved or reason


def _combine(
    sides: Sides, given: Sequence[Assumption], numbers: Mapping[str, Rational]
) -> list[Part] | str:
    """Finds multipliers, writes the chain, and has it checked."""
    if any(True for _ in sides.calls):
        return "it has a min or max in a place where no sign tells which argument counts"
    try:
        difference = normal(sides.high) - normal(sides.low)
        difference = difference.substitute(numbers) if numbers else difference
    except (NashgapError, ZeroDivisionError) as error:
        return str(error)
    if not is_defined(difference):
        return "a denominator of the claim is not shown to differ from 0"
    wanted = coefficients(difference)
    if wanted is None:
        return "the claim divides by a quantity, which combinations of bounds do not"
    if not wanted:
        return "the two sides are the same"
    # A claim without C speaks of games with C infinite, too, where a bound with C says nothing.
    finite = "C" in _named(sides)
    slacks = [s for s in _slacks(tuple(a.text for a in given)) if finite or not s.names_c]
    pairs = finite or any(_degree(monomial) > 1 for monomial in wanted)
    products = {p.name: p for p in _products(slacks, wanted, numbers, pairs=pairs)}
    found = _fewest(wanted, products, numbers)
    if found is None:
        return "it is no non-negative combination of the bounds of the catalogue that apply"
    terms = tuple(Term(str(c), products[name].factors) for name, c in found.items())
    used = {s.name: s for name in found for s in products[name].slacks if s.chain is not None}
    return _checked(sides, terms, tuple(used.values()), bool(numbers))


def _fewest(
    wanted: Coefficients, products: Mapping[str, "_Product"], numbers: Mapping[str, Rational]
) -> Mapping[str, Rational] | None:
    """Multipliers with one bound or lemma beside the facts; else with none that can be left out."""

    def cost(used: Mapping[str, Rational]) -> int:
        return sum(products[name].candidate.cost for name in used)

    def among(chosen: Iterable[_Product]) -> Mapping[str, Rational] | None:
        return find(wanted, [p.candidate for p in chosen], numbers)

    owed = {m for m, c in wanted.items() if not is_nonnegative(c)}
    facts = [p for p in products.values() if p.is_plain]
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


def _checked(
    sides: Sides, terms: tuple[Term, ...], used: Sequence["Slack"], at_point: bool
) -> list[Part] | str:
    names = list(dict.fromkeys(a for s in used if s.chain for a in s.chain.assumptions))
    chains = tuple(s.chain for s in used if s.chain is not None)
    high = text(sides.high)
    if at_point:
        total = normal(sides.low)
        by_name = {s.name: s.value for s in used}
        for term in terms:
            product = normal(line(term.multiplier, "scalar"))
            for factor in term.factors:
                product = product * by_name.get(factor, _facts().get(factor, _ONE))
            total = total + product
        high = str(total)
    claim = _claim(f"{text(sides.low)} <= {high}")
    chain = (
        derivation(NAME, assume=names, uses=chains).start(sides.low).le(high, by=Combination(terms))
    )
    report = check_derivation(chain, claim=claim, label=NAME)
    if report.status is not Evidence.PROVED:
        weakest = report.weakest
        return f"the kernel does not accept the chain: {weakest.note if weakest else ''}"
    lemmas, _ = closure(chain, library())
    written = derivation_object(
        chain, lemmas, claim, label=NAME, source="found by adding up bounds of the catalogue"
    )
    checked = verify_derivation(written)
    if not checked.valid:
        return f"the file is not accepted: {checked.reasons[0]}"
    said = chain.text if claim is None else claim.text
    return [Part(written, said, tuple(names), tuple(s.name for s in used))]


def _claim(source: str) -> Claim | None:
    """In the claim language; None for a chain whose last line has words of its own."""
    try:
        return parse_claim(source)
    except BadInput:
        return None


# -- what may be added up


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
        return any("C" in _names(line) for line in (self.chain.lines[0], self.chain.lines[-1]))


def _names(expression: Expression) -> frozenset[str]:
    return frozenset(node.name for node in nodes(expression) if isinstance(node, Name))


def _named(sides: Sides) -> frozenset[str]:
    return _names(sides.low) | _names(sides.high)


@dataclass(frozen=True)
class _Product:
    slacks: tuple[Slack, ...]
    candidate: Candidate

    @property
    def name(self) -> str:
        return self.candidate.name

    @property
    def is_plain(self) -> bool:
        """Whether it is made of facts only."""
        return all(slack.chain is None for slack in self.slacks)

    @property
    def factors(self) -> tuple[str, ...]:
        return tuple(slack.name for slack in self.slacks)


@cache
def _slacks(given: tuple[str, ...]) -> tuple[Slack, ...]:
    """Facts, and the bounds and lemmas whose assumptions follow from what is given."""
    assumed = parse_assumptions(list(given))
    found = [Slack(name, value) for name, value in _facts().items()]
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


@cache
def _facts() -> Mapping[str, Rational]:
    found = {}
    for fact in facts():
        for source in fact.instances if fact.level == "scalar" else ():
            low, high = ordered(*parse_relation(source, line_vocabulary()))
            try:
                check_line(Sum(((False, high), (True, low))), "scalar")
            except NashgapError:  # one of an opponent j, which stands under a sum only
                continue
            found[source] = normal(high) - normal(low)
    return found


def _products(
    slacks: Sequence[Slack], wanted: Coefficients, numbers: Mapping[str, Rational], *, pairs: bool
) -> Iterator[_Product]:
    """1, every slack, and with `pairs` those products of a fact and a slack that may help."""
    unit = _product((), numbers)
    singles = {s.name: _product((s,), numbers) for s in slacks}
    yield from (p for p in (unit, *singles.values()) if p.candidate.value)
    if not pairs:
        return
    known = {m for p in singles.values() for m in p.candidate.value if _degree(m) > 1}
    known |= {m for m in wanted if _degree(m) > 1}
    plain = [s for s in slacks if s.chain is None]
    both = [*combinations_with_replacement(plain, 2)]
    both += [(s, other) for s in plain for other in slacks if other.chain is not None]
    for one, two in both:
        parts = (singles[s.name].candidate.value for s in (one, two))
        if not known.isdisjoint(times(a, b) for a, b in product(*parts)):
            yield _product((one, two), numbers)


def _product(factors: tuple[Slack, ...], numbers: Mapping[str, Rational]) -> _Product:
    value = Rational.constant(1)
    for slack in factors:
        value = value * slack.value
    read = coefficients(value.substitute(numbers) if numbers else value)
    cost = sum(s.cost for s in factors) + _PAIR * (len(factors) > 1)
    name = " * ".join(s.name for s in factors) or "1"
    return _Product(factors, Candidate(name, read or {}, cost))


def _degree(monomial: Monomial) -> int:
    return sum(power for _, power in monomial)
