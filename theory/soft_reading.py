r"""What the words of entropy regularisation are worth on a model that is read at a temperature.

Such a model gives, beside the protocol `Model`, its `temperature`, soft best responses `soft(role,
player)` with their `table`, `q` and `state_values`, and, where its numbers are no floats, the
functions `log`, `exp`, `tanh` and `most` (the largest of several) of them.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from .model import Model, Number, Role, UndeterminedError

SOFT_NUMBERS = frozenset(
    {
        *("soft_shift_i", "soft_move_i", "own_shift_i", "rise_i", "base_i"),
        *("soft_apart", "soft_values_apart", "odds"),
        *("b_entropy_i", "bp_entropy_i", "be_entropy_i"),
    }
)
"""The words that this file gives a value."""


class SoftReading:
    """Reads them on one model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def number(self, name: str, player: int, state: int) -> Number:
        """A word's value, for a player at a state where it speaks of these.

        Raises:
            UndeterminedError: the model has no temperature, or gives no such function exactly.
        """
        match name:
            case "soft_apart":
                return self._largest("q")
            case "soft_values_apart":
                return self._largest("state_values")
            case "odds":
                found: Number = self.function("exp")(self._largest("q") / self._temperature())
                return found
            case "b_entropy_i":
                return self._entropy(self.model.least_shift_response(player)[state])
            case "bp_entropy_i" | "be_entropy_i":
                return self._entropy(self.row(name.replace("entropy_", ""), player, state))
            case "soft_shift_i" | "own_shift_i":
                row = self.row("bp_i" if name == "soft_shift_i" else "be_i", player, state)
                expert = self.model.policy("expert", player, state)
                apart: list[Any] = [abs(x - y) for x, y in zip(row, expert, strict=True)]
                half: Number = sum(apart, Fraction(0)) / 2
                return half
            case _:
                rise, base = self._where_more(player, state)
                return {"rise_i": rise, "base_i": base}.get(name, rise - base)

    def row(self, name: str, player: int, state: int) -> Sequence[Number]:
        """A soft best response at a state, or, of all policies, the uniform one."""
        if name == "any_i":
            count = self.model.num_actions[player]
            return [Fraction(1, count)] * count
        role: Role = "learner" if name == "bp_i" else "expert"
        return list(self._response(role, player).table[state])

    def values(self, role: Role, player: int) -> list[Number]:
        """Regularised values, one for each state."""
        return list(self._response(role, player).state_values)

    def function(self, name: str) -> Callable[[Any], Any]:
        """A logarithm, an exponential or a hyperbolic tangent of the model's own numbers."""
        found: Callable[[Any], Any] | None = getattr(self.model, name, None)
        if found is None and self.model.is_exact:
            raise UndeterminedError(f"{name} is not exact, and floats never decide")
        return found or getattr(math, name)

    def _response(self, role: Role, player: int) -> Any:
        soft = getattr(self.model, "soft", None)
        if soft is None:
            raise UndeterminedError("no temperature is given")
        found = soft(role, player)
        if self.model.is_exact and isinstance(found.state_values[0], float):
            raise UndeterminedError("soft responses are in floats, and floats never decide")
        return found

    def _temperature(self) -> Any:
        return getattr(self.model, "temperature", None)

    def _where_more(self, player: int, state: int) -> tuple[Number, Number]:
        """Both soft responses, on the actions that the one to the learner plays more often."""
        rows = (self.row(name, player, state) for name in ("bp_i", "be_i"))
        more = [pair for pair in zip(*rows, strict=True) if pair[0] > pair[1]]
        return sum((p for p, _ in more), Fraction(0)), sum((e for _, e in more), Fraction(0))

    def _entropy(self, row: Iterable[Number]) -> Number:
        log = self.function("log")
        return -sum((p * log(p) for p in row if p > 0), Fraction(0))

    def _largest(self, what: str) -> Number:
        """The largest difference between the responses to the learner and to the expert."""
        found: list[Number] = []
        for i in range(self.model.players):
            learner, expert = (getattr(self._response(r, i), what) for r in ("learner", "expert"))
            for x, y in zip(learner, expert, strict=True):
                pairs = zip(x, y, strict=True) if what == "q" else ((x, y),)
                found += [abs(a - b) for a, b in pairs]
        most: Callable[[list[Number]], Number] = getattr(self.model, "most", max)
        return most(found)
