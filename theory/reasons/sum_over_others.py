r"""A sum over the opponents: \(\sum_{j\ne i}f_j\le(n-1)B\) when every \(f_j\le B\)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ..expression import Call, Name, Number, Product, Sum, nodes
from ..grounds import fact_named
from ..ledger import BrokenStepError, Ledger, Place, check_line
from ..shapes import fields, text_of

_ONE = Number(Fraction(1))


@dataclass(frozen=True)
class SumOverOthers:
    """Adds up one bound for each opponent.

    Attributes:
        each: the bound for one opponent j, an elementary fact such as "eps_BC_j <= eps_BC".
    """

    each: str
    kind: ClassVar[str] = "sum_over_others"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The line before is the sum, the line itself n - 1 times the bound, which is free of j."""
        if place.relation != "<=":
            raise BrokenStepError("a sum of bounds gives '<='")
        found = fact_named(self.each, place.level)
        if found is None:
            raise BrokenStepError(f"{self.each!r} is not an elementary fact")
        fact, low, high = found
        check_line(high, place.level)
        check_line(low, place.level, others=True)
        if not any(isinstance(node, Name) and node.name.endswith("_j") for node in nodes(low)):
            raise BrokenStepError(f"{self.each!r} is not a bound for each opponent j")
        others = Sum(((False, Name("n")), (True, _ONE)))
        ledger.identical(place.left, Call("sum_others", (low,)), "the sum over the opponents")
        ledger.identical(
            place.right, Product(((False, others), (False, high))), "n - 1 times the bound"
        )
        ledger.rest(fact.ground, "sum over the opponents", "linearity")

    def words(self) -> str:
        """In plain words."""
        return f"sum over the n - 1 opponents of {self.each}"

    def latex(self) -> str:
        """In words with formulas."""
        return "sum over the $n-1$ opponents"

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"each": self.each}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "SumOverOthers":
        """From JSON."""
        return cls(text_of(fields(raw, where, "each")["each"], f"{where}.each"))


REASON = SumOverOthers
