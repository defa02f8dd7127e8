"""Other programs' games, in and out: what comes back is equal, or the loss is named."""

import csv
import random
from collections.abc import Callable
from fractions import Fraction
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.best_response import best_response
from nashgap.numeric.formats import Affine, gambit, nfg, open_spiel, pettingzoo, quantecon, sgame
from nashgap.numeric.formats.imported import rescaled
from nashgap.numeric.formats.normal_form import to_markov
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

F = Fraction


def stage(shape: tuple[int, ...], seed: int, below: int = 7) -> MarkovGame:
    """A game of one state with random fractions in [-1, 1]."""
    draw = random.Random(seed)
    size = len(shape) * int(np.prod(shape))
    rewards = np.empty(size, dtype=object)
    rewards[:] = [F(draw.randint(-below, below), below) for _ in range(size)]
    kernel = np.full((1, *shape, 1), F(1), dtype=object)
    return MarkovGame(kernel, rewards.reshape(len(shape), 1, *shape), [1], 0, ["game"])


# The map of payoffs


def test_payoffs_in_range_are_rewards_and_others_are_mapped_exactly() -> None:
    inside = np.array([[F(1, 3), F(-1)], [F(0), F(1)]], dtype=object)
    assert rescaled(inside)[1].is_identity
    outside = np.array([[F(-4), F(2)], [F(5), F(6)]], dtype=object)
    rewards, affine = rescaled(outside)
    assert (affine.scale, affine.shifts) == (F(3), (F(-1), F(11, 2)))
    assert rewards.tolist() == [[-1, 1], [F(-1, 6), F(1, 6)]]
    assert (affine.payoffs(rewards) == outside).all()
    assert rescaled(np.array([[F(7), F(7)]], dtype=object))[0].tolist() == [[0, 0]]
    assert rescaled(np.array([[F(4)]], dtype=object), also_zero=True)[0].tolist() == [[1]]


