"""How far opponents may err: against the modulus, sampled opponents, and games by hand."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction as F
from itertools import product
from typing import Any

import pytest
from sympy import QQ

from nashgap.numeric.delta import best_response_shift
from nashgap.numeric.io import Loaded, parse_game
from nashgap.numeric.modulus import modulus
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.conditions import (
    Largest,
    SymbolicGame,
    continuity,
    largest,
    latex_largest,
    parse_symbolic,
    plain,
    plain_largest,
)
from nashgap.theory.conditions.against_all import against_all
from nashgap.theory.conditions.copositive import copositive
from nashgap.theory.conditions.opponents import everyone
from nashgap.theory.conditions.ranges import at
from nashgap.theory.conditions.side import Side
from nashgap.theory.errors import BadInput

from ._symbolic import one_state

UNIT, ZERO_ONE = ["-1", "1"], ["0", "1"]


# -- one state and one opponent: the modulus is exact, and so are the conditions


def one_opponent(seed: int) -> SymbolicGame:
    rng = random.Random(seed)
    columns = rng.choice([2, 2, 3])
    choices = ["x", "-x", "1/2", "0", "-1/2", "1"]
    pay = [[rng.choice(choices) for _ in range(columns)] for _ in "ab"]
    others = {
        2: [["q", "1 - q"], ["1", "0"]],
        3: [["q", "1 - q", "0"], ["q/2", "1/2 - q/2", "1/2"], ["0", "1", "0"]],
    }
    mixed = rng.choice(others[columns])
    return parse_symbolic(one_state(pay, mixed, x=UNIT, q=ZERO_ONE, t=ZERO_ONE))


def radius(loaded: Loaded) -> F:
    """The total variation up to which player 0's best response stays, from the modulus."""
    assert loaded.expert is not None
    exact = modulus(loaded.game, loaded.expert, 0)
    if exact.lower(F(0)) > 0:
        return F(0)
    return F(1) if exact.radius is None else min(F(1), exact.radius / 2)


def capped(found: Largest, values: dict[str, F]) -> F:
    """The printed formula at a point."""
    ranges, solved = found.conditions.ranges, found.lower
    inside = values | {found.level: F(1, 2)}
    assert not solved.rest
    if not all(clause.holds(ranges, inside) for clause in solved.premises):
        return F(0)
    point = [QQ(inside[k].numerator, inside[k].denominator) for k in ranges.bounds]
    caps = [
        F(str(at(cap.top, point) / at(cap.under, point)))
        for cap in solved.caps
        if all(atom.sign.of(at(atom.polynomial, point)) for atom in cap.where)
    ]
    return max(F(0), min([F(1), *caps]))


@pytest.mark.parametrize("seed", range(24))
def test_the_largest_error_is_the_radius_of_the_modulus(seed: int) -> None:
    game, rng = one_opponent(seed), random.Random(seed)
    found = continuity(game, 0, "t")
    assert found.exact
    solved = largest(found, "t")
    for _ in range(3):
        values = {"x": F(rng.randrange(-7, 8), 8), "q": F(rng.randrange(1, 8), 8)}
        level = {"t": F(rng.randrange(1, 16), 16)}
        wanted = radius(parse_game(game.at(values | level)))
        assert solved.at(values) == (wanted, wanted)
        assert capped(solved, values) == wanted
        assert found.decide(values | level) == (level["t"] <= wanted)


def test_the_formula_is_there_and_moves_with_the_mixture() -> None:
    pay = [["1/2", "-x"], ["0", "0"]]
    game = parse_symbolic(one_state(pay, ["1 - q", "q"], x=ZERO_ONE, q=ZERO_ONE, t=ZERO_ONE))
    solved = largest(continuity(game, 0, "t"), "t")
    (cap,) = solved.lower.caps
    x, q, _ = game.ranges.ring.gens
    assert cap.top * (1 + 2 * x) == cap.under * (1 - q - 2 * q * x)  # t <= 1/(1+2x) - q
    assert "the largest t is the least of" in plain_largest(solved)
    assert r"& t \le" in latex_largest(solved)


# -- several states: sampled opponents


