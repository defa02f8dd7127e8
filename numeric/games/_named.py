"""What a named game is, and what it hands back when it is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from nashgap.theory.errors import BadInput
from nashgap.theory.model import Number

from ..game import MarkovGame
from ..policy import ProductPolicy
from ._parameters import Parameter


@dataclass(frozen=True, eq=False)
class Instance:
    r"""A concrete game with an expert, a learner, and what is known about them beforehand.

    Attributes:
        game: the game, exact unless it was asked for in floats.
        expert: \(\pi^E\).
        learner: \(\pi\).
        expected: exact numbers that the theory states, under the keys of `evaluate`: `nash_gap`,
            `value_gap`, `eps_bc`, `eps_mu`, `eps_rho`, `delta`, `C` (may be `math.inf`), and
            `expert_value_i`, `learner_value_i` for a player i.
        assumptions: what must hold (True) or fail (False), under the assumptions' names.
    """

    game: MarkovGame
    expert: ProductPolicy
    learner: ProductPolicy
    expected: Mapping[str, Number] = field(default_factory=dict)
    assumptions: Mapping[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.expert.check_fits(self.game, "expert")
        self.learner.check_fits(self.game, "learner")
        object.__setattr__(self, "expected", MappingProxyType(dict(self.expected)))
        object.__setattr__(self, "assumptions", MappingProxyType(dict(self.assumptions)))


@dataclass(frozen=True)
class NamedGame:
    """A game of the library, or a family of games.

    Attributes:
        name: what users type.
        title: one line.
        source: where it is from, with its label there.
        illustrates: what it shows.
        parameters: name -> default, meaning and range.
        make: builds it from validated parameters, given by keyword.
    """

    name: str
    title: str
    source: str
    illustrates: str
    parameters: Mapping[str, Parameter]
    make: Callable[..., Instance]

    def build(self, **params: Any) -> Instance:
        """Builds the game; parameters that are not given keep their defaults.

        Args:
            params: numbers as int, Fraction, float or text ("9/10"), choices as text.

        Raises:
            BadInput: an unknown parameter, or one out of its range; the message names both.

        Example:
            >>> from nashgap.numeric.games import catalogue
            >>> catalogue()["w3"].build(gamma="9/10").expected["nash_gap"]
            Fraction(18, 1)
        """
        for name in params:
            if name not in self.parameters:
                known = ", ".join(self.parameters)
                raise BadInput(f"{self.name}.{name}", "no such parameter", f"one of {known}")
        given = {name: params.get(name, p.default) for name, p in self.parameters.items()}
        values = {
            name: parameter.read(given[name], f"{self.name}.{name}")
            for name, parameter in self.parameters.items()
        }
        return self.make(**values)
