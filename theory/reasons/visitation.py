r"""The visitation identity.

\(\nu(I-\gamma P^{\pi^E})^{-1}f=\mathrm{E}_{\mu_{\pi^E}}[f]/(1-\gamma)\).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import rewrite
from ..grounds import visitation
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields


@dataclass(frozen=True)
class Visitation:
    """Discounted visits are the occupancy of the expert."""

    kind: ClassVar[str] = "visitation"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The lines agree once discounted visits are written as means."""
        if place.relation != "==":
            raise BrokenStepError("the visitation identity is an equation")
        rule = visitation().rule
        left, right = rewrite(place.left, rule), rewrite(place.right, rule)
        if (left, right) == (place.left, place.right):
            raise BrokenStepError("no discounted visits nu(R(...)) here")
        ledger.identical(left, right, "visitation")
        ledger.rest(visitation().ground, "linearity")

    def words(self) -> str:
        """In plain words."""
        return "visitation identity"

    def latex(self) -> str:
        """In words with formulas."""
        return r"$\mu_{\pi^E}=(1-\gamma)\,\nu(I-\gamma P^{\pi^E})^{-1}$"

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """Nothing but the kind."""
        return {}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Visitation":
        """Nothing but the kind."""
        fields(raw, where)
        return cls()


REASON = Visitation
