"""What a known game tells of the clone, beside what the demonstrations tell."""

from dataclasses import dataclass

from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.model import Answer, Number

from ..bounds_on import BoundOn, bounds_on
from ..gaps import gaps
from ..matching import eps_bc_per_player
from ..reading import Reading
from ..value import value


@dataclass(frozen=True, eq=False)
class Known:
    r"""What the game tells of the clone, in exact numbers where the game is exact.

    Attributes:
        exact: whether the numbers are.
        gap_per_player: the clone's gap of each player.
        clone_dominant: whether the clone, put in the expert's place, is weakly dominant: a hint at
            whether the expert is, no more; None where the expert is given.
        errors: \(\epsilon_{BC,i}\) against the expert; None where it is not given.
        value_gap: \(\max_iV_i(\pi^E)-V_i(\hat\pi)\), or None.
        expert_gap: the expert's own Nash gap, or None.
        bounds: the bounds of the catalogue with these numbers; empty without the expert.
    """

    exact: bool
    gap_per_player: tuple[Number, ...]
    clone_dominant: Answer | None
    errors: tuple[Number, ...] | None
    value_gap: Number | None
    expert_gap: Number | None
    bounds: tuple[BoundOn, ...]

    @property
    def nash_gap(self) -> Number:
        """The clone's Nash gap."""
        return max(self.gap_per_player)


def known_of(model: Reading, expert_given: bool) -> Known:
    """Computes it.

    Args:
        model: the clone as learner, against the expert or against itself.
        expert_given: whether that is the expert.
    """
    game, expert, learner = model.game, model.expert, model.learner
    each: tuple[Number, ...] = tuple(gaps(game, learner).tolist())
    if not expert_given:
        dominant = parse_assumptions("dominant")[0].holds(model)
        return Known(game.is_exact, each, dominant, None, None, None, ())
    lost = value(game, expert) - value(game, learner)
    return Known(
        game.is_exact,
        each,
        None,
        tuple(eps_bc_per_player(game, expert, learner).tolist()),
        max(lost.tolist()),
        max(gaps(game, expert).tolist()),
        bounds_on(model),
    )
