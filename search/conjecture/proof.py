r"""Proof from the catalogue: a claim as a non-negative combination of bounds and facts.

`low <= high` follows where high - low is \(\sum_kc_k\prod_lf_{kl}\) with \(c_k(\gamma,n)\ge0\) and
every \(f_{kl}\) the slack of a bound that applies, of a lemma, or of an elementary fact. The chain
with these multipliers is checked by the kernel of the theory, by all its opinions, exported, and
checked once more from the bare file; without all that nothing is called proved.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nashgap.search.facts import fact_values
from nashgap.search.implications import why
from nashgap.search.multipliers import Coefficients, coefficients, find
from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.bound import check_derivation
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.claim import Claim, parse_claim
from nashgap.theory.errors import BadInput, NashgapError
from nashgap.theory.evidence import Evidence
from nashgap.theory.export import derivation_object
from nashgap.theory.expression import Name, text
from nashgap.theory.kernel import closure
from nashgap.theory.ledger import line
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Combination, Term
from nashgap.theory.signs import is_defined, is_nonnegative
from nashgap.theory.verify import verify_derivation

from .cases import Sides, split
from .slacks import Product, Slack, degree, names_in, products_of, slacks_under

NAME = "conjecture"
Prover = Callable[[Sides, Sequence[Assumption], Mapping[str, Rational]], "list[Part] | str"]
_TURNED = {">=": "<="}
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
    claim: Claim,
    given: Sequence[Assumption],
    fixed: Mapping[str, Fraction] | None = None,
    *,
    by: Prover | None = None,
) -> Proof | str:
    """A proof, or why there is none.

    Args:
        claim: in the claim language.
        given: what is assumed.
        fixed: numbers that the claim is restricted to: "gamma", "n".
        by: how to prove a claim without min and max; by default from the catalogue.

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
        found = _prove(sides, given, put, by or _combine)
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
    sides: Sides, given: Sequence[Assumption], numbers: Mapping[str, Rational], by: Prover
) -> list[Part] | str:
    cases = split(sides)
    if cases is None:
        return by(sides, given, numbers)
    proved: list[Part] = []
    reason = "no case of the min or max"
    for part in cases.parts:
        found = _prove(part, given, numbers, by)
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
    finite = "C" in names_in(sides.low) | names_in(sides.high)
    slacks = [s for s in slacks_under(tuple(a.text for a in given)) if finite or not s.names_c]
    pairs = finite or any(degree(monomial) > 1 for monomial in wanted)
    products = {p.name: p for p in products_of(slacks, wanted, numbers, pairs=pairs)}
    found = _fewest(wanted, products, numbers)
    if found is None:
        return "it is no non-negative combination of the bounds of the catalogue that apply"
    terms = tuple(Term(str(c), products[name].factors) for name, c in found.items())
    used = {s.name: s for name in found for s in products[name].slacks if s.chain is not None}
    return _checked(sides, terms, tuple(used.values()), bool(numbers))


def _fewest(
    wanted: Coefficients, products: Mapping[str, Product], numbers: Mapping[str, Rational]
) -> Mapping[str, Rational] | None:
    """Multipliers with one bound or lemma beside the facts; else with none that can be left out."""

    def cost(used: Mapping[str, Rational]) -> int:
        return sum(products[name].candidate.cost for name in used)

    def among(chosen: Iterable[Product]) -> Mapping[str, Rational] | None:
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
    sides: Sides, terms: tuple[Term, ...], used: Sequence[Slack], at_point: bool
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
                product = product * by_name.get(factor, fact_values().get(factor, _ONE))
            total = total + product
        high = str(total)
    claim = _claim(f"{text(sides.low)} <= {high}")
    chain = (
        derivation(NAME, assume=names, uses=chains).start(sides.low).le(high, by=Combination(terms))
    )
    found = accepted(chain, claim, "found by adding up bounds of the catalogue")
    if isinstance(found, str):
        return found
    said = chain.text if claim is None else claim.text
    return [Part(found, said, tuple(names), tuple(s.name for s in used))]


def by_steps(
    sides: Sides, given: Sequence[Assumption], numbers: Mapping[str, Rational]
) -> list[Part] | str:
    """A proof from one-step inequalities, for a quantity alone on the smaller side.

    One-step inequalities are combined for all gamma and n at once, so that `numbers` do not help.
    """
    from nashgap.search.derive import follows

    if not isinstance(sides.low, Name) or any(True for _ in sides.calls):
        return "the smaller side is more than one quantity"
    try:
        chain = follows(sides.low.name, normal(sides.high), given)
    except NashgapError as error:
        return str(error)
    if chain is None:
        return "one-step inequalities and facts do not add up to it either"
    claim = _claim(f"{text(sides.low)} <= {text(sides.high)}")
    found = accepted(chain, claim, "found by adding up one-step inequalities, facts and lemmas")
    if isinstance(found, str):
        return found
    known = tuple(lemma["name"] for lemma in found["lemmas"] if lemma["name"] in library())
    uses = ("one-step inequalities", *known)
    said = chain.text if claim is None else claim.text
    return [Part(found, said, chain.assumptions, uses)]


def accepted(chain: Derivation, claim: Claim | None, source: str) -> Mapping[str, Any] | str:
    """The file of a chain that the kernel accepts, and that is accepted once more; or why not."""
    report = check_derivation(chain, claim=claim, label=chain.name)
    if report.status is not Evidence.PROVED:
        weakest = report.weakest
        return f"the kernel does not accept the chain: {weakest.note if weakest else ''}"
    lemmas, _ = closure(chain, library())
    written = derivation_object(chain, lemmas, claim, label=chain.name, source=source)
    checked = verify_derivation(written)
    return written if checked.valid else f"the file is not accepted: {checked.reasons[0]}"


def _claim(source: str) -> Claim | None:
    """In the claim language; None for a chain whose last line has words of its own."""
    try:
        return parse_claim(source)
    except BadInput:
        return None
