"""Demonstrations: reading them, cloning them, and the bound on the clone's error.

The bound must cover: over seeded repetitions it may fail no more often than it says, each of its
ways alone. A bound that is too small (the tests show two) is caught by the same count.
"""

import json
import math
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.demonstrations import (
    Demonstrations,
    Outline,
    clone,
    coverage,
    error_bound,
    load_demonstrations,
    parse_outline,
    save_demonstrations,
    simulate,
)
from nashgap.numeric.demonstrations.chernoff import lower, relative_entropy, upper
from nashgap.numeric.demonstrations.consistent import consistent_errors
from nashgap.numeric.demonstrations.coverage import absorbing, reachable
from nashgap.numeric.demonstrations.deviation import deviations
from nashgap.numeric.demonstrations.weights import sampled_weights
from nashgap.numeric.games import catalogue
from nashgap.numeric.matching import eps_bc_per_player
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

SPACE = Outline(["calm", "storm"], [["left", "right"], ["wait", "go", "stop"]], "9/10")
SHOWN = Demonstrations(
    SPACE, [([0, 1, 1], [[0, 2], [1, 0]]), ([1, 0], [[0, 1]]), ([0, 0], [[1, 1]])]
)
UNEVEN = Demonstrations(SPACE, [([0, 1], [[0, 2], [1, 0]]), ([1, 0], [[0, 1]])])
GAMES: dict[str, dict[str, object]] = {
    "matching-pennies": {},
    "lemma-2": {},
    "w1": {},
    "w2": {},
    "w6": {},
}


def failures_allowed(repetitions: int, rate: float) -> float:
    """Four standard deviations above the mean of a binomial."""
    return repetitions * rate + 4 * math.sqrt(repetitions * rate * (1 - rate))


