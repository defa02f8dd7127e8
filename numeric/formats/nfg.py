"""Gambit's strategic games, `.nfg`: both forms, by payoffs and by outcomes, in exact numbers.

`NFG 1 R "title" { "P1" "P2" } { 2 2 } 1 1 0 2 ...`, or `{ { "a" "b" } { "c" "d" } }` for the
strategies, then a comment in quotes if there is one; then either all payoffs, joint strategy by
joint strategy, the first player's strategy running fastest, or a list of outcomes
`{ { "name" 1, 2/3 } ... }` and for each joint strategy the number of its outcome, 0 for no payoff.
"""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import exact, filled, short, text
from .imported import Affine, Exported, Imported
from .normal_form import NormalForm, to_markov, to_normal

_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([{}])|([^\s{}",]+)|(,))', re.DOTALL)
_MOST = 5_000_000


def read(path: str | Path, discount: object = 0) -> Imported:
    """Reads a `.nfg` file as a game of one state.

    Raises:
        BadInput: no such file, or any error of syntax; the message names the line.
    """
    try:
        content = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(str(path), f"cannot be read ({error.strerror})", "a readable file") from None
    except UnicodeDecodeError:
        raise BadInput(str(path), "not UTF-8 text", "a .nfg file") from None
    form, lost = parse(content, str(path))
    return to_markov(form, discount, lost)


def write(
    path: str | Path, game: MarkovGame, affine: Affine | None = None, title: str = ""
) -> tuple[str, ...]:
    """Writes a game of one state as a `.nfg` file by payoffs; returns what is lost.

    Raises:
        BadInput: several states, floats, or the file cannot be written.
    """
    found = to_text(game, affine, title)
    try:
        Path(path).write_text(found.content, encoding="utf-8")
    except OSError as error:
        given = f"cannot be written ({error.strerror})"
        raise BadInput(str(path), given, "a file in a folder that exists") from None
    return found.lost


def to_text(game: MarkovGame, affine: Affine | None = None, title: str = "") -> Exported:
    """A game of one state as `.nfg` by payoffs.

    Example:
        >>> game = MarkovGame([[[1], [1]]], [[["1/3", 1]]], [1], 0)
        >>> print(to_text(game).content.strip())
        NFG 1 R "" { "Player 1" } { { "0" "1" } }
        <BLANKLINE>
        1/3 1
    """
    form, lost = to_normal(game, affine, title)
    players = " ".join(map(_quoted, form.players))
    actions = " ".join("{ " + " ".join(map(_quoted, names)) + " }" for names in form.actions)
    head = f"NFG 1 R {_quoted(form.title)} {{ {players} }} {{ {actions} }}"
    cells = [
        " ".join(text(row[joint]) for row in form.payoffs)
        for joint in _profiles(form.payoffs.shape[1:])
    ]
    return Exported(f"{head}\n\n{' '.join(cells)}\n", lost)


def parse(content: str, where: str = "nfg") -> tuple[NormalForm, tuple[str, ...]]:
    """Reads `.nfg` text.

    Raises:
        BadInput: any error of syntax; the message names the line.

    Example:
        >>> form, lost = parse('NFG 1 R "" { "A" "B" } { 2 1 } { { "x" 1, 1/2 } } 1 0')
        >>> form.payoffs[1, :, 0].tolist(), lost
        ([Fraction(1, 2), Fraction(0, 1)], ("the outcomes' names x",))
    """
    reader = _Reader(content, where)
    for word in ("NFG", "1"):
        reader.word(word)
    if reader.peek() not in (("word", "R"), ("word", "D")):
        reader.refuse("R or D, the kind of numbers")
    reader.next()
    title = reader.quoted()
    players = tuple(reader.strings())
    actions = tuple(reader.strategies(len(players)))
    comment = reader.quoted() if reader.peek()[0] == "text" else ""
    shape = tuple(len(names) for names in actions)
    size = int(np.prod([len(players), *shape], dtype=object))
    if size > _MOST:
        raise BadInput(where, f"{size} payoffs", f"at most {_MOST}")
    lost = [f"the comment {short(comment)}"] if comment else []
    if reader.peek() == ("brace", "{"):
        outcomes = reader.outcomes(len(players))
        cells = [reader.outcome(outcomes) for _ in _profiles(shape)]
        names = [name for name, _ in outcomes if name]
        lost += [f"the outcomes' names {', '.join(names[:8])}"] if names else []
    else:
        cells = [[reader.number() for _ in players] for _ in _profiles(shape)]
    reader.end()
    payoffs = filled([Fraction(0)] * size, (len(players), *shape))
    for joint, cell in zip(_profiles(shape), cells, strict=True):
        for i, payoff in enumerate(cell):
            payoffs[(i, *joint)] = payoff
    return NormalForm(title, players, actions, payoffs), tuple(lost)


def _profiles(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Joint strategies, the first player's running fastest."""
    for reverse in itertools.product(*(range(k) for k in reversed(shape))):
        yield reverse[::-1]


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Reader:
    """Tokens of `.nfg`, one after the other."""

    def __init__(self, content: str, where: str) -> None:
        self._where = where
        self._tokens: list[tuple[str, str]] = []
        self._lines: list[int] = []
        at, end, line = 0, len(content.rstrip()), 1
        while at < end:
            match = _TOKEN.match(content, at)
            if match is None:
                place = f"{where}, line {line + content[at:end].count(chr(10))}"
                raise BadInput(place, "a quote that does not end", 'a name in "quotes"')
            start = match.end() - len(match.group().lstrip())
            line += content.count("\n", at, start)
            self._add(match, line)
            line += content.count("\n", start, match.end())
            at = match.end()
        self._next = 0

    def _add(self, match: "re.Match[str]", line: int) -> None:
        name, brace, word, _ = match.groups()
        if name is not None:
            token = ("text", re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL))
        elif brace is not None:
            token = ("brace", brace)
        elif word is not None:
            token = ("word", word)
        else:
            return  # commas only separate
        self._tokens.append(token)
        self._lines.append(line)

    def peek(self) -> tuple[str, str]:
        if self._next == len(self._tokens):
            return ("end", "")
        return self._tokens[self._next]

    def next(self) -> tuple[str, str]:
        found = self.peek()
        self._next += 1
        return found

    def refuse(self, needed: str) -> None:
        kind, given = self.peek()
        line = self._lines[min(self._next, len(self._lines) - 1)] if self._lines else 1
        shown = "the end of the file" if kind == "end" else f"found {short(given)}"
        raise BadInput(f"{self._where}, line {line}", shown, needed)

    def word(self, wanted: str) -> None:
        if self.peek() != ("word", wanted):
            self.refuse(f"{wanted!r}; a strategic game begins with NFG 1 R")
        self.next()

    def quoted(self) -> str:
        if self.peek()[0] != "text":
            self.refuse('a name in "quotes"')
        return self.next()[1]

    def brace(self, wanted: str) -> None:
        if self.peek() != ("brace", wanted):
            self.refuse(f"{wanted!r}")
        self.next()

    def strings(self) -> list[str]:
        self.brace("{")
        found = [self.quoted()]
        while self.peek()[0] == "text":
            found.append(self.quoted())
        self.brace("}")
        return found

    def strategies(self, players: int) -> list[tuple[str, ...]]:
        self.brace("{")
        found: list[tuple[str, ...]] = []
        while self.peek() != ("brace", "}") and len(found) < players:
            if self.peek() == ("brace", "{"):
                found.append(self._distinct(self.strings()))
            else:
                found.append(tuple(str(k + 1) for k in range(self._count(_MOST))))
        if len(found) != players:
            self.refuse(f"strategies of {players} players")
        self.brace("}")
        return found

    def outcomes(self, players: int) -> list[tuple[str, list[Fraction]]]:
        self.brace("{")
        found = []
        while self.peek() == ("brace", "{"):
            self.brace("{")
            found.append((self.quoted(), [self.number() for _ in range(players)]))
            self.brace("}")
        self.brace("}")
        return [("", [Fraction(0)] * players), *found]

    def outcome(self, outcomes: list[tuple[str, list[Fraction]]]) -> list[Fraction]:
        return outcomes[self._count(len(outcomes) - 1, least=0)][1]

    def number(self) -> Fraction:
        kind, given = self.peek()
        if kind != "word":
            self.refuse("a payoff")
        try:
            found = exact(given, "")
        except BadInput:
            self.refuse("a payoff such as 3, 2.5 or 1/3")
            raise
        self.next()
        return found

    def end(self) -> None:
        if self.peek()[0] != "end":
            self.refuse("the end: all payoffs were read")

    def _count(self, most: int, *, least: int = 1) -> int:
        kind, given = self.peek()
        if kind != "word" or not given.isascii() or not given.isdigit() or len(given) > 9:
            self.refuse(f"an integer from {least} to {most}")
        if not least <= int(given) <= most:
            self.refuse(f"an integer from {least} to {most}")
        self.next()
        return int(given)

    def _distinct(self, names: list[str]) -> tuple[str, ...]:
        if len(set(names)) < len(names):
            self.refuse("strategies with different names before it")
        return tuple(names)
