"""Random queries: no verdict is wrong, none ends in a traceback, and what is open says why.

A game that is found is read again from its file and rechecked against the query. A rule-out is
compared with games that have nothing to do with its proof: those of the falsifier and those of the
library of named games, where the class's assumptions hold of them.
"""

import itertools
import json
import random
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from nashgap.numeric.games import catalogue
from nashgap.numeric.io import parse_json
from nashgap.numeric.reading import Reading
from nashgap.search.engine import search
from nashgap.search.falsifier import Frame, falsify
from nashgap.search.goal import Unsupported, threshold_of
from nashgap.search.parts import Parts
from nashgap.search.players import players_of
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut, Unknown, Verdict
from nashgap.search.verify import parse_witness, verify
from nashgap.theory.assumptions import parse_assumptions

F = Fraction

CONCEPTS = ("", "nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal")
CLASSES = (
    *("zero-sum", "common-payoff", "symmetric", "turn-based", "alternating", "state-rewards"),
    *("own-rewards", "reset=1/3", "entry=1/3", "margin=1/3", "uniform-off-support"),
    *("full-support", "deterministic", "pure"),
)
GAMMAS = ("0", "1/2", "3/4", "9/10")


def drawn(seed: int) -> tuple[Query, bool]:
    """A random query, and whether its supremum is asked."""
    rng = random.Random(seed)
    players = rng.choice([1, 2, 2, 2, 2, 3])
    states = rng.choice([1, 2, 2, 3])
    names = [rng.choice(CONCEPTS), *rng.sample(CLASSES, rng.choice([0, 0, 1, 1, 2, 3]))]
    match = rng.choice(["rho", "rho", "rho", "mu", "bc"])
    actions = tuple(rng.choice([1, 2, 2, 2, 3]) for _ in range(players))
    if {"zero-sum", "symmetric"} & set(names):
        actions = (actions * 2)[:2] if "symmetric" not in names else actions[:1] * 2
        players = 2
    if rng.random() < 0.1:
        names.append(f"visited={rng.randrange(1, states + 1)}")
    gamma = F(rng.choice(GAMMAS))
    goal: dict[str, Any] = {}
    kind = rng.choice(["sup", "sup", "gap", "gap", "claim"])
    share = rng.choice([F(0), F(1, 4), F(1, 2), F(3, 4), F(1), F(3, 2)])
    top = share * 2 / (1 - gamma)
    if kind == "gap":
        goal = {"gap_at_least": top, "strict": rng.random() < 0.5}
    elif kind == "claim":
        claims = [f"NashGap <= {top}", f"NashGap_i < {top} + n*eps_rho", "NashGap <= C*eps_BC"]
        goal = {"claim": rng.choice([*claims, "NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2"])}
    if rng.random() < 0.2 and kind != "claim":
        goal["player"] = rng.randrange(players)
    if rng.random() < 0.15:
        goal["fix"] = given(rng, states, actions)
    query = Query(
        match=match,
        eps=rng.choice(["0", "1/10", "1", "2"]) if match == "bc" else None,
        assume=",".join(filter(None, names)),
        players=players,
        states=states,
        actions=actions,
        gamma=gamma,
        **goal,
    )
    return query, kind == "sup"


def given(rng: random.Random, states: int, actions: tuple[int, ...]) -> Parts:
    """Some rows of a kernel, or all of them with a start."""
    rows, whole = {}, rng.random() < 0.5
    for s in range(states):
        for joint in itertools.product(*map(range, actions)):
            target = rng.randrange(states)
            if whole or rng.random() < 0.3:
                rows[s, joint] = tuple(F(int(t == target)) for t in range(states))
    start = tuple(F(int(s == 0)) for s in range(states))
    return Parts(rows, start if whole else None)


def asked_of(query: Query) -> Threshold | None:
    """What a rule-out of the query must exclude at least, where that is a number."""
    if query.claim is None:
        return query.threshold
    read = threshold_of(query.claim, query.players, query.game_class.discount)
    return None if isinstance(read, Unsupported) else read


def check(query: Query, sup: bool, verdict: Verdict) -> Threshold | None:
    """Whether a verdict is what it says; what it excludes, if it excludes something."""
    said = query.game_class
    found = getattr(verdict, "witness", None)
    if found is not None:
        shown = parse_witness(parse_json(json.dumps(found.json()), "witness"))
        assert shown.verify().valid, shown.verify()
        assert [a.text for a in shown.assumptions] == [a.text for a in said.assumptions]
        game = shown.game
        assert (game.players, game.num_states) == (said.players, said.states)
        assert (game.num_actions, game.discount) == (said.actions, said.discount)
        assert query.player in (None, shown.player)
        for (s, joint), row in (query.fix.rows if query.fix else {}).items():
            assert tuple(game.transition[(s, *joint)]) == row
    match verdict:
        case Found(witness):
            assert not sup
            if query.claim is not None:
                assert witness.shows == query.claim
            else:
                assert query.threshold is not None
                assert query.threshold.met_by(witness.numbers["gap_of_player"])
            return None
        case RuledOut(certificate):
            return excluded(query, sup, verdict, certificate.json())
        case Unknown(reason, lower, upper, witness, proof):
            assert reason.strip()
            assert (lower is None) == (witness is None) or not sup
            assert lower is None or upper is None or lower <= upper
            if proof is None:
                return None
            assert upper is not None
            return excluded(query, True, RuledOut(proof, supremum=upper), proof.json())