# Files


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".csv", ".npz"])
def test_files_read_back_equal(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"data{suffix}"
    save_demonstrations(path, SHOWN)
    assert load_demonstrations(path, SPACE) == SHOWN


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_byte_order_mark_and_line_ends_of_other_systems_are_read(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"plain{suffix}"
    save_demonstrations(path, SHOWN)
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    marked = tmp_path / f"marked{suffix}"
    marked.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_demonstrations(marked, SPACE) == SHOWN


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_only_some_ends_are_kept_but_not_in_npz(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"data{suffix}"
    save_demonstrations(path, UNEVEN)
    assert load_demonstrations(path, SPACE) == UNEVEN
    with pytest.raises(BadInput, match="with the state at the end and some without"):
        save_demonstrations(tmp_path / "data.npz", UNEVEN)


def test_names_and_indices_mean_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"states": ["calm", 1, "storm"], "actions": [["left", 2], [1, "wait"]]}\n\n'
        '{"states": [1, 0], "actions": [[0, "go"]]}\n{"states": [0, 0], "actions": [[1, 1]]}\n'
    )
    (tmp_path / "b.csv").write_text(
        "t,action_1,trajectory,state,action_0\n0,stop,x,0,left\n1,wait,x,1,right\n2,,x,1,\n"
        "0,go,y,1,left\n1,,y,0,\n\n0,go,z,0,right\n1,,z,0,\n"
    )
    np.savez(
        tmp_path / "c.npz",
        states=[["calm", "storm", "storm"], ["storm", "calm", "?"], ["calm", "calm", "?"]],
        actions=np.array([[[0, 2], [1, 0]], [[0, 1], [9, 9]], [[1, 1], [9, 9]]]),
        lengths=[2, 1, 1],
    )
    for name in ("a.jsonl", "b.csv", "c.npz"):
        assert load_demonstrations(tmp_path / name, SPACE) == SHOWN


def test_a_name_that_looks_like_an_index_is_a_name(tmp_path: Path) -> None:
    space = Outline(["1", "0"], [2], 0)
    (tmp_path / "a.csv").write_text("trajectory,state,action_0\n0,1,1\n0,1,0\n")
    assert load_demonstrations(tmp_path / "a.csv", space).counts[0].tolist() == [[1, 1], [0, 0]]


LINES = {
    "": "no line",
    "[]": "line 1: a JSON list",
    "{": "line 1: .*property name",
    '{"states": [0]}': "line 1: no 'actions'",
    '{"states": 3, "actions": []}': "line 1: 'states' is 3",
    '{"states": [0], "actions": [], "reward": 1}': "line 1: the key 'reward'",
    '{"states": [0], "states": [0], "actions": [[0, 0]]}': "line 1: a key appears twice",
    '{"states": [0], "actions": []}': "line 1: no joint action",
    '{"states": [], "actions": [[0, 0]]}': r"line 1: states of shape \[0\] with 1 joint",
    '{"states": [0, 0, 0], "actions": [[0, 0]]}': r"states of shape \[3\] with 1 joint",
    '{"states": ["sun"], "actions": [[0, 0]]}': r"states\[0\]: given 'sun'; needed: a state: calm",
    '{"states": [2], "actions": [[0, 0]]}': r"states\[0\]: given 2; .* from 0 to 1",
    '{"states": [-1], "actions": [[0, 0]]}': r"states\[0\]: given -1",
    '{"states": [0.0], "actions": [[0, 0]]}': r"states\[0\]: given 0.0",
    '{"states": [true], "actions": [[0, 0]]}': r"states\[0\]: given True",
    '{"states": [0], "actions": [[0]]}': r"actions\[0\]: given \[0\]; .* 2 actions",
    '{"states": [0], "actions": [0]}': r"actions\[0\]: given 0",
    '{"states": [0], "actions": [[0, 3]]}': r"actions\[0\]\[1\]: given 3",
    '{"states": [0], "actions": [[0, 0]]}\n{"states": [0], "actions": [["go", 0]]}': "line 2, act",
    '{"states": [' + "9" * 5000 + '], "actions": [[0, 0]]}': "line 1",
    "[" * 5000: "line 1",
}
ROWS = {
    "": "no row under a header",
    "trajectory,state,action_0\n0,calm,left": "header: 0 columns 'action_1'",
    "trajectory,state,state,action_0,action_1\n0,0,0,0,0": "header: 2 columns 'state'",
    "trajectory,state,action_0,action_1,r\n0,0,0,0,0": "header: the column 'r'",
    "H\n0,calm,left": "line 2: 3 cells",
    "H\n0,calm,left,wait\n0,sun,left,wait": "line 3: given 'sun'.*a state in every row by name",
    "H\n0,calm,left,wait\n0,1,left,wait": "line 3: given '1'",
    "H\n0,0,left,wait\n0,2,left,wait": "line 3: given '2'",
    "H\n0,0,left,": "line 2: some actions are empty",
    "H\n0,0,left,wait\n1,0,left,wait\n0,0,left,wait": "line 4: trajectory '0' again",
    "H\n0,0,left,wait\n0,0,,\n0,0,left,wait": "line 4: a row after the end",
    "H\n0,0,,": "line 2, trajectory '0': no joint action",
    'H\n0,0,"left,wait': "line 2: unexpected end",
    "t,trajectory,state,action_0,action_1\n1,0,0,0,0": "line 2: t is '1'",
}


@pytest.mark.parametrize("content", LINES, ids=[k[:40] for k in LINES])
def test_wrong_lines_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.jsonl").write_text(content)
    with pytest.raises(BadInput, match=LINES[content]):
        load_demonstrations(tmp_path / "a.jsonl", SPACE)


@pytest.mark.parametrize("content", ROWS, ids=[k[:40] for k in ROWS])
def test_wrong_rows_are_named(tmp_path: Path, content: str) -> None:
    head = "trajectory,state,action_0,action_1"
    (tmp_path / "a.csv").write_text(content.replace("H", head, 1))
    with pytest.raises(BadInput, match=ROWS[content]):
        load_demonstrations(tmp_path / "a.csv", SPACE)


GOOD: dict[str, Any] = {"states": [[0, 1]], "actions": [[[0, 0], [1, 2]]]}
ARRAYS: dict[str, tuple[dict[str, Any], str]] = {
    "missing": ({"states": [[0]]}, "arrays states; needed: states, actions"),
    "unknown": ({**GOOD, "rewards": [0]}, "arrays actions, rewards, states"),
    "axes": ({**GOOD, "states": [0, 1]}, r"states of shape \[2\]"),
    "count": ({**GOOD, "states": [[0, 1], [0, 1]]}, r"states of shape \[2, 2\]"),
    "time": ({**GOOD, "states": [[0, 1, 1, 1]]}, r"\[1, 4\]"),
    "players": ({**GOOD, "actions": [[[0], [1]]]}, r"\[N, T, 2\]"),
    "lengths": ({**GOOD, "lengths": [[2]]}, r"lengths of shape \[1, 1\]"),
    "length": ({**GOOD, "lengths": [3]}, r"lengths\[0\]: given 3; needed: from 1 to 2"),
    "floats": ({**GOOD, "states": [[0.0, 1.0]]}, "entries of type float64"),
    "range": ({**GOOD, "states": [[0, 5]]}, "trajectory 0, states, step 1: given 5"),
    "action": ({**GOOD, "actions": [[[0, 0], [1, 3]]]}, "player 1, step 1: given 3"),
    "name": ({**GOOD, "states": [["calm", "sun"]]}, "states, step 1: given 'sun'"),
    "empty": ({"states": np.zeros((0, 2), int), "actions": np.zeros((0, 2, 2), int)}, "no traj"),
}


@pytest.mark.parametrize("kind", ARRAYS)
def test_wrong_arrays_are_named(tmp_path: Path, kind: str) -> None:
    arrays, match = ARRAYS[kind]
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(BadInput, match=match):
        load_demonstrations(tmp_path / "a.npz", SPACE)


def test_npz_executes_nothing(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", states=np.array([[{}]], dtype=object), actions=[[[0, 0]]])
    with pytest.raises(BadInput, match="an npz file of plain arrays"):
        load_demonstrations(tmp_path / "a.npz", SPACE)
    (tmp_path / "b.npz").write_bytes(b"no archive")
    with pytest.raises(BadInput, match="an npz file of plain arrays"):
        load_demonstrations(tmp_path / "b.npz", SPACE)


def test_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    for name in ("data.txt", "data"):
        with pytest.raises(BadInput, match="kind of file is not known"):
            load_demonstrations(tmp_path / name, SPACE)
        with pytest.raises(BadInput, match="kind of file is not known"):
            save_demonstrations(tmp_path / name, SHOWN)
    with pytest.raises(BadInput, match="No such file"):
        load_demonstrations(tmp_path / "a.csv", SPACE)
    with pytest.raises(BadInput, match="cannot be written"):
        save_demonstrations(tmp_path / "no" / "a.csv", SHOWN)
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not UTF-8"):
        load_demonstrations(tmp_path / "a.csv", SPACE)


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: Demonstrations(SPACE, []), "no trajectory"),
        (lambda: Demonstrations(SPACE, [([0], [[0.5, 0]])]), "indices, counted from 0"),
        (lambda: Demonstrations(SPACE, [([0, 1], [[0, 0], [0]])]), "rows of different lengths"),
        (lambda: Outline(0, [2], 0), "states: given 0"),
        (lambda: Outline(["a", "a"], [2], 0), "2 names, 1 distinct"),
        (lambda: Outline(2, [], 0), "actions: given"),
        (lambda: Outline(2, [2], 1), "discount: given 1"),
        (lambda: parse_outline({"format": "x"}), "format: given 'x'"),
        (lambda: parse_outline({"format": "nashgap/game/1", "states": ["a"]}), "actions: missing"),
        (
            lambda: parse_outline(
                {
                    "format": "nashgap/game/1",
                    "states": ["a"],
                    "actions": [["b"]],
                    "discount": 0,
                    "start": [1],
                }
            ),
            "start: given without transition",
        ),
    ],
)
def test_wrong_objects_are_named(make: Callable[[], object], match: str) -> None:
    with pytest.raises(BadInput, match=match):
        make()


