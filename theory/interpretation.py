r"""What a line of a derivation is worth on one game, exactly.

Everything is computed from the definitions with `Fraction`s: mixed profiles by solving their
Bellman equations, overlaps from the policies, visits from the expert's resolvent. Nothing is shared
with the kernel, so that a step which the kernel accepts wrongly shows on games.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .claim import evaluate
from .expression import Call, Expression, Name, fold, text
from .model import Model, Number, Role
from .normal import MalformedError
from .quantities import meanings

Vector = list[Any]  # Fractions, or floats on a float model


@dataclass(frozen=True)
class At:
    """Where a line is read: the player i, the state s, the joint action a, the opponent j."""

    player: int
    state: int = -1
    joint: tuple[int, ...] = ()
    other: int = -1


class Interpretation:
    """Reads lines on one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._kept: dict[tuple[object, ...], Vector] = {}

    def read(self, expression: Expression, at: At) -> Number:
        """The value of a line.

        Raises:
            MalformedError: the line names what a model does not give, such as V_at(best_response,
                ...).
        """
        found: Number = fold(
            expression,
            lambda node: (
                self._name(node.name, at) if isinstance(node, Name) else self._call(node, at)
            ),
            lambda value: value if self.model.is_exact else float(value),
            lambda base, exponent: base**exponent,
        )
        return found

    def _name(self, name: str, at: At) -> Number:
        if name.endswith("_j"):
            return self._name(f"{name[:-2]}_i", replace(at, player=at.other))
        if name in meanings():
            return evaluate(Name(name), self.model, at.player)
        if name == "ValueGap_i":
            return self.model.value("expert", at.player) - self.model.value("learner", at.player)
        if name == "TV_i":
            return _half_distance(*(self._policy(r, at.player, at) for r in ("expert", "learner")))
        if name == "r":
            return self.model.reward(at.player, at.state, at.joint)
        if name in ("m_o", "e_o", "p_o", "w_o", "z_o"):
            return self._others(name[0], at)
        return self._own(name[0], at.player, at)

    def _policy(self, role: Role, player: int, at: At) -> Sequence[Number]:
        return self.model.policy(role, player, at.state)

    def _own(self, part: str, player: int, at: At) -> Number:
        action = at.joint[player]
        e = self._policy("expert", player, at)[action]
        p = self._policy("learner", player, at)[action]
        m = min(e, p)
        return {"e": e, "p": p, "m": m, "x": e - m, "y": p - m}[part]

    def _others(self, part: str, at: At) -> Number:
        if part in "wz":
            return self._others("e" if part == "w" else "p", at) - self._others("m", at)
        product: Number = Fraction(1)
        for j in self._opponents(at.player):
            product = product * self._own(part, j, at)
        return product

    def _opponents(self, player: int) -> list[int]:
        return [j for j in range(self.model.players) if j != player]

    def _call(self, call: Call, at: At) -> Number:
        if call.function in ("V", "V_at", "Q"):
            return self._profile(call, at)
        (body,) = call.arguments
        states = range(self.model.num_states)
        weights: Vector
        match call.function:
            case "nu":
                weights = list(self.model.start())
                return _total(weights[s] * self.read(body, replace(at, state=s)) for s in states)
            case "E_mu":
                weights = list(self.model.occupancy("expert"))
                return _total(weights[s] * self.read(body, replace(at, state=s)) for s in states)
            case "R":
                solved: Number = self._resolvent(body, at)[at.state]
                return solved
            case "K":
                weighted = (
                    self._own("m", at.player, here)
                    * self._others("m", here)
                    * self._next(body, here)
                    for here in self._joint(at)
                )
                return self.model.discount * _total(weighted)
            case "next":
                return self._next(body, at)
            case "sum_a":
                return _total(self.read(body, here) for here in self._joint(at))
            case "sum_others":
                return _total(
                    self.read(body, replace(at, other=j)) for j in self._opponents(at.player)
                )
            case "prod_others":
                product: Number = Fraction(1)
                for j in self._opponents(at.player):
                    product = product * self.read(body, replace(at, other=j))
                return product
            case _:
                raise MalformedError(f"{call.function} has no value on a game")

    def _joint(self, at: At) -> list[At]:
        return [replace(at, joint=joint) for joint in self.model.joint_actions()]

    def _next(self, body: Expression, at: At) -> Number:
        row = self.model.successors(at.state, at.joint)
        return _total(p * self.read(body, replace(at, state=t, joint=())) for t, p in row.items())

    def _profile(self, call: Call, at: At) -> Number:
        own, others = (
            argument.name
            for argument in (call.arguments[0], call.arguments[-1])
            if isinstance(argument, Name)
        )
        if own == "best_response":
            if call.function != "V":
                raise MalformedError(f"{text(call)} has no value on a game")
            return self.model.best_value(_role(others), at.player)
        values = self._values(_role(own), _role(others), at.player)
        if call.function == "V":
            return _total(w * v for w, v in zip(self.model.start(), values, strict=True))
        if call.function == "V_at":
            found: Number = values[at.state]
            return found
        row = self.model.successors(at.state, at.joint)
        onward = _total(p * values[t] for t, p in row.items())
        return self.model.reward(at.player, at.state, at.joint) + self.model.discount * onward

    def _weight(self, own: Role, others: Role, player: int, at: At) -> Number:
        product: Number = Fraction(1)
        for j in range(self.model.players):
            role = own if j == player else others
            product = product * self.model.policy(role, j, at.state)[at.joint[j]]
        return product

    def _values(self, own: Role, others: Role, player: int) -> Vector:
        key = ("values", own, others, player)
        if key not in self._kept:
            rewards: Vector = []
            for state in range(self.model.num_states):
                here = self._joint(At(player, state))
                weighted = (
                    self._weight(own, others, player, a) * self.model.reward(player, state, a.joint)
                    for a in here
                )
                rewards.append(sum(weighted))
            self._kept[key] = solve(self._system(own, others, player), rewards)
        return self._kept[key]

    def _system(self, own: Role, others: Role, player: int) -> list[Vector]:
        size = self.model.num_states
        rows: list[Vector] = [[Fraction(s == t) for t in range(size)] for s in range(size)]
        for state in range(size):
            for here in self._joint(At(player, state)):
                weight = self._weight(own, others, player, here)
                for t, p in self.model.successors(state, here.joint).items():
                    rows[state][t] = rows[state][t] - self.model.discount * weight * p
        return rows

    def _resolvent(self, body: Expression, at: At) -> Vector:
        key = ("resolvent", body, at.player, at.other)
        if key not in self._kept:
            states = range(self.model.num_states)
            right = [self.read(body, replace(at, state=s)) for s in states]
            self._kept[key] = solve(self._system("expert", "expert", at.player), right)
        return self._kept[key]


def _role(name: str) -> Role:
    if name == "expert":
        return "expert"
    if name == "learner":
        return "learner"
    raise MalformedError(f"no game has the opponents play {name!r}")


def _total(values: Iterable[Any]) -> Number:
    found: Number = sum(values)
    return found


def _half_distance(left: Sequence[Any], right: Sequence[Any]) -> Number:
    total = _total(abs(a - b) for a, b in zip(left, right, strict=True))
    return total / 2


def solve(matrix: Sequence[Vector], right: Vector) -> Vector:
    """Solves a square system by elimination.

    Example:
        >>> one, two = Fraction(1), Fraction(2)
        >>> solve([[two, one - 1], [one, one]], [two, Fraction(3)])
        [Fraction(1, 1), Fraction(2, 1)]
    """
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for k in range(size):
        pivot = max(range(k, size), key=lambda r: abs(rows[r][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for r in range(size):
            if r != k and rows[r][k] != 0:
                factor = rows[r][k]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[k], strict=True)]
    return [row[-1] for row in rows]
