"""The pieces of a game in plain characters, as SVG sets them, and how wide they are set."""

import re

from .game import MarkovGame
from .rows import Box, MergedRow, Number, action_set, paid_alike, shown

_NARROW, _WIDE = frozenset("()[]|,.:;' ijltf/₀₁₂₃₄₅₆₇₈₉"), frozenset("+−=mwMW∗")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def width(source: str) -> float:
    """Roughly the width of a text of 7 pt in a sans-serif font, in cm; rather too much.

    Example:
        >>> width("s₀") < width("s₀ + s₁") < 1
        True
    """
    return sum(_letter(letter) for letter in source)


def _letter(letter: str) -> float:
    if letter in _WIDE:
        return 0.19
    return 0.1 if letter in _NARROW else 0.15


def name(given: str) -> str:
    """A state's or action's name: s0 is "s₀"."""
    found = re.fullmatch(r"([A-Za-z])(\d*)('*)", given)
    if found is None:
        return given
    letter, digits, primes = found.groups()
    return letter + digits.translate(_SUBSCRIPTS) + primes


def number(given: Number, *, plus: bool = False) -> str:
    """A number with a true minus sign."""
    written = shown(given).replace("-", "−")
    return f"+{written}" if plus and given > 0 else written


def chance(given: Number) -> str:
    """A probability behind an outcome."""
    return f" [{number(given)}]"


def span(first: int, last: int) -> str:
    """A run of row numbers."""
    return f"{first}–{last}"


def outcome(game: MarkovGame, row: MergedRow) -> str:
    """Joint actions and rewards; the rewards alone where nobody's action matters."""
    return (
        rewards(game, row) if row.covers_all(game) else f"{joint(game, row)}: " + rewards(game, row)
    )


def joint(game: MarkovGame, row: MergedRow) -> str:
    """Which joint actions a row stands for."""
    if row.covers_all(game):
        return "any"
    return "else" if row.is_rest else ", ".join(_box(game, box) for box in row.boxes)


def _box(game: MarkovGame, box: Box) -> str:
    names = [
        "|".join(name(a) for a in action_set(game, i, chosen)) or "∗"
        for i, chosen in enumerate(box)
    ]
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def rewards(game: MarkovGame, row: MergedRow) -> str:
    """The rewards that need saying."""
    paid = row.rewards[:1] if paid_alike(game) else row.rewards
    return ", ".join(number(reward, plus=True) for reward in paid)


def following(game: MarkovGame, row: MergedRow) -> str:
    """The next-state distribution."""
    return " + ".join(term(game, t, p) for t, p in row.to)


def term(game: MarkovGame, state: int, weight: Number) -> str:
    """One state of a distribution with its probability."""
    written = name(game.states[state])
    return written if weight == 1 else f"{number(weight)} {written}"