# Simulation, coverage, cloning


def test_simulation_is_seeded_stays_in_the_support_and_has_the_right_shares() -> None:
    x = catalogue()["w2"].build()
    found = simulate(x.game, x.expert, 400, 30, seed=7)
    assert found == simulate(x.game, x.expert, 400, 30, seed=7)
    assert found != simulate(x.game, x.expert, 400, 30, seed=8)
    for t in found.trajectories:
        for s, joint, after in zip(t.states, t.actions, t.states[1:], strict=False):
            assert x.game.transition[(s, *joint, after)] > 0
            assert all(table[s, a] > 0 for table, a in zip(x.expert, joint, strict=True))
    firsts = np.bincount([t.states[0] for t in found.trajectories], minlength=x.game.num_states)
    assert np.abs(firsts / 400 - x.game.start.astype(float)).max() < 0.1
    tables = zip(found.counts, x.expert, strict=True)
    for (counts, table), s in product(tables, range(x.game.num_states)):
        if (n := counts[s].sum()) > 100:
            assert np.abs(counts[s] / n - table[s].astype(float)).max() < 4 * math.sqrt(0.25 / n)


@pytest.mark.parametrize(
    "wrong", [(0, 1, 0), (1, 0, 0), (1, 1, -1), (True, 1, 0), (10**5, 10**5, 0)]
)
def test_simulation_refuses(wrong: tuple[int, int, int]) -> None:
    x = catalogue()["w3"].build()
    with pytest.raises(BadInput):
        simulate(x.game, x.expert, *wrong)


