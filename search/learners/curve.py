r"""\(M(\epsilon)\) of a one-state game of at most two players as a piecewise quadratic, exactly.

The vertices of the policies' balls are affine in \(h=\epsilon/2\) between the sums of the expert's
probabilities, so each product of vertices with a deviation gives a quadratic in \(\epsilon\) and M
is their upper envelope. Its kinks are zeros of differences: fractions or numbers
\(a+b\sqrt d\), and compared as such.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

from .one_state import MOST_PRODUCTS, Family, families, fits
from .result import check
from .surd import Surd, roots, sign_of

_NOBODY = Family(Fraction(0), Fraction(1), (Fraction(1),), (Fraction(0),))
Quadratic = tuple[Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class Piece:
    """`c0 + c1 eps + c2 eps^2` from `start` to `end`."""

    start: Surd
    end: Surd
    coefficients: Quadratic


@dataclass(frozen=True)
class Curve:
    r"""\(M(\epsilon)\) for \(0\le\epsilon\le2\), continuous and nondecreasing.

    Attributes:
        pieces: from 0 to 2, each the same quadratic throughout, neighbours different.
    """

    pieces: tuple[Piece, ...]

    @property
    def kinks(self) -> tuple[Surd, ...]:
        """Where the quadratic changes."""
        return tuple(piece.start for piece in self.pieces[1:])

    def value(self, eps: Fraction) -> Fraction:
        r"""\(M(\epsilon)\).

        Raises:
            BadInput: outside [0, 2].
        """
        if not 0 <= eps <= 2:
            raise BadInput("eps", f"given {eps}", "an error from 0 to 2")
        piece = next(p for p in self.pieces if p.end.against(Surd(eps)) >= 0)
        c0, c1, c2 = piece.coefficients
        return c0 + eps * (c1 + eps * c2)


def has_curve(game: MarkovGame, expert: ProductPolicy) -> bool:
    """Whether `largest_gap_curve` takes the game."""
    return game.players <= 2 and fits(game, expert, "bc")


def largest_gap_curve(game: MarkovGame, expert: ProductPolicy) -> Curve:
    r"""\(M_{BC}(\epsilon)\) for all errors at once.

    Args:
        game: exact, one state, one or two players.
        expert: \(\pi^E\).

    Raises:
        BadInput: another shape, or too many vertices.

    Example:
        Matching pennies around its equilibrium, \(\epsilon(1+\epsilon)/(1-\gamma)\) up to an error
        of 1, where both play pure:

        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["matching-pennies"].build()
        >>> curve = largest_gap_curve(made.game, made.expert)
        >>> [tuple(map(str, piece.coefficients)) for piece in curve.pieces]
        [('0', '10', '10'), ('20', '0', '0')]
        >>> [str(kink) for kink in curve.kinks]
        ['1']
    """
    check(game, expert, Fraction(0), "bc")
    if not has_curve(game, expert):
        raise BadInput(
            "game",
            f"{game.players} players, {game.num_states} states, actions {game.num_actions}",
            f"one state, at most two players, at most {MOST_PRODUCTS} products of vertices",
        )
    candidates = list(_candidates(game, expert))
    ends = sorted({x for first, last, _ in candidates for x in (first, last)} | {Fraction(0)})
    pieces: list[Piece] = []
    for low, high in itertools.pairwise([x for x in ends if x <= 2]):
        valid = {q for first, last, q in candidates if first <= low and high <= last}
        pieces.extend(_envelope(sorted(valid), Surd(low), Surd(high)))
    return Curve(tuple(_joined(pieces)))


def _candidates(
    game: MarkovGame, expert: ProductPolicy
) -> Iterator[tuple[Fraction, Fraction, Quadratic]]:
    """(first error, last error, quadratic) for each product of vertices and deviation."""
    scale = 1 / (1 - Fraction(game.discount))
    tables = [tuple(table[0].tolist()) for table in expert]
    parts = [families(row) for row in tables]
    for chosen in itertools.product(*parts):
        first, last = max(f.first for f in chosen), min(f.last for f in chosen)
        if first >= last:
            continue
        for i in range(game.players):
            payoff = game.rewards[i][0]
            own = chosen[i]
            other = chosen[1 - i] if game.players == 2 else _NOBODY
            rows = payoff.reshape(len(payoff), -1) if i == 0 else payoff.T
            constant = [_dot(row, other.constant) for row in rows.tolist()]
            slope = [_dot(row, other.slope) for row in rows.tolist()]
            q0 = _dot(own.constant, constant)
            q1 = _dot(own.constant, slope) + _dot(own.slope, constant)
            q2 = _dot(own.slope, slope)
            for a in range(len(constant)):
                yield (
                    2 * first,
                    2 * last,
                    (
                        scale * (constant[a] - q0),
                        scale * (slope[a] - q1) / 2,
                        scale * -q2 / 4,
                    ),
                )


def _dot(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(first, second, strict=True)), Fraction(0))


def _envelope(candidates: list[Quadratic], low: Surd, high: Surd) -> Iterator[Piece]:
    """The maximum of the quadratics on [low, high], walked from left to right."""
    here = low
    top = candidates[0]
    for other in candidates[1:]:
        if _after(other, top, here) > 0:
            top = other
    while True:
        next_: Surd | None = None
        for other in candidates:
            for root in roots(*_minus(other, top)):
                later = root.against(here) > 0 and root.against(high) < 0
                first = next_ is None or root.against(next_) < 0
                if later and first and _after(other, top, root) > 0:
                    next_ = root
        if next_ is None:
            yield Piece(here, high, top)
            return
        yield Piece(here, next_, top)
        here = next_
        for other in candidates:
            if _after(other, top, here) > 0:
                top = other


def _after(first: Quadratic, second: Quadratic, at: Surd) -> int:
    """The sign of first - second directly to the right of `at`."""
    c0, c1, c2 = _minus(first, second)
    a, b, d = at.a, at.b, at.d
    value = sign_of(c0 + c1 * a + c2 * (a * a + b * b * d), b * (c1 + 2 * c2 * a), d)
    if value:
        return value
    slope = sign_of(c1 + 2 * c2 * a, 2 * c2 * b, d)
    return slope or (c2 > 0) - (c2 < 0)


def _minus(first: Quadratic, second: Quadratic) -> Quadratic:
    return first[0] - second[0], first[1] - second[1], first[2] - second[2]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    for coefficients, group in itertools.groupby(pieces, key=lambda p: p.coefficients):
        same = list(group)
        yield Piece(same[0].start, same[-1].end, coefficients)
