r"""\(\tanh x\le x\) when \(x\ge0\)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, list_of
from ._certificate import Term, is_lemma, terms_words, total
from .increasing import argument_of


@dataclass(frozen=True)
class Tangent:
    """The hyperbolic tangent is below its tangent at 0.

    Attributes:
        terms: the certificate that the argument is non-negative.
    """

    terms: tuple[Term, ...]
    kind: ClassVar[str] = "tangent"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The line before is a tanh, the line its argument, which is non-negative."""
        if place.relation != "<=" or not self.terms:
            raise BrokenStepError("a tangent gives '<=', by a certificate")
        argument = argument_of(place.left)
        ledger.identical(argument, place.right, "the argument")
        ledger.identical(argument, total(self.terms, ledger, place.level), "its sign")
        ledger.rest("tanh is below its tangent")

    def words(self) -> str:
        """In plain words."""
        return f"tanh(x) <= x for x >= 0, and x = {terms_words(self.terms)}"

    def latex(self) -> str:
        """In words with formulas."""
        return r"$\tanh x\le x$ for $x\ge0$"

    def lemmas(self) -> tuple[str, ...]:
        """The lemmas among the factors."""
        return tuple(f for term in self.terms for f in term.factors if is_lemma(f))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"terms": [term.raw() for term in self.terms]}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Tangent":
        """From JSON."""
        found = fields(raw, where, "terms")["terms"]
        return cls(list_of(found, f"{where}.terms", Term.read))


REASON = Tangent
