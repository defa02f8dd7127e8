r"""From a subgame-perfect expert to a Nash expert: off its path the expert may be mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Call, Name, nodes
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, text_of
from ._certificate import difference

FROM, TO = "subgame-perfect", "nash"
UNCHANGED = frozenset(
    {"NashGap_i", "eps_BC_i", "eps_BC_j", "eps_BC", "eps_mu", "eps_rho", "delta", "gamma", "n"}
)


@dataclass(frozen=True)
class Mended:
    """By a lemma for subgame-perfect experts that speaks only of what mending leaves as it is.

    Attributes:
        lemma: its name; it assumes nothing else.
    """

    lemma: str
    kind: ClassVar[str] = "mended"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Same relation and difference of the sides, and no word that mending could change."""
        if TO not in ledger.assumptions:
            raise BrokenStepError(f"{TO!r} is not assumed")
        statement = ledger.lemmas.get(self.lemma)
        if statement is None:
            raise BrokenStepError(f"no lemma {self.lemma!r} is proved before this step")
        if statement.assumptions != {FROM} or (statement.level, place.level) != ("scalar",) * 2:
            raise BrokenStepError(f"lemma {self.lemma!r} is not one of numbers that assumes {FROM}")
        for node in (*nodes(statement.left), *nodes(statement.right)):
            named = isinstance(node, Name) and node.name not in UNCHANGED
            if named or (isinstance(node, Call) and node.function != "sum_others"):
                raise BrokenStepError(f"lemma {self.lemma!r} speaks of more than gaps and errors")
        if statement.relation != place.relation:
            raise BrokenStepError(f"lemma {self.lemma!r} gives '{statement.relation}'")
        ledger.identical(
            difference(place.left, place.right),
            difference(statement.left, statement.right),
            f"by lemma {self.lemma!r}",
        )
        ledger.used_lemmas.add(self.lemma)
        ledger.used_assumptions.add(TO)
        ledger.rest("an expert mended off its path", "linearity")

    def words(self) -> str:
        """In plain words."""
        return f"lemma {self.lemma}, the expert mended off its path"

    def latex(self) -> str:
        """In words with formulas."""
        name = self.lemma.replace("_", " ")
        return rf"Lemma \textit{{{name}}}, the expert mended off its path"

    def lemmas(self) -> tuple[str, ...]:
        """The one lemma."""
        return (self.lemma,)

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"lemma": self.lemma}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Mended":
        """From JSON."""
        return cls(text_of(fields(raw, where, "lemma")["lemma"], f"{where}.lemma"))


REASON = Mended
