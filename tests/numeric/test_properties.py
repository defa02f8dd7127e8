"""Laws that hold in every finite game, on random exact ones; each equality is exact."""

from fractions import Fraction
from itertools import permutations
from math import prod
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps, nash_gap, value_gap
from nashgap.numeric.io import load, save
from nashgap.numeric.matching import eps_bc, eps_bc_per_player, eps_mu, eps_rho
from nashgap.numeric.occupancy import occupancy, visited
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import induced_mdp, q_values, state_values, value

from . import reference
from .strategies import Case, cases, steady


@given(cases())
@steady(60)
def test_gaps_are_those_of_the_best_pure_deviation(case: Case) -> None:
    game, policy = case.game, reference.tables(case.learner)
    found = gaps(game, case.learner).tolist()
    for i, gap in enumerate(found):
        gains = reference.best_value(game, policy, i) - reference.value(game, policy, i)
        assert gap == gains
        assert gap >= 0
    assert all(type(gap) is Fraction for gap in found)
    assert nash_gap(game, case.learner) == max(found)


@given(cases())
@steady(60)
def test_the_gap_is_0_exactly_when_no_pure_deviation_gains(case: Case) -> None:
    game, policy = case.game, reference.tables(case.learner)
    own = [reference.value(game, policy, i) for i in range(game.players)]
    is_nash = all(
        reference.value(game, reference.replaced(policy, i, table), i) <= own[i]
        for i in range(game.players)
        for table in reference.pure_tables(game, i)
    )
    assert (nash_gap(game, case.learner) == 0) == is_nash


@given(cases(players=(1,)))
@steady(40)
def test_an_optimal_policy_of_one_player_has_gap_0(case: Case) -> None:
    policy = reference.tables(case.learner)
    every = list(reference.pure_tables(case.game, 0))
    best = max(every, key=lambda table: reference.value(case.game, [table], 0))
    assert nash_gap(case.game, ProductPolicy([best])) == 0
    assert (nash_gap(case.game, case.learner) == 0) == (
        reference.value(case.game, [best], 0) == reference.value(case.game, policy, 0)
    )


@given(cases())
@steady(60)
def test_values_and_occupancies_follow_the_definitions(case: Case) -> None:
    game, policy = case.game, reference.tables(case.learner)
    players = range(game.players)
    by_state = [reference.state_values(game, policy, i) for i in players]
    assert state_values(game, case.learner).tolist() == by_state
    assert value(game, case.learner).tolist() == [reference.value(game, policy, i) for i in players]
    mu, rho = occupancy(game, case.learner)
    assert mu.tolist() == reference.state_occupancy(game, policy)
    for s in range(game.num_states):
        for a in reference.joint_actions(game):
            assert rho[(s, *a)] == mu[s] * reference.weight(policy, s, a)
    assert visited(game, case.learner) == {s for s in range(game.num_states) if mu[s] > 0}


@given(cases())
@steady(60)
def test_occupancy_identities(case: Case) -> None:
    game = case.game
    mu, rho = occupancy(game, case.learner)
    moves = np.array(reference.kernel(game, reference.tables(case.learner)), dtype=object)
    flow = (1 - game.discount) * game.start + game.discount * (mu @ moves)
    assert flow.tolist() == mu.tolist()
    assert mu.sum() == rho.sum() == 1
    earned = [(rho * game.rewards[i]).sum() / (1 - game.discount) for i in range(game.players)]
    assert value(game, case.learner).tolist() == earned


@given(cases())
@steady(60)
def test_bellman_identities(case: Case) -> None:
    game, policy = case.game, case.learner
    for i in range(game.players):
        own, q = state_values(game, policy)[i], q_values(game, policy, i)
        mdp = induced_mdp(game, policy, i)
        assert np.all(q == mdp.rewards + game.discount * (mdp.transition @ own))
        assert (policy[i] * q).sum(axis=1).tolist() == own.tolist()
        best = best_response(game, policy, i)
        assert np.all(best.q == mdp.rewards + game.discount * (mdp.transition @ best.state_values))
        assert best.q.max(axis=1).tolist() == best.state_values.tolist()