def several_states(seed: int, states: int, actions: tuple[int, ...]) -> SymbolicGame:
    """Player 0 is paid; the others mix with p or play pure rows."""
    rng = random.Random(seed)

    def nested(leaf: Any, before: tuple[int, ...] = ()) -> Any:
        if len(before) == len(actions):
            return leaf(before)
        return [nested(leaf, (*before, a)) for a in range(actions[len(before)])]

    def row(_: Any) -> list[str]:
        first, second = rng.randrange(states), rng.randrange(states)
        found = ["0"] * states
        found[first], found[second] = "1/3", "2/3"
        if first == second or rng.random() < 0.4:
            found = [str(int(s == first)) for s in range(states)]
        return found

    def policy(i: int, count: int) -> list[str]:
        if i and count > 1 and rng.random() < 0.4:
            return ["p", "1 - p"] + ["0"] * (count - 2)
        chosen = rng.randrange(count)
        return [str(int(a == chosen)) for a in range(count)]

    expert = [[policy(i, k) for _ in range(states)] for i, k in enumerate(actions)]

    def paid(i: int, s: int, a: tuple[int, ...]) -> str:
        good = expert[0][s][a[0]] != "0" and rng.random() < 0.75
        return "0" if i else rng.choice(["1", "1/2", "x"] if good else ["-1", "0", "-x", "1/4"])

    return parse_symbolic(
        {
            "discount": "3/4",
            "start": ["1"] + ["0"] * (states - 1),
            "symbols": {"p": ZERO_ONE, "x": UNIT, "t": ZERO_ONE},
            "transition": [nested(row) for _ in range(states)],
            "rewards": [
                [nested(lambda a, i=i, s=s: paid(i, s, a)) for s in range(states)]
                for i in range(len(actions))
            ],
            "policies": {"expert": expert},
        }
    )


def near(row: list[F], level: F, rng: random.Random) -> list[F]:
    """A row within a total variation: one action gains what others, in some order, lose."""
    gains = rng.randrange(len(row))
    found, left = list(row), level * F(rng.choice([1, 2, 2]), 2)
    for a in rng.sample(range(len(row)), len(row)):
        moved = min(found[a], left) if a != gains else F(0)
        found[a] -= moved
        found[gains] += moved
        left -= moved
    return found


def erring(loaded: Loaded, level: F, on_average: bool, rng: random.Random) -> ProductPolicy:
    """A product policy within the error of the expert, anything off its path."""
    assert loaded.expert is not None
    weights = occupancy(loaded.game, loaded.expert)[0].tolist()
    tables = [loaded.expert[0].tolist()]
    for table in list(loaded.expert)[1:]:
        left, new = level, [list(row) for row in table.tolist()]
        for s in rng.sample(range(len(new)), len(new)):
            if weights[s] == 0:
                chosen = rng.randrange(len(new[s]))
                new[s] = [F(int(a == chosen)) for a in range(len(new[s]))]
                continue
            here = level
            if on_average:
                share = left * F(rng.choice([0, 1, 2, 2]), 2)
                here = min(F(1), share / (2 * weights[s]))
                left -= here * 2 * weights[s]
            new[s] = near(new[s], here, rng)
        tables.append(new)
    return ProductPolicy(tables)


SHAPES = ((2, (2, 2)), (1, (2, 3)), (2, (2, 2)), (1, (2, 2, 2)), (2, (1, 2, 2)), (2, (2, 1)))


def sampled(seeds: range, shapes: Any, tries: int) -> Counter[tuple[bool, bool | None, bool]]:
    """How often (exact, decided, moved) comes up; a stay that is broken fails at once."""
    seen: Counter[tuple[bool, bool | None, bool]] = Counter()
    for seed in seeds:
        rng = random.Random(seed)
        game = several_states(seed, *shapes[seed % len(shapes)])
        for on_average in (False, True):
            found = continuity(game, 0, "t", on_average=on_average)
            for _ in range(2):
                values = {"p": F(rng.randrange(1, 8), 8), "x": F(rng.randrange(-7, 8), 8)}
                values["t"] = F(rng.randrange(1, 8), rng.choice([8, 32]))
                loaded = parse_game(game.at(values))
                assert loaded.expert is not None
                moved = any(
                    best_response_shift(
                        loaded.game, loaded.expert, erring(loaded, values["t"], on_average, rng), 0
                    ).lower
                    > 0
                    for _ in range(tries)
                )
                decided = found.decide(values)
                seen[found.exact, decided, moved] += 1
                assert not (moved and decided is True), (seed, on_average, values)
    return seen


def test_no_sampled_opponent_moves_what_stays() -> None:
    seen = sampled(range(10), SHAPES, 4)
    assert seen[True, True, False] >= 5
    assert seen[True, False, True] >= 3
    assert seen[False, False, True] >= 1  # a necessary side that does say no


@pytest.mark.slow
def test_no_sampled_opponent_moves_what_stays_on_more_games() -> None:
    shapes = (*SHAPES, (2, (2, 2, 2)), (3, (2, 2)), (2, (3, 2)))
    seen = sampled(range(100, 160), shapes, 40)
    missed = seen[True, False, False]
    assert missed <= seen[True, False, True] // 4  # sampling must find most of the moves


# -- the average error of Definition 6


