r"""The least of several bounds: \(x\le\min_ka_k\) when \(x\le a_k\) for every k."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Call
from ..ledger import BrokenStepError, Ledger, Place
from ..normal import LEAST
from ..shapes import fields, texts_of
from ._certificate import difference


@dataclass(frozen=True)
class Least:
    """One lemma for each argument of the minimum.

    Attributes:
        names: the lemmas, each "x <= a_k", in the order of the arguments.
    """

    names: tuple[str, ...]
    kind: ClassVar[str] = "least"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The line is a minimum, and each lemma bounds the line before by its argument."""
        match place.right:
            case Call(function, arguments) if function == LEAST and place.relation == "<=":
                pass
            case _:
                raise BrokenStepError("the line must be the minimum of the bounds, after '<='")
        if len(arguments) != len(self.names):
            raise BrokenStepError("as many lemmas as arguments of the minimum are needed")
        for name, argument in zip(self.names, arguments, strict=True):
            statement = ledger.lemma(name, place.level)
            if statement.relation != "<=":
                raise BrokenStepError(f"lemma {name!r} gives {statement.relation!r}")
            ledger.identical(
                difference(place.left, argument),
                difference(statement.left, statement.right),
                f"by lemma {name!r}",
            )
        ledger.rest("least of several bounds", "linearity")

    def words(self) -> str:
        """In plain words."""
        return f"the least of lemmas {', '.join(self.names)}"

    def latex(self) -> str:
        """In words with formulas."""
        shown = (rf"\textit{{{name.replace('_', ' ')}}}" for name in self.names)
        return f"the least of Lemmas {', '.join(shown)}"

    def lemmas(self) -> tuple[str, ...]:
        """One for each argument."""
        return self.names

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"names": list(self.names)}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Least":
        """From JSON."""
        return cls(texts_of(fields(raw, where, "names")["names"], f"{where}.names"))


REASON = Least
