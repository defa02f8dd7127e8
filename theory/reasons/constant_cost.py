r"""A recursion with a constant cost along a profile.

From \(W\le c+\gamma\sum_auv\,P[W]\) at every state to \(\nu\cdot W\le c/(1-\gamma)\).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Product
from ..ledger import BrokenStepError, Ledger, Place
from ..normal import is_constant, normal
from ..shapes import fields, text_of, texts_of
from .kernel_part import REST, check_recursion

POLICIES = (frozenset({"e_i", "p_i", "b_i", "bp_i", "be_i"}), frozenset({"e_o", "p_o"}))
"""What player i, and what the opponents, may play: whole policies, of mass 1."""


@dataclass(frozen=True)
class ConstantCost:
    """Solves a recursion along a profile.

    Attributes:
        recursion: the lemma "W <= c + gamma*sum_a(u*v*next(W))" at state level.
        weights: u and v, whole policies, for example ("b_i", "p_o").
    """

    recursion: str
    weights: tuple[str, str]
    kind: ClassVar[str] = "constant_cost"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Reads W off the lemma and c off the line."""
        if place.relation != "<=" or place.level != "scalar":
            raise BrokenStepError("a recursion is solved by '<=' between values from the start")
        own, others = self.weights
        if own not in POLICIES[0] or others not in POLICIES[1]:
            raise BrokenStepError(f"{own}*{others} is no profile of whole policies")
        if not all(map(is_constant, normal(place.right).variables)):
            raise BrokenStepError("the cost depends on more than constants of the game")
        cost = Product(((False, REST), (False, place.right)))
        check_recursion(place, ledger, self.recursion, self.weights, cost)
        ledger.rest("constant costs", "overlaps")

    def words(self) -> str:
        """In plain words."""
        return f"recursion {self.recursion} along {'*'.join(self.weights)}, at constant cost"

    def latex(self) -> str:
        """In words with formulas."""
        name = self.recursion.replace("_", " ")
        return rf"at a state where Lemma \textit{{{name}}} has the largest left side"

    def lemmas(self) -> tuple[str, ...]:
        """The recursion."""
        return (self.recursion,)

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"recursion": self.recursion, "weights": list(self.weights)}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "ConstantCost":
        """From JSON."""
        found = fields(raw, where, "recursion", "weights")
        weights = texts_of(found["weights"], f"{where}.weights")
        own, others = weights if len(weights) == 2 else ("", "")
        return cls(text_of(found["recursion"], f"{where}.recursion"), (own, others))


REASON = ConstantCost
