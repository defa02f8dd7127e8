r"""What is known about the best or the worst learner within an error of the expert.

\(M(\epsilon)=\max\{\mathrm{NashGap}(\pi)\}\) and \(m(\epsilon)=\min\{\mathrm{NashGap}(\pi)\}\) over
product policies \(\pi\) whose error is at most \(\epsilon\): \(\epsilon_\rho\), \(\epsilon_\mu\) or
\(\epsilon_{BC}\). Source: Bergerault, Cevher, Mehr (2026), Definition 5 (m for \(\epsilon_\rho\)).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.matching import eps_bc, eps_mu, eps_rho
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.root import Root
from nashgap.theory.errors import BadInput

Kind = Literal["largest", "smallest"]
Error = Literal["bc", "mu", "rho"]
_ERRORS = {"bc": eps_bc, "mu": eps_mu, "rho": eps_rho}


@dataclass(frozen=True)
class Extreme:
    r"""Proved bounds on \(M(\epsilon)\) or \(m(\epsilon)\), with a learner.

    Attributes:
        kind: "largest" for M, "smallest" for m.
        error: the error that is bounded.
        eps: \(\epsilon\).
        lower: a lower bound on the number, upper: an upper bound; both are proved.
        learner: within the error, its Nash gap is `lower` for M and `upper` for m.
        method: how the bounds came about, in a few words.
        root: the number itself where it is known but no learner of rational probabilities is known
            to have it: an algebraic number between the bounds, attained near `learner`.
    """

    kind: Kind
    error: Error
    eps: Fraction
    lower: Fraction
    upper: Fraction
    learner: ProductPolicy
    method: str
    root: Root | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the number is known: the bounds meet, or it is a known root."""
        return self.root is not None or self.lower == self.upper

    @property
    def value(self) -> Fraction | Root | None:
        """The number if it is known, else None; a `Root` if it is irrational."""
        if self.root is None:
            return self.lower if self.lower == self.upper else None
        return self.root.low if self.root.is_rational else self.root


def error_of(
    game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy, error: Error
) -> Fraction:
    """The exact error of a learner."""
    return Fraction(_ERRORS[error](game, expert, learner))


def check(game: MarkovGame, expert: ProductPolicy, eps: Fraction, error: str) -> None:
    """Refuses what the searches cannot read.

    Raises:
        BadInput: floats, an unknown error, an error outside [0, 2].
    """
    if not game.is_exact:
        raise BadInput("game", "given in floats", "an exact game, such as game.as_exact()")
    expert.check_fits(game, "expert")
    if error not in _ERRORS:
        raise BadInput("error", f"given {error!r:.40}", '"bc", "mu" or "rho"')
    if not 0 <= eps <= 2:
        raise BadInput("eps", f"given {eps}", "an error from 0 to 2")
