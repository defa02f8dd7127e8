"""How values show themselves: `repr` that rebuilds, `str` for people, HTML for notebooks."""

import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nashgap as ng
from nashgap import MarkovGame, ProductPolicy, Query
from nashgap.numeric.games import catalogue, random_game
from nashgap.theory.catalogue import bounds

VOID = {"br", "hr", "meta", "img", "link"}


class Balanced(HTMLParser):
    """Fails on a tag that is closed twice or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def html(value: object) -> str:
    """What a notebook shows; well formed and without anything that runs or loads."""
    shown: str = value._repr_html_()  # type: ignore[attr-defined]
    reader = Balanced()
    reader.feed(shown)
    reader.close()
    assert reader.open == []
    assert "<script" not in shown
    return shown


@pytest.mark.parametrize("name", list(catalogue()))
def test_repr_rebuilds_named_games_and_policies(name: str) -> None:
    made = catalogue()[name].build()
    for value in (made.expert, made.learner):
        assert eval(repr(value)) == value
    if made.game.transition.size + made.game.rewards.size <= 200:
        assert eval(repr(made.game)) == made.game
    else:
        assert repr(made.game) == f"<MarkovGame: {made.game.summary}>"


@given(seed=st.integers(0, 10_000), exact=st.booleans(), actions=st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_repr_rebuilds_small_random_games(seed: int, exact: bool, actions: int) -> None:
    made = random_game(seed, states=2, actions=actions, exact=exact)
    rebuilt = eval(repr(made.game))
    assert rebuilt == made.game
    assert rebuilt.is_exact == exact
    assert eval(repr(made.expert)) == made.expert


def test_names_survive_and_large_values_are_short() -> None:
    game = MarkovGame([[["1"]]], [[["1/3"]]], ["1"], "0", ["it's"], [['a"b']])
    assert eval(repr(game)) == game
    large = random_game(0, states=20)
    assert len(repr(large.game)) < 100
    assert len(repr(ProductPolicy.uniform(random_game(0, states=60).game))) < 100


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(states=3, gamma="9/10", gap_at_least=18, strict=True),
        Query(assume="nash,zero-sum", gamma=Fraction(1, 3), player=1),
        Query(match="bc", eps="1/10", assume="dominant", actions=(2, 3)),
        Query(claim="NashGap <= 9", players=3),
    ],
)
def test_repr_rebuilds_queries(query: Query) -> None:
    assert eval(repr(query)) == query


def test_default_query_is_short() -> None:
    assert repr(Query()) == "Query()"
    assert repr(Query(states=3)) == "Query(states=3)"


def test_a_game_and_a_policy_show_themselves() -> None:
    made = catalogue()["w3"].build()
    assert str(made.game).startswith("2 players, 2 states")
    assert "<svg" in html(made.game)
    assert html(made.expert).startswith("<svg")
    evaluated = ng.evaluate(made.game, made.expert, made.learner)
    assert "NashGap" in str(evaluated)
    assert repr(evaluated) == "<Evaluation: NashGap 18, eps_BC 0>"
    applying, folded = re.sub(' data-head="[^"]*"', "", html(evaluated)).split("<details>")
    assert "<td>T3</td><td>18</td><td>0</td>" in applying
    assert "<mfrac>" in applying
    assert "<td>lemma_3</td>" in folded


def test_the_theory_shows_itself() -> None:
    bound = bounds()["T1"]
    assert "<mfrac>" in html(bound)
    assert repr(bound) == ("<Bound T1: NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2 if dominant>")
    assert "assumes  dominant" in str(bound)
    assert html(bound.derivation).count("<tr>") == len(bound.derivation.lines)
    assert "taking for i a player that attains the maximum" in str(bound.derivation)
    report = bound.check()
    assert html(report).count(">proved<") == len(report.steps) + 1
    assert repr(report).startswith("<Report T1: proved")
    assert repr(ng.derivation("mine")) == "<Derivation mine: no step yet>"
    assert html(ng.derivation("mine").start("NashGap")).count("<math>") == 1


def test_verdicts_show_themselves() -> None:
    found = ng.search(Query(gap_at_least=18))
    assert isinstance(found, ng.Found)
    assert "Nash gap 18" in str(found)
    assert len(repr(found.witness)) < 150
    assert "<svg" in html(found)
    ruled_out = ng.search(Query(gap_at_least=18, strict=True))
    assert isinstance(ruled_out, ng.RuledOut)
    assert "no game of 2 players, 2 states has a Nash gap &gt; 18" not in html(ruled_out)
    assert "No game of the class has a Nash gap &gt; 18." in html(ruled_out)
    assert repr(ruled_out.certificate) == (
        "<Certificate: no game of 2 players, 2 states has a Nash gap > 18>"
    )
    unknown = ng.Unknown("no <time>", lower=Fraction(1), upper=Fraction(20))
    assert "no &lt;time&gt;" in html(unknown)
    assert re.search(r"at most +20", str(unknown))


def test_a_conjecture_shows_itself() -> None:
    outcome = ng.conjecture("NashGap <= 0", assume="dominant")
    assert repr(outcome) == "<Conjecture refuted: NashGap <= 0>"
    assert "<svg" in html(outcome)
    assert "refuted" in str(outcome)


def test_ipython_prints_what_is_for_people() -> None:
    class Printer:
        said = ""

        def text(self, shown: str) -> None:
            self.said = shown

    game = catalogue()["w3"].build().game
    for cycle, expected in ((False, str(game)), (True, "...")):
        printer = Printer()
        game._repr_pretty_(printer, cycle)
        assert printer.said == expected
