"""Answers a query: a game, a certificate, or an honest "unknown".

Each kind of query goes to who answers it: an empty class, given parts (`fixed`), matched states and
small errors (`coupling`), classes smaller than "Nash" (`pair`), and everything else (`encoded`).
Nothing here consults a theorem, and no solver's word is taken.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from nashgap.theory.errors import BadInput

from . import empty, encoded
from .coupling import answer as matched
from .finish import finished
from .fixed import answer as fixed
from .pair import run as pair
from .query import Query
from .verdict import Verdict

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from .store import Store

Progress = Callable[[str], None]


def search(
    query: Query,
    *,
    sup: bool = False,
    seconds: float | None = None,
    progress: Progress | None = None,
    store: "str | Path | Store | None" = None,
    executor: "Executor | None" = None,
    core: bool = False,
) -> Verdict:
    """Finds a game of the asked kind, or rules it out, or finds the supremum of the Nash gap.

    Args:
        query: the class and the gap to reach or the claim to break.
        sup: ask for the supremum; the query then names neither gap nor claim.
        seconds: stop after about this long, or None.
        progress: told in a few words what is being done.
        store: a file that keeps what is finished; what it holds is checked again, not done again.
        executor: any `concurrent.futures.Executor`, to do the work elsewhere.
        core: of a rule-out, look for the minimal sets of assumptions that it rests on as well.

    Raises:
        BadInput: not exactly one goal, a time that is not positive, or a file that is no store.

    Example:
        >>> from .query import Query
        >>> verdict = search(Query(gamma="1/2", assume="nash,deterministic,pure"), sup=True)
        >>> verdict.supremum, verdict.attained, verdict.witness.nash_gap
        (Fraction(2, 1), True, Fraction(2, 1))
    """
    _check(query, sup, seconds)
    if core:
        from .core import explained

        plain = partial(search, query, sup=sup, store=store, executor=executor)
        verdict = plain(seconds=seconds, progress=progress)
        return explained(query, verdict, search, seconds=seconds, progress=progress)
    if store is not None or executor is not None:
        from .question import Question
        from .stored import answer

        return answer(Question(query, sup, seconds), store, executor, progress).verdict
    _preload()
    say = progress or (lambda _: None)
    if (nothing := empty.answer(query, sup)) is not None:
        return nothing
    if query.fix is not None:
        return fixed.answer(query, sup, seconds, say, search)
    if matched.covers(query) and pair.rules_for(query) is None:
        return matched.answer(query, sup, seconds, say)
    deadline = None if seconds is None else time.monotonic() + seconds
    found = _answer(query, sup, deadline, seconds, say)
    return finished(query, found, seconds, deadline, say)


def _check(query: Query, sup: bool, seconds: float | None) -> None:
    """Refuses what is no question, as `search` says."""
    if not isinstance(query, Query):
        given = f"given a {type(query).__name__}"
        raise BadInput("query", given, 'a Query, for example Query(assume="nash", states=3)')
    goals = [sup, query.threshold is not None, query.claim is not None]
    if sum(goals) != 1:
        given = "more than one of them" if any(goals) else "none of them"
        raise BadInput("gap_at_least, claim, sup", f"given {given}", "exactly one goal")
    if query.strict and query.threshold is None:
        raise BadInput("strict", "given without gap_at_least", "a gap to exceed")
    if seconds is not None and not seconds > 0:
        raise BadInput("seconds", f"given {seconds}", "a positive number")


def _answer(
    query: Query, sup: bool, deadline: float | None, seconds: float | None, say: Progress
) -> Verdict:
    """What the pair of decision processes or the encodings say."""
    if (special := pair.rules_for(query)) is not None:
        return pair.answer(query, special, sup, seconds, say)
    return encoded.answer(query, sup, deadline, say)


def _preload() -> None:
    """Imports here what the workers need, so that not every one of them has to."""
    import flint  # noqa: F401
    import highspy  # noqa: F401
