r"""A lemma on the deviation, said of another policy of player i in its place.

A chain that rests on nothing about how the deviation \(\pi^*_i\) is chosen holds for every policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ..expression import Call, Expression, Name, rewrite
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, text_of
from ._certificate import difference

CHOICE = frozenset({"deviation", "the least shift", "what a deviation meets"})
"""The grounds that speak of how the deviation is chosen."""
_SOFT: Mapping[str, str] = MappingProxyType({"deviation": "soft", "shift_i": "soft_shift_i"})
_CHOSEN = frozenset({"E_deviation"})


@dataclass(frozen=True)
class Comparator:
    """By a lemma for every policy in the place of the deviation, here the soft best response.

    Attributes:
        lemma: its name.
    """

    lemma: str
    kind: ClassVar[str] = "comparator"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The lemma rests on no choice of the deviation, and says the step when renamed."""
        statement = ledger.lemma(self.lemma, place.level)
        chosen = CHOICE & ledger.beneath.get(self.lemma, CHOICE)
        if chosen:
            raise BrokenStepError(f"lemma {self.lemma!r} rests on {', '.join(sorted(chosen))}")
        if statement.relation != place.relation:
            raise BrokenStepError(f"lemma {self.lemma!r} gives {statement.relation!r}")
        said = rewrite(difference(statement.left, statement.right), _renamed)
        ledger.identical(difference(place.left, place.right), said, f"by lemma {self.lemma!r}")
        ledger.rest("any policy in the place of the deviation", "linearity")

    def words(self) -> str:
        """In plain words."""
        return f"lemma {self.lemma}, with the soft best response for the deviation"

    def latex(self) -> str:
        """In words with formulas."""
        name = self.lemma.replace("_", " ")
        return rf"Lemma \textit{{{name}}}, with $b^\tau_i$ for $\pi^*_i$"

    def lemmas(self) -> tuple[str, ...]:
        """The one lemma."""
        return (self.lemma,)

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"lemma": self.lemma}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Comparator":
        """From JSON."""
        return cls(text_of(fields(raw, where, "lemma")["lemma"], f"{where}.lemma"))


def _renamed(node: Expression) -> Expression | None:
    """The node with the soft best response in the place of the deviation."""
    match node:
        case Name(name) if name in _SOFT:
            return Name(_SOFT[name])
        case Call(function, _) if function in _CHOSEN:
            raise BrokenStepError(f"{function}(...) speaks of the chosen deviation")
        case _:
            return None


REASON = Comparator
