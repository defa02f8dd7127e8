r"""The resolvent step, from a recursion at every state to values from the start.

From \(W\le c+KW\), \(c\ge0\), to \(\nu\cdot W\le\nu(I-\gamma P^{\pi^E})^{-1}c\).

W is a difference of two value functions of player i, so that \(\nu\cdot W\) is the difference of
values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Call, Expression, rewrite
from ..grounds import definitions
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, list_of, text_of
from ._certificate import ZERO, Term, difference, is_lemma, terms_words, total


@dataclass(frozen=True)
class Resolvent:
    """Solves a recursive inequality.

    Attributes:
        recursion: the lemma "W <= c + K(W)" at state level.
        terms: the certificate that c >= 0.
    """

    recursion: str
    terms: tuple[Term, ...]
    kind: ClassVar[str] = "resolvent"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Reads W and c off the lines, and checks the recursion and the sign of c."""
        if place.relation != "<=" or place.level != "scalar":
            raise BrokenStepError("a resolvent step gives '<=' between values from the start")
        cost = _cost(place.right)
        statement = ledger.lemma(self.recursion, "state")
        gap = statement.left
        recursion = Call("K", (gap,))
        ledger.identical(
            difference(ZERO, cost),
            difference(recursion, statement.right),
            f"lemma {self.recursion!r} read as W <= c + K(W)",
        )
        unfolded = rewrite(place.left, definitions()["V"].rule)
        ledger.identical(unfolded, Call("nu", (gap,)), "the values from the start")
        ledger.identical(cost, total(self.terms, ledger, "state"), "the sign of c")
        ledger.rest("resolvent", "overlaps", definitions()["V"].ground, definitions()["K"].ground)

    def words(self) -> str:
        """In plain words."""
        cost = terms_words(self.terms)
        return f"resolvent of lemma {self.recursion} on m_i*m_o, whose cost is {cost} >= 0"

    def latex(self) -> str:
        """In words with formulas."""
        name = self.recursion.replace("_", " ")
        return rf"$(I-K)^{{-1}}\ge0$ on Lemma \textit{{{name}}}"

    def lemmas(self) -> tuple[str, ...]:
        """The recursion, and those that the sign of c uses."""
        return (self.recursion, *(f for t in self.terms for f in t.factors if is_lemma(f)))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"recursion": self.recursion, "terms": [term.raw() for term in self.terms]}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Resolvent":
        """From JSON."""
        found = fields(raw, where, "recursion", "terms")
        return cls(
            text_of(found["recursion"], f"{where}.recursion"),
            list_of(found["terms"], f"{where}.terms", Term.read),
        )


def _cost(right: Expression) -> Expression:
    match right:
        case Call("nu", (Call("R", (cost,)),)):
            return cost
        case _:
            raise BrokenStepError("the line must read nu(R(c))")


REASON = Resolvent
