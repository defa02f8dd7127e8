"""M and m of a small game as `Extreme`s."""

from collections.abc import Callable
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.root import Root

from ..result import Error, Extreme, Kind
from .program import Space
from .search import Answer, Interrupted, extreme_value

METHOD = "branch and bound on polynomials, exact multipliers"


class Stopped(KeyboardInterrupt):
    """An interrupt of a search, with what it had proved."""

    def __init__(self, found: Extreme) -> None:
        super().__init__()
        self.found = found


def by_programs(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: Fraction,
    error: Error,
    kind: Kind,
    *,
    nodes: int,
    tell: Callable[[str], None] = lambda text: None,
) -> Extreme:
    r"""\(M(\epsilon)\) or \(m(\epsilon)\) of a game whose `Space` is small.

    Args:
        game: exact.
        expert: \(\pi^E\).
        eps: \(\epsilon\).
        error: which error.
        kind: which of the two.
        nodes: pieces, at most.
        tell: is told how far the search is.

    Raises:
        Stopped: on an interrupt, with the bounds proved until then.
    """
    sign = 1 if kind == "largest" else -1

    def read(answer: Answer) -> Extreme:
        low, high, root = answer.lower, answer.upper, answer.root
        if sign < 0:
            low, high, root = -high, -low, None if root is None else negated(root)
        method = METHOD if root is None else f"{METHOD}, elimination"
        return Extreme(kind, error, eps, low, high, answer.learner, method, root)

    try:
        space = Space(game, expert)
        return read(extreme_value(space, eps, error, sign, nodes=nodes, tell=tell))
    except Interrupted as stop:
        raise Stopped(read(stop.answer)) from None


def negated(root: Root) -> Root:
    """Minus the number.

    Example:
        >>> str(negated(Root((-2, 0, 1), Fraction(1), Fraction(2))))
        'the root of 1*x^2 - 2 near -2'
    """
    turned = [c if k % 2 == 0 else -c for k, c in enumerate(root.polynomial)]
    lead = 1 if turned[-1] > 0 else -1
    return Root(tuple(lead * c for c in turned), -root.high, -root.low)
