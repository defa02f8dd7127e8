r"""Games of N steps, as the theory asks about them: the protocol `Model` with \(\gamma=1-1/N\).

Values are undiscounted sums over N steps, occupancies averages over them. The states are those of
step 0, then those of step 1, and so on. Beneath lies a discounted game with an end: with
\(g=1-1/N\) and the rewards of step t times \(g^{N-1-t}\) its values at step t are \(g^{N-1-t}\)
times the undiscounted ones, and its occupancy there is \(g^t\) times the average. `successors`
gives \(P/\gamma\), as the theory reads P there.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np

from nashgap.theory.errors import BadInput
from nashgap.theory.model import Answer, Number, Role, UndeterminedError

from .delta import Shift, best_response_shift, nearest_response
from .game import MarkovGame
from .numbers import Array
from .policy import ProductPolicy
from .reading import Reading

Policies = ProductPolicy | Sequence[ProductPolicy]


class FiniteHorizon:
    r"""N steps of a game.

    Args:
        game: kernel, rewards and start; its discount is not used. Exact.
        expert: \(\pi^E\), one policy for all steps or one for each.
        learner: \(\pi\), alike.
        steps: N, at least 1.

    Raises:
        BadInput: the game is not exact, or there are not N policies.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "-1"]]], ["1"], "0")
        >>> good, bad = ProductPolicy([[["1", "0"]]]), ProductPolicy([[["0", "1"]]])
        >>> model = FiniteHorizon(game, good, [bad, good, good], steps=3)
        >>> model.best_value("learner", 0), model.value("learner", 0), model.policy_error(0)
        (Fraction(3, 1), Fraction(1, 1), Fraction(2, 3))
    """

    is_exact = True

    def __init__(
        self, game: MarkovGame, expert: Policies, learner: Policies, *, steps: int
    ) -> None:
        if not game.is_exact:
            raise BadInput("game", "floats", "exact numbers")
        if steps < 1:
            raise BadInput("steps", f"given {steps}", "at least 1")
        self.game, self.steps = game, steps
        self.discount: Number = 1 - Fraction(1, steps)
        self.players, self.num_actions = game.players, game.num_actions
        self.num_states = game.num_states * steps
        tables = [
            _layered(p, game, steps, w) for p, w in ((expert, "expert"), (learner, "learner"))
        ]
        self._inner = Reading(_unrolled(game, steps, Fraction(self.discount)), *tables)

    def joint_actions(self) -> Iterator[tuple[int, ...]]:
        """All joint actions, the last player's changing fastest."""
        return itertools.product(*(range(count) for count in self.num_actions))

    def start(self) -> Sequence[Number]:
        r"""\(\nu\) at step 0, one number a state."""
        return list(self._inner.start())[:-1]

    def successors(self, state: int, joint: tuple[int, ...]) -> Mapping[int, Number]:
        r"""\(P(\cdot\mid s,a)/\gamma\) on the states of the next step."""
        row = self._inner.successors(state, joint)
        return {t: p / self.discount for t, p in row.items() if t < self.num_states}

    def reward(self, player: int, state: int, joint: tuple[int, ...]) -> Number:
        r"""\(r_i(s,a)\in[-1,1]\)."""
        found: Number = self.game.rewards[(player, state % self.game.num_states, *joint)]
        return found

    def policy(self, role: Role, player: int, state: int) -> Sequence[Number]:
        r"""\(\pi_i(\cdot\mid s)\) at the step of the state."""
        return self._inner.policy(role, player, state)

    def visited(self, role: Role = "expert") -> frozenset[int]:
        """The states that are visited at their step."""
        return frozenset(s for s, mu in enumerate(self.occupancy(role)) if mu > 0)

    def occupancy(self, role: Role) -> Sequence[Number]:
        r"""\(\Pr(s_t=s)/N\), one number a state."""
        return self._visits(role).tolist()  # type: ignore[no-any-return]

    def value(self, role: Role, player: int) -> Number:
        r"""\(V_i(\nu)\) of the profile, over N steps."""
        return self._inner.value(role, player) / self._scale(0)

    def state_values(self, role: Role, player: int) -> Sequence[Number]:
        r"""\(V_i(s)\) of the profile, over the steps that are left."""
        values = self._inner.state_values(role, player)[:-1]
        return [v / self._scale(s) for s, v in enumerate(values)]

    def mixed_value(self, player: int) -> Number:
        r"""\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)\)."""
        return self._inner.mixed_value(player) / self._scale(0)

    def best_value(self, role: Role, player: int) -> Number:
        r"""\(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)\), over policies that may depend on the step."""
        return self._inner.best_value(role, player) / self._scale(0)

    def optimal_q(self, role: Role, player: int) -> Sequence[Sequence[Number]]:
        r"""Optimal \(Q(s,a_i)\), over the steps that are left."""
        rows = self._inner.optimal_q(role, player)[:-1]
        return [[q / self._scale(s) for q in row] for s, row in enumerate(rows)]

    def team_best_value(self, player: int = 0) -> Number:
        r"""\(\max_\pi V_i^\pi(\nu)\) over joint policies."""
        return self._inner.team_best_value(player) / self._scale(0)

    def policy_error(self, player: int) -> Number:
        r"""\(\mathbb E_{s\sim\mu_{\pi^E}}\|(\pi_i-\pi_i^E)(\cdot\mid s)\|_1\), over all steps."""
        apart = abs(self._inner.expert[player][:-1] - self._inner.learner[player][:-1]).sum(axis=1)
        found: Number = (self._visits("expert") * apart).sum()
        return found

    def state_occupancy_error(self) -> Number:
        r"""\(\|\mu_\pi-\mu_{\pi^E}\|_1\), the sum over states and steps."""
        found: Number = abs(self._visits("learner") - self._visits("expert")).sum()
        return found

    def state_action_occupancy_error(self) -> Number:
        r"""\(\|\rho_\pi-\rho_{\pi^E}\|_1\), the sum over states, steps and joint actions."""
        rho = [self._inner.occupancies(role)[1][:-1] for role in ("learner", "expert")]
        apart = abs(rho[0] - rho[1]).reshape(self.num_states, -1).sum(axis=1)
        found: Number = (apart / self._decay).sum()
        return found

    def best_response_shift(self, player: int) -> Number:
        r"""\(\delta_i\), weighed by the average over the steps.

        Raises:
            UndeterminedError: the search for it spent its budget.
        """
        found = self._shifts[player].value
        if found is None:
            raise UndeterminedError(f"delta of player {player} was not found within its budget")
        return found

    def least_shift_response(self, player: int) -> Sequence[Sequence[Number]]:
        r"""A best response to the learner that attains \(\delta_i\)."""
        self.best_response_shift(player)
        return nearest_response(self._inner.expert, player, self._shifts[player])[:-1]

    def concentrability(self, player: int) -> Number:
        r"""\(C_i\), a ratio of visits at the same step."""
        return self._inner.concentrability(player)

    def dominance(self, player: int) -> Answer:
        """Whether the expert's policy of the player is weakly dominant from the start."""
        return self._inner.dominance(player)

    def _scale(self, state: int) -> Number:
        """By what the game beneath scales values at a state."""
        scale: Number = self.discount ** (self.steps - 1 - state // self.game.num_states)
        return scale

    @cached_property
    def _decay(self) -> Array:
        """By what the game beneath scales visits, one number a state."""
        size = self.game.num_states
        return np.array([self.discount ** (s // size) for s in range(self.num_states)])

    def _visits(self, role: Role) -> Array:
        found: Array = self._inner.occupancies(role)[0][:-1] / self._decay
        return found

    @cached_property
    def _shifts(self) -> list[Shift]:
        inner, weights = self._inner, [*self.occupancy("expert"), Fraction(0)]
        return [
            best_response_shift(inner.game, inner.expert, inner.learner, i, weights=weights)
            for i in range(self.players)
        ]


def _layered(given: Policies, game: MarkovGame, steps: int, where: str) -> ProductPolicy:
    """One table for all steps, and any row for the end."""
    each = [given] * steps if isinstance(given, ProductPolicy) else list(given)
    if len(each) != steps:
        raise BadInput(where, f"{len(each)} policies", f"one, or one for each of {steps} steps")
    for policy in each:
        policy.check_fits(game, where)
    return ProductPolicy(
        [
            [*(row for policy in each for row in policy[i].tolist()), each[0][i].tolist()[0]]
            for i in range(game.players)
        ]
    )


def _unrolled(game: MarkovGame, steps: int, gamma: Fraction) -> MarkovGame:
    """The discounted game beneath: a copy of the states for each step, and the end."""
    size, shape = game.num_states, game.num_actions
    zero, whole = Fraction(0), size * steps + 1
    transition = np.full((whole, *shape, whole), zero, dtype=object)
    rewards = np.full((game.players, whole, *shape), zero, dtype=object)
    for t in range(steps):
        here, after = slice(t * size, (t + 1) * size), slice((t + 1) * size, (t + 2) * size)
        rewards[:, here] = game.rewards * gamma ** (steps - 1 - t)
        if t + 1 < steps:
            transition[here, ..., after] = game.transition
        else:
            transition[here, ..., -1] = Fraction(1)
    transition[-1, ..., -1] = Fraction(1)
    start = [*game.start.tolist(), *[zero] * (whole - size)]
    return MarkovGame(transition.tolist(), rewards.tolist(), start, gamma)
