r"""How far a game is from breaking an assumption, as one number with its meaning.

Positive where the assumption holds: by so much may the quantity in question still fall. Negative
where it fails: by so much it fails. The quantities are

- for `nash` and its kin the least loss \(V_i^\circ(s)-Q_i^\circ(s,a_i)\) of an action that the
  expert does not play, against the expert's opponents, over the states that count; 0 where the
  expert mixes, since a change of rewards, however small, then breaks the tie; or minus what the
  best deviation gains from the start;
- for `dominant` the same against a number of pure opponents, over the states that are met; or minus
  the gain of the deviation that refutes it (states where the player's action changes nothing do not
  count, in either case);
- for `team-optimal` the least loss of another joint action, or minus what the team could gain;
- for `match-...` minus the error; for `full-support` the least occupancy of the expert;
- for a family such as `margin=m` the distance from the strongest parameter that holds.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.theory.assumptions import Assumption, Family, known
from nashgap.theory.model import Number

from ..best_response import best_response
from ..mdp import Mdp, optimum
from ..modulus.ceiling import matters
from ..numbers import Array, public, text
from ..occupancy import visited
from ..policy import ProductPolicy
from ..reading import Reading

MOST_OPPONENTS = 256
"""Pure opponents that are tried for `dominant`."""


@dataclass(frozen=True)
class Nearness:
    """One assumption on one game.

    Attributes:
        assumption: its name, with its parameter.
        holds: as the assumption answers.
        distance: how far it is from failing, negative where it fails; None if it is not measured.
        measure: what the size of `distance` is, in words.
    """

    assumption: str
    holds: bool | None
    distance: Number | None
    measure: str

    def json(self) -> dict[str, Any]:
        """As one JSON object."""
        distance = None if self.distance is None else text(self.distance)
        return {
            "assumption": self.assumption,
            "holds": self.holds,
            "distance": distance,
            "measure": self.measure,
        }


def nearness(model: Reading, assumption: Assumption) -> Nearness:
    """How near a game is to breaking an assumption.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> from nashgap.theory.assumptions import parse_assumptions
        >>> made = catalogue()["prisoners-dilemma"].build(gamma="1/2")
        >>> model = Reading(made.game, made.expert, made.learner)
        >>> (dominant,) = parse_assumptions("dominant")
        >>> found = nearness(model, dominant)
        >>> found.holds, found.distance
        (True, Fraction(1, 2))
    """
    answer = assumption.holds(model)
    kind = known().get(assumption.name)
    if isinstance(kind, Family) and assumption.parameter is not None:
        distance, measure = _of_family(kind, assumption.parameter, model)
    elif assumption.name in _MEASURES:
        distance, measure = _MEASURES[assumption.name](model)
    else:
        distance, measure = None, answer.reason
    return Nearness(assumption.text, answer.holds, distance, measure)


Measured = tuple[Number | None, str]


def _of_family(family: Family, parameter: Fraction, model: Reading) -> Measured:
    best = family.best(model)
    if best is None:
        return None, f"no {family.name} holds"
    left: Number = parameter - best if family.extreme == "smallest" else best - parameter
    if family.extreme == "only":
        left = min(left, -left)
    return left, f"from the {family.extreme} {family.name} that holds"


def _nash(model: Reading) -> Measured:
    gains: list[Number] = [
        model.best_value("expert", i) - model.value("expert", i) for i in range(model.players)
    ]
    gain = max(gains)
    if gain > 0:
        return -gain, "what the expert's best deviation gains"
    return _least_loss(model, model.visited("expert"), "at a visited state")


def _subgame_perfect(model: Reading) -> Measured:
    pairs = [
        (model.best_response("expert", i).state_values.tolist(), model.state_values("expert", i))
        for i in range(model.players)
    ]
    gains: list[Number] = [b - v for best, own in pairs for b, v in zip(best, own, strict=True)]
    gain = max(gains)
    if gain > 0:
        return -gain, "what a deviation gains from some state"
    return _least_loss(model, range(model.num_states), "at any state")


def _least_loss(model: Reading, states: Iterable[int], where: str) -> Measured:
    rows = (
        (model.optimal_q("expert", i)[s], model.policy("expert", i, s))
        for s in states
        for i in range(model.players)
        if matters(model.game, i, s)
    )
    return _least(rows), f"the least loss of an action that the expert does not play, {where}"


def _least(rows: Iterable[tuple[Any, Any]]) -> Number | None:
    """The least loss of another action over rows (Q, policy); 0 at mixed rows, None without any."""
    losses: list[Number] = []
    for q, played in rows:
        own = [a for a, p in enumerate(played) if p > 0]
        others = [max(q) - x for a, x in enumerate(q) if a not in own]
        losses += [Fraction(0)] if len(own) > 1 else others
    return min(losses, default=None)


def _dominant(model: Reading) -> Measured:
    if model.is_exact:
        gains = [model.dominance_evidence(i).gain for i in range(model.players)]
        lost = max((gain for gain in gains if gain is not None), default=None)
        if lost is not None:
            return -lost, "what a deviation gains against some opponents"
    tried = list(itertools.islice(_opponents(model), MOST_OPPONENTS))
    losses = [
        loss for player, rest in tried if (loss := _loss_against(model, player, rest)) is not None
    ]
    measure = f"the least loss of another action against up to {MOST_OPPONENTS} pure opponents"
    return min(losses, default=None), measure


def _opponents(model: Reading) -> Iterator[tuple[int, ProductPolicy]]:
    """Every player with every pure profile of the others, the expert's own first."""
    for player in range(model.players):
        yield player, model.expert
    for player in range(model.players):
        others = [j for j in range(model.players) if j != player]
        choices = [
            itertools.product(range(model.num_actions[j]), repeat=model.num_states) for j in others
        ]
        for chosen in itertools.product(*choices):
            profile = model.expert
            for j, actions in zip(others, chosen, strict=True):
                table: Array = np.full(profile[j].shape, Fraction(0) if model.is_exact else 0.0)
                table[np.arange(len(actions)), list(actions)] = 1
                profile = profile.replace(j, table)
            yield player, profile


