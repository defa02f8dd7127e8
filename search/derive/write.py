"""Writes a solution of the program as a chain, in the order in which a reader would argue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.expression import text
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Attained, Combination, Least, Term
from nashgap.theory.reasons.attained import MAXIMA
from nashgap.theory.words import line_vocabulary

from .instance import Instance
from .written import as_sum, written

SOURCE = "found by linear programs over one-step inequalities, facts and lemmas"
"""What a derivation file says of where it comes from."""
_VALUES = ("V(", "NashGap_i", "ValueGap_i")
_MEANS = ("E_mu(", "E_learner(", "E_deviation(", "nu(", "norm_")


@dataclass(frozen=True)
class Used:
    """An instance and how often it is used."""

    instance: Instance
    often: Rational

    @property
    def total(self) -> Rational:
        """What it adds."""
        return self.often * self.instance.value

    @property
    def term(self) -> Term:
        """As a certificate cites it."""
        return Term(written(self.often), self.instance.factors)


def chain_of(quantity: str, bound: Rational, used: Iterable[Used], name: str) -> Derivation:
    """The chain from the quantity to the bound: first values, then means, then errors.

    Args:
        quantity: where it starts.
        bound: where it ends.
        used: what adds up to the difference.
        name: of the chain.
    """
    listed = list(used)
    uses = {c.name: c for one in listed for c in one.instance.chains}
    names = list(dict.fromkeys(a for one in listed for a in one.instance.assumptions))
    chain = derivation(name, assume=names, uses=tuple(uses.values())).start(quantity)
    if quantity in MAXIMA:
        quantity = MAXIMA[quantity]
        chain = chain.eq(quantity, by=Attained())
    line = normal(parse_expression(quantity, line_vocabulary()))
    stages = [stage for stage in _stages(listed) if stage]
    for k, stage in enumerate(stages, 1):
        after = line + sum((one.total for one in stage), Rational.constant(0))
        if k == len(stages):
            after = bound
        if not (after - line).is_zero:
            chain = chain.le(as_sum(after), by=Combination(tuple(one.term for one in stage)))
        line = after
    return chain


def _stages(used: Iterable[Used]) -> Iterator[list[Used]]:
    left = list(used)
    for marks in (_VALUES, _MEANS):
        stage = [o for o in left if any(v.startswith(marks) for v in o.instance.value.variables)]
        left = [o for o in left if o not in stage]
        yield stage
    yield left


def total_of(bound: Mapping[Monomial, Rational]) -> Rational:
    """The bound as one rational function."""
    total = Rational.constant(0)
    for atom, c in bound.items():
        for name, power in atom:
            c = c * Rational.variable(name).power(power)
        total = total + c
    return total


def least_of(quantity: str, chains: Sequence[Derivation], name: str) -> Derivation:
    """The quantity is at most the least of what several chains bound it by."""
    names = list(dict.fromkeys(a for chain in chains for a in chain.assumptions))
    bounds = ", ".join(text(chain.lines[-1]) for chain in chains)
    return (
        derivation(name, assume=names, uses=tuple(chains))
        .start(quantity)
        .le(f"min({bounds})", by=Least(tuple(chain.name for chain in chains)))
    )
