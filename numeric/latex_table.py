"""A game's rows as a booktabs table that stays within one column."""

from collections.abc import Mapping, Sequence

from .game import MarkovGame
from .latex_math import following, joint, name, number, rewards, width
from .policy import ProductPolicy
from .rows import MergedRow, merged_rows

_GROWTH = 1.08
r"""`\footnotesize` over `\scriptsize`, in which widths are estimated."""
_SPACE = 0.22

LETTERS = {"expert": "E", "learner": "L", "deviation": "D"}
"""How the profiles are marked."""

Cell = Sequence[str]
"""Pieces of math between which a line may break."""


def table(
    game: MarkovGame,
    profiles: Mapping[str, ProductPolicy],
    *,
    numbered: bool = False,
    room: float = 8.0,
) -> str:
    r"""State, joint action, rewards, next state, and how likely each profile plays the row.

    Args:
        game: exact or float.
        profiles: "expert", "learner", "deviation" or some of them; each needs its colour defined.
        numbered: rows get a number in front.
        room: width in cm to stay within; cells break between their parts, not inside a number.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["w3"].build()
        >>> "$s_{0}$ & $(0,\\,\\ast)$ & ${-}1$ & $s_{0}$" in table(made.game, {})
        True
    """
    rows = merged_rows(game)
    body = [_cells(game, row, profiles, k) for at in rows for k, row in enumerate(at)]
    limits = _limits(body, room - (0.5 if numbered else 0))
    columns = "l" * (numbered + 4) + "c" * len(profiles)
    heads = [rf"\color{{nashgap{role}}}{LETTERS[role]}" for role in profiles]
    lead = [""] if numbered else []
    lines = [
        rf"\setlength{{\tabcolsep}}{{3pt}}\begin{{tabular}}{{@{{}}{columns}@{{}}}}",
        r"\toprule",
        _line([*lead, "state", "actions", "reward", "next", *heads]),
        r"\midrule",
    ]
    colours = ["", "", "", "", *(rf"\color{{nashgap{role}}}" for role in profiles)]
    count = 0
    for at in rows:
        for _ in at:
            broken = [_break(c, limit) for c, limit in zip(body[count], limits, strict=True)]
            count += 1
            for k in range(max(len(cell) for cell in broken)):
                cells = [
                    f"{colour}${cell[k]}$" if k < len(cell) and cell[k] else ""
                    for cell, colour in zip(broken, colours, strict=True)
                ]
                lines.append(_line([*([str(count) if k == 0 else ""] if numbered else []), *cells]))
        if at is not rows[-1]:
            lines.append(r"\addlinespace[2pt]")
    whole = "\n".join([*lines, r"\bottomrule", r"\end{tabular}"])
    if _total(limits) <= room - (0.5 if numbered else 0):
        return whole
    # A number is never broken: the whole table is set smaller, with tikz's own graphicx.
    return f"\\resizebox{{{room:g}cm}}{{!}}{{%\n{whole}}}"


def _line(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cells(
    game: MarkovGame, row: MergedRow, profiles: Mapping[str, ProductPolicy], k: int
) -> list[Cell]:
    chances = [row.chance(profile) for profile in profiles.values()]
    state = [name(game.states[row.state])] if k == 0 else [""]
    marks = [[number(p)] if p else [""] for p in chances]
    return [state, joint(game, row), rewards(game, row), following(game, row), *marks]


def _limits(body: Sequence[Sequence[Cell]], room: float) -> list[float]:
    """The width that each column's lines may have: the widest columns give way first."""
    count = len(body[0])
    whole = [max(_wide(cells[k]) for cells in body) for k in range(count)]
    least = [max(max(_wide([part]) for part in cells[k]) for cells in body) for k in range(count)]
    heads = [0.75, 0.95, 0.95, 0.6, *(0.25,) * (count - 4)]
    limits = [max(w, h) for w, h in zip(whole, heads, strict=True)]
    while _total(limits) > room:
        loose = [k for k in range(count) if limits[k] > max(least[k], heads[k])]
        if not loose:
            break
        widest = max(loose, key=lambda k: limits[k])
        limits[widest] = max(limits[widest] - 0.1, least[widest], heads[widest])
    return limits


def _total(limits: Sequence[float]) -> float:
    return sum(limits) + _SPACE * (len(limits) - 1)


def _wide(parts: Cell) -> float:
    return _GROWTH * sum(width(part) for part in parts)


def _break(parts: Cell, limit: float) -> list[str]:
    lines: list[list[str]] = [[]]
    for part in parts:
        if lines[-1] and _wide([*lines[-1], part]) > limit + 1e-9:
            lines.append([])
        lines[-1].append(part)
    return [r"\,".join(line) if line[0].endswith(",") else "".join(line) for line in lines]
