r"""From every state to a mean.

\(f\le g\) at every state gives \(\mathrm{E}[f]\le\mathrm{E}[g]\).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Call
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, list_of, text_of
from ._certificate import Term, difference, is_lemma, terms_latex, terms_words, total

MEANS = ("nu", "E_mu", "E_learner", "E_deviation")


@dataclass(frozen=True)
class Mean:
    """The two lines differ by the mean of a certificate at state level.

    Attributes:
        operator: "nu", "E_mu", "E_learner" or "E_deviation".
        terms: the products of the certificate, read at a state.
    """

    operator: str
    terms: tuple[Term, ...]
    kind: ClassVar[str] = "mean"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Right minus left is the mean of something that is non-negative at every state."""
        if place.relation != "<=" or place.level != "scalar":
            raise BrokenStepError("a mean of inequalities gives '<=' between numbers")
        if self.operator not in MEANS:
            raise BrokenStepError(f"{self.operator!r} is not one of {', '.join(MEANS)}")
        if not self.terms:
            raise BrokenStepError("a mean of nothing")
        inside = total(self.terms, ledger, "state")
        ledger.identical(
            difference(place.left, place.right), Call(self.operator, (inside,)), "the mean"
        )
        ledger.rest("means are monotone")

    def words(self) -> str:
        """In plain words."""
        return f"right - left = {self.operator}({terms_words(self.terms)})"

    def latex(self) -> str:
        """In words with formulas."""
        return rf"mean over the states of ${terms_latex(self.terms)}$"

    def lemmas(self) -> tuple[str, ...]:
        """The lemmas among the factors."""
        return tuple(f for term in self.terms for f in term.factors if is_lemma(f))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"operator": self.operator, "terms": [term.raw() for term in self.terms]}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Mean":
        """From JSON."""
        found = fields(raw, where, "operator", "terms")
        return cls(
            text_of(found["operator"], f"{where}.operator"),
            list_of(found["terms"], f"{where}.terms", Term.read),
        )


REASON = Mean
