r"""A game read at a temperature \(\tau\): the protocol `Model` with soft best responses beside."""

from typing import Any

from nashgap.theory.model import Role

from ..game import MarkovGame
from ..policy import ProductPolicy
from ..reading import Reading
from .soft import SoftResponse, check_temperature, soft_best_response


class Tempered(Reading):
    r"""A reading with a temperature; soft best responses are in floats.

    Args:
        game: the game.
        expert: \(\pi^E\).
        learner: \(\pi\).
        temperature: \(\tau>0\).
        more: as for `Reading`.

    Raises:
        BadInput: a temperature that is not positive, or a policy that does not fit.
    """

    def __init__(
        self,
        game: MarkovGame,
        expert: ProductPolicy,
        learner: ProductPolicy,
        *,
        temperature: Any,
        **more: Any,
    ) -> None:
        super().__init__(game, expert, learner, **more)
        check_temperature(float(temperature))
        self.temperature = temperature
        self._soft: dict[tuple[Role, int], SoftResponse] = {}

    def soft(self, role: Role, player: int) -> SoftResponse:
        r"""\(b^\tau[p_{-i}]\) against a profile's opponents, with \(V^\tau\) and \(Q^\tau\)."""
        if (role, player) not in self._soft:
            policy = self.profile(role)
            found = soft_best_response(self.game, policy, player, float(self.temperature))
            self._soft[role, player] = found
        return self._soft[role, player]
