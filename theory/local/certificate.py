r"""Certificates of local vector steps: products of non-negative hypotheses that add up to the goal.

A local step holds at one state, with the continuation values as free bounded variables. For n
players with A actions each it says that a polynomial, the goal, is non-negative wherever the
hypotheses are. Its certificate is

\[\mathrm{goal}=\sum_kc_k\prod_{l\in L_k}h_l\qquad\text{with }c_k\ge0,\ h_l\ge0,\]

an identity of polynomials once each equation "variable = polynomial" is put in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..polynomial import Polynomial

ZERO, ONE = Polynomial.constant(0), Polynomial.constant(1)


@dataclass(frozen=True)
class Equation:
    """A variable that stands for a polynomial in the free variables.

    Attributes:
        name: what it says, for example "m0_0 + m0_1 = 1 - h0".
        variable: the variable that it eliminates.
        polynomial: what the variable equals.
    """

    name: str
    variable: str
    polynomial: Polynomial


@dataclass(frozen=True)
class Hypothesis:
    """A polynomial that is non-negative.

    Attributes:
        name: what it says, for example "q_expert_learner_0_1 <= 1".
        polynomial: the larger side minus the smaller one.
    """

    name: str
    polynomial: Polynomial


@dataclass(frozen=True)
class Weighted:
    """One product of a certificate.

    Attributes:
        multiplier: a non-negative number.
        factors: the positions of its hypotheses.
    """

    multiplier: Fraction
    factors: tuple[int, ...]


@dataclass(frozen=True)
class LocalCertificate:
    """A local step at one shape, with its proof.

    Attributes:
        name: the lemma that it belongs to.
        players: n.
        actions: the number A of actions of every player.
        variables: every variable that occurs; letters, digits and underscores, none a number.
        equations: variables that stand for polynomials in the others.
        hypotheses: what is non-negative.
        goal: what is to be non-negative.
        products: the certificate.

    Example:
        >>> x, one = Polynomial.variable("x"), Polynomial.constant(1)
        >>> low, high = Hypothesis("x >= 0", x), Hypothesis("x <= 1", one - x)
        >>> both = (Weighted(Fraction(1), (0, 1)),)
        >>> LocalCertificate("arch", 1, 1, ("x",), (), (low, high), x - x * x, both).fault
        ''
    """

    name: str
    players: int
    actions: int
    variables: tuple[str, ...]
    equations: tuple[Equation, ...]
    hypotheses: tuple[Hypothesis, ...]
    goal: Polynomial
    products: tuple[Weighted, ...]

    @cached_property
    def remainder(self) -> Polynomial:
        """Goal minus products after the equations are put in; 0 for a valid certificate."""
        stands_for = {e.variable: e.polynomial for e in self.equations}
        factors = [substituted(h.polynomial, stands_for) for h in self.hypotheses]
        rest = dict(substituted(self.goal, stands_for).terms)
        for product in self.products:
            for monomial, value in _expanded(product, factors).terms.items():
                rest[monomial] = rest.get(monomial, Fraction(0)) - value
        return Polynomial.of(rest)

    @property
    def fault(self) -> str:
        """Why it proves nothing, "" for a valid certificate."""
        eliminated = {e.variable for e in self.equations}
        if len(eliminated) < len(self.equations):
            return "a variable is eliminated twice"
        for equation in self.equations:
            if equation.polynomial.variables & eliminated:
                return f"the equation {equation.name} names an eliminated variable"
        for product in self.products:
            if product.multiplier < 0:
                return f"the multiplier {product.multiplier} is negative"
            if not all(0 <= k < len(self.hypotheses) for k in product.factors):
                return f"a product of hypotheses {product.factors} that do not exist"
        known = set(self.variables)
        spoken = (self.goal, *(h.polynomial for h in self.hypotheses))
        if any(not polynomial.variables <= known for polynomial in spoken):
            return "a variable that is not listed"
        if not self.remainder.is_zero:
            return f"goal minus products is {str(self.remainder)[:200]}, not 0"
        return ""


def substituted(polynomial: Polynomial, values: Mapping[str, Polynomial]) -> Polynomial:
    """A polynomial with polynomials put in for variables, all at once."""
    total: dict[tuple[tuple[str, int], ...], Fraction] = {}
    for monomial, coefficient in polynomial.terms.items():
        kept = tuple(pair for pair in monomial if pair[0] not in values)
        piece = Polynomial.of({kept: coefficient})
        for name, power in monomial:
            if name in values:
                piece = piece * values[name] ** power
        for key, value in piece.terms.items():
            total[key] = total.get(key, Fraction(0)) + value
    return Polynomial.of(total)


def _expanded(product: Weighted, factors: Sequence[Polynomial]) -> Polynomial:
    found = Polynomial.constant(product.multiplier)
    for k in sorted(product.factors, key=lambda k: len(factors[k].terms)):
        found = found * factors[k]
    return found
