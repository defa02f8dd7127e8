r"""Certificates of sign: \(\sum_kc_k\prod_lf_{kl}\) with \(c_k\ge0\) and every \(f_{kl}\ge0\)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..expression import Expression, Number, Product, Sum
from ..formula import latex
from ..grounds import fact_named, ordered
from ..ledger import BrokenStepError, Ledger, check_line, line
from ..parsing import parse_expression, parse_relation
from ..shapes import fields, text_of, texts_of
from ..words import Level, line_vocabulary

ZERO = Number(Fraction(0))


@dataclass(frozen=True)
class Term:
    """One product of a certificate.

    Attributes:
        multiplier: an expression in gamma and n, in plain text; its sign is proved.
        factors: each the name of a lemma "a <= b" that stands for b - a, or an elementary fact such
            as "TV_i <= 1".
    """

    multiplier: str
    factors: tuple[str, ...]

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"multiplier": self.multiplier, "factors": list(self.factors)}

    @staticmethod
    def read(raw: object, where: str) -> "Term":
        """From JSON."""
        found = fields(raw, where, "multiplier", "factors")
        return Term(
            text_of(found["multiplier"], f"{where}.multiplier"),
            texts_of(found["factors"], f"{where}.factors"),
        )


def difference(low: Expression, high: Expression) -> Expression:
    """High - low."""
    return Sum(((False, high), (True, low)))


def is_lemma(factor: str) -> bool:
    """Whether a factor is named rather than written out."""
    return not any(mark in factor for mark in "<>=")


def factor_value(factor: str, ledger: Ledger, level: Level, *, others: bool = False) -> Expression:
    """The non-negative number that a factor stands for; books what it rests on.

    Raises:
        BrokenStepError: it is neither a proved lemma nor an elementary fact.
    """
    if is_lemma(factor):
        statement = ledger.lemma(factor, level)
        return difference(statement.left, statement.right)
    found = fact_named(factor, level)
    if found is None:
        raise BrokenStepError(f"{factor!r} is not an elementary fact at {level} level")
    fact, low, high = found
    line_of = difference(low, high)
    check_line(line_of, level, others=others)
    ledger.rest(fact.ground)
    return line_of


def total(terms: Sequence[Term], ledger: Ledger, level: Level) -> Expression:
    """What a certificate adds up to; every multiplier's sign is proved on the way.

    Raises:
        BrokenStepError: a sign is not proved, or a factor is unknown.
    """
    ledger.rest("products", "linearity")
    products = []
    for term in terms:
        multiplier = line(term.multiplier, "scalar")
        ledger.nonnegative(multiplier, "a multiplier")
        values = [factor_value(factor, ledger, level) for factor in term.factors]
        products.append((False, Product(tuple((False, v) for v in (multiplier, *values)))))
    return Sum(tuple(products)) if products else ZERO


def terms_words(terms: Sequence[Term]) -> str:
    """A certificate as a sum in plain words, each factor in brackets."""
    products = (
        " * ".join(
            (
                *(() if term.multiplier == "1" and term.factors else (f"({term.multiplier})",)),
                *(f"[{factor}]" for factor in term.factors),
            )
        )
        for term in terms
    )
    return " + ".join(products) or "0"


def terms_latex(terms: Sequence[Term]) -> str:
    """A certificate as a sum, lemmas by their names."""
    return " + ".join(_term_latex(term) for term in terms) or "0"


def _term_latex(term: Term) -> str:
    shown = []
    if term.multiplier != "1":
        shown.append(latex(parse_expression(term.multiplier, line_vocabulary())))
    for factor in term.factors:
        if is_lemma(factor):
            shown.append(rf"[\text{{{factor.replace('_', ' ')}}}]")
        else:
            low, high = ordered(*parse_relation(factor, line_vocabulary(), "fact"))
            gap = latex(high if low == ZERO else difference(low, high))
            shown.append(gap if low == ZERO and not isinstance(high, Sum) else f"[{gap}]")
    return r"\cdot ".join(shown) or "1"
