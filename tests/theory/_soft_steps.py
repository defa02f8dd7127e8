r"""Games of N steps with soft best responses in balls: every number with a proven error."""

from collections.abc import Sequence
from fractions import Fraction as F
from typing import Any

import flint

from nashgap.numeric.finite_horizon import FiniteHorizon

from ._balls import PRECISION, Ball, Quantal, Soft


class SoftSteps(FiniteHorizon):
    """N steps of an exact game, read at a temperature; the deviation is the uniform policy."""

    temperature = F(1, 3)
    log = staticmethod(Quantal.log)
    exp = staticmethod(Quantal.exp)
    tanh = staticmethod(Quantal.tanh)
    most = staticmethod(Quantal.most)

    def least_shift_response(self, player: int) -> Sequence[Sequence[F]]:
        """Any policy: what is tested holds for all of them."""
        count = self.num_actions[player]
        return [[F(1, count)] * count] * self.num_states

    def soft(self, role: Any, player: int) -> Soft:
        """From the last step back; the states of a step come after those of the one before."""
        flint.ctx.prec = PRECISION
        values: list[Ball] = [Ball.of(0)] * self.num_states
        table: list[list[Ball]] = [[]] * self.num_states
        q: list[list[Ball]] = [[]] * self.num_states
        for s in reversed(range(self.num_states)):
            q[s] = [Ball.of(0)] * self.num_actions[player]
            for a in self.joint_actions():
                onward = sum((p * values[t] for t, p in self.successors(s, a).items()), Ball.of(0))
                worth = Ball.of(self.reward(player, s, a)) + self.discount * onward
                weight: Any = F(1)
                for j in range(self.players):
                    weight *= self.policy(role, j, s)[a[j]] if j != player else 1
                q[s][a[player]] = q[s][a[player]] + weight * worth
            grown = [self.exp(x / self.temperature) for x in q[s]]
            total = sum(grown, Ball.of(0))
            values[s] = self.log(total) * self.temperature
            table[s] = [x / total for x in grown]
        return Soft(table, values, q)
