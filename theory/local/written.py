r"""A local step of the library written out at one shape, with its certificate.

Goal and facts are multiplied by \(1-\gamma\) as often as they are divided by it, so that all are
polynomials. The certificate is the one that the step's own terms say, every sum over joint actions
and every weight written out in products of parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb

from ..chain import Derivation
from ..concrete import Entry
from ..grounds import fact_named
from ..ledger import BrokenStepError
from ..parsing import parse_expression
from ..polynomial import Polynomial
from ..reasons.local import Local, LocalTerm
from ..words import line_vocabulary
from .certificate import ONE, Hypothesis, LocalCertificate, Weighted
from .shape import Joint, Shape

_GAMMA = Polynomial.variable("gamma")
_REST = ONE - _GAMMA
_MOST = 16
_ZERO = Fraction(0)


def certificate(chain: Derivation, players: int, actions: int) -> LocalCertificate:
    """The certificate of the local step of a lemma, as its terms say it, at one shape.

    Args:
        chain: a lemma with one local step.
        players: n.
        actions: A, the number of actions of every player.

    Raises:
        BrokenStepError: a multiplier is not shown to be non-negative, a fact is not known.

    Example:
        >>> from nashgap.theory.library import library
        >>> found = certificate(library()["disagreement_recursion"], 2, 2)
        >>> len(found.products), found.fault
        (20, '')
    """
    number, reason = local_step(chain)
    shape = Shape(players, actions)
    goal = shape.read(chain.lines[number + 1]) - shape.read(chain.lines[number])
    writer = _Writer(shape, max(1, degree(goal)))
    products = tuple(w for term in reason.terms for w in writer.products(term))
    polynomial = cleared(goal, writer.power)
    hypotheses = tuple(writer.hypotheses.values())
    spoken = polynomial.variables.union(*(h.polynomial.variables for h in hypotheses))
    equations = tuple(e for e in shape.equations() if e.variable in spoken)
    variables = spoken.union(*(e.polynomial.variables for e in equations))
    return LocalCertificate(
        chain.name,
        players,
        actions,
        tuple(sorted(variables)),
        equations,
        hypotheses,
        polynomial,
        products,
    )


def local_step(chain: Derivation) -> tuple[int, Local]:
    """The position and the reason of the one local step of a lemma.

    Raises:
        BrokenStepError: it has none, or more than one.
    """
    found = [(k, s.reason) for k, s in enumerate(chain.steps) if isinstance(s.reason, Local)]
    if len(found) != 1:
        raise BrokenStepError(f"{chain.name} has {len(found)} local steps, not one")
    return found[0]


def degree(entry: Entry) -> int:
    r"""How often an entry is divided by \(1-\gamma\)."""
    return max((dict(monomial).get("u", 0) for monomial in entry.value.terms), default=0)


def cleared(entry: Entry, power: int) -> Polynomial:
    r"""An entry times a power of \(1-\gamma\) that clears it."""
    total = Polynomial.constant(0)
    for monomial, coefficient in entry.value.terms.items():
        rest = tuple(pair for pair in monomial if pair[0] != "u")
        missing = power - dict(monomial).get("u", 0)
        total = total + Polynomial.of({rest: coefficient}) * _REST**missing
    return total


@dataclass
class _Writer:
    """Writes products, and numbers the hypotheses as it meets them."""

    shape: Shape
    power: int
    hypotheses: dict[str, Hypothesis] = field(default_factory=dict)

    def products(self, term: LocalTerm) -> Iterator[Weighted]:
        """The products that one term of a local step stands for."""
        multiplier = self.shape.read(parse_expression(term.multiplier, line_vocabulary()))
        for joint in self.shape.joints:
            fact, scale = self._fact(term.fact, joint)
            powers = list(self._powers(multiplier, self.power - scale))
            own, others = (self.shape.bags(weight, joint) for weight in term.weights)
            for bag in (a + b for a in own for b in others):
                parts = tuple(self._at_least_zero(name) for name in bag)
                for number, factors in powers:
                    yield Weighted(number, (*factors, *parts, fact))

    def _fact(self, source: str, joint: Joint) -> tuple[int, int]:
        """The number of a fact at a joint action, and by how much it is scaled."""
        found = fact_named(source, "local")
        if found is None:
            raise BrokenStepError(f"{source!r} is not an elementary fact on Q")
        _, low, high = found
        entry = self.shape.read(high, joint) - self.shape.read(low, joint)
        scale = degree(entry)
        return self._number(f"{source} at {joint}", cleared(entry, scale)), scale

    def _powers(self, multiplier: Entry, more: int) -> Iterator[tuple[Fraction, tuple[int, ...]]]:
        r"""A multiplier times \((1-\gamma)^k\) in products \(\gamma^a(1-\gamma)^b\)."""
        down = degree(multiplier)
        if down > more:
            raise BrokenStepError("a multiplier divides by more than the goal does")
        gamma = self._number("gamma >= 0", _GAMMA)
        rest = self._number("gamma <= 1", _REST)
        for number, up, left in bernstein(cleared(multiplier, down)):
            yield number, (gamma,) * up + (rest,) * (left + more - down)

    def _at_least_zero(self, name: str) -> int:
        return self._number(f"{name} >= 0", Polynomial.variable(name))

    def _number(self, name: str, polynomial: Polynomial) -> int:
        self.hypotheses.setdefault(name, Hypothesis(name, polynomial))
        return list(self.hypotheses).index(name)


def bernstein(polynomial: Polynomial) -> list[tuple[Fraction, int, int]]:
    r"""A polynomial in \(\gamma\) as \(\sum_kb_k\gamma^{u_k}(1-\gamma)^{l_k}\) with \(b_k>0\).

    Raises:
        BrokenStepError: no such form is found up to 16 degrees more.

    Example:
        >>> bernstein(ONE + _GAMMA)
        [(Fraction(1, 1), 0, 1), (Fraction(2, 1), 1, 0)]
    """
    powers = {dict(m).get("gamma", 0): c for m, c in polynomial.terms.items()}
    if not polynomial.variables <= {"gamma"}:
        raise BrokenStepError("a multiplier of a local step speaks of gamma and n only")
    least = max(powers, default=0)
    for top in range(least, least + _MOST + 1):
        found = [
            (sum((Fraction(comb(top - j, k - j)) * c for j, c in powers.items() if j <= k), _ZERO))
            for k in range(top + 1)
        ]
        if all(c >= 0 for c in found):
            return [(c, k, top - k) for k, c in enumerate(found) if c]
    raise BrokenStepError(f"{polynomial} >= 0 for 0 <= gamma < 1 is not shown")
