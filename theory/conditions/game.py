r"""Markov games whose payoffs, probabilities, discount and policies hold symbols.

In a file, format `nashgap/symbolic-game/1`: a game file in which every number may be an expression
in the symbols, with `symbols` (name to [lower, upper], open) and `constraints` ("p + q < 1").
"""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from sympy import QQ
from sympy.polys.rings import PolyElement

from ..errors import BadInput
from ..expression import Call, Expression, Name, Number, Power, Product
from ..parsing import Vocabulary, parse_expression, parse_relation
from ..written import rational
from .ranges import Ranges

SYMBOLIC_FORMAT = "nashgap/symbolic-game/1"
MAX_STATES, MAX_SYMBOLS, MAX_ROWS = 8, 8, 400
_LONGEST = 100

Joint = tuple[int, ...]
Row = tuple[PolyElement, ...]


@dataclass(frozen=True)
class SymbolicGame:
    r"""A game in symbols, with the policy in question.

    Attributes:
        ranges: the symbols.
        discount: \(\gamma\).
        start: \(\nu\), [S].
        transition: \(P(\cdot|s,a)\), (s, joint action) to a row [S].
        rewards: \(r_i(s,a)\), (i, s, joint action) to a polynomial; no bound is needed.
        policy: \(\pi^E_i(\cdot|s)\), (i, s) to a row [A_i].
        actions: A_1, ..., A_n.
        states: names.
        action_names: names, one list a player.
    """

    ranges: Ranges
    discount: PolyElement
    start: Row
    transition: Mapping[tuple[int, Joint], Row]
    rewards: Mapping[tuple[int, int, Joint], PolyElement]
    policy: Mapping[tuple[int, int], Row]
    actions: tuple[int, ...]
    states: tuple[str, ...]
    action_names: tuple[tuple[str, ...], ...]
    raw: Mapping[str, Any]

    @property
    def players(self) -> int:
        """The number of players."""
        return len(self.actions)

    def joints(self) -> Iterator[Joint]:
        """All joint actions."""
        return itertools.product(*(range(k) for k in self.actions))

    def at(self, values: Mapping[str, Fraction]) -> dict[str, Any]:
        """The game with numbers for the symbols, as the object of a game file.

        Raises:
            BadInput: a value is missing or lies outside the range.
        """
        missing = [name for name in self.ranges.bounds if name not in values]
        if missing or not self.ranges.contains(values):
            given = ", ".join(f"{k} = {v}" for k, v in values.items()) or "nothing"
            raise BadInput("the symbols' values", given, f"a point with {describe(self.ranges)}")
        point = [QQ(values[k].numerator, values[k].denominator) for k in self.ranges.bounds]

        def number(entry: PolyElement) -> str:
            value = entry.evaluate(list(zip(entry.ring.gens, point, strict=True)))
            return str(Fraction(int(value.numerator), int(value.denominator)))

        def row(state: int) -> Callable[[Joint], list[str]]:
            return lambda a: [number(x) for x in self.transition[state, a]]

        def reward(player: int, state: int) -> Callable[[Joint], str]:
            return lambda a: number(self.rewards[player, state, a])

        nested = _nest(self.actions)
        states = range(len(self.states))
        return {
            "format": "nashgap/game/1",
            "discount": number(self.discount),
            "start": [number(x) for x in self.start],
            "transition": [nested(row(s)) for s in states],
            "rewards": [[nested(reward(i, s)) for s in states] for i in range(self.players)],
            "states": list(self.states),
            "actions": [list(names) for names in self.action_names],
            "policies": {
                "expert": [
                    [[number(x) for x in self.policy[i, s]] for s in states]
                    for i in range(self.players)
                ]
            },
        }


def _nest(counts: Sequence[int]) -> Callable[[Callable[[Joint], Any]], Any]:
    def build(leaf: Callable[[Joint], Any], before: Joint = ()) -> Any:
        if len(before) == len(counts):
            return leaf(before)
        return [build(leaf, (*before, a)) for a in range(counts[len(before)])]

    return build


def describe(ranges: Ranges) -> str:
    """The range in words."""
    parts = [f"{low} < {name} < {high}" for name, (low, high) in ranges.bounds.items()]
    return ", ".join([*parts, *(f"{q.as_expr()} > 0" for q in ranges.further)])


