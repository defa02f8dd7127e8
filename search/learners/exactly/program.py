r"""Worst and best learners as programs of polynomials in Bernstein form.

A learner's coordinates are \(x_j(s,a)=\pi_j(a\mid s)\) for all actions but the last, each in
[0, 1]. By Cramer's rule \(V_i=N_i/D\) with \(D=\det(I-\gamma P^\pi)>0\), and since row s of
\(I-\gamma P^\pi\) holds the policies at s alone, D and \(N_i\) have degree one in every
coordinate; against a pure deviation b they are \(N_{i,b},D_b\). The gain is

\[V_i(b,\pi_{-i})-V_i(\pi)=\frac{N_{i,b}D-N_iD_b}{D_bD}.\]

The minor \(D\mu_\pi(s)\) does not hold the row of s, so \(D\mu_\pi(s)\prod_j\pi_j(a_j\mid s)\) has
degree one as well, and all three errors have the form \(\sum_k|v_k(x)|\le c(x)\) with such
polynomials. `corners` finds them from their values at the corners of the cube.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.numbers import Array, public, working
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.polynomials.bernstein import coefficients_range, fixed, product, raised

from ..result import Error

MOST_VARIABLES = 6
MOST_DEVIATIONS = 8
"""More than one state then means at most two actions: the cube is all learners, and D > 0 there."""
Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Ball:
    r"""\(\sum_k|v_k|\le c\): the cap c and the terms v."""

    cap: Array
    terms: tuple[Array, ...]


@dataclass(frozen=True)
class Program:
    r"""Maximise \(\min_j N_j/D_j\) over the cube, within the balls and where `above` is not < 0.

    Attributes:
        objectives: pairs (N, D), D > 0, tensors of one shape. balls, above: the constraints.
        labels: a player and a deviation for each objective.
    """

    objectives: tuple[tuple[Array, Array], ...]
    balls: tuple[Ball, ...]
    above: tuple[Array, ...]
    labels: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def tensors(self) -> tuple[Array, ...]:
        """All polynomials, one after the other."""
        pairs = itertools.chain.from_iterable(self.objectives)
        rounds = itertools.chain.from_iterable((b.cap, *b.terms) for b in self.balls)
        return (*pairs, *rounds, *self.above)

    def mapped(self, change: Callable[[Array], Array]) -> "Program":
        """The same program with every polynomial changed."""
        return Program(
            tuple((change(n), change(d)) for n, d in self.objectives),
            tuple(Ball(change(b.cap), tuple(map(change, b.terms))) for b in self.balls),
            tuple(map(change, self.above)),
            self.labels,
        )

    def as_float(self) -> "Program":
        """In floats, to search with."""
        return self.mapped(_float)


@dataclass(frozen=True)
class Space:
    """The learners of a game by their coordinates."""

    game: MarkovGame
    expert: ProductPolicy

    @cached_property
    def variables(self) -> tuple[tuple[int, int, int], ...]:
        """(player, state, action) of each coordinate."""
        game = self.game
        return tuple(
            (j, s, a)
            for j in range(game.players)
            for s in range(game.num_states)
            for a in range(game.num_actions[j] - 1)
        )

    @property
    def is_small(self) -> bool:
        """Whether the polynomials are of a size to work with, also for the floats that guide.

        Without a choice there are none.
        """
        if float(self.game.discount) == 1:
            return False
        counts = [a**self.game.num_states for a in self.game.num_actions]
        return 0 < len(self.variables) <= MOST_VARIABLES and max(counts) <= MOST_DEVIATIONS

    def tables(self, point: Sequence[Any]) -> list[Array]:
        """The players' tables [S, A_j] at a point; floats or rationals as given."""
        game = self.game
        found = [np.empty((game.num_states, a), dtype=object) for a in game.num_actions]
        for (j, s, a), x in zip(self.variables, point, strict=True):
            found[j][s, a] = x
        one = point[0] * 0 + 1 if len(point) else Fraction(1)
        for table in found:
            table[:, -1] = [one - sum(row[:-1], one * 0) for row in table]
        return found

    def policy(self, point: Point) -> ProductPolicy:
        """The learner of a point; it must lie in the simplices."""
        return ProductPolicy([table.tolist() for table in self.tables(point)])

    def point(self, policy: ProductPolicy) -> Point:
        """The coordinates of a policy."""
        return tuple(Fraction(policy[j][s, a]) for j, s, a in self.variables)

    def corners(self, of: Callable[[list[Array]], Any]) -> Array:
        """The tensor of a polynomial of degree one in every coordinate."""
        from flint import fmpq

        shape = (2,) * len(self.variables)
        found: Array = np.empty(shape, dtype=object)
        for place in np.ndindex(*shape):
            found[place] = of(self.tables([fmpq(k) for k in place]))
        return lean(found)


