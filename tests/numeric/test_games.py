"""Every number and property that a named game states, recomputed exactly over a grid."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from nashgap.numeric.games import Instance, build_game, catalogue, choose, profile, stay
from nashgap.numeric.gaps import nash_gap, value_gap
from nashgap.numeric.matching import eps_bc, eps_mu, eps_rho
from nashgap.numeric.reading import Reading
from nashgap.numeric.value import value
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.errors import BadInput
from nashgap.theory.model import Number

GAMMAS = [Fraction(1, 3), Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(99, 100)]
SHARES = [Fraction(0), Fraction(1, 7), Fraction(1)]
"""Parts of the largest admissible error; the ends are the boundaries of the regimes."""


def measured(key: str, made: Instance) -> Number:
    game, expert, learner = made.game, made.expert, made.learner
    reading = Reading(game, expert, learner)
    match key:
        case "nash_gap":
            return nash_gap(game, learner)
        case "value_gap":
            return value_gap(game, expert, learner)
        case "eps_bc":
            return eps_bc(game, expert, learner)
        case "eps_mu":
            return eps_mu(game, expert, learner)
        case "eps_rho":
            return eps_rho(game, expert, learner)
        case "delta":
            return max(reading.best_response_shift(i) for i in range(game.players))
        case "C":
            return max(reading.concentrability(i) for i in range(game.players))
    role, what, player = key.split("_")
    assert what == "value"
    found: Fraction = value(game, {"expert": expert, "learner": learner}[role])[int(player)]
    return found


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for g in GAMMAS:
        yield "lemma-1", {"gamma": g}
        yield "theorem-2", {"gamma": g}
        yield from (("lemma-2", {"gamma": g, "k": k}) for k in (Fraction(1, 100), Fraction(1, 4)))
        for t in (Fraction(-1), Fraction(1, 3), Fraction(1)):
            for payoffs in ("alone", "common", "zero-sum"):
                yield "w3", {"gamma": g, "t": t, "payoffs": payoffs}
            yield "w3-rare", {"gamma": g, "k": Fraction(1, 20), "t": t}
        for p in (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)):
            yield "stochastic-kernel", {"gamma": g, "p": p}
            yield "dominance-trap", {"gamma": g, "p": p}
            if 0 < p < 1:
                yield "dominance-trap-matched", {"gamma": g, "p": p}
        yield from (
            ("occupancy-ratio", {"gamma": g, "q": q}) for q in (Fraction(1, 1000), Fraction(2, 3))
        )
        if g > 0:
            yield "occupancy-exit", {"gamma": g, "q": Fraction(1, 3)}
            for K in (1, 3):
                yield "occupancy-chain", {"gamma": g, "K": K, "y": "1/50", "w": "1/30"}
        for eps in (Fraction(0), Fraction(1, 10), Fraction(1)):
            yield "prisoners-dilemma", {"gamma": g, "eps": eps}
            yield "matching-pennies", {"gamma": g, "eps": eps}
        yield from (("stag-hunt", {"gamma": g, "expert": e}) for e in ("hare", "stag"))
        for n in (1, 2, 3, 4):
            yield from of_n_players(n, g)
    for name in ("lemma-1", "theorem-2", "lemma-2", "w1", "w3", "w3-rare", "w4", "w6", "stag-hunt"):
        yield name, {"gamma": Fraction(0)}


def of_n_players(n: int, g: Fraction) -> Iterator[tuple[str, dict[str, Any]]]:
    scale = 2 * (1 - g)
    yield "state-only", {"n": n, "gamma": g}
    for share in (*SHARES, Fraction(1, n), (1 + Fraction(1, n)) / 2):
        for payoffs in ("alone", "common"):
            yield "w1", {"n": n, "gamma": g, "eps": share * scale, "payoffs": payoffs}
        yield "w4", {"n": n, "gamma": g, "eps": share * scale}
    for share in SHARES:
        eps = share * scale / n
        yield "w1", {"n": n, "gamma": g, "eps": eps, "learner": "mixed"}
        for payoffs in ("alone", "common"):
            yield "w1-full-support", {"n": n, "gamma": g, "eps": eps, "payoffs": payoffs}
        yield "team-optimal", {"n": n, "gamma": g, "eps": eps}
        yield "s2", {"n": n, "gamma": g, "eps": eps * 2 / 3, "delta": (scale - n * eps) / 2}
        if 0 < share < 1:
            yield "w4", {"n": n, "gamma": g, "eps": eps, "support": "full"}
        if n > 1:
            yield "w6", {"n": n, "gamma": g, "q": share, "w": Fraction(2, 5)}
            yield "w6", {"n": n, "gamma": g, "q": share}
    if n == 1:
        return
    switch = (1 - g) / (2 - g) / (n - 1)
    for delta in (Fraction(0), Fraction(1, 5), Fraction(2, 3)):
        left = (1 - delta) / n
        for c in {share * left for share in SHARES} | {min(switch * delta, left)}:
            yield "w2", {"n": n, "gamma": g, "eps": c * scale, "delta": delta * scale}
    for C in (Fraction(1), Fraction(3, 2), Fraction(2), Fraction(3), Fraction(10)):
        largest = scale / (1 + 2 * (n - 1) * C / g)
        for share in (Fraction(1, 7), Fraction(1)):
            yield "concentrability", {"n": n, "gamma": g, "eps": share * largest, "C": C}
    for C, q in product((Fraction(1), Fraction(7, 2)), (Fraction(1, 8), Fraction(1, 2))):
        yield "concentrability-occupancy", {"n": n, "gamma": g, "C": C, "q": q, "w": q}
    if g <= Fraction(3, 4) or (g == Fraction(9, 10) and n == 2):
        k = next(k for k in range(1, 100) if g**k <= 1 - g)
        most = scale / n * min(g**k, (1 - g) / (2 - g))
        yield from (("w3-robust", {"n": n, "gamma": g, "eps": share * most}) for share in SHARES)


def case(name: str, params: dict[str, Any]) -> Any:
    """A parameter of a test; four players are slow but at one discount."""
    is_slow = params.get("n") == 4 and params["gamma"] != Fraction(9, 10)
    label = f"{name}-{','.join(f'{k}={v}' for k, v in params.items())}"
    return pytest.param(name, params, id=label, marks=[pytest.mark.slow] if is_slow else [])


CASES = [case(name, params) for name, params in cases()]


@pytest.mark.parametrize(("name", "params"), CASES)
def test_stated_numbers_and_properties_hold_exactly(name: str, params: dict[str, Any]) -> None:
    made = catalogue()[name].build(**params)
    assert made.game.is_exact
    assert {"nash_gap", "eps_bc"} <= set(made.expected)
    assert {key: measured(key, made) for key in made.expected} == dict(made.expected)
    reading = Reading(made.game, made.expert, made.learner)
    assert "nash" in made.assumptions
    for text, stated in made.assumptions.items():
        answer = parse_assumptions(text)[0].holds(reading)
        assert answer.holds is stated, f"{text}: {answer.reason}"


@pytest.mark.slow
def test_w3_robust_at_a_discount_near_1() -> None:
    """59 states in a row before the error."""
    g = Fraction(19, 20)
    made = catalogue()["w3-robust"].build(n=2, gamma=g, eps=(1 - g) / 25)
    assert made.game.num_states == 64
    assert nash_gap(made.game, made.learner) == made.expected["nash_gap"]
    assert nash_gap(made.game, made.expert) == 0


def test_every_game_is_in_the_grid_and_in_the_catalogue() -> None:
    assert {name for name, _ in cases()} == set(catalogue())


@pytest.mark.parametrize("name", list(catalogue()))
def test_card(name: str) -> None:
    game = catalogue()[name]
    assert game.name == name
    for line in (game.title, game.source, game.illustrates):
        assert line == line.strip()
        assert 5 < len(line) <= 110
    for parameter in game.parameters.values():
        assert parameter.meaning
        assert parameter.range
    assert game.build().game.is_exact


def test_lemma_1_every_deterministic_profile_has_full_support() -> None:
    from nashgap.numeric.occupancy import visited
    from nashgap.numeric.policy import ProductPolicy

    made = catalogue()["lemma-1"].build()
    for first in product((0, 1), repeat=3):
        for second in product((0, 1), repeat=3):
            policy = ProductPolicy.pure([first, second], (2, 2))
            assert visited(made.game, policy) == {0, 1, 2}


def test_dominance_trap_passes_every_deterministic_opponent() -> None:
    """What an engine would conclude that tries deterministic opponents only."""
    from nashgap.numeric.best_response import best_response
    from nashgap.numeric.policy import ProductPolicy

    for name, size in (("dominance-trap", 2), ("dominance-trap-matched", 3)):
        made = catalogue()[name].build(gamma="1/2")
        for code in range(2**size):
            other = ProductPolicy.pure([[0] * size, [code >> s & 1 for s in range(size)]], (2, 2))
            table = other.replace(0, made.expert[0])
            assert best_response(made.game, table, 0).value == value(made.game, table)[0]


def test_w2_bound_switches_branch_on_the_grid() -> None:
    """Both branches of the minimum, and their meeting point, are among the cases."""
    signs = set()
    for name, p in cases():
        if name == "w2" and p["delta"]:
            total, g = (p["n"] - 1) * p["eps"], p["gamma"]
            edge = (1 - g) * p["delta"] / (2 - g)
            signs.add((total > edge) - (total < edge))
    assert signs == {-1, 0, 1}


@pytest.mark.parametrize(
    ("name", "params", "place"),
    [
        ("w1", {"gamma": "1"}, "w1.gamma: given 1; needed: a number in [0, 1)"),
        ("w1", {"gamma": "1/2", "eps": 2}, "w1.eps: given 2; needed: at most 2(1-gamma) = 1"),
        ("w1", {"n": 0}, "w1.n: given 0; needed: a whole number 1..10"),
        ("w1", {"n": "3/2"}, "w1.n: given 3/2"),
        ("w1", {"payoffs": "none"}, "w1.payoffs: given 'none'; needed: one of alone, common"),
        ("w1", {"delta": 1}, "w1.delta: no such parameter; needed: one of n, gamma, eps"),
        ("w1-full-support", {"gamma": 0}, "w1-full-support.gamma"),
        ("w1-full-support", {"eps": "1/5"}, "w1-full-support.eps"),
        ("w2", {"n": 1}, "w2.n"),
        ("w2", {"delta": 2}, "w2.eps"),
        ("w3", {"t": "-2"}, "w3.t"),
        ("w3", {"gamma": "x"}, "w3.gamma"),
        ("w3-rare", {"k": 0}, "w3-rare.k"),
        ("w3-robust", {"eps": "1/2"}, "w3-robust.eps"),
        ("w3-robust", {"gamma": "999/1000"}, "w3-robust.gamma"),
        ("w4", {"support": "full", "eps": 0}, "w4.eps"),
        ("team-optimal", {"eps": "1/5"}, "team-optimal.eps"),
        ("w6", {"w": 0}, "w6.w"),
        ("concentrability", {"C": "1/2"}, "concentrability.C"),
        ("concentrability", {"eps": "1/5"}, "concentrability.eps"),
        ("lemma-2", {"k": "1/3"}, "lemma-2.k"),
        ("dominance-trap-matched", {"p": 1}, "dominance-trap-matched.p"),
        ("matching-pennies", {"eps": 2}, "matching-pennies.eps"),
        ("stag-hunt", {"expert": 3}, "stag-hunt.expert"),
    ],
)
def test_parameters_out_of_range_name_the_parameter(
    name: str, params: dict[str, Any], place: str
) -> None:
    with pytest.raises(BadInput) as caught:
        catalogue()[name].build(**params)
    assert place in str(caught.value)


def test_parameters_are_read_exactly_from_text_and_floats() -> None:
    game = catalogue()["w3"]
    assert game.build(gamma=0.9).game == game.build(gamma="9/10").game
    assert catalogue()["w1"].build(n="3").game.players == 3


def test_an_instance_is_read_only() -> None:
    made = catalogue()["w3"].build()
    with pytest.raises(TypeError):
        made.expected["nash_gap"] = Fraction(0)  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        made.game = made.game  # type: ignore[misc]


def test_tables_that_do_not_fit_are_refused() -> None:
    names = [["0", "1"]]
    good = {"up": choose(0, (1, "up"), (0, "down")), "down": stay("down", 0)}
    assert build_game(good, names, Fraction(1, 2), {"up": 1}).rewards.tolist() == [[[1, 0], [0, 0]]]
    for wrong, message in [
        ({**good, "up": [*good["up"], *good["down"]]}, "table[up]: 2 rows for (0,)"),
        ({**good, "up": good["up"][:1]}, "table[up]: 0 rows for (1,)"),
        ({"up": choose(0, (1, "up"), (0, "left"))}, "table: the state 'left'"),
    ]:
        with pytest.raises(BadInput) as caught:
            build_game(wrong, names, Fraction(1, 2), {"up": 1})
        assert message in str(caught.value)
    with pytest.raises(BadInput):
        build_game(good, names * 30, Fraction(1, 2), {"up": 1})


def test_profile_defaults_to_action_0() -> None:
    game = build_game({"s": stay("s", 0)}, [["0", "1"]] * 2, Fraction(1, 2), {"s": 1})
    assert profile(game, {(1, "s"): 1})[0].tolist() == [[1, 0]]
    assert profile(game, {(1, "s"): 1})[1].tolist() == [[0, 1]]
