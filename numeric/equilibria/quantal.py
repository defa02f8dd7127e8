r"""Quantal response \(\pi_i(a\mid s)\propto e^{Q_i^\pi(s,a)/\tau}\) at a temperature \(\tau\).

The point of the logit path from the uniform profile where it first reaches \(\lambda=1/\tau\) (the
principal branch). At high temperature everyone errs, as \(\tau\to0\) the profile tends to an
equilibrium.

Source: R. McKelvey, T. Palfrey, Quantal response equilibria for normal form games, GEB 10 (1995).
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import Array, exact
from ..policy import ProductPolicy
from .logit import LogitPath
from .result import certify, dyadic
from .smooth import FloatGame
from .team import check_exact


@dataclass(frozen=True)
class QuantalResponse:
    r"""A quantal response and its Nash gap.

    Attributes:
        policy: in Fractions, the computed fixed point rounded to multiples of 2^-40.
        gap: the exact Nash gap of `policy`.
        temperature: \(\tau\).
        residual: \(\max|\beta-\lambda\Delta Q|\) at the float fixed point, as computed.
    """

    policy: ProductPolicy
    gap: Fraction
    temperature: Fraction
    residual: float


def quantal_response(game: MarkovGame, temperature: object) -> QuantalResponse | None:
    r"""The principal quantal response at \(\tau\), or None if its path was lost.

    Args:
        game: an exact game.
        temperature: \(\tau>0\), in units of reward.

    Raises:
        BadInput: a float game, or a temperature that is not positive.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "0")
        >>> found = quantal_response(game, 1)
        >>> round(float(found.policy[0][0, 0]), 6)     # e / (1 + e)
        0.731059
    """
    check_exact(game)
    tau = exact(temperature, "temperature")
    if tau <= 0:
        raise BadInput("temperature", f"given {tau}", "a positive number")
    near = FloatGame(game)
    path, precision = LogitPath(near), float(1 / tau)
    logits = _reach(path, precision)
    if logits is None:
        return None
    value, _ = path.equations(np.append(logits, precision))
    policy = ProductPolicy([dyadic(table) for table in path.tables(logits)])
    gap = certify(game, policy, "").gap
    return QuantalResponse(policy, gap, tau, float(np.abs(value).max(initial=0.0)))


def _reach(path: LogitPath, precision: float) -> Array | None:
    before, logits = 0.0, np.zeros(len(path.free))
    for point in path.walk():
        if point.precision >= precision:
            share = (precision - before) / (point.precision - before)
            return path.at(precision, logits + share * (point.logits - logits))
        before, logits = point.precision, point.logits
    return None
