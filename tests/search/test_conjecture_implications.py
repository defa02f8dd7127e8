"""Implications between assumptions: true on every exact game at hand, and none idle."""

from functools import cache

import pytest

from nashgap.numeric.games import Instance, catalogue, random_game
from nashgap.numeric.reading import Reading
from nashgap.search.implications import (
    IMPLICATIONS,
    Implication,
    consequences,
    why,
)
from nashgap.theory.assumptions import known, parse_assumptions
from nashgap.theory.errors import BadInput

DRAWN = {
    "dominant": "dominant",
    "strict-nash": "nash",
    "subgame-perfect": "subgame-perfect",
    "team-optimal": "team-optimal",
    "margin": "nash",
    "nash": "nash",
    "full-support": "full-support",
    "match-rho": "match-rho",
    "match-bc=0": "match-rho",
    "alternating": "alternating",
    "state-rewards": "state-rewards",
}


@cache
def games(kinds: tuple[str, ...]) -> tuple[Reading, ...]:
    made: list[Instance] = [game.build() for game in catalogue().values()]
    for seed in range(25):
        try:
            made.append(
                random_game(seed, kinds, states=1 + seed % 3, discount=("1/2", "9/10", 0)[seed % 3])
            )
        except BadInput:
            continue
    return tuple(Reading(m.game, m.expert, m.learner, work=400) for m in made)


def premise(name: str) -> str:
    return f"{name}=1/20" if name in ("margin", "reset", "entry") else name


@pytest.mark.parametrize(
    "rule", IMPLICATIONS, ids=lambda rule: f"{sorted(rule.given)}-{rule.gives}"
)
def test_a_rule_holds_on_exact_games_and_is_not_idle(rule: Implication) -> None:
    given = [parse_assumptions(premise(name))[0] for name in sorted(rule.given)]
    (gives,) = parse_assumptions(rule.gives)
    kinds = tuple(sorted(DRAWN[name] for name in rule.given))
    met = 0
    for model in games(kinds):
        if all(a.holds(model).holds is True for a in given):
            met += 1
            assert gives.holds(model).holds is not False, gives.holds(model).reason
    assert met >= 3, "no game meets the premises, so that nothing was tested"


@pytest.mark.parametrize("strong", ["dominant", "nash", "match-mu", "zero-sum"])
def test_what_does_not_follow_is_not_said_to(strong: str) -> None:
    not_given = {
        "dominant": ("subgame-perfect", "strict-nash", "team-optimal", "match-rho"),
        "nash": ("dominant", "subgame-perfect", "strict-nash", "common-payoff"),
        "match-mu": ("match-rho", "nash"),
        "zero-sum": ("nash", "common-payoff", "symmetric"),
    }[strong]
    (given,) = parse_assumptions(strong)
    for name in not_given:
        assert why(parse_assumptions(name)[0], [given]) is None


def test_chains_of_rules_name_every_step() -> None:
    found = consequences(parse_assumptions("margin=1/3,full-support"))
    assert [step.partition(":")[0] for step in found["subgame-perfect"]] == [
        "margin gives nash",
        "full-support and nash gives subgame-perfect",
    ]


@pytest.mark.parametrize(
    ("strong", "weak", "follows"),
    [
        ("margin=1/2", "margin=1/3", True),
        ("margin=1/3", "margin=1/2", False),
        ("reset=1/2", "reset=1/3", True),
        ("entry=1/3", "entry=1/2", True),
        ("entry=1/2", "entry=1/3", False),
        ("match-rho", "match-bc=1/10", True),
        ("match-bc=1/10", "match-rho", False),
        ("full-support", "entry=1/7", True),
    ],
)
def test_parameters(strong: str, weak: str, follows: bool) -> None:
    (given,), (wanted,) = parse_assumptions(strong), parse_assumptions(weak)
    assert (why(wanted, [given]) is not None) is follows


def test_every_name_of_the_table_exists() -> None:
    for rule in IMPLICATIONS:
        for name in (*rule.given, rule.gives):
            assert name.partition("=")[0] in known()
