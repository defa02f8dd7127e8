"""One game with its expert and its learner, as the theory asks about them: exactly or in floats."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from nashgap.theory.model import Answer, Number, Role, UndeterminedError, brief

from .best_response import BestResponse, best_response
from .concentrability import concentrability
from .delta import DEFAULT_NODES, Shift, best_response_shift, nearest_response
from .dominance import WORK, Dominance, dominance
from .game import MarkovGame
from .linear import times
from .matching import eps_bc_per_player, eps_mu, eps_rho
from .mdp import Mdp, optimum
from .numbers import Array, public_number
from .occupancy import occupancy, visited
from .policy import ProductPolicy, check_fits
from .value import state_values, value


class Reading:
    r"""The protocol `Model` on a concrete game; everything is computed once, when first asked for.

    Args:
        game: the game.
        expert: \(\pi^E\).
        learner: \(\pi\).
        work: steps that each player's dominance question may take.
        nodes: nodes that each player's delta may take.

    Raises:
        BadInput: a policy does not fit the game, or only one of the two is exact.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> model = Reading(game, ProductPolicy([[["1", "0"]]]), ProductPolicy([[["0", "1"]]]))
        >>> model.best_value("learner", 0), model.value("learner", 0), model.policy_error(0)
        (Fraction(10, 1), Fraction(0, 1), Fraction(2, 1))
    """

    def __init__(
        self,
        game: MarkovGame,
        expert: ProductPolicy,
        learner: ProductPolicy,
        *,
        work: int = WORK,
        nodes: int = DEFAULT_NODES,
    ) -> None:
        check_fits(game, expert, "expert")
        check_fits(game, learner, "learner")
        self.game, self.expert, self.learner = game, expert, learner
        self._work, self._nodes = work, nodes
        self._kept: dict[tuple[Any, ...], Any] = {}

    @property
    def players(self) -> int:
        """Number of players n."""
        return self.game.players

    @property
    def num_states(self) -> int:
        """Number of states S."""
        return self.game.num_states

    @property
    def num_actions(self) -> tuple[int, ...]:
        """Number of actions of each player."""
        return self.game.num_actions

    @property
    def discount(self) -> Number:
        r"""The discount \(\gamma\in[0,1)\)."""
        return self.game.discount

    @property
    def is_exact(self) -> bool:
        """Whether every number is a Fraction."""
        return self.game.is_exact

    def joint_actions(self) -> Iterator[tuple[int, ...]]:
        """All joint actions, the last player's changing fastest."""
        return itertools.product(*(range(count) for count in self.num_actions))

    def start(self) -> Sequence[Number]:
        r"""The initial distribution \(\nu\), one number a state."""
        found: list[Number] = self.game.start.tolist()
        return found

    def successors(self, state: int, joint: tuple[int, ...]) -> Mapping[int, Number]:
        r"""The states that \(P(\cdot\mid s,a)\) reaches, with their positive probabilities."""
        row = self.game.transition[(state, *joint)]
        return {t: row[t] for t in self._supports[(state, *joint)]}

    def reward(self, player: int, state: int, joint: tuple[int, ...]) -> Number:
        r"""\(r_i(s,a)\in[-1,1]\)."""
        found: Number = self.game.rewards[(player, state, *joint)]
        return found

    def policy(self, role: Role, player: int, state: int) -> Sequence[Number]:
        r"""\(\pi_i(\cdot\mid s)\), one number an action."""
        found: list[Number] = self.profile(role)[player][state].tolist()
        return found

    def profile(self, role: Role) -> ProductPolicy:
        """The expert's or the learner's policy."""
        return self.expert if role == "expert" else self.learner

    def visited(self, role: Role = "expert") -> frozenset[int]:
        r"""The visited region \(\{s:\mu(s)>0\}\), from the supports."""
        found: frozenset[int] = self._once("visited", visited, role)
        return found

    def occupancy(self, role: Role) -> Sequence[Number]:
        r"""\(\mu\), one number a state."""
        found: list[Number] = self.occupancies(role)[0].tolist()
        return found

    def occupancies(self, role: Role) -> tuple[Array, Array]:
        r"""\(\mu\), shape [S], and \(\rho\), shape [S, A_1, ..., A_n]."""
        found: tuple[Array, Array] = self._once("occupancy", occupancy, role)
        return found

    def value(self, role: Role, player: int) -> Number:
        r"""\(V_i(\nu)\) of the profile."""
        found: Number = self._once("value", value, role).tolist()[player]
        return found

    def state_values(self, role: Role, player: int) -> Sequence[Number]:
        r"""\(V_i(s)\) of the profile, one number a state."""
        found: list[Number] = self._once("state values", state_values, role)[player].tolist()
        return found

    def mixed_value(self, player: int) -> Number:
        r"""\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)\): only the player plays as the expert."""
        key = ("mixed value", player)
        if key not in self._kept:
            mixed = self.learner.replace(player, self.expert[player])
            self._kept[key] = value(self.game, mixed).tolist()[player]
        found: Number = self._kept[key]
        return found

    def best_value(self, role: Role, player: int) -> Number:
        r"""\(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)\), the opponents from the profile."""
        return self.best_response(role, player).value

    def best_response(self, role: Role, player: int) -> BestResponse:
        """An optimal deviation of the player from the profile."""
        found: BestResponse = self._once("best response", best_response, role, player)
        return found

    def optimal_q(self, role: Role, player: int) -> Sequence[Sequence[Number]]:
        r"""Optimal \(Q(s,a_i)\) of player i's MDP against the profile's opponents, [S][A_i]."""
        found: list[list[Number]] = self.best_response(role, player).q.tolist()
        return found

    def team_best_value(self, player: int = 0) -> Number:
        r"""\(\max_\pi V_i^\pi(\nu)\) over joint policies: one controller plays all players."""
        key = ("team best", player)
        if key not in self._kept:
            work, size = self.game.working, self.num_states
            team = Mdp(
                work.transition.reshape(size, -1, size),
                work.rewards[player].reshape(size, -1),
                work.start,
                work.discount,
            )
            best = times(work.start[None, :], optimum(team).state_values)[0]
            self._kept[key] = public_number(best)
        found: Number = self._kept[key]
        return found

    def policy_error(self, player: int) -> Number:
        r"""\(\epsilon_{BC,i}\in[0,2]\)."""
        return self._policy_errors[player]

    def state_occupancy_error(self) -> Number:
        r"""\(\epsilon_\mu\in[0,2]\)."""
        return self._occupancy_errors[0]

    def state_action_occupancy_error(self) -> Number:
        r"""\(\epsilon_\rho\in[0,2]\)."""
        return self._occupancy_errors[1]

    def best_response_shift(self, player: int) -> Number:
        r"""The learner's \(\delta_i\).

        Raises:
            UndeterminedError: the search for it spent its budget; `shift` has its bounds.
        """
        found = self.shift(player)
        if found.value is None:
            known = f"in [{brief(found.lower)}, {brief(found.upper)}]"
            raise UndeterminedError(f"delta of player {player} was only found to lie {known}")
        return found.value

    def least_shift_response(self, player: int) -> Sequence[Sequence[Number]]:
        r"""A best response to the learner that attains \(\delta_i\), [S][A_i].

        Raises:
            UndeterminedError: the search for it spent its budget.
        """
        self.best_response_shift(player)
        key = ("nearest response", player)
        if key not in self._kept:
            self._kept[key] = nearest_response(self.expert, player, self.shift(player))
        found: Sequence[Sequence[Number]] = self._kept[key]
        return found

    def shift(self, player: int) -> Shift:
        r"""The learner's \(\delta_i\) with its bounds."""
        key = ("delta", player)
        if key not in self._kept:
            self._kept[key] = best_response_shift(
                self.game, self.expert, self.learner, player, nodes=self._nodes
            )
        found: Shift = self._kept[key]
        return found

    def concentrability(self, player: int) -> Number:
        r"""The deviation concentrability \(C_i\ge1\), possibly `math.inf`."""
        key = ("concentrability", player)
        if key not in self._kept:
            self._kept[key] = concentrability(self.game, self.expert, self.learner, player)
        found: Number = self._kept[key]
        return found

    def dominance(self, player: int) -> Answer:
        """Whether the expert's policy of the player is weakly dominant from the start."""
        found = self.dominance_evidence(player)
        return Answer(found.holds, found.reason)

    def dominance_evidence(self, player: int) -> Dominance:
        """The same, with the opponents and the deviation that refute it."""
        key = ("dominance", player)
        if key not in self._kept:
            self._kept[key] = dominance(self.game, self.expert, player, work=self._work)
        found: Dominance = self._kept[key]
        return found

    def _once(self, name: str, function: Any, role: Role, *more: Any) -> Any:
        key = (name, role, *more)
        if key not in self._kept:
            self._kept[key] = function(self.game, self.profile(role), *more)
        return self._kept[key]

    @cached_property
    def _supports(self) -> dict[tuple[int, ...], list[int]]:
        positive = self.game.transition > 0
        return {
            place: np.flatnonzero(positive[place]).tolist()
            for place in np.ndindex(positive.shape[:-1])
        }

    @cached_property
    def _policy_errors(self) -> list[Number]:
        found: list[Number] = eps_bc_per_player(self.game, self.expert, self.learner).tolist()
        return found

    @cached_property
    def _occupancy_errors(self) -> tuple[Number, Number]:
        return (
            eps_mu(self.game, self.expert, self.learner),
            eps_rho(self.game, self.expert, self.learner),
        )