def parse_symbolic(raw: Mapping[str, Any]) -> SymbolicGame:
    """Reads a symbolic game.

    Raises:
        BadInput: a missing key, an unreadable expression, a row that is not a distribution on the
            whole range, or a shape that does not fit.

    Example:
        >>> game = parse_symbolic({
        ...     "discount": "gamma", "start": ["1"], "symbols": {"gamma": ["0", "1"],
        ...     "x": ["-1", "1"]}, "transition": [[["1"], ["1"]]], "rewards": [[["0", "x"]]],
        ...     "policies": {"expert": [[["1", "0"]]]}})
        >>> game.players, game.rewards[0, 0, (1,)]
        (1, x)
    """
    reader = _Reader.of(raw)
    transition = _list(raw, "transition", "transition")
    rewards = _list(raw, "rewards", "rewards")
    actions = _shape(transition[0] if transition else [], len(rewards))
    count = len(transition)
    if not 1 <= count <= MAX_STATES:
        raise BadInput("transition", f"{count} states", f"1 to {MAX_STATES} states")
    if count * math.prod(actions) > MAX_ROWS:
        given = f"{count} states with {math.prod(actions)} joint actions"
        raise BadInput("transition", given, f"at most {MAX_ROWS} rows in all")
    joints = list(itertools.product(*(range(k) for k in actions)))
    game = SymbolicGame(
        ranges=reader.ranges,
        discount=reader.discount(raw),
        start=reader.distribution(_list(raw, "start", "start"), count, "start"),
        transition={
            (s, a): reader.distribution(
                _pick(rows, a, actions, f"transition[{s}]"), count, _at(s, a)
            )
            for s, rows in enumerate(transition)
            for a in joints
        },
        rewards={
            (i, s, a): reader.entry(
                _pick(_item(own, s, f"rewards[{i}]", count), a, actions, _at(s, a)), _at(s, a)
            )
            for i, own in enumerate(rewards)
            for s in range(count)
            for a in joints
        },
        policy=_policy(raw, reader, actions, count),
        actions=actions,
        states=tuple(raw.get("states") or (f"s{s}" for s in range(count))),
        action_names=tuple(
            tuple(str(x) for x in names)
            for names in raw.get("actions") or [range(k) for k in actions]
        ),
        raw=raw,
    )
    if len(game.states) != count or tuple(len(x) for x in game.action_names) != actions:
        raise BadInput("states, actions", "names that do not fit", "one name a state and action")
    return game


def _policy(
    raw: Mapping[str, Any], reader: "_Reader", actions: Sequence[int], count: int
) -> dict[tuple[int, int], Row]:
    policies = raw.get("policies")
    given = policies.get("expert") if isinstance(policies, Mapping) else None
    if not isinstance(given, Sequence) or len(given) != len(actions):
        raise BadInput("policies", "no expert", f'{{"expert": [...]}} with {len(actions)} tables')
    return {
        (i, s): reader.distribution(
            _item(given[i], s, f"policies.expert[{i}]", count), k, f"policies.expert[{i}][{s}]"
        )
        for i, k in enumerate(actions)
        for s in range(count)
    }


