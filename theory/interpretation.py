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
from .normal import LEAST, TANH, MalformedError
from .parsing import parse_expression
from .quantities import meanings
from .soft_reading import SOFT_NUMBERS, SoftReading
from .words import OWN_LETTERS, PROFILES, ROWS, line_vocabulary

Vector = list[Any]  # Fractions, or floats on a float model
_WHOLE = frozenset(
    {
        *("TV_i", "TV_o", "shift_i", "lost_i", "out_i", "loss_i", "start"),
        *("mu_expert", "mu_learner", "rho_expert", "rho_learner"),
    }
)
_LOSS = parse_expression(
    "V_at(best_response, expert) - sum_a(e_i*e_o*Q(best_response, expert))", line_vocabulary()
)
_ROLE_OF = {"e": "expert", "p": "learner", "b": "deviation", "k": "kept"}
_SHARED_BY = {"m": "ep", "n": "epb", "d": "eb"}
_REST_OF = {
    "x": ("e", "m"),
    "y": ("p", "m"),
    "t": ("b", "n"),
    "q": ("p", "n"),
    "u": ("b", "d"),
    "l": ("k", "s"),
    "o": ("p", "s"),
}
_REST_OF_OTHERS = {"w": ("e", "m"), "z": ("p", "m"), "f": ("e", "c"), "g": ("p", "c")}


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
        self._soft = SoftReading(model)
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
        if name in SOFT_NUMBERS:
            return self._soft.number(name, at.player, at.state)
        if name in _WHOLE:
            return self._whole(name, at)
        if name == "r":
            return self.model.reward(at.player, at.state, at.joint)
        if name in ROWS:
            return self._soft.row(name, at.player, at.state)[at.joint[at.player]]
        if name.endswith("_o"):
            return self._others(name[0], at)
        return self._own(name[0], at.player, at)

    def _whole(self, name: str, at: At) -> Number:
        """A name at a state, or an occupancy."""
        where, _, role = name.partition("_")
        if name == "loss_i":
            return self.read(_LOSS, at)
        if name == "start":
            return self.model.start()[at.state]
        if where == "mu":
            return self.model.occupancy(_role(role))[at.state]
        if where == "rho":
            visits = self.model.occupancy(_role(role))[at.state]
            return visits * self._weight(role, _role(role), at.player, at)
        if name == "TV_o":
            here = (at_other for at_other in self._joint(at) if at_other.joint[at.player] == 0)
            return 1 - _total(self._others("c", a) for a in here)
        part = {"TV_i": "m", "shift_i": "d", "lost_i": "n", "out_i": "s"}[name]
        actions = range(self.model.num_actions[at.player])
        rows = (replace(at, joint=(a,) * self.model.players) for a in actions)
        return 1 - _total(self._own(part, at.player, row) for row in rows)

    def _policy(self, role: str, player: int, at: At) -> Sequence[Number]:
        """A policy of player i: the expert's, the learner's, or what it may play instead."""
        if role == "deviation":
            return self.model.least_shift_response(player)[at.state]
        if role == "soft":
            return self._soft.row("bp_i", player, at.state)
        if role != "kept":
            return self.model.policy(_role(role), player, at.state)
        wanted = self.model.policy("expert", player, at.state)
        played = self.model.policy("learner", player, at.state)
        kept = [p if e > 0 else 0 * p for e, p in zip(wanted, played, strict=True)]
        mass = _total(kept)
        return [k / mass for k in kept] if mass > 0 else wanted

    def _own(self, part: str, player: int, at: At) -> Number:
        action = at.joint[player]

        def of(letter: str) -> Number:
            return self._policy(_ROLE_OF[letter], player, at)[action]

        if part in _ROLE_OF:
            return of(part)
        if part in _REST_OF:
            whole, common = _REST_OF[part]
            return of(whole) - self._own(common, player, at)
        if part in "vw":
            return self._own("t", player, at) * self._share(part, player, at)
        if part == "r":
            return self._own("m", player, at) - self._own("n", player, at)
        if part == "s":
            return of("p") if of("e") > 0 else 0 * of("p")
        return min(of(letter) for letter in _SHARED_BY[part])

    def _share(self, part: str, player: int, at: At) -> Number:
        """Of what a deviation plays beyond the common part: TV_i out of lost_i, or the rest."""
        here = replace(at, player=player)
        lost = self._whole("lost_i", here)
        share = self._whole("TV_i", here) / lost if lost > 0 else 0 * lost
        return share if part == "w" else 1 - share

    def _others(self, part: str, at: At) -> Number:
        if part in _REST_OF_OTHERS:
            whole, common = _REST_OF_OTHERS[part]
            return self._others(whole, at) - self._others(common, at)
        if part == "c":
            return min(self._others("e", at), self._others("p", at))
        product: Number = Fraction(1)
        for j in self._opponents(at.player):
            product = product * self._own(part, j, at)
        return product

    def _opponents(self, player: int) -> list[int]:
        return [j for j in range(self.model.players) if j != player]

    def _call(self, call: Call, at: At) -> Number:
        if call.function in PROFILES:
            return self._profile(call, at)
        if call.function == LEAST:
            return min(self.read(argument, at) for argument in call.arguments)
        (body,) = call.arguments
        if call.function == TANH:
            bent: Number = self._soft.function("tanh")(self.read(body, at))
            return bent
        states = range(self.model.num_states)
        weights: Vector
        match call.function:
            case "nu":
                weights = list(self.model.start())
                return _total(weights[s] * self.read(body, replace(at, state=s)) for s in states)
            case "E_mu" | "E_learner":
                role: Role = "expert" if call.function == "E_mu" else "learner"
                weights = list(self.model.occupancy(role))
                return _total(weights[s] * self.read(body, replace(at, state=s)) for s in states)
            case "E_deviation":
                values = [self.read(body, replace(at, state=s)) for s in states]
                solved_at = solve(self._system("deviation", "expert", at.player), values)
                visits = zip(self.model.start(), solved_at, strict=True)
                return (1 - self.model.discount) * _total(w * v for w, v in visits)
            case "here":
                return self.read(body, replace(at, joint=()))
            case "flow":
                return _total(
                    self.read(body, here) * self.model.successors(s, here.joint).get(at.state, 0)
                    for s in states
                    for here in self._joint(replace(at, state=s))
                )
            case "norm_a":
                return _total(abs(self.read(body, here)) for here in self._joint(at))
            case "norm_s":
                return _total(abs(self.read(body, replace(at, state=s))) for s in states)
            case "norm_sa" | "sum_sa":
                every = (a for s in states for a in self._joint(replace(at, state=s)))
                each = (self.read(body, here) for here in every)
                return _total(abs(x) if call.function == "norm_sa" else x for x in each)
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
        if call.function in ("Vtau_at", "Qtau") and own != "soft":
            raise MalformedError(f"{text(call)} has no value on a game")
        if own == "best_response" and call.function == "V":
            return self.model.best_value(_role(others), at.player)
        if own == "best_response":
            best = self.model.optimal_q(_role(others), at.player)
            values = [max(row) for row in best]
        elif call.function in ("Vtau_at", "Qtau"):
            values = self._soft.values(_role(others), at.player)
        elif own in OWN_LETTERS or own == "soft":
            values = self._values(own, _role(others), at.player)
        else:
            raise MalformedError(f"{text(call)} has no value on a game")
        if call.function == "V":
            return _total(w * v for w, v in zip(self.model.start(), values, strict=True))
        if call.function in ("V_at", "Vtau_at"):
            found: Number = values[at.state]
            return found
        row = self.model.successors(at.state, at.joint)
        onward = _total(p * values[t] for t, p in row.items())
        return self.model.reward(at.player, at.state, at.joint) + self.model.discount * onward

    def _weight(self, own: str, others: Role, player: int, at: At) -> Number:
        product: Number = Fraction(1)
        for j in range(self.model.players):
            role = own if j == player else others
            product = product * self._policy(role, j, at)[at.joint[j]]
        return product

    def _values(self, own: str, others: Role, player: int) -> Vector:
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

    def _system(self, own: str, others: Role, player: int) -> list[Vector]:
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
