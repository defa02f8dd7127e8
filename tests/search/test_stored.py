"""Answers through a store: recalled after a check, never computed twice, never silently at odds."""

import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import nashgap as ng
from nashgap.search import engine
from nashgap.search.certificate import Certificate
from nashgap.search.conjecture.attack import Attack
from nashgap.search.conjecture.setting import setting
from nashgap.search.parts import parse_parts
from nashgap.search.query import Query
from nashgap.search.question import Question, question_of
from nashgap.search.recall import recalled, written
from nashgap.search.store import Store
from nashgap.search.stored import answer, answers
from nashgap.search.verdict import Found, RuledOut, Unknown, Verdict
from nashgap.theory.errors import BadInput

F = Fraction
SUP = Question(Query(), sup=True)


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be searched from here on."""

    def refuse(*_: Any, **__: Any) -> Verdict:
        raise AssertionError("searched again")

    monkeypatch.setattr(engine, "search", refuse)


def says(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    """Has every search end with this verdict."""

    def stand_in(*_: Any, **__: Any) -> Verdict:
        return verdict

    monkeypatch.setattr(engine, "search", stand_in)


@pytest.mark.parametrize(
    "query",
    [
        Query(assume="zero-sum,nash", gap_at_least="17.5", strict=True, player=1),
        Query(match="bc", eps="0.1", assume="dominant", claim="NashGap <= eps_BC"),
        Query(assume="nash,margin=1/3", actions=(2, 3), states=3),
        Query(
            fix=parse_parts(
                {
                    "start": ["1", "0"],
                    "transition": [None, [[["1/2", "1/2"], None], None]],
                    "rewards": [None, [[["1", None], None], None]],
                    "policies": {"expert": [[["1", "0"], None], None], "learner": None},
                },
                states=2,
                actions=(2, 2),
            )
        ),
    ],
)
def test_a_question_is_its_content(query: Query) -> None:
    question = Question(query, sup=query.threshold is None and query.claim is None)
    read = question_of(json.loads(json.dumps(question.attempt.payload)))
    assert read.task == question.task
    assert read.query.fix == query.fix
    assert read.query.game_class.names == query.game_class.names


def test_keys_of_different_questions_differ() -> None:
    others = [
        Question(Query(states=3), sup=True),
        Question(Query(gamma="1/2"), sup=True),
        Question(Query(assume="nash,margin=1/3"), sup=True),
        Question(Query(gap_at_least=18)),
        Question(Query(gap_at_least=18, strict=True)),
        Question(Query(gap_at_least=18, player=0)),
    ]
    assert len({q.task.key for q in [SUP, *others]}) == 7
    assert replace(SUP, seconds=3.0).task == SUP.task
    assert replace(SUP, seconds=3.0).attempt != SUP.attempt


def test_finished_work_is_never_done_again(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    asked = [SUP, Question(Query(gap_at_least=18)), Question(Query(gap_at_least=18, strict=True))]
    first = [answer(q, tmp_path / "s") for q in asked]
    request.getfixturevalue("forbidden")
    again = [answer(replace(q, seconds=7.0), tmp_path / "s") for q in asked]
    assert [one.was_kept for one in (*first, *again)] == [False] * 3 + [True] * 3
    assert [one.verdict.json() for one in first] == [one.verdict.json() for one in again]
    assert [one.verdict.status for one in again] == ["ruled_out", "found", "ruled_out"]


@pytest.mark.parametrize("sup", [True, False])
def test_the_face_of_python_takes_store_and_executor(tmp_path: Path, sup: bool) -> None:
    query = Query(assume="nash,zero-sum", gamma="1/2", gap_at_least=None if sup else 2)
    with ThreadPoolExecutor(1) as pool:
        found = ng.search(query, sup=sup, store=tmp_path / "s", executor=pool)
    assert found.status == ("ruled_out" if sup else "found")
    assert ng.search(query, sup=sup, store=tmp_path / "s").json() == found.json()


def test_an_undecided_answer_is_tried_again_only_with_another_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, Unknown("no time"))
    quick = replace(SUP, seconds=1.0)
    assert not answer(quick, tmp_path / "s").was_kept
    assert answer(quick, tmp_path / "s").was_kept
    assert not answer(replace(SUP, seconds=2.0), tmp_path / "s").was_kept


def test_what_an_interrupt_left_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = answer(SUP, None).verdict
    assert isinstance(full, RuledOut)
    partial = Unknown("interrupted", F(18), F(20), full.witness, interrupted=True)
    says(monkeypatch, partial)
    assert not answer(SUP, tmp_path / "s").was_kept
    says(monkeypatch, Unknown("no time", F(3), F(19)))
    later = answer(SUP, tmp_path / "s").verdict
    assert isinstance(later, Unknown)
    assert [later.lower, later.upper, later.interrupted] == [18, 19, False]
    assert later.witness is not None


def test_contradicting_answers_are_kept_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = answer(SUP, None).verdict
    assert isinstance(true, RuledOut)
    says(monkeypatch, Unknown("interrupted", F(18), F(20), true.witness, interrupted=True))
    answer(SUP, tmp_path / "s")
    says(monkeypatch, Unknown("a wrong bound", F(1), F(17)))
    for _ in range(2):
        found = answer(SUP, tmp_path / "s").verdict
        assert isinstance(found, Unknown)
        assert found.conflict
    with Store(tmp_path / "s") as store:
        ((key, one, other),) = store.disagreements()
    assert (key, one["lower"], other["upper"]) == (SUP.task.key, "18", "17")


def test_solvers_that_disagree_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, Unknown("z3 and the prover disagree", conflict=True))
    found = answer(SUP, tmp_path / "s").verdict
    assert isinstance(found, Unknown)
    assert found.conflict
    with Store(tmp_path / "s") as store:
        assert store.disagreements()[0][1] == "z3 and the prover disagree"


Edit = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "edit",
    [
        lambda v: v.update(supremum="17"),
        lambda v: v["certificate"]["excludes"].update(gap="17"),
        lambda v: v["certificate"]["excludes"].update(gap="19"),
        lambda v: v["witness"]["witness"]["numbers"].update(nash_gap="19"),
        lambda v: v.update(witness=None),
        lambda v: v.update(certificate=None),
        lambda v: v.update(status="found", witness=None),
        lambda v: v.update(status="proved"),
        lambda v: v.pop("status"),
    ],
)
def test_a_changed_store_is_refused(tmp_path: Path, edit: Edit) -> None:
    raw = written(answer(SUP, tmp_path / "s").verdict)
    assert recalled(raw, "s").json() == raw
    edit(raw)
    with sqlite3.connect(tmp_path / "s") as file:
        file.execute("UPDATE results SET result = ?", (json.dumps({**raw, "seconds": 1}),))
    file.close()
    with pytest.raises(BadInput, match="move it away"):
        answer(SUP, tmp_path / "s")


@pytest.mark.parametrize("own", [True, False], ids=["threads", "processes"])
def test_many_answers_on_any_executor(tmp_path: Path, own: bool) -> None:
    discounts = [F(1, 2), F(2, 3), F(3, 4)]
    asked = [Question(Query(gamma=g), sup=True) for g in discounts]
    said: list[str] = []
    with ThreadPoolExecutor(2) as threads:
        pool: Executor | None = threads if own else None
        found = answers(asked, tmp_path / "s", pool, workers=2, progress=said.append)
    assert [one.verdict.json()["supremum"] for one in found] == ["2", "4", "6"]
    assert said[0] == "0 of 3 tasks done"
    assert said[-1].startswith("3 of 3 tasks done, last: ruled_out ")


def test_an_interrupt_of_many_keeps_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [Question(Query(gamma=g), sup=True) for g in (F(1, 2), F(2, 3))]
    real = engine.search

    def stopped(query: Query, **options: Any) -> Verdict:
        if query.gamma == F(2, 3):
            raise KeyboardInterrupt
        return real(query, **options)

    monkeypatch.setattr(engine, "search", stopped)
    with ThreadPoolExecutor(1) as pool:
        one, two = answers(asked, tmp_path / "s", pool, workers=1)
        assert isinstance(one.verdict, RuledOut)
        assert isinstance(two.verdict, Unknown)
        assert two.verdict.interrupted
        monkeypatch.setattr(engine, "search", real)
        later = answers(asked, tmp_path / "s", pool)
    assert [a.was_kept for a in later] == [True, False]
    assert all(isinstance(a.verdict, RuledOut) for a in later)


def test_found_is_recalled_as_found(tmp_path: Path) -> None:
    question = Question(Query(claim="NashGap <= 17"))
    first = answer(question, tmp_path / "s").verdict
    second = answer(question, tmp_path / "s").verdict
    assert isinstance(second, Found)
    assert second.json() == first.json()


def test_a_conjecture_keeps_what_the_engine_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = setting("NashGap <= 15", "match-rho,nash,reset=1/4", states=2, gamma="9/10")

    def concluded() -> object:
        return Attack(asked, None, 0, lambda _: None, store=tmp_path / "s").by_engine()

    assert isinstance(concluded(), Certificate)
    with Store(tmp_path / "s") as store:
        kept = {task["payload"]["query"]["claim"] for task, _ in store.results()}
    assert kept == {"NashGap <= 15"}

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("searched again")

    monkeypatch.setattr(engine, "_answer", refuse)
    assert isinstance(concluded(), Certificate)


@pytest.mark.parametrize("assume", ["nash,full-support", "nash,alternating,margin=1/3"])
def test_a_question_without_parts_is_answered_by_workers(tmp_path: Path, assume: str) -> None:
    asked = Question(Query(assume=assume, gamma="1/2"), sup=True)
    alone = answer(asked, tmp_path / "s").verdict
    said: list[str] = []
    found = answer(asked, tmp_path / "t", progress=said.append, workers=2).verdict
    assert isinstance(found, RuledOut)
    assert isinstance(alone, RuledOut)
    assert (found.supremum, found.attained) == (alone.supremum, alone.attained)
    assert said or "full-support" not in assume