@dataclass(frozen=True)
class _Reader:
    ranges: Ranges
    words: Vocabulary

    @staticmethod
    def of(raw: Mapping[str, Any]) -> "_Reader":
        if not isinstance(raw, Mapping):
            raise BadInput("symbolic game", f"a {type(raw).__name__}", "a JSON object")
        given = raw.get("symbols")
        if not isinstance(given, Mapping) or not given:
            needed = '{"x": ["-1", "1"], ...}, a range for every symbol'
            raise BadInput("symbols", "no symbols" if not given else "no object", needed)
        if len(given) > MAX_SYMBOLS:
            raise BadInput("symbols", f"{len(given)} symbols", f"at most {MAX_SYMBOLS}")
        words = Vocabulary(tuple(given), {})
        plain = Ranges({str(name): _interval(name, pair) for name, pair in given.items()})
        reader = _Reader(plain, words)
        further = tuple(reader.constraint(text) for text in raw.get("constraints") or ())
        return _Reader(Ranges(plain.bounds, further), words)

    def constraint(self, text: object) -> PolyElement:
        left, relation, right = parse_relation(text, self.words, "constraints")
        if relation not in ("<", ">"):
            raise BadInput("constraints", repr(text), "a strict inequality, < or >")
        difference = self.polynomial(left, "constraints") - self.polynomial(right, "constraints")
        return difference if relation == ">" else -difference

    def entry(self, given: object, where: str = "entry") -> PolyElement:
        if isinstance(given, bool) or not isinstance(given, (str, int, float, Fraction)):
            raise BadInput(where, f"a value of type {type(given).__name__}", "a number or a text")
        return self.polynomial(parse_expression(str(given), self.words, where), where)

    def polynomial(self, expression: Expression, where: str) -> PolyElement:
        ring = self.ranges.ring
        match expression:
            case Number(value):
                return ring(QQ(value.numerator, value.denominator))
            case Name(name):
                return ring.gens[list(self.ranges.bounds).index(name)]
            case Power(base, exponent) if exponent >= 0:
                return self.polynomial(base, where) ** exponent
            case Power() | Call():
                raise BadInput(where, "a division or a function", "a polynomial in the symbols")
            case Product(factors):
                return reduce(
                    lambda total, item: self._times(total, item, where), factors, ring.one
                )
            case _:
                total = ring.zero
                for minus, term in expression.terms:
                    part = self.polynomial(term, where)
                    total = total - part if minus else total + part
                return total

    def _times(self, total: PolyElement, item: tuple[bool, Expression], where: str) -> PolyElement:
        divides, factor = item
        part = self.polynomial(factor, where)
        if not divides:
            return total * part
        if not part.is_ground or not part:
            raise BadInput(
                where,
                "a division by a symbol or by zero",
                "a polynomial; divide by numbers only, or give the quotient a symbol of its own",
            )
        return total * (1 / part.LC)

    def distribution(self, given: object, count: int, where: str) -> Row:
        if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != count:
            raise BadInput(where, f"{_length(given)}", f"a row of {count} entries")
        row = tuple(self.entry(x, where) for x in given)
        if sum(row, self.ranges.ring.zero) != 1:
            total = sum(row, self.ranges.ring.zero).as_expr()
            raise BadInput(where, f"a row that sums to {total}", "a row that sums to 1")
        for x in row:
            if self.ranges.sign(x) not in (0, 1):
                needed = "entries that are zero, or positive on the whole range; narrow the "
                needed += 'symbols\' ranges or add it to "constraints", as in "p + q < 1"'
                raise BadInput(where, f"the entry {x.as_expr()}", needed)
        return row

    def discount(self, raw: Mapping[str, Any]) -> PolyElement:
        if "discount" not in raw:
            raise BadInput("discount", "no key 'discount'", "a number or expression in [0, 1)")
        value = self.entry(raw["discount"], "discount")
        if self.ranges.sign(value) not in (0, 1) or self.ranges.sign(1 - value) != 1:
            given = f"{value.as_expr()} with {describe(self.ranges)}"
            raise BadInput("discount", given, "a discount in [0, 1) on the whole range")
        return value


def _interval(name: object, pair: object) -> tuple[Fraction, Fraction]:
    where = f"symbols.{name}"
    if not isinstance(name, str) or not name.isidentifier():
        raise BadInput("symbols", f"the name {name!r}", "a name of letters, digits and _")
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
        raise BadInput(where, repr(pair)[:60], 'its range, as ["0", "1"]')
    lower, upper = (rational(str(end).strip(), _LONGEST) for end in pair)
    if lower is None or upper is None:
        raise BadInput(where, repr(pair)[:60], "two rational numbers")
    if not lower < upper:
        raise BadInput(where, f"from {lower} to {upper}", "a lower bound below the upper bound")
    return lower, upper


def _length(given: object) -> str:
    if isinstance(given, Sequence) and not isinstance(given, str):
        return f"{len(given)} entries"
    return f"a value of type {type(given).__name__}"


def _list(raw: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    given = raw.get(key)
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise BadInput(where, f"no key {key!r}" if key not in raw else _length(given), "a list")
    return given


def _item(given: object, index: int, where: str, count: int) -> Any:
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != count:
        raise BadInput(where, _length(given), f"a list of {count}")
    return given[index]


def _shape(table: object, players: int) -> tuple[int, ...]:
    counts = []
    for _ in range(players):
        if not isinstance(table, Sequence) or isinstance(table, str) or not table:
            raise BadInput("transition", _length(table), "[S][A_1]..[A_n][S], n as in rewards")
        counts.append(len(table))
        table = table[0]
    return tuple(counts)


def _pick(table: object, joint: Joint, counts: Sequence[int], where: str) -> Any:
    for action, count in zip(joint, counts, strict=True):
        table = _item(table, action, where, count)
    return table


def _at(state: int, joint: Joint) -> str:
    return f"state {state}, actions {joint}"