def test_gaps_of_the_original_are_the_scale_times_those_here() -> None:
    # Prisoner's dilemma with payoffs 3, 5, 1, 0: cooperating forgoes 2.
    found = open_spiel.from_utilities([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    both = ProductPolicy.pure([[0], [0]], [2, 2])
    assert nash_gap(found.game, both) * found.affine.scale == 2


# Gambit


@pytest.mark.parametrize("shape", [(2, 2), (3, 2), (2, 1, 3), (1, 1), (2, 2, 2, 2)])
def test_nfg_reads_back_equal(tmp_path: Path, shape: tuple[int, ...]) -> None:
    game = stage(shape, 1)
    assert nfg.write(tmp_path / "a.nfg", game) == ()
    found = nfg.read(tmp_path / "a.nfg")
    assert (found.game, found.affine.is_identity, found.lost) == (game, True, ())


def test_nfg_keeps_payoffs_beyond_the_range_exactly() -> None:
    form, _ = nfg.parse('NFG 1 D "" { "A" "B" } { 2 2 } 10 0.5 1/3 -7 1e2 2 3 4')
    found = to_markov(form)
    back, _ = nfg.parse(nfg.to_text(found.game, found.affine).content)
    assert (back.payoffs == form.payoffs).all()
    # The first player's strategy runs fastest.
    assert form.payoffs[:, 1, 0].tolist() == [F(1, 3), -7]
    assert form.payoffs[:, 0, 1].tolist() == [100, 2]
    assert "A, B" in found.lost[0]


def test_nfg_by_outcomes_with_names_escapes_and_a_comment() -> None:
    content = (
        'NFG 1 R "a \\"b\\" \\\\" { "Player 1" "Player 2" }\n{ { "up" "down, really" } { "l" } }\n'
        '"two\nlines"\n{\n{ "win" 1, -1 }\n{ "" 1/2 .25 }\n}\n2 0\n'
    )
    form, lost = nfg.parse(content)
    assert form.title == 'a "b" \\'
    assert form.actions == (("up", "down, really"), ("l",))
    assert form.payoffs[:, :, 0].tolist() == [[F(1, 2), 0], [F(1, 4), 0]]
    assert len(lost) == 2
    assert "comment" in lost[0]
    assert "win" in lost[1]
    again, _ = nfg.parse(nfg.to_text(to_markov(form).game, title=form.title).content)
    assert (again.title, again.actions) == (form.title, form.actions)
    assert (again.payoffs == form.payoffs).all()


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ("", "line 1: the end of the file; needed: 'NFG'"),
        ('EFG 2 R "t" { "A" }', "found 'EFG'"),
        ('NFG 2 R "t"', "found '2'"),
        ('NFG 1 Q "t"', "needed: R or D"),
        ("NFG 1 R t", 'a name in "quotes"'),
        ('NFG 1 R "t', "a quote that does not end"),
        ('NFG 1 R "t" { }', "line 1: found '}'"),
        ('NFG 1 R "t" { "A" "B" }\n{ 2 }', "line 2: found '}'; needed: strategies of 2"),
        ('NFG 1 R "t" { "A" } { 0 } 1', "found '0'; needed: an integer"),
        ('NFG 1 R "t" { "A" } { 2 2 } 1', "found '2'; needed: '}'"),
        ('NFG 1 R "t" { "A" } { { "x" "x" } } 1 1', "different names"),
        ('NFG 1 R "t" { "A" } { 2 }\n\n1', "line 3: the end of the file; needed: a payoff"),
        ('NFG 1 R "t" { "A" } { 2 } 1 2 3', "found '3'; needed: the end"),
        ('NFG 1 R "t" { "A" } { 2 } 1 x', "found 'x'; needed: a payoff such as"),
        ('NFG 1 R "t" { "A" } { 2 } 1 1/0', "found '1/0'"),
        ('NFG 1 R "t" { "A" } { 1 } { { "o" 1 } } 2', "found '2'; needed: an integer from 0 to 1"),
        ('NFG 1 R "t" { "A" } { 1 } { { "o" 1 2 } } 1', "found '2'; needed: '}'"),
        ('NFG 1 R "t" { "A" "B" } { 9999 9999 } 1', "at most"),
    ],
)
def test_wrong_nfg_is_named_by_its_line(content: str, match: str) -> None:
    with pytest.raises(BadInput, match=match):
        nfg.parse(content)


def test_what_a_normal_form_cannot_hold() -> None:
    w3 = catalogue()["w3"].build().game
    with pytest.raises(BadInput, match="2 states; needed: one state"):
        nfg.to_text(w3)
    with pytest.raises(BadInput, match="floats"):
        nfg.to_text(stage((2, 2), 0).as_float())
    with pytest.raises(BadInput, match="affine"):
        nfg.to_text(stage((2, 2), 0), Affine(F(1), (F(0),)))
    one = stage((2, 2), 0)
    repeated = MarkovGame(one.transition, one.rewards, [1], "9/10", ["always"])
    assert nfg.to_text(repeated).lost == (
        "the discount 9/10: the game is played once",
        "the name 'always' of the state",
    )
    assert to_markov(nfg.parse(nfg.to_text(one).content)[0], "9/10").game.discount == F(9, 10)


def test_nfg_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        nfg.read(tmp_path / "no.nfg")
    with pytest.raises(BadInput, match="cannot be written"):
        nfg.write(tmp_path / "no" / "a.nfg", stage((2, 2), 0))
    (tmp_path / "b.nfg").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="not UTF-8"):
        nfg.read(tmp_path / "b.nfg")


