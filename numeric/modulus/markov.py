r"""Bounds on the modulus of a small Markov game: steps from below, proofs from above.

The shift is lower semicontinuous in the opponents: near a profile the optimal actions can only
become fewer and the reachable states more. So \(\{\text{shift}\ge v\}\) is open, and along a
segment from the expert it is entered just beyond a point.
From below: opponents leave the expert along
segments (any pure action at rows that the expert does not visit, which cost nothing; any pure
targets at the visited ones), the first point of a jump is bracketed, the simplest fraction in the
bracket is tried, and `same_beyond` proves that the jump lies directly behind it. From above:
`shift_at_most` at that very error proves that nothing jumps earlier. Where both succeed the jump is
exact; else it lies between the two errors.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from ..delta import best_response_shift
from ..game import MarkovGame
from ..occupancy import occupancy
from ..policy import ProductPolicy
from .ceiling import shift_at_most, shift_bound
from .region import TWO, ZERO, Region
from .robust import TooLarge
from .segment import between, same_beyond
from .steps import Modulus, Step

SCAN = 4
"""Points at which a segment is looked at before the first jump is bracketed."""
HALVINGS = 24
REFINEMENTS = 3
FACTORS = tuple(Fraction(x) for x in ("0", "1/2", "3/4", "4/3", "2"))


@dataclass(frozen=True)
class _Jump:
    """The shift is at least `value` at `inside`, and below it at the start of the segment."""

    value: Fraction
    at: Fraction
    limit: ProductPolicy
    inside: ProductPolicy
    attained: bool


@dataclass
class _Search:
    game: MarkovGame
    expert: ProductPolicy
    player: int
    beyond: Fraction

    def __post_init__(self) -> None:
        self.weights: list[Fraction] = occupancy(self.game, self.expert)[0].tolist()
        self.best: dict[Fraction, _Jump] = {}

    def shift(self, profile: ProductPolicy) -> Fraction:
        found = best_response_shift(self.game, self.expert, profile, self.player)
        return Fraction(found.lower)

    def error(self, profile: ProductPolicy) -> Fraction:
        others = (j for j in range(self.game.players) if j != self.player)
        return max(
            (
                sum(
                    (
                        w * sum((abs(x) for x in row), ZERO)
                        for w, row in zip(
                            self.weights, (profile[j] - self.expert[j]).tolist(), strict=True
                        )
                    ),
                    ZERO,
                )
                for j in others
            ),
            default=ZERO,
        )

    def beats(self, value: Fraction, at: Fraction, attained: bool = False) -> bool:
        """Whether no jump as high is known as early."""
        return all(
            v < value or j.at > at or (attained and j.at == at and not j.attained)
            for v, j in self.best.items()
        )

    def try_segment(self, base: ProductPolicy, end: ProductPolicy) -> None:
        """Looks for jumps on the way from `base`, of error 0, to `end`."""
        at_base = self.shift(base)
        if at_base > 0 and self.beats(at_base, ZERO, attained=True):
            self.best[at_base] = _Jump(at_base, ZERO, base, base, True)
        length = self.error(end)
        if length == 0:
            return
        last, seen = ZERO, at_base
        for k in range(1, SCAN + 1):
            here = Fraction(k, SCAN)
            value = self.shift(between(base, end, here))
            if value > seen and self.beats(value, last * length):
                self._bracket(base, end, last, here, value, length)
            last, seen = here, max(seen, value)

    def refine(self) -> None:
        """Bends the segments of the jumps found: one row's part of the way more or less."""
        for _ in range(REFINEMENTS):
            before = {v: j.at for v, j in self.best.items()}
            for jump in list(self.best.values()):
                if jump.at > 0:
                    self._bend(jump)
            if before == {v: j.at for v, j in self.best.items()}:
                return

    def _bend(self, jump: _Jump) -> None:
        base = [table.copy() for table in jump.inside]
        for j, table in enumerate(base):
            for s, weight in enumerate(self.weights):
                if weight > 0:
                    table[s] = self.expert[j][s]
        start = ProductPolicy(base)
        ways = [p - b for p, b in zip(jump.inside, start, strict=True)]
        rows = [(j, s) for j, way in enumerate(ways) for s in range(len(way)) if way[s].any()]
        if len(rows) < 2:
            return
        for j, s in rows:
            for factor in FACTORS:
                bent = [way.copy() for way in ways]
                bent[j][s] = bent[j][s] * factor
                longest = min(
                    -b / w
                    for table, way in zip(start, bent, strict=True)
                    for b, w in zip(table.ravel().tolist(), way.ravel().tolist(), strict=True)
                    if w < 0
                )
                end = [b + longest * w for b, w in zip(start, bent, strict=True)]
                self.try_segment(start, ProductPolicy(end))

    def _bracket(
        self,
        base: ProductPolicy,
        end: ProductPolicy,
        low: Fraction,
        high: Fraction,
        value: Fraction,
        length: Fraction,
    ) -> None:
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if not self.beats(value, low * length):
                return
            if self.shift(between(base, end, middle)) >= value:
                high = middle
            else:
                low = middle
        guess = simplest(low, high)
        limit, inside = between(base, end, guess), between(base, end, high)
        reached = self.shift(inside)
        if guess < high and same_beyond(self.game, self.player, limit, inside):
            at, start = guess * length, limit
        else:
            at, start = high * length, inside
        if self.beats(reached, at):
            attained = start is inside
            self.best[reached] = _Jump(reached, at, start, inside, attained)


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of smallest denominator in [low, high].

    Example:
        >>> simplest(Fraction(31, 100), Fraction(34, 100))
        Fraction(1, 3)
    """
    whole = math.ceil(low)
    if whole <= high:
        return Fraction(whole)
    floor = math.floor(low)
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))


def markov_modulus(
    game: MarkovGame,
    expert: ProductPolicy,
    player: int,
    *,
    beyond: Fraction,
    segments: int,
    nodes: int,
) -> Modulus:
    """Steps and ceilings; see `modulus`."""
    search = _Search(game, expert, player, beyond)
    for base, end in _segments(game, expert, player, search.weights, segments):
        search.try_segment(base, end)
    search.refine()
    jumps: list[_Jump] = []
    for jump in sorted(search.best.values(), key=lambda j: j.value, reverse=True):
        earlier = jumps and (jumps[-1].at, not jumps[-1].attained) <= (jump.at, not jump.attained)
        if not earlier:
            jumps.append(jump)
    jumps.reverse()
    steps: list[Step] = []
    ceilings: list[tuple[Fraction, Fraction]] = []
    below = ZERO
    for jump in jumps:
        clear: Fraction | None = ZERO
        if not (jump.attained and jump.at == 0):
            clear = _clear(game, expert, player, jump.at, below, nodes)
            if clear is not None:
                ceilings.append((clear, below))
        witness = _near(search, jump)
        steps.append(
            Step(
                jump.value,
                jump.at,
                jump.attained,
                clear,
                jump.limit,
                witness,
                search.error(witness),
            )
        )
        below = jump.value
    return Modulus(player, tuple(steps), (*ceilings, *_last(game, expert, player, below, nodes)))


def _near(search: _Search, jump: _Jump) -> ProductPolicy:
    """A profile behind the jump whose error exceeds its place by no more than asked."""
    inside = jump.inside
    while search.error(inside) > jump.at + search.beyond:
        closer = between(jump.limit, inside, Fraction(1, 2))
        if search.shift(closer) < jump.value:
            break
        inside = closer
    return inside


def _clear(
    game: MarkovGame,
    expert: ProductPolicy,
    player: int,
    at: Fraction,
    below: Fraction,
    nodes: int,
) -> Fraction | None:
    """An error up to which the shift is proved to stay at `below`: `at` itself if possible."""
    tries = [at, *(at * (1 - Fraction(1, 2**k)) for k in (10, 3, 1)), ZERO]
    for error in dict.fromkeys(tries):
        if shift_at_most(game, _region(game, expert, error), player, below, nodes):
            return error
    return None


def _last(
    game: MarkovGame, expert: ProductPolicy, player: int, below: Fraction, nodes: int
) -> list[tuple[Fraction, Fraction]]:
    everything = _region(game, expert, TWO)
    if shift_at_most(game, everything, player, below, nodes):
        return [(TWO, below)]
    try:
        whole = shift_bound(game, everything, player)
    except TooLarge:
        whole = None
    return [(TWO, TWO if whole is None else min(whole, TWO))]


def _region(game: MarkovGame, expert: ProductPolicy, error: Fraction) -> Region:
    return Region.around(game, expert, [error] * game.players)


def _segments(
    game: MarkovGame,
    expert: ProductPolicy,
    player: int,
    weights: list[Fraction],
    most: int,
) -> Iterator[tuple[ProductPolicy, ProductPolicy]]:
    """Pairs (error 0, where to): every combination of pure rows if they are few, else a sample."""
    places = [(j, s) for j in range(game.players) if j != player for s in range(game.num_states)]
    options = [(None, *range(game.num_actions[j])) for j, _ in places]
    count = math.prod(len(o) for o in options)
    picks: Iterator[tuple[int | None, ...]]
    if count <= most:
        picks = itertools.product(*options)
    else:
        rng = Random(0)  # noqa: S311 - nothing here is secret
        alone = (
            tuple(a if k == m else None for k in range(len(places)))
            for m, (j, _) in enumerate(places)
            for a in range(game.num_actions[j])
        )
        drawn = (tuple(rng.choice(o) for o in options) for _ in range(most))
        picks = itertools.islice(itertools.chain([(None,) * len(places)], alone, drawn), most)
    for pick in picks:
        base, end = [table.copy() for table in expert], [table.copy() for table in expert]
        for (j, s), action in zip(places, pick, strict=True):
            if action is None:
                continue
            for table in [end] if weights[s] > 0 else [base, end]:
                table[j][s] = [Fraction(int(a == action)) for a in range(game.num_actions[j])]
        yield ProductPolicy(base), ProductPolicy(end)