def excluded(query: Query, sup: bool, verdict: RuledOut, raw: dict[str, Any]) -> Threshold:
    """What a certificate excludes; it must be of the query's class and of what was asked."""
    said = query.game_class
    read = parse_json(json.dumps(raw), "certificate")
    assert verify(read).valid, verify(read)
    implied = {"full-support", "deterministic", "pure"} if query.fix else set()
    named, more = said.json(), set(raw["class"]["assumptions"])
    assert more - implied <= set(named["assumptions"]) <= more
    parts = {"given": query.fix.json()} if query.fix and "given" in raw["class"] else {}
    assert {**raw["class"], "assumptions": 0} == {**named, **parts, "assumptions": 0}
    limit = Threshold(F(raw["excludes"]["gap"]), raw["excludes"]["strict"])
    assert raw["excludes"].get("player") in (None, query.player)
    if sup:
        assert verdict.supremum == limit.value
        if verdict.attained:
            assert limit.strict
            assert verdict.witness is not None
            assert verdict.witness.numbers["gap_of_player"] == verdict.supremum
    elif (asked := asked_of(query)) is not None:
        assert limit.value < asked.value or (
            limit.value == asked.value and (asked.strict or not limit.strict)
        )
    return limit


def gaps_of_the_falsifier(query: Query) -> Iterator[F]:
    frame = Frame(query.game_class, query.fix or Parts())
    for made in falsify(frame, players_of(query), seed=7, restarts=3):
        model = Reading(made.game, made.expert, made.learner)
        assert all(a.holds(model).holds for a in query.game_class.assumptions)
        yield F(model.best_value("learner", made.player) - model.value("learner", made.player))


def verdict_of(query: Query, sup: bool, seconds: float) -> Verdict:
    verdict = search(query, sup=sup, seconds=seconds)
    limit = check(query, sup, verdict)
    if limit is not None:
        for gap in gaps_of_the_falsifier(query):
            assert not limit.met_by(gap), (limit, gap)
    return verdict


def check_drawn(seed: int, seconds: float) -> None:
    query, sup = drawn(seed)
    verdict_of(query, sup, seconds)


@pytest.mark.parametrize("seed", range(10))
def test_random_queries(seed: int) -> None:
    check_drawn(seed, 0.6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1240))
def test_more_random_queries(seed: int) -> None:
    check_drawn(seed, 3)


@cache
def library() -> tuple[tuple[str, Any, frozenset[str], tuple[F, ...]], ...]:
    """Exact named games with the assumptions that hold of them and each player's gap."""
    found = []
    every = [*CONCEPTS[1:], *CLASSES, "match-rho", "match-mu"]
    for name, named in sorted(catalogue().items()):
        made = named.build()
        if made.expert is None or made.learner is None or not made.game.is_exact:
            continue
        if made.game.num_states > 4 or made.game.players > 3:
            continue
        model = Reading(made.game, made.expert, made.learner)
        holds = frozenset(a for a in every if parse_assumptions(a)[0].holds(model).holds is True)
        gaps = tuple(
            F(model.best_value("learner", i) - model.value("learner", i))
            for i in range(model.players)
        )
        found.append((name, made, holds, gaps))
    return tuple(found)


def check_named(seed: int, seconds: float) -> None:
    """A class that contains a named game is not ruled out below that game's gap."""
    rng = random.Random(seed)
    name, made, holds, gaps = rng.choice(library())
    matching = next((m for m in ("rho", "mu") if f"match-{m}" in holds), "bc")
    names = [a for a in sorted(holds) if not a.startswith("match") and rng.random() < 0.4]
    model = Reading(made.game, made.expert, made.learner)
    eps = max(model.policy_error(i) for i in range(model.players))
    game = made.game
    query = Query(
        match=matching,
        eps=F(eps) if matching == "bc" else None,
        assume=",".join(names),
        players=game.players,
        states=game.num_states,
        actions=game.num_actions,
        gamma=F(game.discount),
        gap_at_least=None if seed % 2 else max(gaps),
    )
    verdict = search(query, sup=bool(seed % 2), seconds=seconds)
    limit = check(query, bool(seed % 2), verdict)
    assert limit is None or not limit.met_by(max(gaps)), (name, names, limit)


def test_the_library_has_games_for_this() -> None:
    assert len(library()) > 6
    assert len({holds for _, _, holds, _ in library()}) > 4


@pytest.mark.parametrize("seed", range(5))
def test_named_games_are_never_ruled_out(seed: int) -> None:
    check_named(seed, 0.6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_named_games_are_never_ruled_out_by_classes_at_large(seed: int) -> None:
    check_named(seed, 3)