def choosing() -> dict[str, Any]:
    """At s player 0 earns 1 if player 1 plays 0 and else nothing, or a sure x; then all is over."""
    over = ["0", "1"]
    return {
        "discount": "1/2",
        "start": ["1/2", "1/2"],
        "symbols": {"x": ZERO_ONE, "e": ["0", "2"]},
        "states": ["s", "over"],
        "transition": [[[over] * 2] * 2] * 2,
        "rewards": [[[["1", "0"], ["x", "x"]], [["0", "0"]] * 2], [[["0", "0"]] * 2] * 2],
        "policies": {"expert": [[["1", "0"]] * 2] * 2},
    }


def test_the_average_error_is_weighed_by_the_occupancy() -> None:
    """mu(s) = 1/4, so a total variation of 1 - x at s is an average error of (1 - x)/2."""
    game = parse_symbolic(choosing())
    found = continuity(game, 0, "e", on_average=True)
    assert plain(found) == "necessary and sufficient:\n  x <= 1 - 2*e"
    solved = largest(found, "e")
    for x in (F(1, 8), F(7, 8)):
        loaded = parse_game(game.at({"x": x, "e": F(1)}))
        assert loaded.expert is not None
        exact = modulus(loaded.game, loaded.expert, 0)
        assert exact.radius_bounds == ((1 - x) / 2, (1 - x) / 2)
        assert solved.at({"x": x}) == ((1 - x) / 2, (1 - x) / 2)


def test_an_error_shared_among_states_leaves_two_sides() -> None:
    """Player 0 stays for two rounds, in both of which player 1 may err, or takes x at once."""
    raw = choosing()
    raw["states"] = ["s", "t", "over"]
    raw["start"] = ["1", "0", "0"]
    last = ["0", "0", "1"]
    raw["transition"] = [
        [[["0", "1", "0"]] * 2, [last] * 2],
        [[last] * 2] * 2,
        [[last] * 2] * 2,
    ]
    once = [["1/2", "-1/2"], ["x", "x"]]
    raw["rewards"] = [[once, [once[0]] * 2, [["0", "0"]] * 2], [[["0", "0"]] * 2] * 3]
    raw["policies"] = {"expert": [[["1", "0"]] * 3] * 2}
    game = parse_symbolic(raw)
    found = continuity(game, 0, "e", on_average=True)
    assert not found.exact
    assert "share" in found.note
    for x in (F(1, 16), F(1, 4)):
        low, high = largest(found, "e").at({"x": x})
        loaded = parse_game(game.at({"x": x, "e": F(1)}))
        assert loaded.expert is not None
        first, last_one = modulus(loaded.game, loaded.expert, 0).radius_bounds
        assert low <= last_one
        assert first <= high
        assert 0 < low <= high < 2


# -- several opponents


def test_products_of_rows_are_decided_exactly_in_one_state() -> None:
    """The player's advantage is affine in each row: the corners of the box of levels decide."""
    for seed in range(6):
        rng = random.Random(seed)
        pay = {a: rng.choice(["1", "1/2", "x", "-x", "0"]) for a in product("01", repeat=2)}
        own = [[["1/2"] * 2] * 2, [[pay[j, k] for k in "01"] for j in "01"]]
        idle = [[["0", "0"], ["0", "0"]]] * 2
        raw = one_state([["0", "0"], ["0", "0"]], x=UNIT, t=ZERO_ONE)
        raw["transition"] = [[[[["1"]] * 2] * 2] * 2]
        raw["rewards"] = [[own], [idle], [idle]]
        raw["policies"] = {"expert": [[["1", "0"]]] * 3}
        found = continuity(parse_symbolic(raw), 0, "t")
        for x, t in product((F(-1, 2), F(1, 4), F(3, 4)), (F(1, 4), F(1, 2), F(3, 4))):
            value = {
                key: F(1, 2) - {"x": x, "-x": -x}.get(v, F(v) if "x" not in v else F(0))
                for key, v in pay.items()
            }
            worst = min(
                sum(
                    (p if j == "1" else 1 - p) * (q if k == "1" else 1 - q) * v
                    for (j, k), v in value.items()
                )
                for p, q in product((F(0), t), repeat=2)
            )
            decided = found.decide({"x": x, "t": t})
            assert decided == (worst >= 0) or (decided is None and not found.exact)


REPEATED: dict[str, Any] = {
    "discount": "9/10",
    "start": ["1", "0"],
    "symbols": {"t": ZERO_ONE},
    "states": ["s", "over"],
    # Player 0 stays (0) or leaves (1) at s; the game comes back to s if it stays at (0, 1).
    "transition": [
        [[[["0", "1"], ["1", "0"]], [["0", "1"], ["0", "1"]]], [[["0", "1"]] * 2] * 2],
        [[[["0", "1"]] * 2] * 2] * 2,
    ],
    "rewards": [
        [[[["0", "1"], ["-1", "-1/2"]], [["0", "1"], ["-1", "-1"]]], [[["0", "0"]] * 2] * 2],
        *[[[[["0", "0"]] * 2] * 2] * 2] * 2,
    ],
    "policies": {"expert": [[["1", "0"]] * 2] * 3},
}
"""Two opponents who err at a state that is visited again."""


