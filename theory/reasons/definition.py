r"""Definitions are unfolded: the lines agree once quantities are replaced by their meaning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..expression import Expression, rewrite
from ..grounds import definitions
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields, texts_of


@dataclass(frozen=True)
class Unfold:
    """By definition of the named quantities.

    Attributes:
        names: the definitions, unfolded in this order on both lines.
    """

    names: tuple[str, ...]
    kind: ClassVar[str] = "definition"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Both lines agree after unfolding, and each definition is needed for that."""
        if place.relation != "==" or not self.names:
            raise BrokenStepError("definitions give equations, and must be named")
        left, right = place.left, place.right
        for name in self.names:
            if name not in definitions():
                raise BrokenStepError(f"no definition is called {name!r}")
            rule = definitions()[name].rule
            before: tuple[Expression, Expression] = (left, right)
            left, right = rewrite(left, rule), rewrite(right, rule)
            if (left, right) == before:
                raise BrokenStepError(f"the definition of {name!r} changes nothing here")
            ledger.rest(definitions()[name].ground)
        ledger.identical(left, right, f"unfolding {', '.join(self.names)}")
        ledger.rest("linearity")

    def words(self) -> str:
        """In plain words."""
        return self._said(", ", lambda name: name).replace("definition of split", "split")

    def latex(self) -> str:
        """In words with formulas."""
        return self._said(" and ", lambda name: DISPLAY.get(name, name))

    def _said(self, comma: str, show: Callable[[str], str]) -> str:
        """Definitions by what they define, identities by their names."""
        named = [name for name in self.names if _is_identity(name)]
        defined = [show(name) for name in self.names if name not in named]
        parts = [*([f"definition of {comma.join(defined)}"] if defined else []), *map(show, named)]
        return ", ".join(parts)

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {"names": list(self.names)}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Unfold":
        """From JSON."""
        return cls(texts_of(fields(raw, where, "names")["names"], f"{where}.names"))


def _is_identity(name: str) -> bool:
    return name in definitions() and definitions()[name].ground.kind != "definition"


DISPLAY: Mapping[str, str] = {
    "NashGap_i": r"$\mathrm{NashGap}_i$",
    "ValueGap_i": r"$\mathrm{ValueGap}_i$",
    "eps_BC_i": r"$\varepsilon_j$",
    "V": r"$V(\nu)$",
    "V_at": "$V$ (Bellman)",
    "Q": "$Q$",
    "K": "$K$",
    "eps_mu": r"$\varepsilon_\mu$",
    "eps_rho": r"$\varepsilon_\rho$",
    "rho": r"$\rho$",
    "loss_i": r"$\ell_i$",
    "horizon": "$N$",
    "deviation": r"$\pi^*_i$",
    **{f"split by {part}": f"${part}$" for part in ("n_i", "d_i", "s_i", "c_o")},
    "split by n_i and m_i": "$n_i$ and $m_i$",
    "Vtau": r"$V^\tau$",
    "Qtau": r"$Q^\tau$",
    "soft_move_i": r"$d^\tau_i$",
}
REASON = Unfold
