"""Random games: reproducible, of the demanded class, with experts that are what they claim."""

import random
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from nashgap.numeric.games import Instance, random_game
from nashgap.numeric.games._ties import Ties
from nashgap.numeric.games.random import GAME_KINDS
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_bc, eps_bc_per_player, eps_mu, eps_rho
from nashgap.numeric.occupancy import visited
from nashgap.numeric.reading import Reading
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.errors import BadInput

SEEDS = range(6)


def check(made: Instance) -> None:
    """Everything that was demanded holds, by the definitions."""
    reading = Reading(made.game, made.expert, made.learner)
    for name in made.assumptions:
        answer = parse_assumptions(name)[0].holds(reading)
        assert answer.holds is True, f"{name}: {answer.reason}"


def classes() -> list[str]:
    """Every game class, and every pair of classes that can go together."""
    pairs = [",".join(pair) for pair in combinations(GAME_KINDS, 2)]
    return [*GAME_KINDS, *(pair for pair in pairs if pair != "zero-sum,common-payoff")]


@pytest.mark.parametrize("kinds", classes())
def test_classes_and_pairs_of_classes(kinds: str) -> None:
    for seed in SEEDS:
        check(random_game(seed, kinds, states=4))


@pytest.mark.parametrize("concept", ["nash", "subgame-perfect"])
@pytest.mark.parametrize("kinds", ["", *classes()])
def test_equilibrium_experts_in_every_class(concept: str, kinds: str) -> None:
    for seed in SEEDS:
        check(random_game(seed, f"{concept},{kinds}".rstrip(","), states=4))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "kinds",
    [
        "",
        "deterministic",
        "zero-sum",
        "common-payoff",
        "symmetric",
        "turn-based",
        "alternating",
        "own-rewards",
        "full-support",
        "zero-sum,deterministic",
        "common-payoff,deterministic",
        "common-payoff,turn-based",
        "zero-sum,alternating",
        "symmetric,zero-sum",
        "own-rewards,deterministic",
        "turn-based,deterministic",
    ],
)
def test_dominant_experts(kinds: str, seed: int) -> None:
    made = random_game(seed, f"dominant,{kinds}".rstrip(","), states=3)
    check(made)
    # Against the learner too, whatever it does: the definition, not our test of it.
    for i in range(2):
        against = Reading(made.game, made.learner.replace(i, made.expert[i]), made.learner)
        assert against.best_value("expert", i) == against.value("expert", i)


@pytest.mark.parametrize("seed", SEEDS)
def test_team_optimal_and_three_players(seed: int) -> None:
    check(random_game(seed, "team-optimal,match-rho", players=3, actions=(2, 1, 3)))
    check(random_game(seed, "nash,deterministic", players=3, actions=(2, 3, 2)))
    check(random_game(seed, "dominant", players=3))
    check(random_game(seed, "nash", players=1, actions=3))
    check(random_game(seed, "pure,nash,match-rho", actions=(2, 3)))


def test_nash_experts_are_mixed_off_path_and_not_subgame_perfect_now_and_then() -> None:
    """The construction must not only make the easy kinds of equilibrium."""
    made = [random_game(seed, "nash,match-rho", states=4) for seed in range(60)]
    perfect = parse_assumptions("subgame-perfect")[0]
    some = {perfect.holds(Reading(m.game, m.expert, m.learner)).holds for m in made}
    assert some == {True, False}
    assert any(not m.expert.is_pure for m in made)
    assert any(len(visited(m.game, m.expert)) < 4 for m in made)
    assert any(nash_gap(m.game, m.learner) > 0 for m in made)
    assert all(nash_gap(m.game, m.learner) <= 18 for m in made)


@pytest.mark.parametrize("seed", SEEDS)
def test_matched_learner(seed: int) -> None:
    made = random_game(seed, "match-rho", states=5)
    assert eps_rho(made.game, made.expert, made.learner) == 0
    assert eps_mu(made.game, made.expert, made.learner) == 0


