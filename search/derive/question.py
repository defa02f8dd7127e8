"""What is to be derived: a quantity, under assumptions, in named quantities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from nashgap.search.implications import consequences
from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.errors import BadInput
from nashgap.theory.polynomial import Monomial
from nashgap.theory.quantities import meanings
from nashgap.theory.reasons.attained import MAXIMA
from nashgap.theory.words import PARAMETERS, words

from .known import removed

TARGETS = (
    "NashGap",
    "NashGap_i",
    "ValueGap",
    "ValueGap_i",
    "eps_BC",
    "eps_BC_i",
    "eps_mu",
    "eps_rho",
)
VALUES = ("NashGap", "NashGap_i", "ValueGap", "ValueGap_i")
HORIZON = "horizon"
_OTHERS = {"eps_BC_i": "sum_others(eps_BC_j)"}
"""With an error of player i come the others' errors, summed."""


@dataclass(frozen=True)
class Question:
    """A bound that is asked for.

    Attributes:
        quantity: what is to be bounded from above.
        assumptions: what is assumed.
        names: the quantities that the bound may speak of.
        parameters: "gamma" and "n", as far as it may speak of them.
        without: labels of what may not be used.
        in_steps: whether the bound is also asked for in the number of steps, "horizon".
    """

    quantity: str
    assumptions: tuple[Assumption, ...]
    names: tuple[str, ...]
    parameters: frozenset[str]
    without: tuple[str, ...]
    in_steps: bool = False

    @cached_property
    def gone(self) -> frozenset[str]:
        """The chains that may not be used."""
        return removed(self.without)

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The assumptions with everything that follows from them."""
        return tuple(consequences(self.assumptions))

    @property
    def finite_c(self) -> bool:
        """Whether the statement speaks of games with C finite only."""
        return "C" in self.names

    @property
    def per_player(self) -> str:
        """The quantity of player i that a maximum over the players opens to, or itself."""
        return MAXIMA.get(self.quantity, self.quantity)

    @cached_property
    def atoms(self) -> tuple[Monomial, ...]:
        """What the bound is linear in: 1, the named quantities, and with C their multiples of C."""
        plain = [name for name in self.names if name != "C"]
        plain += [_OTHERS[name] for name in plain if name in _OTHERS]
        found: list[Monomial] = [(), *(((name, 1),) for name in plain)]
        if self.finite_c:
            found += [tuple(sorted((("C", 1), (name, 1)))) for name in plain if _is_error(name)]
        return tuple(found)


def _is_error(name: str) -> bool:
    return name.startswith(("eps", "sum_others"))


def question(
    quantity: str,
    assume: str | Sequence[str],
    names: str | Iterable[str],
    without: str | Iterable[str],
) -> Question:
    """Reads a question.

    Raises:
        BadInput: a name that does not exist, or that cannot be derived, or not in that form.

    Example:
        >>> asked = question("NashGap", "nash", "eps_BC,C,gamma,n", "")
        >>> ["*".join(name for name, _ in atom) or "1" for atom in asked.atoms]
        ['1', 'eps_BC', 'C*eps_BC']
    """
    if quantity not in TARGETS:
        raise BadInput("quantity", f"{quantity[:60]!r}", f"one of {', '.join(TARGETS)}")
    listed = _listed(names)
    for name in listed:
        if name not in (*meanings(), *PARAMETERS):
            needed = ", ".join(known for known in meanings() if known not in VALUES)
            raise BadInput("--in", f"{name[:60]!r}", f"names among {needed}")
    quantities = tuple(name for name in listed if name not in {*PARAMETERS, HORIZON})
    if not quantities and not listed:
        raise BadInput("--in", "no name", 'quantities, for example "eps_BC,gamma,n"')
    if quantity in quantities:
        raise BadInput("--in", f"{quantity} itself", "what it is to be bounded by")
    mine = [name for name in quantities if words()[name].player == "i"]
    if mine and quantity in MAXIMA:
        raise BadInput(
            "--in",
            f"{mine[0]} of one player, for the largest over the players",
            f"{MAXIMA[quantity]} as the quantity, or an error of all players",
        )
    gaps = [name for name in quantities if name in VALUES]
    if gaps:
        raise BadInput("--in", f"{gaps[0]}", "errors and properties of the expert, not gaps")
    return Question(
        quantity,
        parse_assumptions(assume),
        quantities,
        PARAMETERS & frozenset([*listed, *(["gamma"] if HORIZON in listed else [])]),
        tuple(_listed(without)),
        HORIZON in listed,
    )


def _listed(given: str | Iterable[str]) -> list[str]:
    parts = given.split(",") if isinstance(given, str) else list(given)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