def largest_programs(space: Space, eps: Fraction, error: Error) -> Iterator[Program]:
    """One program for each player and pure deviation: the most that it gains."""
    balls, above = within(space, eps, error), _simplices(space)
    for label, pair in _gains(space):
        yield _made((pair,), balls, above, (label,))


def smallest_program(space: Space, eps: Fraction, error: Error) -> Program:
    """The most that all gains can be below 0 together: minus m."""
    balls, above = within(space, eps, error), _simplices(space)
    found = list(_gains(space))
    pairs = tuple((-n, d) for _, (n, d) in found)
    return _made(pairs, balls, above, tuple(label for label, _ in found))


def _made(
    pairs: Sequence[tuple[Array, Array]],
    balls: tuple[Ball, ...],
    above: tuple[Array, ...],
    labels: tuple[tuple[int, tuple[int, ...]], ...],
) -> Program:
    rounds = [p for ball in balls for p in (ball.cap, *ball.terms)]
    shape = common(*(p for pair in pairs for p in pair), *rounds, *above)
    raised_pairs = tuple((raised(n, shape), raised(d, shape)) for n, d in pairs)
    return Program(raised_pairs, balls, above, labels)


def _gains(space: Space) -> Iterator[tuple[tuple[int, tuple[int, ...]], tuple[Array, Array]]]:
    game = space.game
    under = space.corners(partial(determinant, game))
    for i in range(game.players):
        own = space.corners(partial(_value, game, i))
        size = game.num_actions[i]
        for chosen in itertools.product(range(size), repeat=game.num_states):
            pure = np.array([[Fraction(int(a == k)) for a in range(size)] for k in chosen])
            replaced = partial(_replaced, i, working(pure))
            below = space.corners(partial(_after, replaced, partial(determinant, game)))
            gained = space.corners(partial(_after, replaced, partial(_value, game, i)))
            pair = difference(product(gained, under), product(own, below)), product(below, under)
            yield (i, chosen), pair


def _replaced(player: int, table: Array, tables: list[Array]) -> list[Array]:
    return [table if j == player else other for j, other in enumerate(tables)]


def _after(
    change: Callable[[list[Array]], list[Array]], of: Callable[[list[Array]], Any], t: list[Array]
) -> Any:
    return of(change(t))


def within(space: Space, eps: Fraction, error: Error) -> tuple[Ball, ...]:
    """The learners within the error."""
    if eps >= 2:
        return ()
    game, expert = space.game, space.expert
    mu, rho = (working(part) for part in occupancy(game, expert))
    if error == "bc":
        return tuple(_moved(space, mu, eps, j) for j in range(game.players))
    under = space.corners(partial(determinant, game))
    if error == "mu":
        parts = [partial(_mu_term, game, mu[s], s) for s in range(game.num_states)]
        return (_tidy(under * rational(eps), [space.corners(of) for of in parts]),)
    places = list(itertools.product(range(game.num_states), *map(range, game.num_actions)))
    terms = [space.corners(partial(_rho_term, game, rho[place], place)) for place in places]
    return (_tidy(under * rational(eps), terms, [rho[place] for place in places]),)


def _mu_term(game: MarkovGame, home: Any, state: int, tables: list[Array]) -> Any:
    return _visits(game, tables, state) - home * determinant(game, tables)


def _rho_term(game: MarkovGame, home: Any, place: tuple[int, ...], tables: list[Array]) -> Any:
    state, *actions = place
    played = math.prod(table[state, a] for table, a in zip(tables, actions, strict=True))
    return _visits(game, tables, state) * played - home * determinant(game, tables)


def _moved(space: Space, mu: Array, eps: Fraction, player: int) -> Ball:
    expert = space.expert.working[player]

    def term(state: int, action: int, tables: list[Array]) -> Any:
        return mu[state] * (tables[player][state, action] - expert[state, action])

    places = list(np.ndindex(*expert.shape))
    terms = [space.corners(partial(term, *place)) for place in places]
    return _tidy(_number(space, eps), terms, [expert[place] for place in places])


