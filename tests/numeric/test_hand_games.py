"""Twelve games computed by hand, each with every quantity and every assumption's truth value."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction as F
from math import inf
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.evaluate import evaluate
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.assumptions import Assumption, known


@dataclass(frozen=True)
class Hand:
    """A game with the numbers written down by hand; `holds` names all assumptions that hold."""

    name: str
    game: MarkovGame
    expert: ProductPolicy
    learner: ProductPolicy
    numbers: dict[str, Any]
    holds: str
    margin: F | None
    margin_everywhere: F | None
    reset: F | None
    entry: F


def pure(*actions: Sequence[int]) -> ProductPolicy:
    """Two actions each."""
    return ProductPolicy.pure(actions, [2] * len(actions))


def build(
    players: int, rows: dict[tuple[int, ...], tuple[Any, ...]], start: Sequence[Any], gamma: Any
) -> MarkovGame:
    """Rows (state, joint action) -> (successor, r_0, ..., r_{n-1}); two actions each."""
    size = len(start)
    kernel = np.full((size, *[2] * players, size), 0, dtype=object)
    rewards = np.full((players, size, *[2] * players), 0, dtype=object)
    for place, (successor, *reward) in rows.items():
        kernel[(*place, successor)] = 1
        for i, r in enumerate(reward):
            rewards[(i, *place)] = r
    return MarkovGame(kernel, rewards, start, gamma)


def every(players: int, state: int, row: Any) -> dict[tuple[int, ...], tuple[Any, ...]]:
    """The same row for all joint actions, or one computed from the joint action."""
    return {(state, *a): row(*a) if callable(row) else row for a in np.ndindex(*[2] * players)}


def prisoners_dilemma() -> Hand:
    pay = [[F(1, 2), F(-1)], [F(1), F(0)]]
    game = build(2, every(2, 0, lambda a, b: (0, pay[a][b], pay[b][a])), [1], F(1, 2))
    return Hand(
        "prisoner's dilemma, the learner's player 0 cooperates",
        game,
        pure([1], [1]),
        pure([0], [1]),
        {
            # (D,D) pays 0. (C,D) pays player 0 -1/(1-1/2) = -2 and player 1 +2.
            "values": {"expert": (0, 0), "learner": (-2, 2)},
            # Against D the best is D, worth 0: 0 - (-2); against C the best is D, worth 2: 2 - 2.
            "nash_gap_per_player": (2, 0),
            "value_gap": 2,  # max(0 - (-2), 0 - 2)
            "eps_bc_per_player": (2, 0),
            "eps_mu": 0,
            "eps_rho": 2,  # all mass moves from (D,D) to (C,D)
            "expert_nash_gap": 0,
            "delta": 0,  # D is the only best response and the expert's
            "C": 1,  # one state, mu = 1 for all
        },
        "deterministic dominant full-support match-mu nash pure strict-nash subgame-perfect "
        "one-matched symmetric uniform-off-support",
        F(1),  # C against D: -1 + 1/2 * 0 = -1, against 0
        F(1),
        F(1),
        F(0),
    )


def matching_pennies() -> Hand:
    def row(a: int, b: int) -> tuple[int, ...]:
        return (0, 1, -1) if a == b else (0, -1, 1)

    return Hand(
        "matching pennies, the learner's player 0 always shows 0",
        build(2, every(2, 0, row), [1], F(1, 2)),
        ProductPolicy([[[F(1, 2)] * 2]] * 2),
        ProductPolicy([[[1, 0]], [[F(1, 2)] * 2]]),
        {
            "values": {"expert": (0, 0), "learner": (0, 0)},
            "nash_gap_per_player": (0, 2),  # player 1 answers 0 by 1: 1/(1-1/2)
            "value_gap": 0,
            "eps_bc_per_player": (1, 0),  # |1-1/2| + |0-1/2|
            "eps_mu": 0,
            "eps_rho": 1,  # (1/2,1/2,0,0) against four quarters
            "expert_nash_gap": 0,
            "delta": 1,  # player 1's only best response: 2 * 1 * (1 - 1/2); player 0's: all, 0
            "C": 1,
        },
        "deterministic full-support match-mu nash "
        "one-matched subgame-perfect uniform-off-support zero-sum",
        None,
        None,
        F(1),
        F(0),
    )


def zero_sum_leaver() -> Hand:
    g = F(1, 2)
    rows = every(2, 0, lambda a, _: (0, 0, 0) if a == 0 else (1, 1, -1))
    rows |= every(2, 1, lambda _, b: (1, -1, 1) if b == 0 else (1, 1, -1))
    return Hand(
        "two states, zero-sum, exact matching: gap 2 gamma/(1-gamma)",
        build(2, rows, [1, 0], g),
        pure([0, 0], [0, 0]),
        pure([0, 0], [0, 1]),
        {
            "values": {"expert": (0, 0), "learner": (0, 0)},  # 0 at s0 for ever
            # Against the learner: leave for 1 + 1/2 * 2 = 2; player 1 is never asked.
            "nash_gap_per_player": (2, 0),
            "value_gap": 0,
            "eps_bc_per_player": (0, 0),
            "eps_mu": 0,
            "eps_rho": 0,
            "expert_nash_gap": 0,  # leaving: 1 + 1/2 * (-2) = 0
            "delta": 2,  # player 0 must leave s0, mu_E(s0) = 1: 2 * 1 * 1
            "C": inf,  # player 0 reaches s1, where player 1 errs and mu_E = 0
        },
        "deterministic match-mu match-rho nash "
        "one-matched pure subgame-perfect turn-based zero-sum",
        F(0),
        F(0),
        F(0),  # s1 never returns
        F(1),  # leaving s0 is certain
    )


def no_dominance_by_vertices() -> Hand:
    g = F(1, 2)
    rows = every(2, 1, (1, 0, 0))
    rows |= {(0, 0, 0): (0, 1 - g, 0), (0, 0, 1): (1, 0, 0)}
    rows |= {(0, 1, 0): (1, 1, 0), (0, 1, 1): (1, 0, 0)}
    return Hand(
        "best against all deterministic opponents, not against a mixed one",
        build(2, rows, [1, 0], g),
        pure([0, 0], [0, 0]),
        ProductPolicy([[[1, 0]] * 2, [[F(1, 2), F(1, 2)], [1, 0]]]),
        {
            # Expert: (1-g)/(1-g) = 1. Learner: V = 1/2 (1/2 + V/2), V = 1/3.
            "values": {"expert": (1, 0), "learner": (F(1, 3), 0)},
            "nash_gap_per_player": (F(1, 6), 0),  # action 1: 1/2 * 1, less 1/3
            "value_gap": F(2, 3),  # 1 - 1/3
            "eps_bc_per_player": (0, 1),
            # Learner's mu(x) = (1/2)/(1 - 1/4) = 2/3, mu(T) = 1/3.
            "eps_mu": F(2, 3),
            "eps_rho": F(4, 3),  # (x,0,0): 1 to 1/3; (x,0,1): 1/3; (T,0,0): 1/3
            "expert_nash_gap": 0,  # action 1 is worth 1 + 0, a tie
            "delta": 2,  # Q(x,0) = 1/4 + 1/4 * 1/2 = 3/8 < 1/2: only action 1
            "C": 1,  # mu_E(x) = 1 is the most
        },
        "deterministic nash one-matched subgame-perfect",
        F(0),
        F(0),
        F(0),
        F(1),
    )


def no_dominance_by_vertices_matched() -> Hand:
    g = F(1, 2)
    rows = every(2, 2, (2, 0, 0))
    rows |= {(0, 0, 0): (0, 1 - g, 0), (0, 0, 1): (2, 0, 0)}
    rows |= {(0, 1, 0): (1, 1 - g, 0), (0, 1, 1): (2, 0, 0)}
    rows |= every(2, 1, lambda _, b: (2, -1, 0) if b == 0 else (2, 1, 0))
    mixed = [[F(1, 2), F(1, 2)], [1, 0], [1, 0]]
    return Hand(
        "the same with exact matching",
        build(2, rows, [1, 0, 0], g),
        ProductPolicy([[[1, 0]] * 3, mixed]),
        ProductPolicy([[[1, 0]] * 3, [mixed[0], [0, 1], [1, 0]]]),
        {
            "values": {"expert": (F(1, 3), 0), "learner": (F(1, 3), 0)},
            # Against the learner: 1/2 (1/2 + 1/2 * 1) = 1/2, less 1/3.
            "nash_gap_per_player": (F(1, 6), 0),
            "value_gap": 0,
            "eps_bc_per_player": (0, 0),
            "eps_mu": 0,
            "eps_rho": 0,
            "expert_nash_gap": 0,  # against the expert: 1/2 (1/2 - 1/2) = 0 < 1/3
            "delta": F(4, 3),  # mu_E(x) = 2/3, only action 1 is optimal: 2 * 2/3
            "C": inf,  # y is reached by player 0 alone, and player 1 errs there
        },
        "deterministic match-mu match-rho nash one-matched subgame-perfect",
        None,
        None,
        F(0),
        F(1),
    )


def rare_state_chain() -> Hand:
    k = F(1, 10)
    rows = every(2, 0, lambda a, _: (a, 0, 0))
    rows |= every(2, 1, lambda _, b: (3, -1, 0) if b == 0 else (2, 1, 0))
    rows |= every(2, 2, (2, 1, 0)) | every(2, 3, (3, -1, 0))
    return Hand(
        "a rare state: small error, full support, and the best response moves",
        build(2, rows, [1 - 3 * k, k, k, k], F(1, 2)),
        pure([0] * 4, [0] * 4),
        pure([0] * 4, [0, 1, 0, 0]),
        {
            # s0: 0, s1: -1 - 1 = -2 (learner 2), G: 2, L: -2; times nu: -2/10 and 2/10.
            "values": {"expert": (F(-1, 5), 0), "learner": (F(1, 5), 0)},
            "nash_gap_per_player": (F(7, 10), 0),  # 7/10 * 1/2 * 2
            "value_gap": 0,  # max(-2/5, 0)
            # mu_E = (7/10, 1/20, 1/10, 3/20), the learner's (7/10, 1/20, 3/20, 1/10).
            "eps_bc_per_player": (0, F(1, 10)),  # 2 * 1/20
            "eps_mu": F(1, 10),
            "eps_rho": F(1, 5),  # 2 * 1/20 at s1, and 1/20 each at G and L
            "expert_nash_gap": 0,
            "delta": F(7, 5),  # 2 * 7/10
            # Player 0 going on: mu(s1) = 1/2 (1/10 + 1/2 * 7/10) = 9/40, over 1/20.
            "C": F(9, 2),
        },
        "deterministic full-support nash one-matched "
        "pure subgame-perfect turn-based uniform-off-support",
        F(0),  # player 1's actions are worth the same
        F(0),
        None,
        F(0),
    )


def one_player() -> Hand:
    game = MarkovGame(
        [[[1, 0], [0, 1]], [[0, 1], [0, 1]]], [[[0, F(-1, 2)], [1, 1]]], [1, 0], F(1, 2)
    )
    return Hand(
        "one player, two states",
        game,
        pure([1, 0]),
        ProductPolicy([[[F(1, 2), F(1, 2)], [0, 1]]]),
        {
            # Expert: -1/2 + 1/2 * 2 = 1/2. Learner: V = 1/2 V/2 + 1/2 * 1/2, V = 1/3.
            "values": {"expert": (F(1, 2),), "learner": (F(1, 3),)},
            "nash_gap_per_player": (F(1, 6),),
            "value_gap": F(1, 6),
            "eps_bc_per_player": (F(3, 2),),  # mu_E = (1/2, 1/2): 1/2 * 1 + 1/2 * 2
            "eps_mu": F(1, 3),  # learner's mu = (2/3, 1/3)
            "eps_rho": F(4, 3),  # (s0,.): 1/3 + 1/6; (s1,.): 1/2 + 1/3
            "expert_nash_gap": 0,
            "delta": 0,  # go, then anything: the expert is optimal
            "C": 1,  # one player
        },
        "common-payoff deterministic dominant full-support nash own-rewards subgame-perfect "
        "team-optimal turn-based uniform-off-support",
        F(0),  # both actions at s1 are equal
        F(0),
        F(0),
        F(0),
    )


def alternating_turns() -> Hand:
    rows = every(2, 0, lambda a, _: (1 + a, 0, 0))
    rows |= every(2, 1, (0, 1, 0)) | every(2, 2, (0, 0, 1))
    half = [F(1, 2), F(1, 2)]
    return Hand(
        "turns that alternate, rewards by state",
        build(2, rows, [1, 0, 0], F(1, 2)),
        pure([0, 0, 0], [0, 0, 0]),
        ProductPolicy([[[0, 1], [1, 0], half], [[1, 0], [1, 0], half]]),
        {
            # V = 1/2 (1 + V/2), V = 2/3: player 0 with the expert, player 1 with the learner.
            "values": {"expert": (F(2, 3), 0), "learner": (0, F(2, 3))},
            "nash_gap_per_player": (F(2, 3), 0),
            "value_gap": F(2, 3),
            "eps_bc_per_player": (F(4, 3), 0),  # mu_E(a) = (1/2)/(1 - 1/4) = 2/3, times 2
            "eps_mu": F(2, 3),  # 1/3 moves from b to c
            "eps_rho": 2,  # all of it moves: 2/3 + 2/3 at a, 1/3 at b, 1/3 at c
            "expert_nash_gap": 0,
            "delta": 0,  # player 0's best response to anything is the expert's
            "C": inf,  # player 0 reaches c, which the expert never sees and where player 1 errs
        },
        "alternating deterministic dominant nash own-rewards state-rewards subgame-perfect "
        "one-matched turn-based uniform-off-support",
        F(0),  # player 1's actions are equal
        F(0),
        F(0),
        F(1),
    )


def bad_team_equilibrium() -> Hand:
    pay = {(0, 0): F(1, 2), (1, 1): F(1)}
    game = build(2, every(2, 0, lambda a, b: (0, *[pay.get((a, b), 0)] * 2)), [1], F(1, 2))
    return Hand(
        "a team in the worse of two equilibria, the learner in the better",
        game,
        pure([0], [0]),
        pure([1], [1]),
        {
            "values": {"expert": (1, 1), "learner": (2, 2)},
            "nash_gap_per_player": (0, 0),
            "value_gap": -1,
            "eps_bc_per_player": (2, 2),
            "eps_mu": 0,
            "eps_rho": 2,
            "expert_nash_gap": 0,
            "delta": 2,  # against 1 the best response is 1
            "C": 1,
        },
        "common-payoff deterministic full-support match-mu nash pure strict-nash subgame-perfect "
        "symmetric uniform-off-support",
        F(1, 2),  # 1 - (0 + 1/2 * 1)
        F(1, 2),
        F(1),
        F(0),
    )


def occupancy_error() -> Hand:
    q = F(1, 4)
    rows = every(2, 0, lambda a, b: (1, 1, 0) if a == b == 0 else (2, -1, 0))
    rows |= every(2, 1, (1, 1, 0)) | every(2, 2, (2, -1, 0))
    still, err = [[1, 0]] * 3, [[1 - q, q], [1, 0], [1, 0]]
    return Hand(
        "dominance, and a gap of eps_rho/(1-gamma)^2",
        build(2, rows, [1, 0, 0], F(1, 2)),
        ProductPolicy([still, err]),
        ProductPolicy([err, still]),
        {
            "values": {"expert": (1, 0), "learner": (1, 0)},  # 3/4 * 2 - 1/4 * 2
            "nash_gap_per_player": (1, 0),  # 2 - 1
            "value_gap": 0,
            "eps_bc_per_player": (F(1, 4), F(1, 4)),  # mu_E(s) = 1/2, times 2q
            "eps_mu": 0,
            "eps_rho": F(1, 4),  # 1/8 from (s,0,1) to (s,1,0)
            "expert_nash_gap": 0,
            "delta": 0,
            "C": 1,  # mu(s) = 1/2 whatever is done
        },
        "deterministic dominant full-support match-mu nash subgame-perfect uniform-off-support",
        None,
        None,
        F(0),
        F(0),
    )


def common_payoff_leaver() -> Hand:
    rows = every(2, 0, lambda a, _: (a, -1, -1))
    rows |= every(2, 1, lambda _, b: (1, -1, -1) if b == 0 else (1, 1, 1))
    return Hand(
        "two states, common payoff, exact matching: gap 18 at gamma 9/10",
        build(2, rows, [1, 0], F(9, 10)),
        pure([0, 0], [0, 0]),
        pure([0, 0], [0, 1]),
        {
            "values": {"expert": (-10, -10), "learner": (-10, -10)},
            "nash_gap_per_player": (18, 0),  # -1 + 9/10 * 10 = 8, less -10
            "value_gap": 0,
            "eps_bc_per_player": (0, 0),
            "eps_mu": 0,
            "eps_rho": 0,
            "expert_nash_gap": 0,  # leaving: -1 + 9/10 * (-10) = -10
            "delta": 2,
            "C": inf,
        },
        "common-payoff deterministic match-mu match-rho nash one-matched pure turn-based",
        F(0),
        None,  # player 1's action at s1 is beaten
        F(0),
        F(1),
    )


def three_players() -> Hand:
    game = build(3, every(3, 0, lambda *a: (0, *(1 - 2 * x for x in a))), [1], F(1, 2))
    return Hand(
        "three players, each on its own",
        game,
        pure([0], [0], [0]),
        ProductPolicy([[[0, 1]], [[1, 0]], [[F(1, 2), F(1, 2)]]]),
        {
            "values": {"expert": (2, 2, 2), "learner": (-2, 2, 0)},
            "nash_gap_per_player": (4, 0, 2),
            "nash_gap_sum": 6,
            "nash_gap_mean": 2,
            "value_gap": 4,
            "eps_bc_per_player": (2, 0, 1),
            "eps_mu": 0,
            "eps_rho": 2,  # nothing stays at (0,0,0)
            "expert_nash_gap": 0,
            "delta": 0,
            "C": 1,
        },
        "deterministic dominant full-support match-mu nash own-rewards strict-nash "
        "one-matched subgame-perfect uniform-off-support",
        F(2),  # 2 - (-1 + 1/2 * 2)
        F(2),
        F(1),
        F(0),
    )


HANDS = [
    make()
    for make in (
        prisoners_dilemma,
        matching_pennies,
        zero_sum_leaver,
        no_dominance_by_vertices,
        no_dominance_by_vertices_matched,
        rare_state_chain,
        one_player,
        alternating_turns,
        bad_team_equilibrium,
        occupancy_error,
        common_payoff_leaver,
        three_players,
    )
]

hands = pytest.mark.parametrize("hand", HANDS, ids=[h.name for h in HANDS])


@hands
def test_every_number_is_the_one_computed_by_hand(hand: Hand) -> None:
    """Catches a wrong definition of any quantity; dominance, delta and C included."""
    found = evaluate(hand.game, hand.expert, hand.learner)
    for key, expected in hand.numbers.items():
        assert getattr(found, key) == expected, key
    assert found.nash_gap == max(hand.numbers["nash_gap_per_player"])
    assert found.eps_bc == max(hand.numbers["eps_bc_per_player"])


@hands
def test_every_assumption_is_decided_as_by_hand(hand: Hand) -> None:
    """Catches a check that is too lax or too strict, and one that stays undecided."""
    found = evaluate(hand.game, hand.expert, hand.learner)
    plain = {name for name, kind in known().items() if isinstance(kind, Assumption)}
    assert set(hand.holds.split()) <= plain
    by_hand: dict[str, bool | None] = {name: name in hand.holds.split() for name in plain}
    by_hand["quantal"] = None  # these games have no temperature
    assert dict(found.assumptions) == by_hand
    assert set(found.reasons) == plain
    assert all(found.reasons.values())


@hands
def test_the_strongest_parameters_are_those_by_hand(hand: Hand) -> None:
    """Catches a margin, reset or entry that is off by any amount."""
    found = evaluate(hand.game, hand.expert, hand.learner).parameters
    assert dict(found) == {
        "margin": hand.margin,
        "match-bc": max(hand.numbers["eps_bc_per_player"]),
        "margin,subgame-perfect": hand.margin_everywhere,
        "reset": hand.reset,
        "entry": hand.entry,
        "visited": len(visits(hand)),
    }


def visits(hand: Hand) -> set[int]:
    """The states that the expert visits, by plain steps from the start."""
    game, found = hand.game, {s for s, x in enumerate(hand.game.start) if x}
    for _ in range(game.num_states if game.discount else 0):
        for s in set(found):
            for a in itertools.product(*(range(k) for k in game.num_actions)):
                if all(hand.expert[i][s][k] for i, k in enumerate(a)):
                    found |= {t for t, x in enumerate(game.transition[(s, *a)]) if x}
    return found


@hands
def test_floats_agree_and_decide_only_what_supports_decide(hand: Hand) -> None:
    """Catches float quantities of another definition, and an equality that floats decide."""
    game, expert, learner = hand.game.as_float(), hand.expert.as_float(), hand.learner.as_float()
    found = evaluate(game, expert, learner)
    for key in ("value_gap", "eps_mu", "eps_rho", "expert_nash_gap", "delta", "C"):
        assert getattr(found, key) == pytest.approx(float(hand.numbers[key]), abs=1e-9), key
    decided = {name for name, holds in found.assumptions.items() if holds is not None}
    assert decided == {"deterministic", "full-support", "pure"}
    assert all(found.assumptions[name] == (name in hand.holds.split()) for name in decided)
