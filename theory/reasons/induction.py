r"""Induction over the opponents: invariants of a growing sum S and product P.

With \(S=\sum_jf(x_j)\), \(P=\prod_jg(x_j)\) over a set of opponents, invariants \(I_k(S,P)\ge0\)
hold for the empty set (S = 0, P = 1) and pass to one more opponent: \(I_k(S+f(x),Pg(x))\) is a sum
of non-negative products of old invariants and facts about x. The step is the first invariant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ..expression import Call, Expression, Name, Number, Product, Sum, nodes, rewrite
from ..formula import latex
from ..ledger import BrokenStepError, Ledger, Place, line
from ..parsing import parse_expression
from ..shapes import fields, list_of, text_of
from ..words import Level, line_vocabulary
from ._certificate import Term, difference, factor_value, is_lemma, terms_words


@dataclass(frozen=True)
class Invariant:
    """One expression that stays non-negative.

    Attributes:
        nonnegative: the expression, in plain text, in sums and products over the others.
        terms: its certificate for one more opponent; a factor "#k" is the k-th invariant before.
    """

    nonnegative: str
    terms: tuple[Term, ...]

    @staticmethod
    def read(raw: object, where: str) -> "Invariant":
        """From JSON."""
        found = fields(raw, where, "nonnegative", "terms")
        return Invariant(
            text_of(found["nonnegative"], f"{where}.nonnegative"),
            list_of(found["terms"], f"{where}.terms", Term.read),
        )


@dataclass(frozen=True)
class Induction:
    """By induction over the opponents.

    Attributes:
        invariants: the first one is the step itself.
    """

    invariants: tuple[Invariant, ...]
    kind: ClassVar[str] = "induction"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Base and step of every invariant, each an exact identity."""
        if place.relation != "<=" or not self.invariants:
            raise BrokenStepError("an induction gives '<=' and needs an invariant")
        lines = [line(invariant.nonnegative, place.level) for invariant in self.invariants]
        for expression in lines:
            _only_running(expression)
        ledger.identical(
            difference(place.left, place.right), lines[0], "the step against the first invariant"
        )
        for invariant, expression in zip(self.invariants, lines, strict=True):
            ledger.nonnegative(rewrite(expression, _empty), "the empty set of opponents")
            grown = rewrite(expression, _one_more)
            after = _certificate(invariant.terms, lines, ledger, place.level)
            ledger.identical(grown, after, "one more opponent")
        used = {f for v in self.invariants for t in v.terms for f in t.factors if f[:1] == "#"}
        idle = [k for k in range(1, len(lines)) if f"#{k}" not in used]
        if idle:
            raise BrokenStepError(f"invariant #{idle[0]} is not used")
        ledger.rest("induction over the opponents", "products", "linearity")

    def words(self) -> str:
        """In plain words."""
        shown = (
            f"#{k} = {v.nonnegative} becomes {terms_words(v.terms)}"
            for k, v in enumerate(self.invariants)
        )
        return (
            f"induction over the opponents: with one more, {'; '.join(shown)}; none starts below 0"
        )

    def latex(self) -> str:
        """In words with formulas."""
        shown = (
            f"${latex(parse_expression(v.nonnegative, line_vocabulary()))}\\ge0$"
            for v in self.invariants
        )
        return f"induction over the opponents, with {', '.join(shown)}"

    def lemmas(self) -> tuple[str, ...]:
        """Those that a certificate names."""
        factors = (f for v in self.invariants for t in v.terms for f in t.factors)
        return tuple(f for f in factors if f[:1] != "#" and is_lemma(f))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {
            "invariants": [
                {"nonnegative": v.nonnegative, "terms": [term.raw() for term in v.terms]}
                for v in self.invariants
            ]
        }

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Induction":
        """From JSON."""
        found = fields(raw, where, "invariants")["invariants"]
        return cls(list_of(found, f"{where}.invariants", Invariant.read))


def _is_running(node: Expression) -> bool:
    return isinstance(node, Call) and node.function in ("sum_others", "prod_others")


def _only_running(expression: Expression) -> None:
    """Refuses what does not grow with the set: anything but numbers, gamma, sums and products."""
    rest = rewrite(expression, lambda node: Number(Fraction(0)) if _is_running(node) else None)
    for node in nodes(rest):
        if isinstance(node, Call) or (isinstance(node, Name) and node.name != "gamma"):
            raise BrokenStepError(
                "an invariant speaks of sums and products over the opponents only"
            )
    for node in nodes(expression):
        if isinstance(node, Name) and node.name == "n":
            raise BrokenStepError("an invariant must not name n, which grows with the set")
        if isinstance(node, Call) and any(map(_is_running, node.arguments)):
            raise BrokenStepError("sums over the opponents must not be nested")


def _empty(node: Expression) -> Expression | None:
    if not _is_running(node):
        return None
    assert isinstance(node, Call)
    return Number(Fraction(0 if node.function == "sum_others" else 1))


def _one_more(node: Expression) -> Expression | None:
    if not _is_running(node):
        return None
    assert isinstance(node, Call)
    (body,) = node.arguments
    if node.function == "sum_others":
        return Sum(((False, node), (False, body)))
    return Product(((False, node), (False, body)))


def _certificate(
    terms: Sequence[Term], old: Sequence[Expression], ledger: Ledger, level: Level
) -> Expression:
    products = []
    for term in terms:
        multiplier = line(term.multiplier, "scalar")
        ledger.nonnegative(multiplier, "a multiplier")
        values = [_factor(factor, old, ledger, level) for factor in term.factors]
        products.append((False, Product(tuple((False, v) for v in (multiplier, *values)))))
    return Sum(tuple(products)) if products else Number(Fraction(0))


def _factor(factor: str, old: Sequence[Expression], ledger: Ledger, level: Level) -> Expression:
    if factor[:1] == "#":
        if not factor[1:].isdecimal() or int(factor[1:]) >= len(old):
            raise BrokenStepError(f"no invariant is called {factor!r}")
        return old[int(factor[1:])]
    if is_lemma(factor):
        raise BrokenStepError("a lemma speaks of all the opponents, not of a part of them")
    return factor_value(factor, ledger, level, others=True)


REASON = Induction
