r"""\(\tanh x\le\tanh y\) when \(x\le y\): right minus left of the arguments is a certificate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Call, Expression
from ..ledger import BrokenStepError, Ledger, Place
from ..normal import TANH
from ..shapes import fields, list_of
from ._certificate import Term, difference, is_lemma, terms_latex, terms_words, total


@dataclass(frozen=True)
class Increasing:
    """The hyperbolic tangent is increasing.

    Attributes:
        terms: the certificate of the larger argument minus the smaller one.
    """

    terms: tuple[Term, ...]
    kind: ClassVar[str] = "increasing"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Both lines are a tanh, and the arguments are ordered."""
        if place.relation != "<=" or not self.terms:
            raise BrokenStepError("an increasing function keeps '<=', by a certificate")
        low, high = argument_of(place.left), argument_of(place.right)
        ledger.identical(
            difference(low, high), total(self.terms, ledger, place.level), "the arguments"
        )
        ledger.rest("tanh is increasing")

    def words(self) -> str:
        """In plain words."""
        return f"tanh is increasing, and the arguments differ by {terms_words(self.terms)}"

    def latex(self) -> str:
        """In words with formulas."""
        return rf"$\tanh$ is increasing; the arguments differ by ${terms_latex(self.terms)}$"

    def lemmas(self) -> tuple[str, ...]:
        """The lemmas among the factors."""
        return tuple(f for term in self.terms for f in term.factors if is_lemma(f))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"terms": [term.raw() for term in self.terms]}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Increasing":
        """From JSON."""
        found = fields(raw, where, "terms")["terms"]
        return cls(list_of(found, f"{where}.terms", Term.read))


def argument_of(expression: Expression) -> Expression:
    """The argument of a hyperbolic tangent.

    Raises:
        BrokenStepError: it is none.
    """
    match expression:
        case Call(function, (argument,)) if function == TANH:
            return argument
        case _:
            raise BrokenStepError("the line must be one tanh(...)")


REASON = Increasing
