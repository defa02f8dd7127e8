"""A question in parts has the answer of the whole, with a certificate that the checker accepts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction

import pytest

from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.question import Question
from nashgap.search.split import Whole, parts
from nashgap.search.store import Store
from nashgap.search.stored import answer
from nashgap.search.verdict import Found, RuledOut, Unknown, Verdict

F = Fraction


def solved(questions: list[Question]) -> list[Verdict]:
    return [search(q.query, sup=q.sup) for q in questions]


@pytest.mark.parametrize(
    ("query", "supremum"),
    [
        (Query(states=2, assume="nash,zero-sum", gamma="1/2"), F(2)),
        (Query(states=2, assume="nash,entry=1/3"), F(15)),
        (Query(states=2, assume="nash,turn-based"), F(18)),
        (Query(states=2, assume="nash,deterministic,pure", player=1), F(18)),
    ],
)
def test_the_supremum_of_the_parts_is_that_of_the_whole(query: Query, supremum: Fraction) -> None:
    whole = Question(query, sup=True)
    verdict = Whole(whole, solved(parts(whole))).verdict()
    assert isinstance(verdict, RuledOut)
    assert (verdict.supremum, verdict.attained) == (supremum, True)
    assert verdict.certificate.verify().valid
    assert verdict.certificate.raw["class"] == query.game_class.json()
    assert verdict.witness is not None
    assert verdict.witness.verify().valid
    assert verdict.witness.assumptions == query.game_class.assumptions


def test_a_class_with_a_part_without_a_game_is_answered_as_a_whole() -> None:
    assert parts(Question(Query(states=2, assume="nash,alternating"), sup=True)) == []


def test_thresholds_and_claims() -> None:
    for query, kind in (
        (Query(states=2, gap_at_least=18), Found),
        (Query(states=2, gap_at_least=18, strict=True), RuledOut),
        (Query(states=2, claim="NashGap <= 18"), RuledOut),
        (Query(states=2, claim="NashGap < 18"), Found),
    ):
        whole = Question(query)
        verdict = Whole(whole, solved(parts(whole))).verdict()
        assert isinstance(verdict, kind)
        evidence = verdict.witness if isinstance(verdict, Found) else verdict.certificate
        assert evidence.verify().valid


def test_what_is_left_is_asked_again_and_closes_the_whole() -> None:
    whole = Question(Query(states=2), sup=True)
    first, second = solved(parts(whole))
    assert isinstance(second, RuledOut)
    loose = Unknown("stopped", F(0), F(20), second.witness)
    asked = Whole(whole, [first, loose]).left()
    assert asked[0] is None
    assert asked[1] is not None
    assert asked[1].query.threshold is not None
    assert [asked[1].query.threshold.value, asked[1].query.strict] == [18, True]
    later = [None, search(asked[1].query)]
    verdict = Whole(whole, [first, loose], later).verdict()
    assert isinstance(verdict, RuledOut)
    assert verdict.supremum == 18
    still = Whole(whole, [first, loose]).verdict()
    assert isinstance(still, Unknown)
    assert [still.lower, still.upper] == [18, 20]


def test_a_part_too_little_is_no_certificate() -> None:
    whole = Question(Query(states=2), sup=True)
    one, two = solved(parts(whole))
    assert isinstance(Whole(whole, [one, one]).verdict(), Unknown)
    assert isinstance(Whole(whole, [one, two]).verdict(), RuledOut)


def test_no_parts_where_they_are_no_help() -> None:
    for query in (
        Query(states=1),
        Query(states=3, assume="nash,full-support"),
        Query(states=3, assume="nash,visited=2"),
        Query(states=3, match="mu", assume="nash,full-support"),
    ):
        assert parts(Question(query, sup=True)) == []


def test_the_parts_are_tasks_of_the_store() -> None:
    question = Question(Query(states=2, assume="strict-nash"), sup=True)
    with Store(":memory:") as store, ThreadPoolExecutor(2) as pool:
        one = answer(question, store, pool).verdict
        kinds = [task["kind"] for task, _ in store.results()]
        assert kinds.count("search") == 3
        two = answer(replace(question, seconds=5.0), store)
    assert two.was_kept
    assert isinstance(one, RuledOut)
    assert [one.supremum, one.attained] == [18, False]
    assert one.json() == two.verdict.json()
