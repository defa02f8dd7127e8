"""Finds the reason that a word names, for derivations written by hand."""

from collections.abc import Iterator
from itertools import combinations

from .assumptions import known
from .chain import Derivation
from .errors import BadInput
from .expression import Expression, Relation, rewrite
from .grounds import definitions
from .kernel import FIRST_OPINION
from .ledger import BrokenStepError, Ledger, Place, Statement
from .normal import MalformedError, normal
from .polynomial import TooLargeError
from .reasons import (
    Algebra,
    Assume,
    Attained,
    ByLemma,
    Combination,
    Reason,
    Term,
    Unfold,
    Visitation,
)
from .words import PARAMETERS

_ALIASES = {"dominance": "dominant", "optimality": "team-optimal"}
_NEEDED = '"definition", "algebra", the name of an assumption or of a lemma, or a reason'


def resolve(
    word: str, current: Derivation, left: Expression, relation: Relation, right: Expression
) -> Reason:
    """The reason that a word stands for at one step.

    Args:
        word: "definition", "algebra", the name of an assumption, the name of a lemma.
        current: the chain so far.
        left: the line before.
        relation: "==" or "<=".
        right: the new line.

    Raises:
        BadInput: the word names nothing.
    """
    if word == "algebra":
        return Algebra()
    if word == "definition":
        return _definition(current, left, relation, right)
    word = word.removeprefix("assumption: ")
    assumption = _ALIASES.get(word, word)
    if assumption in known() or assumption in current.assumptions:
        return Assume(assumption)
    statement = _statement(word, current)
    if statement is None:
        where = f"derivation {current.name!r}, step {len(current.steps) + 1}"
        raise BadInput(where, f"by={word[:60]!r}", _NEEDED)
    return _by_lemma(word, statement, left, right)


def _statement(word: str, current: Derivation) -> Statement | None:
    from .library import library

    found = {used.name: used for used in current.uses}.get(word) or library().get(word)
    return found.statement if found else None


def _by_lemma(name: str, statement: Statement, left: Expression, right: Expression) -> Reason:
    """The lemma as it stands, or times the factor in gamma and n that makes it fit."""
    try:
        wanted = normal(right) - normal(left)
        given = normal(statement.right) - normal(statement.left)
        ratio = wanted / given
    except (MalformedError, TooLargeError, ZeroDivisionError):
        return ByLemma(name)
    scaled = ratio.variables <= PARAMETERS and ratio.top.as_constant() != 1
    if scaled and statement.relation == "<=":
        return Combination((Term(str(ratio), (name,)),))
    return ByLemma(name)


def _definition(
    current: Derivation, left: Expression, relation: Relation, right: Expression
) -> Reason:
    """The first definitions, at most two, that make the step check; else those that apply."""
    last = right
    place = Place(left, relation, right, current.level, not current.steps, last)
    for reason in _candidates(left, right):
        try:
            reason.check(place, Ledger(FIRST_OPINION, frozenset(current.assumptions), {}))
        except (BrokenStepError, MalformedError, TooLargeError):
            if not isinstance(reason, Attained):
                continue
            if not _fits_attained(place):
                continue
        return reason
    names = tuple(_applicable(left, right))
    return Unfold(names[:1] or ("NashGap_i",))


def _fits_attained(place: Place) -> bool:
    """Whether a maximum is opened; the end of the chain, not known yet, is left to the check."""
    free = Place(place.left, place.relation, place.right, place.level, place.is_first, place.left)
    try:
        Attained().check(free, Ledger(FIRST_OPINION, frozenset(), {}))
    except (BrokenStepError, MalformedError, TooLargeError):
        return False
    return True


def _candidates(left: Expression, right: Expression) -> Iterator[Reason]:
    yield Attained()
    names = list(_applicable(left, right))
    for name in names:
        yield Unfold((name,))
    for first, second in combinations(names, 2):
        yield Unfold((first, second))
        yield Unfold((second, first))
    yield Visitation()


def _applicable(left: Expression, right: Expression) -> Iterator[str]:
    for name, definition in definitions().items():
        if any(rewrite(side, definition.rule) != side for side in (left, right)):
            yield name
