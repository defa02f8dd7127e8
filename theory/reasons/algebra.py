r"""Algebra: the two lines are the same rational function."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields


@dataclass(frozen=True)
class Algebra:
    """Rewriting by exact arithmetic."""

    kind: ClassVar[str] = "algebra"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The relation is an equation and holds identically."""
        if place.relation != "==":
            raise BrokenStepError("algebra gives equations only")
        ledger.identical(place.left, place.right, "algebra")
        ledger.rest("linearity")

    def words(self) -> str:
        """In plain words."""
        return "algebra"

    def latex(self) -> str:
        """In words with formulas."""
        return "algebra"

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """Nothing but the kind."""
        return {}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Algebra":
        """Nothing but the kind."""
        fields(raw, where)
        return cls()


REASON = Algebra