@pytest.mark.parametrize("shape", [(2, 2), (3, 2), (2, 2, 2)])
def test_gambit_reads_what_is_written_and_back(shape: tuple[int, ...]) -> None:
    pygambit = pytest.importorskip("pygambit", reason="pygambit is not installed: the extra games")
    game = stage(shape, 5)
    exported = gambit.to_gambit(game, title="t")
    theirs = exported.content
    for joint in np.ndindex(shape):
        outcome = theirs[joint]
        for i, player in enumerate(theirs.players):
            assert F(str(outcome[player])) == game.rewards[(i, 0, *joint)]
    found = gambit.from_gambit(theirs)
    assert found.game.rewards.tolist() == game.rewards.tolist()
    assert found.lost == ("the title 't'",)
    text = 'NFG 1 R "x" { "A" "B" } { 2 2 } { { "o" 7, 1/3 } { "q" -2 0.5 } } 1 2 0 1'
    read = pygambit.read_nfg(StringIO(text))
    assert gambit.from_gambit(read).game.rewards.tolist() == (
        to_markov(nfg.parse(text)[0]).game.rewards.tolist()
    )


def test_gambit_trees_lose_their_tree_and_others_are_refused() -> None:
    pygambit = pytest.importorskip("pygambit", reason="pygambit is not installed: the extra games")
    tree = pygambit.Game.new_tree(players=["A", "B"])
    tree.append_move(tree.root, "A", ["l", "r"])
    assert any("the tree" in what for what in gambit.from_gambit(tree).lost)
    with pytest.raises(BadInput, match=r"a pygambit\.Game"):
        gambit.from_gambit(3)


# OpenSpiel, by stand-ins with its methods


def test_open_spiel_matrix_and_tensor_games() -> None:
    rows, cols = [[0.0, -0.25, 0.5], [0.25, 0.0, -2.0]], [[0.0, 0.25, -0.5], [-0.25, 0.0, 2.0]]
    matrix = SimpleNamespace(
        num_rows=lambda: 2,
        num_cols=lambda: 3,
        row_utilities=lambda: rows,
        col_utilities=lambda: np.array(cols).ravel(),  # flat or shaped
        row_action_name=lambda k: "ab"[k],
        col_action_name=lambda k: "xyz"[k],
    )
    found = open_spiel.from_open_spiel(matrix)
    assert found.game.actions == (("a", "b"), ("x", "y", "z"))
    back = open_spiel.to_utilities(found.game, found.affine)
    assert back.content == [rows, cols]
    assert back.lost == ()
    tensor = SimpleNamespace(
        shape=lambda: [2, 3],
        player_utilities=lambda i: [rows, cols][i],
        action_name=lambda i, k: ["ab", "xyz"][i][k],
    )
    assert open_spiel.from_open_spiel(tensor).game == found.game
    thirds = open_spiel.from_utilities([[["1/3", 1]], [[0, 0]]]).game
    assert open_spiel.to_utilities(thirds).lost == ("1 payoffs were rounded to floats",)


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: open_spiel.from_open_spiel(3), "a pyspiel.MatrixGame"),
        (lambda: open_spiel.from_utilities([]), "n tables"),
        (lambda: open_spiel.from_utilities([[[1]]]), "n tables"),
        (lambda: open_spiel.from_utilities([[[1, 2]], [[1]]]), r"utilities\[1\]"),
        (lambda: open_spiel.from_utilities([[[1, float("nan")]], [[1, 2]]]), r"utilities\[0\]"),
    ],
)
def test_wrong_utilities_are_named(make: Callable[[], object], match: str) -> None:
    with pytest.raises(BadInput, match=match):
        make()


# QuantEcon