def test_coverage_counts_by_hand() -> None:
    found = coverage(SHOWN)
    assert (found.trajectories, found.steps, found.shortest, found.longest) == (3, 4, 1, 2)
    assert (found.visits, found.unvisited, found.reachable_unvisited) == ((2, 2), (), None)
    x = catalogue()["w3"].build()
    found = coverage(simulate(x.game, x.expert, 3, 4, seed=0))
    assert (found.visits, found.unvisited, found.reachable_unvisited) == ((12, 0), (1,), (1,))
    assert json.dumps(found.json(x.game)).count("s1") == 3
    w1 = catalogue()["w1"].build().game
    named = {w1.states[s] for s in absorbing(w1)}
    assert named == {"G", "L"}
    assert reachable(w1) == frozenset(range(w1.num_states))


def test_clone_is_the_share_of_counts() -> None:
    found = clone(SHOWN)
    half = Fraction(1, 2)
    assert found[0].tolist() == [[half, half], [half, half]]
    assert found[1].tolist() == [[0, half, half], [half, half, 0]]
    once = Demonstrations(SPACE, [([1], [[0, 2]])])
    assert clone(once)[1].tolist() == [[Fraction(1, 3)] * 3, [0, 0, 1]]
    default = ProductPolicy.pure([[1, 1], [2, 2]], [2, 3])
    assert clone(once, default)[1].tolist() == [[0, 0, 1], [0, 0, 1]]
    with pytest.raises(BadInput, match="unseen: 2 states"):
        clone(once, ProductPolicy.pure([[1, 1]], [2]))


# The parts of the bound, against brute force