@given(cases())
@steady(60)
def test_performance_difference(case: Case) -> None:
    """The identity of Kakade and Langford (2002), for one deviating player."""
    game, policy = case.game, case.learner
    for i in range(game.players):
        other = policy.replace(i, case.expert[i])
        advantage = q_values(game, policy, i) - state_values(game, policy)[i][:, None]
        mu, _ = occupancy(game, other)
        right = (mu[:, None] * other[i] * advantage).sum() / (1 - game.discount)
        assert value(game, other)[i] - value(game, policy)[i] == right


@given(cases())
@steady(60)
def test_a_best_response_attains_its_value(case: Case) -> None:
    for i in range(case.game.players):
        best = best_response(case.game, case.learner, i)
        changed = case.learner.replace(i, best.table)
        assert ProductPolicy([best.table]).is_pure
        assert value(case.game, changed)[i] == best.value
        assert state_values(case.game, changed)[i].tolist() == best.state_values.tolist()
        assert best.value == reference.best_value(case.game, reference.tables(case.learner), i)


@given(cases())
@steady(80)
def test_errors_follow_the_definitions(case: Case) -> None:
    game, expert, learner = case
    e, p = reference.tables(expert), reference.tables(learner)
    mu_e, mu_p = (reference.state_occupancy(game, x) for x in (e, p))
    states = range(game.num_states)
    bc = [
        sum((mu_e[s] * abs(a - b) for s in states for a, b in zip(e[i][s], p[i][s], strict=True)))
        for i in range(game.players)
    ]
    rho = sum(
        abs(mu_e[s] * reference.weight(e, s, a) - mu_p[s] * reference.weight(p, s, a))
        for s in states
        for a in reference.joint_actions(game)
    )
    assert eps_bc_per_player(game, expert, learner).tolist() == bc
    assert eps_bc(game, expert, learner) == max(bc)
    assert eps_mu(game, expert, learner) == sum(abs(mu_e[s] - mu_p[s]) for s in states)
    assert eps_rho(game, expert, learner) == rho
    assert 0 <= eps_mu(game, expert, learner) <= eps_rho(game, expert, learner) <= 2
    assert all(0 <= error <= 2 for error in bc)
    changes = [reference.value(game, e, i) - reference.value(game, p, i) for i in range(len(e))]
    assert value_gap(game, expert, learner) == max(changes)


@given(cases())
@steady(80)
def test_errors_are_0_exactly_when_the_policies_agree_where_it_counts(case: Case) -> None:
    game, expert, learner = case
    seen = sorted(visited(game, expert))
    agree = [np.array_equal(expert[i][seen], learner[i][seen]) for i in range(game.players)]
    assert [error == 0 for error in eps_bc_per_player(game, expert, learner)] == agree
    assert (eps_rho(game, expert, learner) == 0) == all(agree)
    mus = [occupancy(game, policy)[0].tolist() for policy in (expert, learner)]
    assert (eps_mu(game, expert, learner) == 0) == (mus[0] == mus[1])
    mended = ProductPolicy([_spliced(e, p, seen) for e, p in zip(expert, learner, strict=True)])
    assert eps_rho(game, expert, mended) == eps_mu(game, expert, mended) == 0
    assert eps_bc(game, expert, mended) == 0


def _spliced(expert: np.ndarray, learner: np.ndarray, seen: list[int]) -> np.ndarray:
    table = learner.copy()
    table[seen] = expert[seen]
    return table


