r"""Let player i attain the maximum: \(\mathrm{NashGap}=\mathrm{NashGap}_i\) for that i."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ..expression import Name, rewrite
from ..grounds import definitions, parsed
from ..ledger import BrokenStepError, Ledger, Place
from ..normal import speaks_of_player
from ..shapes import fields

MAXIMA: Mapping[str, str] = MappingProxyType(
    {
        "NashGap": "NashGap_i",
        "ValueGap": "ValueGap_i",
        "eps_BC": "eps_BC_i",
        "deviation_error": "2*E_deviation(TV_o)",
    }
)
"""Maxima over the players, and what they are the maximum of."""


@dataclass(frozen=True)
class Attained:
    """Opens a chain that starts at a maximum over players; the chain must end free of i."""

    kind: ClassVar[str] = "attained"

    def check(self, place: Place, ledger: Ledger) -> None:
        """First step, from a maximum to its term of player i, or to what that stands for."""
        if not place.is_first or place.relation != "==":
            raise BrokenStepError("a maximum is opened by the first step, as an equation")
        if not isinstance(place.left, Name) or place.left.name not in MAXIMA:
            raise BrokenStepError(f"only {', '.join(MAXIMA)} are maxima over the players")
        if speaks_of_player(place.last):
            raise BrokenStepError("the chain ends with a line that depends on the player i")
        of_player = parsed(MAXIMA[place.left.name])
        mine, given = of_player, place.right
        if isinstance(of_player, Name):
            rule = definitions()[of_player.name].rule
            mine, given = rewrite(mine, rule), rewrite(given, rule)
        ledger.identical(mine, given, "the player's own term")
        ledger.rest("attained maximum")
        if isinstance(of_player, Name) and place.right != of_player:
            ledger.rest(of_player.name)

    def words(self) -> str:
        """In plain words."""
        return "taking for i a player that attains the maximum"

    def latex(self) -> str:
        """In words with formulas."""
        return "let player $i$ attain the maximum"

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """Nothing but the kind."""
        return {}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Attained":
        """Nothing but the kind."""
        fields(raw, where)
        return cls()


REASON = Attained