def test_matched_learners_differ_off_the_support() -> None:
    made = [random_game(seed, "match-rho,deterministic,pure", states=5) for seed in range(20)]
    assert any(m.expert != m.learner for m in made)


@pytest.mark.parametrize("eps", ["0", "1/50", "1/3"])
@pytest.mark.parametrize("seed", SEEDS)
def test_perturbed_learner_errs_by_exactly_eps(seed: int, eps: str) -> None:
    made = random_game(seed, "nash", states=4, actions=(3, 2), eps=eps)
    assert eps_bc_per_player(made.game, made.expert, made.learner).tolist() == [Fraction(eps)] * 2
    assert made.expected["eps_bc"] == eps_bc(made.game, made.expert, made.learner)


def test_same_arguments_same_game_and_no_global_state() -> None:
    before = random.getstate()
    first = random_game(11, "nash,turn-based", states=4)
    again = random_game(11, "nash,turn-based", states=4)
    assert random.getstate() == before
    assert first.game == again.game
    assert (first.expert, first.learner) == (again.expert, again.learner)
    assert random_game(12, "nash,turn-based", states=4).game != first.game


def test_denominators_stay_small() -> None:
    for seed in SEEDS:
        game = random_game(seed, states=4).game
        assert all(x.denominator <= 12 for x in [*game.rewards.ravel(), *game.transition.ravel()])


def test_floats_are_the_nearest_to_the_exact_game() -> None:
    exact, near = (random_game(3, "nash", states=4, exact=e) for e in (True, False))
    assert not near.game.is_exact
    assert near.game == exact.game.as_float()
    assert nash_gap(near.game, near.expert) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({"seed": "1"}, "seed"),
        ({"seed": True}, "seed"),
        ({"assume": "nahs"}, "assume: cannot draw 'nahs'"),
        ({"assume": "margin=1/3"}, "assume"),
        ({"assume": "zero-sum,common-payoff"}, "assume"),
        ({"assume": "zero-sum", "players": 3}, "players"),
        ({"assume": "symmetric", "actions": (2, 3)}, "actions"),
        ({"assume": "alternating", "states": 1}, "assume"),
        ({"assume": "dominant,state-rewards"}, "assume"),
        ({"assume": "dominant,own-rewards,zero-sum"}, "assume"),
        ({"assume": "dominant,team-optimal"}, "assume"),
        ({"players": 0}, "players"),
        ({"players": 10**9}, "players"),
        ({"states": 10**12}, "states, actions"),
        ({"actions": 10**6}, "states, actions"),
        ({"players": 20, "actions": 10}, "states, actions"),
        ({"actions": (2, 2, 2)}, "actions"),
        ({"actions": 0}, "actions"),
        ({"discount": 1}, "discount"),
        ({"discount": "fast"}, "discount"),
        ({"eps": 3}, "eps"),
        ({"eps": "1/2", "assume": "match-rho"}, "eps"),
        ({"eps": "1/2", "actions": 1}, "eps"),
        ({"eps": 2, "assume": "nash", "seed": 4}, "eps"),
    ],
)
def test_refused(arguments: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput) as caught:
        random_game(**{"seed": 0, **arguments})
    assert str(caught.value).startswith(place)


def test_ties_with_contradictory_signs_are_zero() -> None:
    ties = Ties()
    ties.tie("a", "b", -1)
    ties.tie("b", "c")
    ties.tie("c", "a")
    root, _ = ties.find("a")
    assert ties.value("b", {root: Fraction(5)}) == 0
    ties.tie("d", "c")
    assert ties.value("d", {ties.find("d")[0]: Fraction(5)}) == 0
    ties.tie("e", "f", -1)
    root, _ = ties.find("e")
    assert ties.value("e", {root: Fraction(5)}) == -ties.value("f", {root: Fraction(5)})


def test_games_random_is_the_function_and_the_module_is_importable() -> None:
    import nashgap.numeric.games as games
    from nashgap.numeric.games.random import random_game as same

    games.catalogue()
    assert games.random is same
    assert games.random(1).game == random_game(1).game
