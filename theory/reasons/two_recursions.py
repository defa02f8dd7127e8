r"""Two coupled recursions at every state, solved from the start.

From \(U\le c+(K+L)U\) and \(W\le c+d+KW+LU\) with \(c,d\ge0\), \(K=\gamma\sum_an_ic_oP\) and
\(L=\gamma\sum_ar_ic_oP\), to \(\nu\cdot W\le\mathrm{E}_{s\sim\mu_{\pi^E}}[c+d]/(1-\gamma)\).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Call, Expression, Sum, rewrite
from ..grounds import definitions
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, list_of, text_of
from ._certificate import Term, is_lemma, terms_words, total
from .kernel_part import mean_and_cost, onward


@dataclass(frozen=True)
class TwoRecursions:
    """Solves a recursion for W that also meets U, whose own recursion has the same cost.

    Attributes:
        inner: the lemma "U <= c + gamma*sum_a(m_i*c_o*next(U))".
        outer: the lemma "W <= c + d + gamma*sum_a(n_i*c_o*next(W)) + gamma*sum_a(r_i*c_o*next(U))".
        cost: the certificate that c >= 0; it also says what c is.
        more: the certificate that d >= 0; it also says what d is.
    """

    inner: str
    outer: str
    cost: tuple[Term, ...]
    more: tuple[Term, ...]
    kind: ClassVar[str] = "two_recursions"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Both recursions read with the certified c and d, and the line their sum's mean."""
        if place.relation != "<=" or place.level != "scalar":
            raise BrokenStepError("a resolvent step gives '<=' between values from the start")
        mean, both = mean_and_cost(place.right)
        if mean != "E_mu":
            raise BrokenStepError("two recursions are solved on the expert's visits, E_mu")
        inner, outer = (ledger.lemma(name, "state") for name in (self.inner, self.outer))
        c, d = total(self.cost, ledger, "state"), total(self.more, ledger, "state")
        u, w = inner.left, outer.left
        ledger.identical(both, _sum(c, d), "c + d")
        ledger.identical(inner.right, _sum(c, onward("m_i", "c_o", u)), f"lemma {self.inner!r}")
        ledger.identical(
            outer.right,
            _sum(c, d, onward("n_i", "c_o", w), onward("r_i", "c_o", u)),
            f"lemma {self.outer!r}",
        )
        unfolded = rewrite(place.left, definitions()["V"].rule)
        ledger.identical(unfolded, Call("nu", (w,)), "the values from the start")
        ledger.rest("two recursions", "overlaps", definitions()["V"].ground)

    def words(self) -> str:
        """In plain words."""
        first, more = terms_words(self.cost), terms_words(self.more)
        return (
            f"resolvent of lemmas {self.inner}, whose cost is {first} >= 0, and {self.outer}, "
            f"whose cost is larger by {more} >= 0"
        )

    def latex(self) -> str:
        """In words with formulas."""
        names = (name.replace("_", " ") for name in (self.inner, self.outer))
        shown = " and ".join(rf"\textit{{{name}}}" for name in names)
        return rf"$(I-K)^{{-1}}\ge0$ on Lemmas {shown}"

    def lemmas(self) -> tuple[str, ...]:
        """The recursions, and those that the signs use."""
        terms = (*self.cost, *self.more)
        return (self.inner, self.outer, *(f for t in terms for f in t.factors if is_lemma(f)))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {
            "inner": self.inner,
            "outer": self.outer,
            "cost": [term.raw() for term in self.cost],
            "more": [term.raw() for term in self.more],
        }

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "TwoRecursions":
        """From JSON."""
        found = fields(raw, where, "inner", "outer", "cost", "more")
        return cls(
            text_of(found["inner"], f"{where}.inner"),
            text_of(found["outer"], f"{where}.outer"),
            list_of(found["cost"], f"{where}.cost", Term.read),
            list_of(found["more"], f"{where}.more", Term.read),
        )


def _sum(*terms: Expression) -> Expression:
    return Sum(tuple((False, term) for term in terms))


REASON = TwoRecursions
