r"""The resolvent of a part of a profile's kernel, from a recursion at every state to the start.

From \(W\le c+\gamma\sum_auv\,P[W]\), \(0\le uv\le X\), \(c\ge0\) at every state to
\(\nu\cdot W\le\mathrm{E}_{s\sim\mu_X}[c]/(1-\gamma)\).

W is a difference of two value functions of player i, so that \(\nu\cdot W\) is the difference of
values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ..expression import Call, Expression, Name, Product, Sum, rewrite
from ..grounds import definitions
from ..ledger import BrokenStepError, Ledger, Place
from ..parsing import parse_expression
from ..shapes import fields, list_of, text_of, texts_of
from ..words import line_vocabulary, words
from ._certificate import Term, is_lemma, terms_words, total

INSIDE: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        "E_mu": (frozenset({"m_i", "n_i", "d_i"}), frozenset({"m_o", "c_o"})),
        "E_deviation": (frozenset({"b_i", "n_i", "d_i"}), frozenset({"m_o", "c_o"})),
        "E_learner": (frozenset({"s_i", "m_i", "n_i"}), frozenset({"p_o", "m_o", "c_o"})),
    }
)
r"""Mean -> the parts of player i and of the opponents that its profile contains: the expert, the
deviation against the expert's opponents, the learner."""


@dataclass(frozen=True)
class KernelPart:
    """Solves a recursive inequality.

    Attributes:
        recursion: the lemma "W <= c + gamma*sum_a(u*v*next(W))" at state level.
        weights: u and v, for example ("n_i", "c_o").
        terms: the certificate that c >= 0.
    """

    recursion: str
    weights: tuple[str, str]
    terms: tuple[Term, ...]
    kind: ClassVar[str] = "kernel_part"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Reads W and c off the lines, and checks the recursion and the sign of c."""
        if place.relation != "<=" or place.level != "scalar":
            raise BrokenStepError("a resolvent step gives '<=' between values from the start")
        mean, cost = mean_and_cost(place.right)
        own, others = self.weights
        if own not in INSIDE[mean][0] or others not in INSIDE[mean][1]:
            raise BrokenStepError(f"{own}*{others} is not a part of the profile of {mean}")
        check_recursion(place, ledger, self.recursion, self.weights, cost)
        ledger.identical(cost, total(self.terms, ledger, "state"), "the sign of c")
        ledger.rest("parts of the kernel", "overlaps")

    def words(self) -> str:
        """In plain words."""
        part = "*".join(self.weights)
        cost = terms_words(self.terms)
        return f"resolvent of lemma {self.recursion} on {part}, whose cost is {cost} >= 0"

    def latex(self) -> str:
        """In words with formulas."""
        name = self.recursion.replace("_", " ")
        part = "".join(words()[weight].latex for weight in self.weights)
        return rf"$(I-\gamma P_{{{part}}})^{{-1}}\ge0$ on Lemma \textit{{{name}}}"

    def lemmas(self) -> tuple[str, ...]:
        """The recursion, and those that the sign of c uses."""
        return (self.recursion, *(f for t in self.terms for f in t.factors if is_lemma(f)))

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {
            "recursion": self.recursion,
            "weights": list(self.weights),
            "terms": [term.raw() for term in self.terms],
        }

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "KernelPart":
        """From JSON."""
        found = fields(raw, where, "recursion", "weights", "terms")
        weights = texts_of(found["weights"], f"{where}.weights")
        own, others = weights if len(weights) == 2 else ("", "")
        return cls(
            text_of(found["recursion"], f"{where}.recursion"),
            (own, others),
            list_of(found["terms"], f"{where}.terms", Term.read),
        )


REST = parse_expression("1 - gamma", line_vocabulary())


def check_recursion(
    place: Place, ledger: Ledger, name: str, weights: tuple[str, str], cost: Expression
) -> None:
    """The lemma is a recursion of that cost, for the W whose value from the start the line is.

    Raises:
        BrokenStepError: it is not.
    """
    own, others = weights
    statement = ledger.lemma(name, "state")
    gap = statement.left
    ledger.identical(
        statement.right,
        Sum(((False, cost), (False, onward(own, others, gap)))),
        f"lemma {name!r} read as W <= c + gamma*sum_a({own}*{others}*next(W))",
    )
    unfolded = rewrite(place.left, definitions()["V"].rule)
    ledger.identical(unfolded, Call("nu", (gap,)), "the values from the start")
    ledger.rest(definitions()["V"].ground)


def onward(own: str, others: str, gap: Expression) -> Expression:
    """Gamma times the sum over a of own*others*next(gap)."""
    played = (Name(own), Name(others), Call("next", (gap,)))
    total_of = Call("sum_a", (Product(tuple((False, part) for part in played)),))
    return Product(((False, Name("gamma")), (False, total_of)))


def mean_and_cost(right: Expression) -> tuple[str, Expression]:
    """Reads a line "E_mu(c)/(1 - gamma)".

    Raises:
        BrokenStepError: it is none.
    """
    match right:
        case Product(((False, Call(mean, (cost,))), (True, rest))) if (
            mean in INSIDE and rest == REST
        ):
            return mean, cost
        case _:
            raise BrokenStepError("the line must read E_mu(c)/(1 - gamma), or another such mean")


REASON = KernelPart