def _loss_against(model: Reading, player: int, profile: ProductPolicy) -> Number | None:
    best = best_response(model.game, profile, player).q.tolist()
    states = visited(model.game, profile)
    return _least(
        (best[s], model.policy("expert", player, s))
        for s in states
        if matters(model.game, player, s)
    )


def _team_optimal(model: Reading) -> Measured:
    loss = model.team_best_value() - model.value("expert", 0)
    if loss > 0:
        return -loss, "what the best joint policy earns more"
    work, size = model.game.working, model.num_states
    together = Mdp(
        work.transition.reshape(size, -1, size),
        work.rewards[0].reshape(size, -1),
        work.start,
        work.discount,
    )
    q = public(optimum(together).q).tolist()
    joint = list(model.joint_actions())
    rows = []
    for s in model.visited("expert"):
        tables = [model.policy("expert", i, s) for i in range(model.players)]
        played = [min(t[a] for t, a in zip(tables, each, strict=True)) for each in joint]
        rows.append((q[s], played))
    return _least(rows), "the least loss of another joint action, at a visited state"


def _match_rho(model: Reading) -> Measured:
    return -model.state_action_occupancy_error(), "eps_rho"


def _match_mu(model: Reading) -> Measured:
    return -model.state_occupancy_error(), "eps_mu"


def _full_support(model: Reading) -> Measured:
    return min(model.occupancy("expert")), "the least occupancy of the expert"


_MEASURES: dict[str, Callable[[Reading], Measured]] = {
    "nash": _nash,
    "strict-nash": _nash,
    "subgame-perfect": _subgame_perfect,
    "dominant": _dominant,
    "team-optimal": _team_optimal,
    "match-rho": _match_rho,
    "match-mu": _match_mu,
    "full-support": _full_support,
}
