r"""Reads expressions and relations from text, by recursive descent, within bounds.

    relation   = sum ("<=" | ">=" | "==" | "<" | ">") sum
    sum        = product (("+" | "-") product)*
    product    = signed (("*" | "/") signed)*
    signed     = ("-" | "+") signed | power
    power      = atom ("**" exponent)?
    exponent   = ("-" | "+")? integer | "(" exponent ")"
    atom       = number | name | function "(" sum ("," sum)* ")" | "(" sum ")"

Nothing is ever evaluated as Python. Text, nesting, numbers and exponents are bounded.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from .errors import BadInput
from .expression import RELATIONS, Call, Expression, Name, Number, Power, Product, Relation, Sum
from .written import DECIMAL

MAX_LENGTH = 10_000
MAX_NESTING = 100
MAX_EXPONENT = 64
MAX_DIGITS = 100

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+][0-9]+)?[0-9A-Za-z_.]*)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>\*\*|<=|>=|==|[-+*/(),<>])"
)
_HINTS = {
    "^": "'**' for powers",
    "=": "'=='",
    "!": "one of <= >= < > ==",
    "\N{LESS-THAN OR EQUAL TO}": "'<='",
    "\N{GREATER-THAN OR EQUAL TO}": "'>='",
    "\N{MIDDLE DOT}": "'*'",
    "\N{GREEK SMALL LETTER GAMMA}": "'gamma'",
}


@dataclass(frozen=True)
class Vocabulary:
    """The names and functions that a text may use.

    Attributes:
        names: the words that stand for themselves.
        functions: function name to the least and the greatest number of arguments (None: any).
    """

    names: Collection[str]
    functions: Mapping[str, tuple[int, int | None]]


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    column: int


def parse_expression(text: object, words: Vocabulary, where: str = "expression") -> Expression:
    """Reads one expression.

    Raises:
        BadInput: anything else, naming the column, what was found and what is needed.

    Example:
        >>> parse_expression("2*gamma", Vocabulary(["gamma"], {})).factors[1]
        (False, Name(name='gamma'))
    """
    reader = _Reader(_checked(text, where), words, where)
    found = reader.sum()
    reader.finish("an operator or the end of the text")
    return found


def parse_relation(
    text: object, words: Vocabulary, where: str = "relation"
) -> tuple[Expression, Relation, Expression]:
    """Reads "left relation right".

    Raises:
        BadInput: anything else, naming the column, what was found and what is needed.
    """
    reader = _Reader(_checked(text, where), words, where)
    left = reader.sum()
    token = reader.token
    if token.text not in RELATIONS:
        reader.fail("an operator, or one of <= >= < > == and a right side")
    reader.step()
    right = reader.sum()
    reader.finish("an operator or the end of the text (one relation only)")
    return left, token.text, right


def _checked(text: object, where: str) -> str:
    if not isinstance(text, str):
        raise BadInput(where, f"a value of type {type(text).__name__}", "a text")
    if len(text) > MAX_LENGTH:
        raise BadInput(where, f"{len(text)} characters", f"at most {MAX_LENGTH} characters")
    if not text.strip():
        raise BadInput(where, "an empty text", "an expression")
    return text


def _tokens(text: str, where: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            mark = text[position]
            hint = _HINTS.get(mark, "a number, a name, or one of + - * / ** ( ) , <= >= < > ==")
            raise BadInput(f"{where}, column {position + 1}", f"found {mark!r}", hint)
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(_Token(kind, match.group(), position + 1))
        position = match.end()
    found.append(_Token("end", "", len(text) + 1))
    return found


@dataclass
class _Reader:
    """One pass over the tokens of one text."""

    source: str
    words: Vocabulary
    where: str
    depth: int = 0
    index: int = 0
    tokens: list[_Token] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = _tokens(self.source, self.where)

    @property
    def token(self) -> _Token:
        return self.tokens[self.index]

    def step(self) -> _Token:
        token = self.token
        self.index += token.kind != "end"
        return token

    def fail(self, needed: str, token: _Token | None = None) -> None:
        token = token or self.token
        given = f"found {token.text[:60]!r}" if token.text else "found the end of the text"
        raise BadInput(f"{self.where}, column {token.column}", given, needed)

    def finish(self, needed: str) -> None:
        if self.token.kind != "end":
            self.fail(needed)

    def take(self, mark: str, needed: str) -> None:
        if self.token.kind != "mark" or self.token.text != mark:
            self.fail(needed)
        self.step()

    def deeper(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise BadInput(
                f"{self.where}, column {token.column}",
                f"nested more than {MAX_NESTING} deep",
                "a flatter expression",
            )

    def sum(self) -> Expression:
        terms = [(False, self.product())]
        while self.token.text in ("+", "-"):
            minus = self.step().text == "-"
            terms.append((minus, self.product()))
        if len(terms) == 1:
            return terms[0][1]
        lead = terms[0][1]
        if isinstance(lead, Sum) and len(lead.terms) == 1:
            terms[0] = lead.terms[0]
        return Sum(tuple(terms))

    def product(self) -> Expression:
        minus = self._sign()
        factors = [(False, self.power())]
        while self.token.text in ("*", "/"):
            over = self.step().text == "/"
            sign = self._sign()
            start = self.token
            factor = self.power()
            if over and factor == Number(Fraction(0)):
                self.fail("a divisor other than 0", start)
            factors.append((over, Sum(((True, factor),)) if sign else factor))
        found = factors[0][1] if len(factors) == 1 else Product(tuple(factors))
        return Sum(((True, found),)) if minus else found

    def _sign(self) -> bool:
        minus = False
        while self.token.text in ("+", "-"):
            minus ^= self.step().text == "-"
        return minus

    def power(self) -> Expression:
        base = self.atom()
        if self.token.text != "**":
            return base
        self.step()
        exponent = self.exponent()
        if self.token.text == "**":
            self.fail("parentheses around a power of a power")
        return Power(base, exponent)

    def exponent(self) -> int:
        needed = f"an integer exponent between -{MAX_EXPONENT} and {MAX_EXPONENT}"
        if self.token.text == "(":
            self.deeper(self.step())
            inner = self.exponent()
            self.take(")", "')' after the exponent")
            self.depth -= 1
            return inner
        minus = self._sign()
        token = self.token
        if token.kind != "number" or not token.text.isdigit() or len(token.text) > 10:
            self.fail(needed)
        exponent = int(self.step().text)
        if exponent > MAX_EXPONENT:
            self.fail(needed, token)
        return -exponent if minus else exponent

    def atom(self) -> Expression:
        token = self.step()
        if token.kind == "number":
            return Number(self.number(token))
        if token.kind == "name":
            return self.word(token)
        if token.text == "(":
            self.deeper(token)
            inner = self.sum()
            self.take(")", "an operator or ')'")
            self.depth -= 1
            return inner
        self.fail("a number, a name or '('", token)
        raise AssertionError

    def number(self, token: _Token) -> Fraction:
        if not DECIMAL.fullmatch(token.text):
            self.fail("an integer or a decimal such as 12, 0.25 or 1e-3", token)
        found = Fraction(token.text if len(token.text) <= MAX_DIGITS else 10**MAX_DIGITS)
        if max(found.numerator, found.denominator) >= 10**MAX_DIGITS:
            self.fail(f"a number of at most {MAX_DIGITS} digits", token)
        return found

    def word(self, token: _Token) -> Expression:
        if self.token.text == "(":
            return self.call(token)
        if token.text in self.words.names:
            return Name(token.text)
        if token.text in self.words.functions:
            self.fail(f"'(' after {token.text!r}")
        spelt = {re.sub("[_-]", "", name).lower(): name for name in self.words.names}
        near = get_close_matches(re.sub("[_-]", "", token.text).lower(), spelt, n=1)
        hint = f" (did you mean {spelt[near[0]]!r}?)" if near else ""
        names = ", ".join(sorted(self.words.names, key=str.lower))
        self.fail(f"one of the names {names}{hint}", token)
        raise AssertionError

    def call(self, token: _Token) -> Expression:
        bounds = self.words.functions.get(token.text)
        if bounds is None:
            functions = ", ".join(self.words.functions) or "none"
            self.fail(f"an operator after a name; the functions are: {functions}", token)
        assert bounds is not None
        self.deeper(self.step())
        arguments = [self.sum()]
        while self.token.text == ",":
            self.step()
            arguments.append(self.sum())
        self.take(")", "',' or ')'")
        self.depth -= 1
        least, most = bounds
        if len(arguments) < least or (most is not None and len(arguments) > most):
            count = f"{least} to {most}" if most is not None else f"at least {least}"
            self.fail(f"{count} argument(s) of {token.text}", token)
        return Call(token.text, tuple(arguments))
