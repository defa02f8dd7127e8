"""Equilibria to imitate. Every answer carries its Nash gap, recomputed from the definition."""

from .bimatrix import bimatrix_equilibria
from .choice import equilibrium
from .dynamics import best_responses_in_turn
from .finite_horizon import FiniteHorizonEquilibrium, finite_horizon
from .general_sum import general_sum
from .matrix import MatrixSolutions, solve_matrix_games
from .quantal import QuantalResponse, quantal_response
from .result import Equilibrium, certify
from .team import team
from .zero_sum import SparseEquilibrium, zero_sum, zero_sum_sparse

__all__ = [
    "Equilibrium",
    "FiniteHorizonEquilibrium",
    "MatrixSolutions",
    "QuantalResponse",
    "SparseEquilibrium",
    "best_responses_in_turn",
    "bimatrix_equilibria",
    "certify",
    "equilibrium",
    "finite_horizon",
    "general_sum",
    "quantal_response",
    "solve_matrix_games",
    "team",
    "zero_sum",
    "zero_sum_sparse",
]