def test_discrete_dp_and_its_optimum() -> None:
    markov = pytest.importorskip("quantecon.markov")
    R, Q = [[5, 10], [-1, 2]], [[[0.5, 0.5], [0, 1]], [[1, 0], [0.25, 0.75]]]
    found = quantecon.from_discrete_dp(R, Q, 0.95, start=[1, 0])
    arrays = quantecon.to_discrete_dp(found.game, found.affine)
    assert (arrays.content[0] == np.array(R)).all()
    assert (arrays.content[1] == np.array(Q)).all()
    assert arrays.content[2] == 0.95
    theirs = markov.DiscreteDP(*arrays.content).solve(method="policy_iteration")
    ours = best_response(found.game, ProductPolicy.uniform(found.game), 0)
    h, c = found.affine.scale, found.affine.shifts[0]
    assert float(h * ours.value + c / (1 - found.game.discount)) == pytest.approx(theirs.v[0])
    assert ours.table.argmax(axis=1).tolist() == theirs.sigma.tolist()
    rewards, kernel, beta = arrays.content
    again = quantecon.from_discrete_dp(rewards, kernel, beta, start=[1, 0])
    assert again.game == found.game
    assert "the start" in arrays.lost
    assert quantecon.from_discrete_dp(R, Q, 0.95).game.start.tolist() == [F(1, 2)] * 2


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4)])
def test_normal_form_arrays_in_the_order_of_quantecon(shape: tuple[int, ...]) -> None:
    theirs = pytest.importorskip("quantecon.game_theory")
    game = stage(shape, 3, below=8)  # eighths are floats
    arrays = quantecon.to_payoff_arrays(game).content
    form = theirs.NormalFormGame([theirs.Player(a) for a in arrays])
    for joint in np.ndindex(shape):
        expected = [float(game.rewards[(i, 0, *joint)]) for i in range(len(shape))]
        assert np.atleast_1d(form[joint]).tolist() == expected
    found = quantecon.from_payoff_arrays([p.payoff_array for p in form.players])
    assert found.game == game


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: quantecon.from_discrete_dp([1, 2], [[1]], 0.9), r"R: a table of shape \[2\]"),
        (lambda: quantecon.from_discrete_dp([[-np.inf]], [[[1]]], 0.9), "R"),
        (lambda: quantecon.from_discrete_dp([[1]], [[[0.5]]], 0.9), "transition"),
        (lambda: quantecon.from_discrete_dp([[1]], [[[1]]], 1), "discount"),
        (lambda: quantecon.to_discrete_dp(stage((2, 2), 0)), "2 players"),
        (lambda: quantecon.from_payoff_arrays([[1, 2], [3, 4]]), r"arrays\[0\]"),
        (lambda: quantecon.from_payoff_arrays([[[1, 2]], [[1, 2]]]), "the same actions"),
    ],
)
def test_wrong_arrays_are_named(make: Callable[[], object], match: str) -> None:
    with pytest.raises(BadInput, match=match):
        make()


# sGameSolver

TABLE = """state,a_firm,a_consumer,u_firm,u_consumer,phi_low,phi_high,note
delta,,,0.9,0.9,,,
low,a,x,1,2,1,0,
low,a,y,3,4,0.5,0.5,
low,b,x,5,6,0.5,0.5,here
low,b,y,7,8,1,0,
high,a,x,8,7,0,0,
high,a,y,6,5,1/3,2/3,
high,b,x,4,3,0.5,0.5,
high,b,y,2,1,0,0,
"""


