"""Whole conjectures: proved, refuted, ruled out, supported or undecided, never more than that."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

import nashgap as ng
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import Instance, catalogue
from nashgap.numeric.io import parse_json
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading
from nashgap.search.conjecture import Conjecture, attack, conjecture, run
from nashgap.search.conjecture.drawn import draw, moves, reading
from nashgap.search.conjecture.families import built, points
from nashgap.search.conjecture.setting import setting
from nashgap.search.conjecture.shape import fitted
from nashgap.search.conjecture.trial import Tally, judge
from nashgap.search.verify import verify
from nashgap.theory.claim import parse_claim
from nashgap.theory.errors import BadInput

F = Fraction
T1 = "(1+(n-1)*gamma)*eps_BC/(1-gamma)**2"


def recheck(raw: Mapping[str, Any]) -> bool:
    return verify(parse_json(json.dumps(raw), "file")).valid


def refuted(claim: str, assume: str, *, simple: bool = False, **flags: Any) -> Conjecture:
    found = conjecture(claim, assume, simple=simple, **flags)
    assert found.status == "refuted", (found.evidence, found.reasons)
    assert found.witness is not None
    assert found.witness.shows == claim
    assert recheck(found.witness.json())
    assert found.proof is None
    assert found.certificate is None
    return found


def test_the_example_of_the_guide() -> None:
    found = ng.conjecture(
        "NashGap <= eps_BC/(1-gamma)**2", assume="dominant", players=2, states=4, gamma=F(9, 10)
    )
    assert found.status == "refuted"
    w = found.witness
    assert w is not None
    assert isinstance(w.nash_gap, F)
    assert w.nash_gap > w.bound
    assert w.verify().valid
    assert (w.game.players, w.game.num_states, w.game.discount) == (2, 4, F(9, 10))
    assert "tikzpicture" in ng.latex(w)


@pytest.mark.parametrize(
    ("claim", "assume"),
    [
        ("NashGap <= 2*n*eps_BC/(1-gamma)**2", "nash"),
        (f"NashGap <= 99/100*{T1}", "dominant"),
        (f"NashGap < {T1}", "dominant"),
        (f"NashGap == {T1}", "dominant"),
        (f"{T1} <= NashGap", "dominant"),
        ("NashGap <= (1+(n-1)*gamma**2)*eps_BC/(1-gamma)**2", "dominant"),
        ("NashGap_i <= eps_BC_i/(1-gamma)**2", "dominant"),
        ("NashGap <= n*eps_mu/(1-gamma)**2", "team-optimal"),
        ("ValueGap <= (n-1)*eps_BC/(1-gamma)**2", "dominant,full-support"),
        ("NashGap <= 2*gamma/(1-gamma)-1/1000", "match-rho,zero-sum,subgame-perfect"),
        ("eps_BC <= eps_rho", "nash"),
        ("NashGap <= 9/10*(n+(n-1)*C)*eps_BC/(1-gamma)**2", "nash"),
        ("NashGap <= max(eps_mu, 2*eps_rho)", "nash"),
        ("NashGap <= 1", "strict-nash"),
        ("NashGap <= 1", "margin=1/2,match-rho"),
    ],
)
def test_what_is_false_is_refuted(claim: str, assume: str) -> None:
    found = refuted(claim, assume)
    assert found.witness is not None
    assert [a.text for a in found.witness.assumptions] == assume.split(",")


@pytest.mark.parametrize(
    ("claim", "assume"),
    [("NashGap <= 3", "symmetric,nash"), ("NashGap <= 1/10", "alternating,nash,match-rho")],
)
def test_random_games_refute_where_no_family_does(claim: str, assume: str) -> None:
    # No named game is asked: what is tested is that drawing and climbing reach a break.
    asked = setting(claim, assume, gamma="9/10")
    found = run._Run(asked, None, 0, lambda _: None).by_chance()
    assert found is not None
    witness, how = found
    assert "random" in how
    assert recheck(witness.json())


@pytest.mark.parametrize(
    "flags",
    [
        {"players": 3},
        {"states": 5},
        {"actions": 3},
        {"gamma": "1/3"},
        {"players": 2, "actions": (2, 3)},
        {"players": 3, "states": 7, "actions": (3, 2, 2), "gamma": "3/4"},
    ],
)
@pytest.mark.parametrize("assume", ["nash,match-rho", "dominant,full-support", "team-optimal"])
def test_a_witness_has_the_shape_that_is_given(flags: dict[str, Any], assume: str) -> None:
    claim = "NashGap <= eps_BC"
    found = refuted(claim, assume, **flags)
    assert found.witness is not None
    game = found.witness.game
    assert setting(claim, assume, **flags).admits(game)
    if "actions" in flags and isinstance(flags["actions"], tuple):
        assert game.num_actions == flags["actions"]


def test_a_flag_restricts_the_claim_and_no_flag_does_not() -> None:
    # True at the default discount and number of players, false elsewhere.
    assert conjecture("NashGap <= 190*eps_BC", "dominant", players=2, gamma="9/10").status == (
        "proved"
    )
    refuted("NashGap <= 190*eps_BC", "dominant")
    refuted("NashGap <= 190*eps_BC", "dominant", players=3, gamma="9/10")


def test_proved_with_what_carries_it() -> None:
    found = conjecture("NashGap <= n*eps_BC/(1-gamma)**2", "dominant,deterministic", simple=False)
    assert found.status == "proved"
    assert found.derivation is not None
    assert recheck(found.derivation)
    assert found.derivation["assumptions"] == ["dominant"]
    by_name = {dropped.assumption: dropped for dropped in found.dropped}
    assert by_name["deterministic"].status == "proved"
    assert by_name["dominant"].status == "refuted"
    witness = by_name["dominant"].witness
    assert witness is not None
    assert recheck(witness.json())
    assert [a.text for a in witness.assumptions] == ["deterministic"]
    assert json.loads(json.dumps(found.json()))["dropped"]["deterministic"]["status"] == "proved"


def test_what_no_family_shows_of_a_dropped_assumption_is_searched_for() -> None:
    # An expert that is not Nash, matched exactly, can have any gap.
    found = conjecture("NashGap <= 2*gamma/(1-gamma)", "nash,match-rho", simple=False)
    by_name = {dropped.assumption: dropped for dropped in found.dropped}
    assert by_name["nash"].status == "refuted"
    assert by_name["match-rho"].status == "refuted"


def test_ruled_out_names_its_class_and_carries_a_certificate() -> None:
    flags: dict[str, Any] = {"players": 2, "states": 3, "actions": 2, "gamma": "9/10"}
    found = conjecture("NashGap <= 18 + eps_BC", "nash,match-rho,zero-sum", **flags)
    assert found.status in ("ruled_out", "proved")
    if found.status == "ruled_out":
        assert found.certificate is not None
        assert recheck(found.certificate.json())
        shown = found.json()["class"]
        assert shown == found.certificate.raw["class"]
        assert (shown["states"], shown["discount"]) == (3, "9/10")
        assert set(shown["assumptions"]) == {"nash", "match-rho", "zero-sum"}


def test_nothing_is_ruled_out_for_learners_that_do_not_match() -> None:
    # With eps = 0 no two-state game has a gap above 18; with errors many games do.
    found = refuted("NashGap <= 18", "nash", players=2, states=2, actions=2, gamma="9/10")
    assert found.certificate is None
    open_claim = conjecture(
        "NashGap <= 18 + 1000*eps_BC",
        "nash",
        players=2,
        states=2,
        actions=2,
        gamma="9/10",
        seconds=3,
    )
    assert open_claim.status in ("supported", "undecided", "proved")
    assert open_claim.certificate is None


def test_supported_says_how_much_was_tried() -> None:
    # True: equal occupancies have the ratio 1. No bound of the catalogue says so.
    found = conjecture(
        "C <= 1", "nash,zero-sum,match-rho", players=2, states=1, gamma="1/2", seconds=4
    )
    assert found.status == "supported"
    assert found.tried is not None
    assert sum(found.tried.values()) >= 30
    assert found.tried["random"] > 0
    assert "exact games of the class" in found.evidence
    assert found.reasons


def test_without_games_of_the_class_nothing_is_supported() -> None:
    found = conjecture("NashGap <= 0", "nash,zero-sum,common-payoff,margin=5,reset=1/3", seconds=2)
    assert found.status == "undecided"
    assert any("fewer than" in reason for reason in found.reasons)


def test_an_infinite_c_is_outside_the_domain() -> None:
    # w3 has gap 18, error 0 and C infinite: it breaks no claim that names C.
    asked = setting("NashGap <= C*eps_BC", "nash")
    made = catalogue()["w3"].build()
    tally = Tally()
    verdict = judge(made, Reading(made.game, made.expert, made.learner), asked, "w3", tally)
    assert verdict.broken is None
    assert tally.total == 0
    assert sum(tally.outside.values()) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_one_player_breaks_a_claim_that_has_no_value_for_the_other(turned: bool) -> None:
    """Who makes no error divides by 0, as the first player or the second; the other one gains."""
    made = catalogue()["w1"].build()
    order = slice(None, None, -1 if turned else 1)
    kernel, rewards = made.game.transition, made.game.rewards
    if turned:
        kernel, rewards = kernel.swapaxes(1, 2), rewards.swapaxes(2, 3)
    game = MarkovGame(kernel, rewards[order], made.game.start, made.game.discount)
    expert = ProductPolicy(made.expert.policies[order])
    learner = ProductPolicy((made.learner[0], made.expert[1])[order])
    found = judge(
        Instance(game, expert, learner),
        reading(Instance(game, expert, learner)),
        setting("NashGap_i/eps_BC_i <= 1/1000", ""),
        "one",
        Tally(),
    ).broken
    assert found is not None
    assert found.player == int(turned)
    assert found.verify().valid


def test_delta_comes_with_its_caution() -> None:
    found = refuted("NashGap <= (n*eps_BC+delta)/(1-gamma)", "nash")
    assert any("modulus" in note for note in found.notes)


def test_interrupted_keeps_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(attack, "search", stop)
    # True, as errors are at most 2 and C is at least 1.
    asked = "eps_rho*(1+eps_mu) <= 3*C+3"
    found = conjecture(asked, "nash", players=2, states=2, gamma="1/2")
    assert found.interrupted
    assert found.status == "undecided"
    assert found.tried
    assert "interrupted" in found.evidence


def test_interrupted_keeps_a_witness_and_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "minimise", stop)
    found = conjecture("NashGap <= eps_BC", "nash")
    assert (found.status, found.interrupted) == ("refuted", True)
    assert found.witness is not None
    assert found.witness.verify().valid
    monkeypatch.setattr(run._Run, "drop", stop)
    found = conjecture(f"NashGap <= {T1}", "dominant")
    assert (found.status, found.interrupted) == ("proved", True)


def test_adversarial_search_refutes_where_errors_are_small() -> None:
    asked = setting("NashGap <= 100*eps_BC", "nash,symmetric", gamma="9/10")
    found = run._Run(asked, None, 0, lambda _: None).by_adversary()
    assert found is not None
    witness, how = found
    assert how == "adversarial search"
    assert recheck(witness.json())
    assert [a.text for a in witness.assumptions] == ["nash", "symmetric"]


def test_matched_states_are_ruled_out_too() -> None:
    flags: dict[str, Any] = {"players": 2, "states": 1, "actions": 2, "gamma": "1/2"}
    found = conjecture("NashGap <= 4", "nash,match-mu,full-support", **flags)
    assert found.status in ("proved", "ruled_out")
    if found.certificate is not None:
        assert recheck(found.certificate.json())
        assert "match-mu" in found.json()["class"]["assumptions"]
    refuted("NashGap <= 39/10", "nash,match-mu,full-support", **flags)


def test_the_same_seed_gives_the_same_game() -> None:
    asked = setting("NashGap <= eps_BC", "nash,zero-sum")
    one, two = draw(5, asked), draw(5, asked)
    assert one is not None
    assert two is not None
    assert one.game.rewards.tolist() == two.game.rewards.tolist()
    assert one.learner[0].tolist() == two.learner[0].tolist()


@pytest.mark.parametrize("name", ["w1", "w1-full-support", "w3", "w4", "w6", "team-optimal", "w2"])
@pytest.mark.parametrize(
    "flags", [{"states": 8}, {"players": 3}, {"actions": 3}, {"players": 4, "states": 8}]
)
def test_a_fitted_game_has_the_same_quantities(name: str, flags: dict[str, Any]) -> None:
    made = catalogue()[name].build()
    asked = setting("NashGap <= 1", "nash", **flags)
    wide = fitted(made, asked)
    assert wide is not None
    assert asked.admits(wide.game)
    before = ng.evaluate(made.game, made.expert, made.learner)
    after = ng.evaluate(wide.game, wide.expert, wide.learner)
    for quantity in ("nash_gap", "value_gap", "eps_bc", "eps_mu", "eps_rho", "delta", "C"):
        assert getattr(after, quantity) == getattr(before, quantity), quantity
    for assumption in ("nash", "dominant", "deterministic", "match-rho", "full-support"):
        assert after.assumptions[assumption] == before.assumptions[assumption], assumption


def test_a_refuting_game_is_made_simpler() -> None:
    found = refuted("NashGap_i <= eps_BC_i/(1-gamma)**2", "dominant", simple=True)
    assert "made simpler" in found.evidence
    assert found.witness is not None
    assert found.witness.game.num_states <= 3


def test_moves_give_games() -> None:
    made = draw(1, setting("NashGap <= eps_BC", ""))
    assert made is not None
    changed = [move.on(made) for move in moves(made)]
    assert len(changed) > 20
    whats = {move.what for move in moves(made)}
    assert whats == {"learner", "reward", "kernel", "start"}


def test_the_grid_holds_the_sharp_points() -> None:
    asked = setting(f"NashGap < {T1}", "dominant", players=2, gamma="1/2")
    tally = Tally()
    kept = [
        point
        for point in points(asked)
        if point.name == "w1" and (here := built(point, asked)) is not None
        if judge(here.made, here.model, asked, "w1", tally).broken is None
    ]
    everything = [point for point in points(asked) if point.name == "w1"]
    assert len(kept) < len(everything) / 2


@pytest.mark.parametrize(
    ("arguments", "flags"),
    [
        (("NashGap <=", "nash"), {}),
        (("NashGap <= 1", "nsh"), {}),
        (("NashGap <= 1", "nash"), {"players": 0}),
        (("NashGap <= 1", "nash"), {"gamma": "3/2"}),
        (("NashGap <= 1", "zero-sum"), {"players": 3}),
        (("NashGap <= 1", "nash"), {"players": 2, "actions": (2, 2, 2)}),
        (("NashGap <= 1", "nash"), {"seconds": 0}),
    ],
)
def test_bad_input(arguments: tuple[str, str], flags: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        conjecture(*arguments, **flags)


@pytest.mark.parametrize("flags", [{"players": 40}, {"states": 500}, {"players": 15, "actions": 9}])
def test_a_shape_beyond_the_search_may_still_be_proved(flags: dict[str, Any]) -> None:
    found = conjecture(f"NashGap <= {T1}", "dominant", drop=False, **flags)
    assert found.status == "proved"
    found = conjecture("C <= 1", "dominant,match-rho", seconds=2, **flags)
    assert found.status in ("supported", "undecided")
    assert any("beyond the search engine" in reason for reason in found.reasons)


def test_its_html_is_escaped() -> None:
    found = conjecture("NashGap <= eps_BC", "nash", simple=False)
    assert "NashGap &lt;= eps_BC" in found._repr_html_()


def test_its_latex_is_the_claim() -> None:
    found = conjecture("NashGap <= eps_BC", "nash")
    assert found._repr_latex_() == f"${parse_claim('NashGap <= eps_BC').latex()}$"