def test_rows_that_are_no_products_must_not_be_averaged() -> None:
    """Joint rows (1-t) e + t a are vertices of a ball, but their weights are not products.

    Averaging them as if they were accepts t = 1/2; opponents who err by 1/4 and 1/20, and
    jointly by less than 1/2, break that.
    """
    game = parse_symbolic(REPEATED)
    side, half = Side(game, 0), {"t": F(1, 2)}
    t, one = game.ranges.ring.gens[0], game.ranges.ring.one
    whole = everyone(side, [0])
    rows: tuple[Mapping[tuple[int, ...], Any], ...] = tuple(
        {a: one} if a == (0, 0) else {(0, 0): one - t, a: t} for a in whole.joints[0]
    )
    ball = replace(whole, rows=(rows, *whole.rows[1:]))
    averaged = against_all(side, ball, [0], [1], strictly=False).sufficient
    assert all(clause.holds(game.ranges, half) for clause in averaged)

    loaded = parse_game(game.at(half))
    assert loaded.expert is not None
    first, second = F(1, 4), F(1, 20)
    assert 1 - (1 - first) * (1 - second) < half["t"]
    tables = [[[1 - x, x], [F(1), F(0)]] for x in (first, second)]
    policy = ProductPolicy([loaded.expert[0].tolist(), *tables])
    assert best_response_shift(loaded.game, loaded.expert, policy, 0).lower > 0

    found = continuity(game, 0, "t")
    assert found.decide(half) is not True


# -- opponents who lead elsewhere


LURED: dict[str, Any] = {
    "discount": "3/4",
    "start": ["1", "0"],
    "symbols": {"t": ZERO_ONE, "y": UNIT},
    "states": ["s", "off"],
    # Player 1: 0 as the expert, 1 costs player 0 something, 2 leads off the path.
    "transition": [
        [[["1", "0"], ["1", "0"], ["0", "1"]], [["1", "0"], ["1", "0"], ["1", "0"]]],
        [[["0", "1"]] * 3] * 2,
    ],
    "rewards": [
        [[["1/2", "-1/2", "1/2"], ["0", "0", "0"]], [["y", "y", "y"], ["y", "y", "y"]]],
        [[["0"] * 3] * 2] * 2,
    ],
    "policies": {"expert": [[["1", "0"]] * 2, [["1", "0", "0"]] * 2]},
}


def test_who_leads_elsewhere_leaves_a_necessary_side() -> None:
    """Within actions 0 and 1 the level is 1/2; the third action can only make it smaller."""
    found = continuity(parse_symbolic(LURED), 0, "t")
    assert not found.exact
    assert found.decide({"y": F(1, 2), "t": F(9, 16)}) is False
    assert found.decide({"y": F(1, 2), "t": F(7, 16)}) is True
    assert largest(found, "t").at({"y": F(1, 2)}) == (F(1, 2), F(1, 2))
    low, high = largest(found, "t").at({"y": F(-7, 8)})
    assert low < high == F(1, 2)


# -- misuse


def test_levels_and_players_are_checked() -> None:
    game = parse_symbolic(choosing())
    with pytest.raises(BadInput, match="level"):
        continuity(game, 0, "t", on_average=True)
    with pytest.raises(BadInput, match=r"within \[0, 1\]"):
        continuity(game, 0, "e")
    with pytest.raises(BadInput, match="player"):
        continuity(game, 3, "e", on_average=True)
    with pytest.raises(BadInput, match="none for x"):
        largest(continuity(game, 0, "e", on_average=True), "e").at({})


# -- the criterion itself


def test_any_row_needs_as_many_vertices_as_there_are_actions() -> None:
    """A form that is non-negative on every edge of a triangle, and negative in its middle."""
    game = parse_symbolic(LURED)
    y = game.ranges.ring.gens[1]
    one = game.ranges.ring.one
    form = [[one if j == k else -y for k in range(3)] for j in range(3)]
    middle = {"y": F(3, 4), "t": F(1, 2)}
    edges, whole = ([c for _, c in copositive(form, "", most=most)] for most in (2, None))
    assert all(clause.holds(game.ranges, middle) for clause in edges)
    assert not all(clause.holds(game.ranges, middle) for clause in whole)
    assert all(clause.holds(game.ranges, {"y": F(1, 2), "t": F(1, 2)}) for clause in whole)
    assert everyone(Side(game, 0), [0]).spans(0) == (3,)
