r"""A norm over players and states.

\(\|f\|_\infty\le c\) when \(f\le c\) and \(-f\le c\) everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Expression, Name
from ..grounds import largest
from ..ledger import BrokenStepError, Ledger, Place
from ..normal import is_constant, normal
from ..shapes import fields, text_of
from ._certificate import ZERO, difference


@dataclass(frozen=True)
class Largest:
    """By one lemma for each sign, at every state.

    Attributes:
        above: the lemma "f <= c".
        below: the lemma "-f <= c".
    """

    above: str
    below: str
    kind: ClassVar[str] = "largest"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The line before is the norm, and both lemmas bound what it is the largest of."""
        match place.left:
            case Name(name) if name in largest() and (place.relation, place.level) == (
                "<=",
                "scalar",
            ):
                inside = largest()[name]
            case _:
                raise BrokenStepError(f"the line before must be one of {', '.join(largest())}")
        if not all(map(is_constant, normal(place.right).variables)):
            raise BrokenStepError("the line depends on more than constants of the game")
        opposite: Expression = difference(inside, ZERO)
        for lemma, side in ((self.above, inside), (self.below, opposite)):
            statement = ledger.lemma(lemma, "state")
            if statement.relation != "<=":
                raise BrokenStepError(f"lemma {lemma!r} gives {statement.relation!r}")
            ledger.identical(statement.left, side, f"lemma {lemma!r}, what is bounded")
            ledger.identical(statement.right, place.right, f"lemma {lemma!r}, the bound")
        ledger.rest("a largest value", "linearity")

    def words(self) -> str:
        """In plain words."""
        return f"the largest, by lemmas {self.above} and {self.below}"

    def latex(self) -> str:
        """In words with formulas."""
        names = (rf"\textit{{{name.replace('_', ' ')}}}" for name in self.lemmas())
        return f"the largest over players and states, by Lemmas {' and '.join(names)}"

    def lemmas(self) -> tuple[str, ...]:
        """Both."""
        return (self.above, self.below)

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"above": self.above, "below": self.below}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Largest":
        """From JSON."""
        found = fields(raw, where, "above", "below")
        return cls(
            text_of(found["above"], f"{where}.above"), text_of(found["below"], f"{where}.below")
        )


REASON = Largest
