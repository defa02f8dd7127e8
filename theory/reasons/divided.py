r"""Division by a positive factor.

From \(m\,(b-a)=\sum_kc_k\prod_lf_{kl}\) with \(c_k,f_{kl}\ge0\) and \(m>0\) to \(a\le b\).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Expression, Number, Product, Sum
from ..ledger import BrokenStepError, Ledger, Place, line
from ..shapes import fields, list_of, text_of
from ._certificate import Term, difference, is_lemma, terms_latex, terms_words, total


@dataclass(frozen=True)
class Divided:
    """A combination of right minus left times a factor that is at least a positive number.

    Attributes:
        least: the positive number, in plain text.
        factor: the certificate of the factor minus that number.
        terms: the certificate of the factor times right minus left.
    """

    least: str
    factor: tuple[Term, ...]
    terms: tuple[Term, ...]
    kind: ClassVar[str] = "divided"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The factor is positive, and the identity is exact."""
        if place.relation != "<=":
            raise BrokenStepError("a division gives '<='")
        if not self.terms:
            raise BrokenStepError("a combination of nothing")
        least = positive(self.least)
        factor = Sum(((False, least), (False, total(self.factor, ledger, place.level))))
        gap = difference(place.left, place.right)
        scaled = Product(((False, factor), (False, gap)))
        ledger.identical(scaled, total(self.terms, ledger, place.level), "the combination")
        ledger.rest("division")

    def words(self) -> str:
        """In plain words."""
        factor = " + ".join((self.least, *([terms_words(self.factor)] if self.factor else [])))
        return f"(right - left) * m = {terms_words(self.terms)}, where m = {factor} > 0"

    def latex(self) -> str:
        """In words with formulas."""
        return (
            rf"right side minus left side, times a positive factor, is ${terms_latex(self.terms)}$"
        )

    def lemmas(self) -> tuple[str, ...]:
        """The lemmas among the factors."""
        return tuple(f for t in (*self.factor, *self.terms) for f in t.factors if is_lemma(f))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {
            "least": self.least,
            "factor": [term.raw() for term in self.factor],
            "terms": [term.raw() for term in self.terms],
        }

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Divided":
        """From JSON."""
        found = fields(raw, where, "least", "factor", "terms")
        return cls(
            text_of(found["least"], f"{where}.least"),
            list_of(found["factor"], f"{where}.factor", Term.read),
            list_of(found["terms"], f"{where}.terms", Term.read),
        )


def positive(source: str) -> Expression:
    """A positive number from its text.

    Raises:
        BrokenStepError: it is none.
    """
    match line(source, "scalar"):
        case Number(value) as number if value > 0:
            return number
        case _:
            raise BrokenStepError(f"{source!r} is not a positive number")


REASON = Divided
