r"""A non-negative combination: \(b-a=\sum_kc_k\prod_lf_{kl}\), every part of it non-negative."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, list_of
from ._certificate import Term, difference, is_lemma, terms_latex, terms_words, total


@dataclass(frozen=True)
class Combination:
    """Lemma instances and elementary facts, times explicit multipliers, add up to the difference.

    Attributes:
        terms: the products of the certificate.
    """

    terms: tuple[Term, ...]
    kind: ClassVar[str] = "combination"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The identity is exact and every multiplier's sign is proved over the whole range."""
        if place.relation != "<=":
            raise BrokenStepError("a combination gives '<='")
        if not self.terms:
            raise BrokenStepError("a combination of nothing")
        combined = total(self.terms, ledger, place.level)
        ledger.identical(difference(place.left, place.right), combined, "the combination")

    def words(self) -> str:
        """In plain words."""
        return f"right - left = {terms_words(self.terms)}"

    def latex(self) -> str:
        """In words with formulas."""
        return rf"right side minus left side is ${terms_latex(self.terms)}$"

    def lemmas(self) -> tuple[str, ...]:
        """The lemmas among the factors."""
        return tuple(f for term in self.terms for f in term.factors if is_lemma(f))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"terms": [term.raw() for term in self.terms]}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Combination":
        """From JSON."""
        return cls(list_of(fields(raw, where, "terms")["terms"], f"{where}.terms", Term.read))


REASON = Combination
