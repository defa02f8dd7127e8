r"""An assumption is used: what it says about values, put in once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..grounds import Consequence, consequences
from ..ledger import BrokenStepError, Ledger, Place
from ..parsing import parse_relation
from ..shapes import fields, text_of
from ..words import line_vocabulary
from ._certificate import difference


@dataclass(frozen=True)
class Assume:
    r"""Uses a named assumption of the derivation.

    Attributes:
        name: for example "dominant", which says
            \(V_i^{(b_i,\pi_{-i})}(\nu)=V_i^{(\pi_i^E,\pi_{-i})}(\nu)\).
    """

    name: str
    kind: ClassVar[str] = "assumption"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The step changes the line by exactly what the assumption says."""
        if self.name not in ledger.assumptions:
            raise BrokenStepError(f"{self.name!r} is not assumed")
        known = consequences(self.name)
        if not known:
            raise BrokenStepError(f"no consequence of {self.name!r} is known to the kernel")
        fitting = [one for one in known if _is_used(one, place, ledger)]
        if not fitting:
            said = " and ".join(one.relation for one in known)
            raise BrokenStepError(f"{self.name!r} gives {said}, not this step")
        ledger.used_assumptions.add(self.name)
        ledger.rest(fitting[0].ground, "linearity")

    def words(self) -> str:
        """In plain words."""
        return f"assumption: {self.name}"

    def latex(self) -> str:
        """In words with formulas."""
        return f"assumption ({self.name})"

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"name": self.name}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Assume":
        """From JSON."""
        return cls(text_of(fields(raw, where, "name")["name"], f"{where}.name"))


def _is_used(known: Consequence, place: Place, ledger: Ledger) -> bool:
    """Whether the step changes the line by exactly this consequence."""
    left, relation, right = parse_relation(known.relation, line_vocabulary())
    if (place.level, place.relation) != (known.level, relation):
        return False
    try:
        ledger.identical(
            difference(place.left, place.right), difference(left, right), "the consequence"
        )
    except BrokenStepError:
        return False
    return True


REASON = Assume
