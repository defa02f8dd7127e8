r"""A lemma is used as it stands: the step changes the line by exactly what the lemma says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, text_of
from ._certificate import difference


@dataclass(frozen=True)
class ByLemma:
    """By a lemma that is proved before.

    Attributes:
        name: the lemma's name.
    """

    name: str
    kind: ClassVar[str] = "lemma"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Same relation, same difference of the sides."""
        statement = ledger.lemma(self.name, place.level)
        if statement.relation != place.relation:
            raise BrokenStepError(f"lemma {self.name!r} gives '{statement.relation}'")
        ledger.identical(
            difference(place.left, place.right),
            difference(statement.left, statement.right),
            f"by lemma {self.name!r}",
        )
        ledger.rest("linearity")

    def words(self) -> str:
        """In plain words."""
        return f"lemma {self.name}"

    def latex(self) -> str:
        """In words with formulas."""
        return rf"Lemma \textit{{{self.name.replace('_', ' ')}}}"

    def lemmas(self) -> tuple[str, ...]:
        """The one lemma."""
        return (self.name,)

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"name": self.name}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "ByLemma":
        """From JSON."""
        return cls(text_of(fields(raw, where, "name")["name"], f"{where}.name"))


REASON = ByLemma