@pytest.mark.parametrize("q", [0.0, 0.2, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("budget", [1e-6, 0.01, 0.3, 5.0])
def test_inverses_lie_on_the_safe_side(q: float, budget: float) -> None:
    low, high = lower(q, budget), upper(q, budget)
    assert low <= q <= high
    assert low == 0 or relative_entropy(q, low) >= budget
    assert high == 1 or relative_entropy(q, high) >= budget
    inside = np.linspace(low + 1e-9, high - 1e-9, 50)
    assert all(relative_entropy(q, p) <= budget * (1 + 1e-3) + 1e-7 for p in inside)


def test_the_distance_contains_every_distribution_that_the_events_allow() -> None:
    counts = np.array([[3, 5, 0]])
    policy = clone(Demonstrations(Outline(1, [3], 0), [([0] * 8, [[0]] * 3 + [[1]] * 5)]))
    (bound,) = deviations([counts], policy, 0.1)[:, 0]
    budget = (math.log(3 * 2 / 0.1) + 0.5 * math.log(8)) / 8
    shares, farthest, grid = np.array([3, 5, 0]) / 8, 0.0, np.linspace(0, 1, 121)
    for a, b in product(grid, grid):
        if a + b <= 1:
            p = np.array([a, b, 1 - a - b])
            sets = [list(s) for s in ([0], [1], [2], [0, 1], [0, 2], [1, 2])]
            if all(relative_entropy(shares[s].sum(), min(1.0, p[s].sum())) <= budget for s in sets):
                farthest = max(farthest, np.abs(p - shares).sum())
    assert farthest <= bound + 1e-9
    assert farthest >= bound - 0.1


def test_distance_where_nothing_was_seen_and_with_many_actions() -> None:
    one = Demonstrations(Outline(2, [4], 0), [([0], [[2]])])
    assert deviations(one.counts, clone(one), 0.05)[0, 1] == 1.5  # uniform: 2(1 - 1/4)
    pure = ProductPolicy.pure([[0, 0]], [4])
    assert deviations(one.counts, clone(one, pure), 0.05)[0, 1] == 2
    alone = Demonstrations(Outline(1, [1, 2], 0), [([0], [[0, 1]])])
    assert deviations(alone.counts, clone(alone), 0.05)[0, 0] == 0
    wide = np.array([[2**k for k in range(14)]])
    n = wide.sum()
    budget = (math.log((2**13 - 1) * 2 * math.sqrt(n) / 0.05)) / n
    found = deviations([wide], ProductPolicy([(wide / n).tolist()]), 0.05)
    assert found[0, 0] == pytest.approx(math.sqrt(2 * budget))  # too many sets: Pinsker


def test_weights_by_hand() -> None:
    space = Outline(3, [1], "1/2")
    shown = Demonstrations(space, [([0, 1], [[0], [0]]), ([0, 2], [[0]])])
    found = sampled_weights(shown)
    assert found.shown.tolist() == [0.5, 0.125, 0.125]
    assert (found.hidden, found.unseen.tolist()) == (0.25, [False, False, True])
    assert found.discovered == 1.0 + 0.25 + 0.25  # all of the first; state 2 and the hidden part
    # Costs that do not vary weigh 1 whatever the weights are.
    assert found.bound(np.ones(3), 0.1) == pytest.approx(1)
    few = found.bound(np.array([0.0, 0.0, 2.0]), 0.1)
    assert few == pytest.approx(2 * upper(0.375, math.log(4 / 0.1) / 2))
    assert 2 > few > found.bound(np.array([2.0, 0.0, 0.0]), 0.1, scale=1000) > 1


def test_weights_bound_is_the_linear_program() -> None:
    from scipy.optimize import linprog

    x = catalogue()["w1-full-support"].build()
    found = sampled_weights(simulate(x.game, x.expert, 60, 20, seed=3))
    draw = np.random.default_rng(0)
    unseen = np.array([False, True, False, True] + [False] * 10)[: x.game.num_states]
    other = type(found)(found.trajectories, found.shown, found.hidden, 3.0, unseen)
    for _ in range(20):
        costs = draw.random(x.game.num_states)
        level = math.log((len(costs) + 1) / 0.05)
        caps = [upper(min(1.0, h + other.hidden), level / 60) for h in other.shown]
        cap = (3.0 + level) / (60 * (1 - math.exp(-1)))
        best = linprog(
            -costs,
            A_ub=[unseen.astype(float)],
            b_ub=[cap],
            A_eq=[np.ones(len(costs))],
            b_eq=[1],
            bounds=[(0, c) for c in caps],
        )
        assert other.bound(costs, 0.05) == pytest.approx(-best.fun, abs=1e-7)


def test_what_ends_in_an_absorbing_state_hides_nothing() -> None:
    x = catalogue()["w1"].build()
    g = x.game.states.index("G")
    found = sampled_weights(Demonstrations(x.game, [([0, g], [[0, 0]])]))
    assert found.hidden == 0
    assert found.shown[g] == pytest.approx(0.9)
    assert sampled_weights(
        Demonstrations(Outline(5, [2, 2], "9/10"), [([0, g], [[0, 0]])])
    ).hidden == pytest.approx(0.81)


def test_consistent_errors_exceed_every_consistent_expert() -> None:
    x = catalogue()["w2"].build()
    policy = clone(simulate(x.game, x.expert, 40, 20, seed=2))
    draw = np.random.default_rng(1)
    far = draw.random((2, x.game.num_states)) * 0.4
    bounds = consistent_errors(x.game, policy, far)
    game = x.game.as_float()
    reached = [0.0, 0.0]
    for _ in range(300):
        tables = []
        for i, table in enumerate(policy):
            rows = table.astype(float)
            other = draw.dirichlet([0.3] * rows.shape[1], len(rows))
            gap = np.abs(other - rows).sum(axis=1)
            step = np.minimum(1, far[i] / np.maximum(gap, 1e-12))[:, None]
            tables.append((1 - step) * rows + step * other)
        expert = ProductPolicy([t / t.sum(axis=1, keepdims=True) for t in tables])
        errors = eps_bc_per_player(game, expert, policy.as_float())
        reached = [max(a, b) for a, b in zip(reached, errors, strict=True)]
    assert all(r <= b + 1e-9 for r, b in zip(reached, bounds, strict=True))
    assert all(r >= 0.5 * b for r, b in zip(reached, bounds, strict=True))


def test_consistent_errors_with_free_actions_are_the_worst_of_all_policies() -> None:
    # With radius 2 every policy is consistent: the most often reachable state counts fully.
    x = catalogue()["w3"].build()
    far = np.array([[0.0, 2.0], [0.0, 2.0]])
    still = consistent_errors(x.game, clone(simulate(x.game, x.expert, 5, 5, seed=0)), far)
    assert still == [pytest.approx(0, abs=1e-6)] * 2  # nothing to choose at s0
    far = np.full((2, 2), 2.0)
    assert consistent_errors(x.game, x.expert, far) == [pytest.approx(2)] * 2


@pytest.mark.parametrize("wrong", [Fraction(0), Fraction(1), Fraction(3, 2)])
def test_confidence_must_be_between_0_and_1(wrong: Fraction) -> None:
    with pytest.raises(BadInput, match="confidence"):
        error_bound(SHOWN, clone(SHOWN), wrong)


def test_more_confidence_and_fewer_data_give_a_larger_bound() -> None:
    x = catalogue()["w6"].build()
    many = simulate(x.game, x.expert, 300, 20, seed=0)
    few = Demonstrations(x.game, [(t.states, t.actions) for t in many.trajectories[:50]])
    levels = [Fraction(1, 2), Fraction(19, 20), Fraction(999, 1000)]
    found = [error_bound(many, clone(many), p).largest for p in levels]
    assert sorted(found) == found
    assert found[0] < found[2] < error_bound(few, clone(few), levels[2]).largest
    # Scaled by six, the fifty are worth about as much as the three hundred.
    scaled = float(error_bound(few, clone(few), levels[1], scale=6).largest)
    assert scaled == pytest.approx(float(found[1]), rel=0.5)


def test_trajectories_from_elsewhere_use_the_kernel_alone() -> None:
    x = catalogue()["w3"].build()
    found = error_bound(
        d := Demonstrations(x.game, [([1, 1], [[0, 0]])]), clone(d), Fraction(19, 20)
    )
    assert found.sampled is None
    assert found.consistent is not None


# It covers


def covers(name: str, repetitions: int, trajectories: int, confidence: Fraction) -> dict[str, int]:
    """Failures of the bound, and of each of its ways alone, over seeded repetitions."""
    x = catalogue()[name].build(**GAMES[name])
    game, expert = x.game.as_float(), x.expert.as_float()
    mu = occupancy(game, expert)[0]
    missed = {"bound": 0, "sampled": 0, "consistent": 0, "per state": 0, "plug-in": 0, "tenth": 0}
    for seed in range(repetitions):
        shown = simulate(game, expert, trajectories, 25, seed=seed)
        policy = clone(shown)
        far = np.array(
            [np.abs(p.astype(float) - e).sum(axis=1) for p, e in zip(policy, expert, strict=True)]
        )
        true = far @ mu
        found = error_bound(shown, policy, confidence)
        assert found.sampled is not None
        assert found.consistent is not None
        missed["bound"] += bool((true > np.array(found.per_player, dtype=float) + 1e-12).any())
        missed["sampled"] += bool((true > np.array(found.sampled) + 1e-12).any())
        missed["consistent"] += bool((true > np.array(found.consistent) + 1e-6).any())
        missed["per state"] += bool((far > found.deviations + 1e-12).any())
        # Two bounds that are too small: no deviation at visited states, and a tenth of this one.
        naive = np.where(shown.visits > 0, 0, found.deviations) @ mu
        missed["plug-in"] += bool((true > naive + 1e-12).any())
        missed["tenth"] += bool((far > found.deviations / 10 + 1e-12).any())
    return missed


@pytest.mark.parametrize("name", GAMES)
def test_the_bound_covers(name: str) -> None:
    rate = Fraction(1, 20)
    missed = covers(name, 100, 20, 1 - rate)
    for way in ("bound", "sampled", "consistent", "per state"):
        assert missed[way] <= failures_allowed(100, float(rate)), (way, missed)
    if name in ("matching-pennies", "w2", "w6"):  # experts that mix: the count has the power
        assert missed["plug-in"] > failures_allowed(100, float(rate))
    if name == "matching-pennies":
        assert missed["tenth"] > failures_allowed(100, float(rate))


@pytest.mark.slow
@pytest.mark.parametrize("rate", [Fraction(1, 20), Fraction(1, 2)])
@pytest.mark.parametrize("name", GAMES)
def test_the_bound_covers_over_a_thousand_repetitions(name: str, rate: Fraction) -> None:
    missed = covers(name, 1000, 20, 1 - rate)
    print(name, rate, missed)  # noqa: T201
    for way in ("bound", "sampled", "consistent", "per state"):
        assert missed[way] <= failures_allowed(1000, float(rate)), (way, missed)
