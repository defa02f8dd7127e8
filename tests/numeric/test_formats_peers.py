"""OpenSpiel and PettingZoo themselves: what they make is read, what is written they take."""

from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.formats import environment, open_spiel, pettingzoo
from nashgap.numeric.formats.files import read_game
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

pyspiel = pytest.importorskip("pyspiel", reason="OpenSpiel is not installed")


@pytest.mark.parametrize("name", ["matrix_rps", "matrix_pd", "matrix_sh", "matrix_cd"])
def test_matrix_games_of_open_spiel(name: str) -> None:
    made = pyspiel.load_game(name)
    found = read_game(f"spiel:{name}")
    payoffs = found.affine.payoffs(found.game.rewards)[:, 0]
    for joint in np.ndindex(*found.game.num_actions):
        state = made.new_initial_state()
        state.apply_actions(list(joint))
        assert state.returns() == [float(x) for x in payoffs[(slice(None), *joint)]]
    assert found.game.actions[0][0] == made.row_action_name(0)
    again = pyspiel.create_matrix_game(*open_spiel.to_utilities(found.game, found.affine).content)
    assert (again.row_utilities() == made.row_utilities()).all()
    assert (again.col_utilities() == made.col_utilities()).all()


def test_tensor_games_of_open_spiel_and_their_exploitability() -> None:
    from open_spiel.python.algorithms import exploitability
    from open_spiel.python.policy import TabularPolicy

    rng = np.random.default_rng(2)
    tables = rng.integers(-8, 9, size=(3, 2, 3, 2)) / 8
    made = pyspiel.create_tensor_game([t.tolist() for t in tables])
    found = open_spiel.from_open_spiel(made)
    again = pyspiel.create_tensor_game(open_spiel.to_utilities(found.game, found.affine).content)
    assert all((again.player_utilities(i) == made.player_utilities(i)).all() for i in range(3))
    # Both names are for the sum over players of what each gains: NashConv at the uniform policy.
    turns = pyspiel.convert_to_turn_based(pyspiel.load_game("matrix_sh"))
    hunt = read_game("spiel:matrix_sh")
    uniform = hunt.game
    policy = ProductPolicy.uniform(uniform)
    theirs = exploitability.nash_conv(turns, TabularPolicy(turns))
    ours = nash_gap(uniform, policy, reduce="sum") * hunt.affine.scale
    assert theirs == pytest.approx(float(ours))


def test_other_games_of_open_spiel_are_refused() -> None:
    with pytest.raises(BadInput, match="MatrixGame"):
        read_game("spiel:kuhn_poker")


def deterministic(game: MarkovGame) -> bool:
    return bool(((game.transition == 0) | (game.transition == 1)).all())


def test_pettingzoo_takes_the_environment_and_it_is_read_back() -> None:
    pytest.importorskip("pettingzoo", reason="PettingZoo is not installed")
    from pettingzoo import ParallelEnv
    from pettingzoo.test import parallel_api_test

    class Played(environment.GameEnvironment, ParallelEnv):  # type: ignore[misc]
        pass

    game = catalogue()["stag-hunt"].build().game
    assert deterministic(game)
    parallel_api_test(Played(game), num_cycles=50)
    found = pettingzoo.from_parallel_env(Played(game), game.discount)
    # From the start only what play reaches: here everything, in the order of discovery.
    order = [int(name.strip("()[],")) for name in found.game.states]
    assert sorted(order) == list(range(game.num_states))
    kernel = found.game.transition
    for s, old in enumerate(order):
        for joint in np.ndindex(*game.num_actions):
            row = game.transition[(old, *joint)]
            assert kernel[(s, *joint)].tolist() == [row[t] for t in order]
            paid = found.affine.payoffs(found.game.rewards)[(slice(None), s, *joint)]
            assert paid.tolist() == game.rewards[(slice(None), old, *joint)].tolist()
    assert found.game.start.tolist() == [game.start[t] for t in order]


def test_what_an_environment_does_not_show_is_said() -> None:
    game = catalogue()["lemma-2"].build(k="1/40").game
    found = environment.to_parallel_env(game)
    assert any("probabilities" in part for part in found.lost)
    env: Any = found.content
    starts = [env.reset(seed=k)[0]["player_0"] for k in range(1000)]
    share = starts.count(0) / len(starts)
    assert abs(share - float(game.start[0])) < 0.03
    thirds = MarkovGame([[["1"], ["1"]]], [[["1/3", "0"]]], ["1"], F(1, 2))
    lost = environment.to_parallel_env(thirds).lost
    assert "1 payoffs were rounded to floats" in lost
