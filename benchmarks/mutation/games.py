"""Named games with their numbers, at parameters that `conjecture` does not go through."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from nashgap.numeric.evaluate import evaluate
from nashgap.numeric.games import catalogue
from nashgap.numeric.reading import Reading
from nashgap.theory.errors import BadInput
from nashgap.theory.model import UndeterminedError
from nashgap.theory.quantities import meanings

F = Fraction
QUANTITIES = {
    "NashGap": "nash_gap", "ValueGap": "value_gap", "eps_BC": "eps_bc", "eps_mu": "eps_mu",
    "eps_rho": "eps_rho", "delta": "delta", "C": "C", "expert_gap": "expert_nash_gap",
}  # fmt: skip
FROM_THE_MODEL = ("deviation_error", "dominance_gap", "horizon", "mu_min", "team_gap")
"""Quantities that `evaluate` does not list, read from their definitions."""


@dataclass(frozen=True)
class Known:
    """A named game with its numbers."""

    name: str
    numbers: Mapping[str, Fraction]
    assumptions: Mapping[str, bool]
    stated: frozenset[str]


@cache
def games() -> tuple[Known, ...]:
    """Named games at parameters of their own, with stated numbers, the rest computed."""
    found = []
    for family in catalogue().values():
        for parameters in _grid(tuple(family.parameters)):
            try:
                made = family.build(**parameters)
            except BadInput:
                continue
            if made.game.num_states > 20:
                continue
            measured = evaluate(made.game, made.expert, made.learner, work=400)
            numbers = {q: getattr(measured, key) for q, key in QUANTITIES.items()}
            stated = {q for q, key in QUANTITIES.items() if key in made.expected}
            numbers |= {q: made.expected[QUANTITIES[q]] for q in stated}
            numbers |= {"n": F(made.game.players), "gamma": made.game.discount}
            model = Reading(made.game, made.expert, made.learner, work=400)
            for quantity in FROM_THE_MODEL:
                with suppress(UndeterminedError):
                    numbers[quantity] = meanings()[quantity].on(model, None)
            holds = {k: v for k, v in measured.assumptions.items() if v is not None}
            name = f"{family.name}({', '.join(f'{k}={v}' for k, v in parameters.items())})"
            finite = {q: F(x) for q, x in numbers.items() if isinstance(x, Fraction)}
            found.append(Known(name, finite, holds | dict(made.assumptions), frozenset(stated)))
    return tuple(found)


def _grid(names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Parameters that are not on the grid of `conjecture`."""
    discounts = [F(4, 5), F(19, 20), F(1, 5)] if "gamma" in names else [F(4, 5)]
    for gamma in discounts:
        scale = 2 * (1 - gamma)
        for n in (2, 3, 1) if "n" in names else (2,):
            values: dict[str, Sequence[Any]] = {
                "gamma": [gamma],
                "n": [n],
                "eps": [scale / n, scale / (40 * n)],
                "delta": [scale / 3, scale / 30],
                "C": [F(5, 2), F(7)],
                "k": [F(1, 50)],
                "p": [F(1, 3)],
                "q": [F(1, 3), F(1, 50)],
                "w": [F(1)],
                "t": [F(-1)],
            }
            chosen = {k: values[k] for k in names if k in values}
            for picked in product(*chosen.values()):
                yield dict(zip(chosen, picked, strict=True))
