r"""What a quantity means: its name, its LaTeX, its sign and its value on a model."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .model import Model, Number


@dataclass(frozen=True)
class Meaning:
    r"""One quantity of the claim language.

    Attributes:
        name: as in a claim.
        latex: its symbol, without dollar signs.
        statement: the definition in one sentence.
        formula: the definition in LaTeX, without dollar signs.
        per_player: whether it belongs to the player i.
        nonnegative: whether it is never negative.
        on: its value on a model; the player is given when it is per player.
    """

    name: str
    latex: str
    statement: str
    formula: str
    on: Callable[[Model, int | None], Number] = field(compare=False, repr=False)
    per_player: bool = False
    nonnegative: bool = True


def over_players(of: Callable[[Model, int], Number]) -> Callable[[Model, int | None], Number]:
    """The largest over the players."""
    return lambda model, _: max(of(model, i) for i in range(model.players))


def of_player(of: Callable[[Model, int], Number]) -> Callable[[Model, int | None], Number]:
    """The one of the player i, who must be given."""

    def read(model: Model, player: int | None) -> Number:
        if player is None:
            raise ValueError("a quantity of one player needs the player")
        return of(model, player)

    return read