@given(cases(), st.integers(0, 2**32))
@steady(60)
def test_renaming_players_states_and_actions_changes_nothing(case: Case, seed: int) -> None:
    game, random = case.game, Random(seed)
    players = random.choice(list(permutations(range(game.players))))
    states = random.sample(range(game.num_states), game.num_states)
    actions = [random.sample(range(k), k) for k in game.num_actions]
    swapped = [1 + i for i in players]
    kernel = game.transition[np.ix_(states, *actions, states)].transpose(0, *swapped, -1)
    chosen = np.ix_(range(game.players), states, *actions)
    rewards = game.rewards[chosen].transpose(0, 1, *(1 + k for k in swapped))[list(players)]
    renamed = MarkovGame(kernel, rewards, game.start[states], game.discount)

    def rename(policy: ProductPolicy) -> ProductPolicy:
        return ProductPolicy([policy[i][np.ix_(states, actions[i])] for i in players])

    expert, learner = rename(case.expert), rename(case.learner)
    order = list(players)
    assert gaps(renamed, learner).tolist() == gaps(game, case.learner)[order].tolist()
    assert value(renamed, learner).tolist() == value(game, case.learner)[order].tolist()
    assert value_gap(renamed, expert, learner) == value_gap(game, case.expert, case.learner)
    for error in (eps_bc, eps_mu, eps_rho):
        assert error(renamed, expert, learner) == error(game, case.expert, case.learner)
    new, old = (occupancy(g, p) for g, p in ((renamed, learner), (game, case.learner)))
    assert new[0].tolist() == old[0][states].tolist()
    assert np.array_equal(new[1], old[1][np.ix_(states, *actions)].transpose(0, *swapped))


@given(cases())
@steady(80)
def test_floats_agree_with_exact(case: Case) -> None:
    game, expert, learner = case
    near = game.as_float(), expert.as_float(), learner.as_float()
    scale = 1e-9 / float(1 - game.discount)

    def close(exact: object, found: object) -> bool:
        difference = np.asarray(exact, dtype=float) - np.asarray(found)
        assert np.asarray(found).dtype == float
        return bool(np.all(abs(difference) <= scale))

    assert close(gaps(game, learner), gaps(near[0], near[2]))
    assert close(nash_gap(game, learner), nash_gap(near[0], near[2]))
    assert close(value_gap(*case), value_gap(*near))
    assert close(state_values(game, learner), state_values(near[0], near[2]))
    for error in (eps_bc, eps_mu, eps_rho):
        assert abs(float(error(*case)) - error(*near)) <= 1e-9
    for exact, found in zip(occupancy(game, learner), occupancy(near[0], near[2]), strict=True):
        assert np.all(abs(exact.astype(float) - found) <= 1e-9)
    assert visited(game, learner) == visited(near[0], near[2])
    assert nash_gap(near[0], near[2]) >= 0
    for i in range(game.players):
        best, rough = best_response(game, learner, i), best_response(near[0], near[2], i)
        assert close(best.state_values, rough.state_values)
        assert close(best.q, rough.q)
        assert close(best.value, value(near[0], near[2].replace(i, rough.table))[i])


@given(cases())
@steady(25)
def test_a_saved_game_is_loaded_back_equal(case: Case) -> None:
    with TemporaryDirectory() as folder:
        save(Path(folder) / "game.json", *case)
        found = load(Path(folder) / "game.json")
    assert (found.game, found.expert, found.learner) == case
    assert found.notes == ()


@given(cases(denominators=(1, 2, 4, 5, 8, 10), discounts=(Fraction(0), Fraction(9, 10))))
@steady(40)
def test_short_decimals_survive_floats(case: Case) -> None:
    for thing in case:
        assert thing.as_float().as_exact() == thing
        assert thing.as_exact() == thing
        assert thing.as_float() != thing
        assert thing.as_float().as_float() == thing.as_float()


@given(cases())
@steady(40)
def test_reductions(case: Case) -> None:
    each = gaps(case.game, case.learner).tolist()
    assert nash_gap(case.game, case.learner, reduce="sum") == sum(each)
    assert nash_gap(case.game, case.learner, reduce="mean") == sum(each) / len(each)


@pytest.mark.parametrize("gap_is_0", [True, False])
def test_the_random_games_reach_both_sides(gap_is_0: bool) -> None:
    """The properties above say something only if equilibria and others both occur."""
    seen: set[bool] = set()

    @given(cases())
    @steady(60)
    def collect(case: Case) -> None:
        seen.add(nash_gap(case.game, case.learner) == 0 and prod(case.game.num_actions) > 1)

    collect()
    assert gap_is_0 in seen