def _tidy(cap: Array, terms: Sequence[Array], homes: Sequence[Any] = ()) -> Ball:
    """Without terms of one sign or that are multiples of others.

    A term that is a probability minus its home is not negative if the home is 0: not at learners,
    although it may be at points of the cube that are none.
    """
    for term, home in zip(terms, homes, strict=False):
        if home == 0:
            cap = difference(cap, term)
    terms = [t for k, t in enumerate(terms) if not (homes and homes[k] == 0)]
    kept: list[Array] = []
    for term in terms:
        low, high = coefficients_range(term)
        if low >= 0 or high <= 0:
            cap = difference(cap, term if low >= 0 else -term)
            continue
        for k, other in enumerate(kept):
            factor = _multiple(term, other)
            if factor is not None:
                kept[k] = other * (1 + abs(factor))
                break
        else:
            kept.append(term)
    return Ball(cap, tuple(kept))


def _multiple(term: Array, other: Array) -> Any | None:
    if term.shape != other.shape:
        return None
    place = next(p for p in np.ndindex(*other.shape) if other[p] != 0)
    factor = term[place] / other[place]
    return factor if (term == other * factor).all() else None


def _simplices(space: Space) -> tuple[Array, ...]:
    """What must not be negative: the probability of the last of three actions or more."""
    game = space.game

    def last(player: int, state: int, tables: list[Array]) -> Any:
        return tables[player][state, -1]

    return tuple(
        space.corners(partial(last, j, s))
        for j in range(game.players)
        for s in range(game.num_states)
        if game.num_actions[j] > 2
    )


def common(*polynomials: Array) -> tuple[int, ...]:
    """The least shape that has the degrees of all."""
    shapes = [p.shape for p in polynomials]
    return tuple(max(sizes) for sizes in zip(*shapes, strict=True))


def lean(p: Array) -> Array:
    """Without the degrees that a polynomial of degree one in each variable does not need."""
    for axis in range(p.ndim):
        first, *others = np.moveaxis(p, axis, 0)
        if others and np.all(first == others[0]):
            p = np.expand_dims(first, axis)
    return p


def reduced(program: Program, fixing: dict[int, Fraction]) -> Program:
    """With some variables fixed at values in [0, 1] and left out."""
    axes = sorted(fixing, reverse=True)

    def change(p: Array) -> Array:
        for axis in axes:
            p = fixed(p, axis, rational(fixing[axis]))
        return p

    return program.mapped(change)


def difference(p: Array, q: Array) -> Array:
    """P - q, of the degrees that both need."""
    shape = common(p, q)
    return raised(p, shape) - raised(q, shape)


def _number(space: Space, x: Fraction) -> Array:
    found: Array = np.empty((1,) * len(space.variables), dtype=object)
    found.fill(rational(x))
    return found


def rational(x: Fraction | int) -> Any:
    """A flint rational."""
    from flint import fmpq

    return fmpq(x.numerator, x.denominator)


def _float(p: Array) -> Array:
    return np.array([float(x) for x in public(p).ravel()]).reshape(p.shape)


def _matrix(game: MarkovGame, tables: list[Array]) -> Array:
    found: Array = -game.working.discount * _average(game.working.transition, tables)
    for s in range(game.num_states):
        found[s, s] += 1
    return found


def _average(array: Array, tables: list[Array]) -> Array:
    """Averages joint actions, which stand after the state, at every state."""
    for table in tables:
        weights = table.reshape(*table.shape, *[1] * (array.ndim - 2))
        array = (array * weights).sum(axis=1)
    return array


def determinant(game: MarkovGame, tables: list[Array]) -> Any:
    r"""\(D=\det(I-\gamma P)\)."""
    return _det(_matrix(game, tables))


def _value(game: MarkovGame, player: int, tables: list[Array]) -> Any:
    return value_from(game, player, game.working.start, tables)


def value_from(game: MarkovGame, player: int, start: Any, tables: list[Array]) -> Any:
    """D times the player's value from a distribution of states."""
    matrix = _matrix(game, tables)
    rewards = _average(game.working.rewards[player], tables)
    # sum_s start(s) det(matrix with column s replaced by the rewards), by Cramer.
    total = start[0] * 0
    for s, weight in enumerate(start):
        if weight:
            changed = matrix.copy()
            changed[:, s] = rewards
            total += weight * _det(changed)
    return total


def _visits(game: MarkovGame, tables: list[Array], state: int) -> Any:
    r"""\(D\mu(s)=(1-\gamma)\det\) of the matrix with row s replaced by the start."""
    changed = _matrix(game, tables)
    changed[state] = game.working.start
    return (1 - game.working.discount) * _det(changed)


def _det(matrix: Array) -> Any:
    from flint import fmpq_mat

    size = len(matrix)
    return fmpq_mat(size, size, matrix.ravel().tolist()).det()
