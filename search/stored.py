"""Answers questions through a store: what is finished is recalled, the rest done and kept.

A recalled verdict has passed its checks again. Two answers that contradict each other are kept
beside each other, and the verdict then says so.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from .question import Question, question_of
from .recall import agree, better, recalled, written
from .run import Died, Progress, run
from .split import Whole, parts
from .standing import Standing
from .store import Store, Task
from .supremum import trivial_upper
from .verdict import Found, Unknown, Verdict

_DAY = 86_400.0
_TICK = 0.2
_DISAGREE = "two answers to this question contradict each other; the store keeps both"


@dataclass(frozen=True)
class Answer:
    """A verdict and where it comes from.

    Attributes:
        question: what was asked.
        verdict: the answer.
        seconds: what it took when it was found.
        was_kept: whether it was finished before.
    """

    question: Question
    verdict: Verdict
    seconds: float
    was_kept: bool = False


def answer(
    question: Question,
    store: str | Path | Store | None,
    executor: Executor | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    workers: int | None = None,
) -> Answer:
    """One answer. With an executor or workers, the parts of the question are tasks of their own.

    Args:
        question: what is asked.
        store: as in `answers`.
        executor: who does the work; without one this process does it, or `workers` others.
        progress: told in a few words how far it is.
        workers: how many parts are worked on at once.
    """
    with opened(store) as kept:
        if executor is not None or workers is not None:
            return _known(kept, question) or _in_parts(kept, question, executor, workers, progress)
        while (known := _known(kept, question)) is None:
            if kept.claim([question.attempt], 1, _DAY):
                return _here(kept, question, progress or (lambda _: None))
            time.sleep(_TICK)  # another process is at work on it
        return known


def answers(
    questions: Sequence[Question],
    store: str | Path | Store | None,
    executor: Executor | None = None,
    *,
    workers: int | None = None,
    progress: Callable[[str], None] | None = None,
    report: Callable[[Answer, Progress], None] | None = None,
) -> list[Answer]:
    """Answers in the order of the questions; an interrupt leaves the rest undecided.

    Args:
        questions: what is asked.
        store: where results are kept: a file, an open store, or None for no longer than this call.
        executor: who does the work; by default a pool of processes.
        workers: how many questions are worked on at once; by default one a processor.
        progress: told in a few words how far it is.
        report: told each answer that comes in.
    """
    with opened(store) as kept:
        old = {q.task.key: _known(kept, q) for q in questions}
        asked = {q.attempt.key: q for q in questions if old[q.task.key] is None}
        new: dict[str, Answer] = {}

        def came_in(state: Progress) -> None:
            if state.task is not None:
                question = asked[state.task.key]
                new[question.task.key] = _finished(kept, question, state.latest)
                if report is not None:
                    report(new[question.task.key], state)
            if progress is not None:
                last = f", last: {_word(state.latest)}" if state.task is not None else ""
                progress(f"{state.done} of {state.total} tasks done{last}")

        interrupted = False
        try:
            done = run(
                [q.attempt for q in asked.values()],
                solve,
                kept,
                executor=executor,
                workers=workers,
                report=came_in,
                same=agree,
            )
            for question, result in zip(asked.values(), done, strict=True):
                if question.task.key not in new:  # by another process, or it killed its worker
                    new[question.task.key] = _finished(kept, question, result)
        except KeyboardInterrupt:
            interrupted = True
        left = Unknown("interrupted", interrupted=interrupted)
        return [
            old[q.task.key] or new.get(q.task.key) or Answer(q, _partial(kept, q, left), 0.0)
            for q in questions
        ]


def _in_parts(
    kept: Store,
    question: Question,
    executor: Executor | None,
    workers: int | None,
    progress: Callable[[str], None] | None,
) -> Answer:
    """An answer from those to its parts; where there are none, from the question itself."""
    started = time.perf_counter()
    asked = parts(question)
    if not asked:
        return answers([question], kept, executor, workers=workers, progress=progress)[0]
    kept_parts = [_known(kept, part) for part in asked]
    known = {one.question.task.key: one.verdict for one in kept_parts if one is not None}
    say = progress or (lambda _: None)

    def told(one: Answer, _: Progress) -> None:
        known[one.question.task.key] = one.verdict
        say(str(_standing(question, known.values())))

    def ask(some: Sequence[Question]) -> list[Verdict]:
        found = answers(some, kept, executor, workers=workers, report=told)
        return [one.verdict for one in found]

    say(str(_standing(question, known.values())))
    whole = Whole(question, ask(asked))
    left = whole.left()
    later = iter(ask([one for one in left if one is not None]))
    whole = replace(whole, later=[None if one is None else next(later) for one in left])
    verdict = whole.verdict()
    if isinstance(verdict, Unknown) and verdict.interrupted:
        reason = f"interrupted: {_standing(question, known.values())}"
        verdict = replace(verdict, reason=reason)
    return _now(kept, question, verdict, started)


def _standing(question: Question, known: Iterable[Verdict]) -> Standing:
    """How far the parts are; what all of them do not exceed bounds the whole."""
    listed, total = list(known), len(parts(question))
    shown = [v.witness.numbers["gap_of_player"] for v in listed if v.witness is not None]
    proofs = [v.certificate for v in listed if not isinstance(v, Found) and v.certificate]
    bounds = [Fraction(proof.raw["excludes"]["gap"]) for proof in proofs]
    if len(bounds) < total:
        bounds.append(trivial_upper(question.query.game_class.discount))
    done = min(len(listed), total)
    return Standing(done, total, max(shown, default=None), max(bounds), "parts")


def solve(task: Task) -> dict[str, Any]:
    """Answers the question of a task; made to run anywhere."""
    from .engine import search

    question = question_of(task.payload)
    started = time.perf_counter()
    verdict = search(question.query, sup=question.sup, seconds=question.seconds)
    return {**written(verdict), "seconds": round(time.perf_counter() - started, 3)}


@contextmanager
def opened(store: str | Path | Store | None) -> Iterator[Store]:
    """A store that is open; one that was given open stays so."""
    if isinstance(store, Store):
        yield store
        return
    with Store(":memory:" if store is None else store) as kept:
        yield kept


def _known(kept: Store, question: Question) -> Answer | None:
    """A finished answer, checked again."""
    raw = kept.result(question.task) or kept.result(question.attempt)
    if raw is None:
        return None
    verdict = _partial(kept, question, recalled(raw, str(kept.path)))
    if not isinstance(verdict, Unknown) and not kept.has(question.task):
        kept.finish(question.task, raw, agree)
    return Answer(question, _warned(kept, question, verdict), raw["seconds"], True)


def _here(kept: Store, question: Question, progress: Callable[[str], None]) -> Answer:
    from .engine import search

    started = time.perf_counter()
    try:
        verdict = search(
            question.query, sup=question.sup, seconds=question.seconds, progress=progress
        )
        return _now(kept, question, verdict, started)
    finally:
        kept.release(question.attempt)


def _now(kept: Store, question: Question, verdict: Verdict, started: float) -> Answer:
    """Keeps what was just found: one that was interrupted is to be gone on with."""
    seconds = round(time.perf_counter() - started, 3)
    if isinstance(verdict, Unknown) and verdict.interrupted:
        verdict = _partial(kept, question, verdict)
        kept.leave_off(question.task, written(verdict))
        return Answer(question, verdict, seconds)
    result = {**written(verdict), "seconds": seconds}
    kept.finish(question.attempt, result, agree)
    return _finished(kept, question, result)


def _finished(kept: Store, question: Question, result: Any) -> Answer:
    """An answer that has come in: kept under the question too if it is decided."""
    if isinstance(result, Died):
        return Answer(question, Unknown("it ended the life of its worker, twice"), 0.0)
    verdict = _partial(kept, question, recalled(result, str(kept.path)))
    if not isinstance(verdict, Unknown):
        kept.finish(question.task, result, agree)
    elif verdict.conflict:
        kept.disagree(question.task, verdict.reason, result)
    return Answer(question, _warned(kept, question, verdict), result["seconds"])


def _partial(kept: Store, question: Question, verdict: Verdict) -> Verdict:
    """The verdict, with what was known when the question was last left off."""
    raw = kept.partial(question.task)
    if raw is None:
        return verdict
    before, now = recalled(raw, str(kept.path)), written(verdict)
    if not agree(raw, now):
        kept.disagree(question.task, raw, now)
    return better(verdict, before if isinstance(before, Unknown) else None)


def _warned(kept: Store, question: Question, verdict: Verdict) -> Verdict:
    """No verdict stands against one that contradicts it."""
    if all(key != question.task.key for key, _, _ in kept.disagreements()):
        return verdict
    if isinstance(verdict, Unknown):
        return replace(verdict, conflict=True)
    return Unknown(_DISAGREE, witness=verdict.witness, conflict=True)


def _word(result: Any) -> str:
    if not isinstance(result, dict):
        return "no result"
    shown = result.get("supremum") or result.get("lower") or ""
    return f"{result['status']} {shown}".strip()
