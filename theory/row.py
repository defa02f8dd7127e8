"""One statement of the paper or of the theory, and where it is here."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["bound", "game", "quantity", "command", "cited"]


@dataclass(frozen=True)
class Row:
    r"""One statement.

    Attributes:
        label: as the paper or the theory calls it.
        statement: in a few words.
        kind: what it is here.
        names: the bounds, games, quantities or commands, by name.
        also: further names by which it is found.
        formula: what is published, in LaTeX without dollar signs; "" where the bound's own is it.
        finding: what the tool finds of it, beyond the verdict; code between backticks.
        sharper: bounds that say more.
        games: games that show it, or show what is sharp.
        commands: what computes or checks it.
    """

    label: str
    statement: str
    kind: Kind
    names: tuple[str, ...]
    also: tuple[str, ...] = ()
    formula: str = ""
    finding: str = ""
    sharper: tuple[str, ...] = ()
    games: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def row(
    label: str,
    statement: str,
    kind: Kind,
    names: str = "",
    *,
    also: tuple[str, ...] = (),
    formula: str = "",
    finding: str = "",
    sharper: str = "",
    games: str = "",
    commands: tuple[str, ...] = (),
) -> Row:
    """A row; lists of names are words."""
    return Row(
        label,
        statement,
        kind,
        tuple(names.split()),
        also,
        formula,
        finding,
        tuple(sharper.split()),
        tuple(games.split()),
        commands,
    )
