"""A game that reaches a gap or breaks a claim, with all that one needs to check it by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.io import game_object, written_table
from nashgap.numeric.numbers import Array, text
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading
from nashgap.theory.assumptions import Assumption
from nashgap.theory.shown import Shown
from nashgap.theory.verification import Verification

from .problem import Threshold
from .witness_display import witness_html, witness_text

WITNESS_FORMAT = "nashgap/witness/1"
NUMBERS = (
    "nash_gap",
    "gap_of_player",
    "expert_value",
    "learner_value",
    "deviation_value",
    "expert_nash_gap",
    "eps_rho",
)
"""The numbers that a witness may state."""


@dataclass(frozen=True, eq=False)
class Witness(Shown):
    r"""An exact game with expert and learner, and what it shows.

    Attributes:
        game: the game.
        expert: \(\pi^E\).
        learner: \(\pi\).
        shows: the gap that it reaches, or the text of the claim that it breaks.
        assumptions: what holds of it.
        player: who exploits the learner.
        deviation: how, shape [S, A_player].
        numbers: exact numbers by name, as `numbers_of` computes them.
    """

    game: MarkovGame
    expert: ProductPolicy
    learner: ProductPolicy
    shows: Threshold | str
    assumptions: tuple[Assumption, ...]
    player: int
    deviation: Array
    numbers: Mapping[str, Fraction]

    @property
    def nash_gap(self) -> Fraction:
        """The learner's Nash gap, recomputed."""
        return max(_gap(self.model, i) for i in range(self.game.players))

    @property
    def bound(self) -> Fraction:
        """The gap that was asked for, or what the claim says is the most that it could be."""
        if isinstance(self.shows, Threshold):
            return self.shows.value
        from nashgap.theory.claim import evaluate, parse_claim

        claim = parse_claim(self.shows)
        larger = claim.left if claim.relation in (">=", ">") else claim.right
        return Fraction(evaluate(larger, self.model, self.player))

    @cached_property
    def model(self) -> Reading:
        """The exact reading of the game."""
        return Reading(self.game, self.expert, self.learner)

    def verify(self) -> Verification:
        """Recomputes every assumption and every number from the definitions, exactly."""
        from .recheck import recheck

        return recheck(self)

    def json(self) -> dict[str, Any]:
        """The object in the format `nashgap/witness/1`."""
        asked = (
            {"gap_at_least": text(self.shows.value), "strict": self.shows.strict}
            if isinstance(self.shows, Threshold)
            else {"claim": self.shows}
        )
        return {
            **game_object(self.game, self.expert, self.learner),
            "format": WITNESS_FORMAT,
            "witness": {
                **asked,
                "assumptions": [a.text for a in self.assumptions],
                "player": self.player,
                "deviation": written_table(self.deviation),
                "numbers": {name: text(value) for name, value in self.numbers.items()},
            },
        }

    def __str__(self) -> str:
        return witness_text(self)

    def __repr__(self) -> str:
        gap = text(self.numbers["nash_gap"]) if "nash_gap" in self.numbers else "not stated"
        return f"<Witness: Nash gap {gap}, shows {self.shows}; {self.game.summary}>"

    def _repr_html_(self) -> str:
        return witness_html(self)


def witness(
    game: MarkovGame,
    expert: ProductPolicy,
    learner: ProductPolicy,
    player: int,
    shows: Threshold | str,
    assumptions: tuple[Assumption, ...],
) -> Witness:
    """Completes an exact game to a witness: the best deviation of the player, and the numbers.

    Whether it shows what it says is for `Witness.verify` to find out.
    """
    deviation = best_response(game, learner, player).table
    numbers = numbers_of(Reading(game, expert, learner), player, deviation)
    return Witness(game, expert, learner, shows, assumptions, player, deviation, numbers)


def numbers_of(model: Reading, player: int, deviation: Array) -> dict[str, Fraction]:
    """The exact numbers that a witness states, those of `NUMBERS`; values are discounted sums."""
    from nashgap.numeric.value import value

    deviating = value(model.game, model.learner.replace(player, deviation))[player]
    learner = Fraction(model.value("learner", player))
    return {
        "nash_gap": max(_gap(model, i) for i in range(model.players)),
        "gap_of_player": Fraction(deviating) - learner,
        "expert_value": Fraction(model.value("expert", player)),
        "learner_value": learner,
        "deviation_value": Fraction(deviating),
        "expert_nash_gap": max(_gap(model, i, "expert") for i in range(model.players)),
        "eps_rho": Fraction(model.state_action_occupancy_error()),
    }


def _gap(model: Reading, player: int, role: Any = "learner") -> Fraction:
    return Fraction(model.best_value(role, player) - model.value(role, player))
