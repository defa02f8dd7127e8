"""What an assumption is: a name, a statement, its LaTeX and a check against a model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Literal

from ..errors import BadInput
from ..model import Answer, Model, Number

FLOATS = 'the entries are floats, which decide no equality; give them exactly, as "p/q"'


@dataclass(frozen=True)
class Assumption:
    """One assumption about a game with an expert and a learner.

    Attributes:
        name: as in a list of assumptions, for example "match-rho".
        parameter: its exact parameter, or None.
        statement: one sentence.
        latex: the formula, without dollar signs.
        check: the definition, asked of a model.
        by_supports: whether the supports of kernel and policies decide it, so that floats may.

    Example:
        >>> from nashgap.theory.assumptions import parse_assumptions
        >>> nash, reset = parse_assumptions("nash, reset=1/3")
        >>> nash.text, reset.text, reset.parameter
        ('nash', 'reset=1/3', Fraction(1, 3))
    """

    name: str
    parameter: Fraction | None
    statement: str
    latex: str
    check: Callable[[Model], Answer] = field(compare=False, repr=False)
    by_supports: bool = False

    @property
    def text(self) -> str:
        """As it is written in a list: the name, and "=p/q" with a parameter."""
        return self.name if self.parameter is None else f"{self.name}={self.parameter}"

    def holds(self, model: Model) -> Answer:
        """True, False or undecided on one model, with the player, state or deviation that decides.

        Floats decide nothing but what supports alone decide.
        """
        return self.check(model) if model.is_exact or self.by_supports else Answer(None, FLOATS)


@dataclass(frozen=True)
class Family:
    """Assumptions that differ in one exact parameter, such as "margin=m".

    Attributes:
        name: as in a list of assumptions.
        symbol: the letter of the parameter.
        low: the least value the parameter may have.
        high: the greatest one, or None.
        statement: one sentence that uses the symbol.
        latex: the formula, in the symbol.
        check: the definition for one parameter.
        best: the strongest parameter that a model allows, or None where none is.
        extreme: whether that is the largest, the smallest or the only one that holds.
        variants: the family that takes over when the named assumption stands in the same list.
    """

    name: str
    symbol: str
    low: Fraction
    high: Fraction | None
    statement: str
    latex: str
    check: Callable[[Model, Fraction], Answer] = field(compare=False, repr=False)
    best: Callable[[Model], Number | None] = field(compare=False, repr=False)
    extreme: Literal["largest", "smallest", "only"]
    variants: Mapping[str, "Family"] = field(default_factory=dict, compare=False, repr=False)

    def at(self, parameter: Fraction, among: frozenset[str] = frozenset()) -> Assumption:
        """The assumption with this parameter, as read in a list that holds the names `among`.

        Raises:
            BadInput: the parameter is out of range.
        """
        if parameter < self.low or (self.high is not None and parameter > self.high):
            needed = f"{self.symbol} >= {self.low}"
            if self.high is not None:
                needed = f"{self.symbol} in [{self.low}, {self.high}]"
            raise BadInput("assumptions", f"given {self.name}={parameter}", needed)
        family = next((self.variants[name] for name in sorted(among & set(self.variants))), self)
        return Assumption(
            self.name,
            parameter,
            f"{family.statement}, {self.symbol} = {parameter}",
            rf"{family.latex},\quad {self.symbol}={_latex(parameter)}",
            partial(_asked, family.check, parameter),  # unlike a lambda, it reaches a worker
        )


def _asked(check: Callable[[Model, Fraction], Answer], parameter: Fraction, model: Model) -> Answer:
    return check(model, parameter)


def _latex(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    return rf"\tfrac{{{number.numerator}}}{{{number.denominator}}}"
