"""The pieces of a game in LaTeX's math mode, and how wide they are set."""

import re
import unicodedata

from .game import MarkovGame
from .rows import Box, MergedRow, Number, action_set, paid_alike, shown

_SHOWN = re.compile(r"\\text\{((?:[^{}]|\\[{}]|\{\})*)\}|\\ast|\\[,;:! ]|_|\{|\}|\\(.)|(.)")
_SMALL = "ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMDA MU NU XI PI RHO SIGMA TAU "
_CAPITAL = "GAMMA DELTA THETA LAMDA XI PI SIGMA UPSILON PHI PSI OMEGA"
_GREEK = {  # the letters that have a command
    f"GREEK {case} LETTER {letter}": letter.replace("LAMDA", "LAMBDA").capitalize()
    for case, letters in (("SMALL", _SMALL + "UPSILON PHI CHI PSI OMEGA"), ("CAPITAL", _CAPITAL))
    for letter in letters.split()
}
_NARROW, _WIDE = frozenset("()[]|,.:;' ijl/"), frozenset("+-=mwMW")


def width(source: str) -> float:
    r"""Roughly the width of a formula in `\scriptsize`, in cm; rather too much than too little.

    Example:
        >>> width("s_{0}") < width("s_{0}+s_{1}") < 1
        True
    """
    total = 0.0
    for found in _SHOWN.finditer(source):
        words, escaped, plain = found.groups()
        if words is not None:
            total += sum(_letter(letter) for letter in words)
        elif found[0] == r"\ast":
            total += 0.14
        elif escaped or plain:
            total += _letter(escaped or plain)
        elif found[0].startswith("\\"):
            total += 0.05
    return total


def _letter(letter: str) -> float:
    if letter in _WIDE:
        return 0.2
    return 0.11 if letter in _NARROW else 0.145


def name(given: str) -> str:
    r"""A state's or action's name: s0 is `s_{0}`, other words are set as text."""
    found = re.fullmatch(r"([A-Za-z])(\d*)('*)", given)
    if found:
        letter, digits, primes = found.groups()
        return letter + primes + (f"_{{{digits}}}" if digits else "")
    if re.fullmatch(r"\d+", given):
        return given
    escaped = re.sub(r"([#$%&_{}])", r"\\\1", given.replace("\\", "/"))
    escaped = escaped.replace("~", "-").replace("^", "'")
    return rf"\text{{{''.join(map(_typeset, escaped))}}}"


def _typeset(letter: str) -> str:
    r"""A letter that every LaTeX knows: Latin as it is, Greek as a symbol, others by number.

    Example:
        >>> [_typeset(letter) for letter in "aéαΔ上"]
        ['a', 'é', '$\\alpha$', '$\\Delta$', 'U+4E0A']
    """
    if letter.isascii() or "\xc0" <= letter <= "\u017e":
        return letter
    called = unicodedata.name(letter, "")
    if called in _GREEK:
        return rf"$\{_GREEK[called].lower() if 'SMALL' in called else _GREEK[called]}$"
    return f"U+{ord(letter):04X}"


def number(given: Number, *, plus: bool = False) -> str:
    """A number, with its sign set tight; scientific floats as a power of ten."""
    written = shown(given)
    mantissa, e, power = written.partition("e")
    if e:
        written = rf"{mantissa}{{\cdot}}10^{{{int(power)}}}"
    if given < 0:
        return f"{{-}}{written[1:]}"
    return f"{{+}}{written}" if plus and given > 0 else written


def term(game: MarkovGame, state: int, weight: Number) -> str:
    """One state of a distribution with its probability."""
    state_name = name(game.states[state])
    return state_name if weight == 1 else rf"{number(weight)}\,{state_name}"


def chance(given: Number) -> str:
    """A probability behind an outcome."""
    return rf"\;[{number(given)}]"


def span(first: int, last: int) -> str:
    """A run of row numbers."""
    return rf"{first}\text{{--}}{last}"


def outcome(game: MarkovGame, row: MergedRow) -> str:
    """Joint actions and rewards; the rewards alone where nobody's action matters."""
    paid = r"\,".join(rewards(game, row))
    return paid if row.covers_all(game) else "".join(joint(game, row)) + r"{:}\," + paid


def joint(game: MarkovGame, row: MergedRow) -> list[str]:
    """Which joint actions a row stands for, in parts between which a line may break."""
    if row.covers_all(game):
        return [r"\text{any}"]
    if row.is_rest:
        return [r"\text{else}"]
    *more, last = [_box(game, box) for box in row.boxes]
    return [part for box in more for part in (*box[:-1], f"{box[-1]},")] + last


def _box(game: MarkovGame, box: Box) -> list[str]:
    names = [
        "|".join(name(a) for a in action_set(game, i, chosen)) or r"\ast"
        for i, chosen in enumerate(box)
    ]
    if len(names) == 1:
        return names
    parts = [f"{part}," for part in names[:-1]]
    return [f"({parts[0]}", *parts[1:], f"{names[-1]})"]


def rewards(game: MarkovGame, row: MergedRow) -> list[str]:
    """The rewards that need saying, in parts between which a line may break."""
    paid = row.rewards[:1] if paid_alike(game) else row.rewards
    parts = [number(r, plus=True) for r in paid]
    return [f"{part}," for part in parts[:-1]] + parts[-1:]


def following(game: MarkovGame, row: MergedRow) -> list[str]:
    """The next-state distribution, in parts between which a line may break."""
    first, *more = [term(game, t, p) for t, p in row.to]
    return [first, *(f"{{}}+{part}" for part in more)]
