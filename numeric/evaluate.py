"""Everything that is known about one game with an expert and a learner, at once.

Exact when the game is; in floats the quantities are approximate and no equality is decided.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from nashgap.theory.assumptions import Assumption, Family, known, parse_assumptions
from nashgap.theory.model import Number, Role
from nashgap.theory.shown import Shown

from .bounds_on import BoundOn, bounds_on
from .delta import DEFAULT_NODES
from .dominance import WORK
from .game import MarkovGame
from .numbers import Array, short, text
from .policy import ProductPolicy
from .reading import Reading
from .show_evaluation import evaluation_html, evaluation_lines


@dataclass(frozen=True, eq=False)
class Evaluation(Shown):
    r"""What `evaluate` finds. Values are discounted sums from the start; occupancies sum to 1.

    Attributes:
        nash_gap: the learner's Nash gap, the largest over the players.
        nash_gap_per_player: what each player gains by a best response to the learner, at least 0.
        nash_gap_sum: their sum.
        nash_gap_mean: their mean.
        value_gap: \(\max_iV_i(\pi^E)-V_i(\pi)\).
        eps_bc: \(\epsilon_{BC}\in[0,2]\), the largest over the players.
        eps_bc_per_player: \(\epsilon_{BC,i}\).
        eps_mu: \(\|\mu_\pi-\mu_{\pi^E}\|_1\in[0,2]\).
        eps_rho: \(\|\rho_\pi-\rho_{\pi^E}\|_1\in[0,2]\).
        expert_nash_gap: the expert's own Nash gap; 0 iff it is an equilibrium from the start.
        values: by role, the value of each player.
        mu: by role, the state occupancy [S].
        rho: by role, the state-action occupancy [S, A_1, ..., A_n].
        delta: the learner's delta, or None where its search spent its budget.
        delta_bounds: bounds on it; they agree where it is known.
        delta_per_player: each player's, or None.
        C: the deviation concentrability, `math.inf` where a deviation meets an unvisited error.
        C_per_player: each player's.
        assumptions: name to True, False or None for undecided; parametric ones when asked for.
        reasons: name to what decided it.
        parameters: the strongest parameters that hold: the largest margin at the visited states,
            and at all states under "margin,subgame-perfect", the largest reset, the smallest
            entry and match-bc; how many states the expert has visited; None where none holds.
        bounds: every bound of the catalogue on this game.
        exact: whether all numbers are Fractions.
    """

    nash_gap: Number
    nash_gap_per_player: tuple[Number, ...]
    nash_gap_sum: Number
    nash_gap_mean: Number
    value_gap: Number
    eps_bc: Number
    eps_bc_per_player: tuple[Number, ...]
    eps_mu: Number
    eps_rho: Number
    expert_nash_gap: Number
    values: Mapping[str, tuple[Number, ...]]
    mu: Mapping[str, Array]
    rho: Mapping[str, Array]
    delta: Number | None
    delta_bounds: tuple[Number, Number]
    delta_per_player: tuple[Number | None, ...]
    C: Number
    C_per_player: tuple[Number, ...]
    assumptions: Mapping[str, bool | None]
    reasons: Mapping[str, str]
    parameters: Mapping[str, Number | None]
    bounds: tuple[BoundOn, ...]
    exact: bool

    def json(self) -> dict[str, Any]:
        """As one JSON object: exact numbers as "p/q", floats as numbers, infinity as "inf".

        `rho` is left out; its size is that of the game.
        """
        return {
            "exact": self.exact,
            "nash_gap": _json(self.nash_gap),
            "nash_gap_per_player": _json(self.nash_gap_per_player),
            "nash_gap_sum": _json(self.nash_gap_sum),
            "nash_gap_mean": _json(self.nash_gap_mean),
            "value_gap": _json(self.value_gap),
            "eps_bc": _json(self.eps_bc),
            "eps_bc_per_player": _json(self.eps_bc_per_player),
            "eps_mu": _json(self.eps_mu),
            "eps_rho": _json(self.eps_rho),
            "expert_nash_gap": _json(self.expert_nash_gap),
            "values": {role: _json(row) for role, row in self.values.items()},
            "mu": {role: _json(row.tolist()) for role, row in self.mu.items()},
            "delta": _json(self.delta),
            "delta_bounds": _json(self.delta_bounds),
            "delta_per_player": _json(self.delta_per_player),
            "C": _json(self.C),
            "C_per_player": _json(self.C_per_player),
            "assumptions": dict(self.assumptions),
            "reasons": dict(self.reasons),
            "parameters": {name: _json(best) for name, best in self.parameters.items()},
            "bounds": [bound.json(_json) for bound in self.bounds],
        }

    def __str__(self) -> str:
        return "\n".join(evaluation_lines(self))

    def __repr__(self) -> str:
        return f"<Evaluation: NashGap {short(self.nash_gap)}, eps_BC {short(self.eps_bc)}>"

    def _repr_html_(self) -> str:
        return evaluation_html(self)


def evaluate(
    game: MarkovGame,
    expert: ProductPolicy,
    learner: ProductPolicy,
    assume: str | Sequence[str] | Sequence[Assumption] = (),
    *,
    work: int = WORK,
    nodes: int = DEFAULT_NODES,
) -> Evaluation:
    """Every quantity, assumption and bound on one game.

    Args:
        game: the game.
        expert: the expert's policy.
        learner: the learner's policy.
        assume: assumptions to answer besides those without a parameter, such as "margin=1/3".
        work: steps that each player's dominance question may take.
        nodes: nodes that the search for each player's delta may take.

    Raises:
        BadInput: a policy does not fit the game, or an assumption cannot be read.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> found = evaluate(game, ProductPolicy([[["1", "0"]]]), ProductPolicy([[["0", "1"]]]))
        >>> found.nash_gap, found.eps_bc, found.delta, found.assumptions["nash"]
        (Fraction(10, 1), Fraction(2, 1), Fraction(0, 1), True)
    """
    model = Reading(game, expert, learner, work=work, nodes=nodes)
    gaps = _gaps(model, "learner")
    shifts = [model.shift(i) for i in range(model.players)]
    errors = tuple(model.policy_error(i) for i in range(model.players))
    values: dict[str, tuple[Number, ...]] = {
        r: tuple(model.value(r, i) for i in range(model.players)) for r in _ROLES
    }
    each_c = tuple(model.concentrability(i) for i in range(model.players))
    bounds = (max(s.lower for s in shifts), max(s.upper for s in shifts))
    answers = {a.text: a.holds(model) for a in _asked(assume)}
    total = sum(gaps[1:], start=gaps[0])
    return Evaluation(
        nash_gap=max(gaps),
        nash_gap_per_player=gaps,
        nash_gap_sum=total,
        nash_gap_mean=total / len(gaps),
        value_gap=max(e - p for e, p in zip(values["expert"], values["learner"], strict=True)),
        eps_bc=max(errors),
        eps_bc_per_player=errors,
        eps_mu=model.state_occupancy_error(),
        eps_rho=model.state_action_occupancy_error(),
        expert_nash_gap=max(_gaps(model, "expert")),
        values=MappingProxyType(values),
        mu=MappingProxyType({role: model.occupancies(role)[0] for role in _ROLES}),
        rho=MappingProxyType({role: model.occupancies(role)[1] for role in _ROLES}),
        delta=bounds[0] if bounds[0] == bounds[1] else None,
        delta_bounds=bounds,
        delta_per_player=tuple(shift.value for shift in shifts),
        C=max(each_c),
        C_per_player=each_c,
        assumptions=MappingProxyType({name: answer.holds for name, answer in answers.items()}),
        reasons=MappingProxyType({name: answer.reason for name, answer in answers.items()}),
        parameters=MappingProxyType(_parameters(model)),
        bounds=bounds_on(model),
        exact=game.is_exact,
    )


_ROLES: tuple[Role, Role] = ("expert", "learner")


def _gaps(model: Reading, role: Role) -> tuple[Number, ...]:
    return tuple(model.best_value(role, i) - model.value(role, i) for i in range(model.players))


def _asked(assume: str | Sequence[str] | Sequence[Assumption]) -> list[Assumption]:
    """Those without a parameter, then the others that are asked for."""
    given = [a.text if isinstance(a, Assumption) else a for a in assume]
    asked = parse_assumptions(assume if isinstance(assume, str) else given)
    plain = [kind for kind in known().values() if isinstance(kind, Assumption)]
    return [*plain, *(a for a in asked if a.parameter is not None)]


def _parameters(model: Reading) -> dict[str, Number | None]:
    found: dict[str, Number | None] = {}
    for name, kind in known().items():
        if isinstance(kind, Family):
            found[name] = kind.best(model)
            for other, variant in kind.variants.items():
                found[f"{name},{other}"] = variant.best(model)
    return found


def _json(number: object) -> Any:
    match number:
        case None:
            return None
        case Fraction():
            return text(number)
        case float():
            return number if math.isfinite(number) else "inf"
        case list() | tuple():
            return [_json(item) for item in number]
        case _:
            raise TypeError(f"no number: {number!r}")
