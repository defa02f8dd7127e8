"""A game as a parallel environment in PettingZoo's manner, for programs that learn by playing.

It has `possible_agents`, `agents`, `action_space`, `observation_space`, `reset`, `step` and
`state`; everyone observes the number of the state. Spaces are Gymnasium's where it is installed,
else objects with `n`. PettingZoo itself is not needed; a subclass of its `ParallelEnv` is derived
from both.
"""

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np

from ..game import MarkovGame
from .imported import Affine, Exported, affine_or_identity


class GameEnvironment:
    """Plays a game: the start is drawn at `reset`, the next state at every `step`.

    Args:
        game: the game.
        affine: how rewards become payoffs.
    """

    metadata: dict[str, Any] = {"name": "nashgap_v0", "render_modes": []}  # noqa: RUF012
    render_mode = None

    def __init__(self, game: MarkovGame, affine: Affine | None = None) -> None:
        near = game.as_float() if game.is_exact else game
        exactly = affine_or_identity(affine, game.players)
        self._kernel, self._start = near.transition, near.start
        # The player last: then one index picks what everybody earns.
        self._payoffs = np.moveaxis(exactly.payoffs(game.rewards).astype(float), 0, -1)
        self.possible_agents = [f"player_{i}" for i in range(game.players)]
        self.agents: list[str] = []
        self.action_spaces = {
            agent: _discrete(count)
            for agent, count in zip(self.possible_agents, game.num_actions, strict=True)
        }
        self.observation_spaces = {a: _discrete(game.num_states) for a in self.possible_agents}
        self._random, self._at = np.random.default_rng(), 0

    def action_space(self, agent: str) -> Any:
        """The agent's actions, numbered."""
        return self.action_spaces[agent]

    def observation_space(self, agent: str) -> Any:
        """The states, numbered."""
        return self.observation_spaces[agent]

    @property
    def unwrapped(self) -> "GameEnvironment":
        """Itself: nothing is wrapped."""
        return self

    def reset(
        self, seed: int | None = None, options: object = None
    ) -> tuple[dict[str, int], dict[str, dict[str, Any]]]:
        """Draws a start; observations and empty infos."""
        if seed is not None:
            self._random = np.random.default_rng(seed)
        self.agents = list(self.possible_agents)
        self._at = self._draw(self._start)
        return self._everyone(self._at), {agent: {} for agent in self.agents}

    def step(self, actions: dict[str, int]) -> tuple[dict[str, Any], ...]:
        """Observations, payoffs, terminations, truncations (both never) and empty infos."""
        joint = tuple(int(actions[agent]) for agent in self.possible_agents)
        paid = self._payoffs[(self._at, *joint)].tolist()
        self._at = self._draw(self._kernel[(self._at, *joint)])
        return (
            self._everyone(self._at),
            dict(zip(self.agents, paid, strict=True)),
            self._everyone(False),
            self._everyone(False),
            {agent: {} for agent in self.agents},
        )

    def state(self) -> Any:
        """The number of the state."""
        return np.array([self._at])

    def render(self) -> None:
        """Nothing is drawn."""

    def close(self) -> None:
        """Nothing is open."""

    def _draw(self, row: Any) -> int:
        # One that is certain is not drawn, so that deterministic games do not depend on a seed.
        sure = np.flatnonzero(row == 1)
        return int(sure[0]) if len(sure) else int(self._random.choice(len(row), p=row / row.sum()))

    def _everyone(self, what: Any) -> dict[str, Any]:
        return dict.fromkeys(self.agents, what)


def to_parallel_env(game: MarkovGame, affine: Affine | None = None) -> Exported:
    """The game as an environment, and what that does not show.

    `from_parallel_env(content, discount)` reads back a game of deterministic moves, up to the order
    and the names of its states; others can only be played.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> found = to_parallel_env(game)
        >>> env = found.content
        >>> env.reset(seed=0)[0], env.step({"player_0": 0})[1], found.lost[0]
        ({'player_0': 0}, {'player_0': 1.0}, 'the discount')
    """
    lost = ["the discount", "the names of states and actions", "states that play never reaches"]
    entries = np.unique(np.concatenate([game.transition.ravel(), game.start]))
    if any(0 < x < 1 for x in entries.tolist()):
        lost.append("probabilities, which show only in the frequencies of what is drawn")
    payoffs = affine_or_identity(affine, game.players).payoffs(game.rewards).ravel().tolist()
    rounded = sum(Fraction(float(x)) != x for x in payoffs)
    if game.is_exact and rounded:
        lost.append(f"{rounded} payoffs were rounded to floats")
    return Exported(GameEnvironment(game, affine), tuple(lost))


def _discrete(count: int) -> Any:
    try:
        from gymnasium.spaces import Discrete
    except ImportError:
        return SimpleNamespace(n=count)
    return Discrete(count)