def put(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


@pytest.mark.parametrize("name", ["w1", "w2", "stag-hunt", "lemma-2", "w6"])
def test_sgame_tables_read_back_equal_but_for_the_start(tmp_path: Path, name: str) -> None:
    game = catalogue()[name].build(gamma="1/2").game
    lost = sgame.write(tmp_path / "a.csv", game)
    found = sgame.read(tmp_path / "a.csv", start=game.start)
    assert lost[0] == "the start"
    if len(lost) == 1:
        assert found.game == game
        assert found.lost == ()
    else:
        assert "rounded to floats" in lost[1]
    assert sgame.read(tmp_path / "a.csv").game.start.tolist() == [F(1, game.num_states)] * (
        game.num_states
    )


def test_sgame_table_of_its_manual(tmp_path: Path) -> None:
    found = sgame.read(put(tmp_path / "a.csv", TABLE))
    game = found.game
    assert game.states == ("low", "high", "end")  # rows with sum 0 end the game
    assert game.actions == (("a", "b"), ("x", "y"))
    assert (game.discount, found.affine.scale) == (F(9, 10), F(4))
    assert found.affine.payoffs(game.rewards)[:, 0, 1, 0].tolist() == [5, 6]
    assert found.affine.payoffs(game.rewards)[:, 2, 0, 0].tolist() == [0, 0]
    assert game.transition[1, 0, 1].tolist() == [F(1, 3), F(2, 3), 0]
    assert game.transition[1, 0, 0].tolist() == [0, 0, 1]
    assert game.start.tolist() == [F(1, 2), F(1, 2), 0]
    assert "firm, consumer" in found.lost[0]
    assert any("a state 'end'" in what for what in found.added)


def test_sgame_to_state_in_all_its_spellings(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [
                ["state", "a_p0", "u_p0", "to_state"],
                ["delta", "", "0.5", ""],
                ["s", "1", "0", "t"],
                ["s", "2", "0", 's: 0.25, "t":0.75'],
                ["s", "3", "0", '{"t": 1/3 , "s": 2/3}'],
                ["t", "", "1", '"t"'],
            ]
        )
    found = sgame.read(tmp_path / "a.csv", start=["1", 0])
    assert found.game.transition[0].tolist() == [[0, 1], [F(1, 4), F(3, 4)], [F(2, 3), F(1, 3)]]
    # t has one action; its copies change nothing.
    assert found.game.transition[1].tolist() == [[0, 1]] * 3
    assert found.game.rewards[0, 1].tolist() == [1, 1, 1]
    assert any("fewer actions at t" in what for what in found.lost)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda t: "", "no row under a header"),
        (lambda t: t.replace("note", "state"), "a column appears twice"),
        (lambda t: t.replace("state,a_", "s,a_", 1), "'state' and 'a_<player>'"),
        (lambda t: t.replace("u_firm", "v_firm"), "no column 'u_firm'"),
        (lambda t: t.replace("phi_high", "phi_hi"), "no column 'phi_high'"),
        (lambda t: t.replace("note", "phi_mid"), "the column 'phi_mid'"),
        (lambda t: t.replace("note", "to_state"), "both or neither"),
        (lambda t: t.replace("delta,,,0.9,0.9,,,\n", ""), "0 rows 'delta'"),
        (lambda t: t.replace("0.9,0.9", "0.9,0.8"), "line 2: discounts that differ"),
        (lambda t: t.replace("0.9,0.9", "1,1"), "discount: given 1"),
        (lambda t: t.replace("low,b,y,7,8,1,0,\n", ""), "no row for b, y at low"),
        (lambda t: t.replace("low,b,y", "low,b,x"), "line 6: the joint action b, x again"),
        (lambda t: t.replace("7,8,1,0", "7,,1,0"), "line 6, u_consumer"),
        (lambda t: t.replace("7,8,1,0", "7,8,1,1"), "line 6: chances that sum to 2"),
        (lambda t: t.replace("7,8,1,0", "7,8,2,-1"), "line 6: chances"),
        (lambda t: t.replace("here", "here,more"), "line 5: 9 cells"),
        (lambda t: t.split("low")[0], "no row under|no state"),
    ],
)
def test_wrong_sgame_tables_are_named(
    tmp_path: Path, change: Callable[[str], str], match: str
) -> None:
    with pytest.raises(BadInput, match=match):
        sgame.read(put(tmp_path / "a.csv", change(TABLE)))


def test_wrong_to_state_and_files(tmp_path: Path) -> None:
    head = "state,a_p0,u_p0,to_state\ndelta,,0,\n"
    for cell, match in (("u", "given 'u'"), ('"s: 1, s"', "given 's'"), ("s: x", "to_state")):
        with pytest.raises(BadInput, match=match):
            sgame.read(put(tmp_path / "a.csv", f"{head}s,1,0,{cell}\n"))
    with pytest.raises(BadInput, match="cannot be read"):
        sgame.read(tmp_path / "no.csv")
    with pytest.raises(BadInput, match="cannot be written"):
        sgame.write(tmp_path / "no" / "a.csv", stage((2, 2), 0))
    one = stage((2, 2), 0)
    with pytest.raises(BadInput, match="called 'delta'"):
        sgame.write(tmp_path / "a.csv", MarkovGame(one.transition, one.rewards, [1], 0, ["delta"]))


