"""Many Markov games of one shape at once, in floats, on any array library."""

from .best_response import (
    batch_best_response_state_values,
    batch_best_response_values,
    batch_best_responses,
)
from .games import GameBatch
from .gaps import batch_gaps, batch_nash_gaps
from .matching import batch_eps_bc, batch_eps_bc_per_player, batch_eps_mu, batch_eps_rho
from .occupancy import batch_occupancies
from .policies import PolicyBatch
from .values import batch_state_values, batch_values

__all__ = [
    "GameBatch",
    "PolicyBatch",
    "batch_best_response_state_values",
    "batch_best_response_values",
    "batch_best_responses",
    "batch_eps_bc",
    "batch_eps_bc_per_player",
    "batch_eps_mu",
    "batch_eps_rho",
    "batch_gaps",
    "batch_nash_gaps",
    "batch_occupancies",
    "batch_state_values",
    "batch_values",
]