def test_sgame_numbers_are_decimals_where_they_can_be(tmp_path: Path) -> None:
    game = MarkovGame([[[1], [1]]], [[["-1/8", "1/3"]]], [1], "19/20")
    assert sgame.write(tmp_path / "a.csv", game)[1].startswith("1 numbers")
    rows = (tmp_path / "a.csv").read_text().splitlines()
    assert rows[1:] == ["delta,,0.95,", "s0,0,-0.125,1", "s0,1,0.3333333333333333,1"]


# PettingZoo


class Corridor:
    """Two agents on cells 0, 1, 2; both must press 1 to move on; beyond cell 2 it ends."""

    possible_agents = ("a", "b")

    def __init__(self, **faults: Any) -> None:
        self.faults, self.at, self.time, self.seed = faults, 0, 0, 0

    def action_space(self, agent: str) -> Any:
        return SimpleNamespace(n=self.faults.get("n", 2))

    def reset(self, seed: int = 0, options: object = None) -> Any:
        self.at, self.time, self.seed = (seed % 2 if self.faults.get("starts") else 0), 0, seed
        return {}, {}

    def state(self) -> Any:
        return np.array([self.at, 0], dtype=np.int64) if not self.faults.get("odd") else object()

    def step(self, actions: dict[str, int]) -> Any:
        self.time += 1
        moved = actions["a"] == actions["b"] == 1
        if self.faults.get("slips"):
            moved = moved and (self.seed + self.time) % 2 == 0
        self.at += moved
        done = {"a": self.at == 3, "b": self.at == 3}
        if self.faults.get("apart"):
            done["b"] = False
        late = self.time >= self.faults.get("limit", 10**9)
        gains = {"a": 5.0 * moved, "b": -0.5 * actions["b"]}
        return {}, gains, done, {"a": late, "b": late}, {}


def test_an_environment_is_explored_exhaustively() -> None:
    found = pettingzoo.from_parallel_env(Corridor(), "9/10")
    game = found.game
    assert (game.num_states, game.num_actions) == (4, (2, 2))
    for s in range(3):
        for joint in np.ndindex(2, 2):
            after = s + (joint == (1, 1))
            assert game.transition[(s, *joint)].tolist() == [F(t == after) for t in range(4)]
            payoffs = found.affine.payoffs(game.rewards)[(slice(None), s, *joint)].tolist()
            assert payoffs == [5 * (joint == (1, 1)), F(-1, 2) * joint[1]]
    assert game.states[3] == "end"
    assert (found.affine.payoffs(game.rewards)[:, 3] == 0).all()
    assert game.start.tolist() == [1, 0, 0, 0]
    assert not any("one seed alone" in what for what in found.added)


def test_starts_are_the_shares_of_the_seeds() -> None:
    found = pettingzoo.from_parallel_env(Corridor(starts=True), 0, seeds=(0, 1, 3))
    assert found.game.start.tolist() == [F(1, 3), F(2, 3), 0, 0]


@pytest.mark.parametrize(
    ("env", "arguments", "match"),
    [
        (3, {}, r"no method reset\(\)"),
        (Corridor(slips=True), {}, "deterministic after reset"),
        (Corridor(limit=2), {}, "truncated after 2 steps"),
        (Corridor(apart=True), {}, "some agents end and others go on"),
        (Corridor(odd=True), {}, r"env.state\(\): given a object"),
        (Corridor(n="many"), {}, "Discrete"),
        (Corridor(), {"most_states": 2}, "more than 2 states"),
        (Corridor(), {"seeds": ()}, "seeds: none"),
    ],
)
def test_environments_that_cannot_be_explored(
    env: Any, arguments: dict[str, Any], match: str
) -> None:
    with pytest.raises(BadInput, match=match):
        pettingzoo.from_parallel_env(env, 0, **arguments)
