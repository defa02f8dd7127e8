r"""What a step is checked with: exact identities and signs, each decided by every opinion at hand.

An opinion is one independent way to decide. The first one, `Coefficients`, is the small arithmetic
of this folder; a second one may come from elsewhere (`second_opinion.py` is SymPy's). All must
agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .errors import BadInput, NashgapError
from .expression import Call, Expression, Relation, nodes, text
from .grounds import Ground
from .normal import check_level, normal
from .parsing import parse_expression
from .signs import is_defined, is_nonnegative
from .words import Level, line_vocabulary


class BrokenStepError(NashgapError):
    """A step does not follow by its reason; the kernel turns it into a status."""


class Opinion(Protocol):
    """One exact way to decide identities and signs."""

    name: str

    def identical(self, left: Expression, right: Expression) -> bool:
        """Whether the two sides are the same rational function."""
        ...

    def nonnegative(self, expression: Expression) -> bool:
        r"""Whether it proves \\(f(\\gamma,n)\\ge0\\) for all \\(0\\le\\gamma<1\\), \\(n\\ge1\\)."""
        ...


@dataclass(frozen=True)
class Coefficients:
    """Normal forms, and signs by non-negative coefficients."""

    name = "coefficients"

    def identical(self, left: Expression, right: Expression) -> bool:
        """Whether the difference has normal form 0."""
        mine, yours = normal(left), normal(right)
        return mine == yours or (mine - yours).is_zero

    def nonnegative(self, expression: Expression) -> bool:
        """Whether all coefficients are non-negative after the substitution."""
        return is_nonnegative(normal(expression))


@dataclass(frozen=True)
class Statement:
    """What a checked lemma says: a relation at a level, under assumptions."""

    left: Expression
    relation: Relation
    right: Expression
    level: Level
    assumptions: frozenset[str]


@dataclass(frozen=True)
class Place:
    """Where a step stands.

    Attributes:
        left: the line before.
        relation: "<=" or "==".
        right: the line itself.
        level: the level of the chain.
        is_first: whether it is the first step of its chain.
        last: the last line of the chain.
    """

    left: Expression
    relation: Relation
    right: Expression
    level: Level
    is_first: bool
    last: Expression


@dataclass
class Ledger:
    """Books what a derivation uses while its steps are checked.

    Attributes:
        opinions: the ways to decide; all must agree.
        assumptions: those of the derivation.
        lemmas: what is proved so far.
        beneath: every ground that each of them rests on, by itself or by its lemmas.
        rests_on: the grounds used.
        used_assumptions: the assumptions used.
        used_lemmas: the lemmas used.
    """

    opinions: Sequence[Opinion]
    assumptions: frozenset[str]
    lemmas: Mapping[str, Statement]
    beneath: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rests_on: set[str] = field(default_factory=set)
    used_assumptions: set[str] = field(default_factory=set)
    used_lemmas: set[str] = field(default_factory=set)

    def rest(self, *grounds: Ground | str) -> None:
        """Books grounds."""
        self.rests_on |= {g if isinstance(g, str) else g.name for g in grounds}

    def identical(self, left: Expression, right: Expression, what: str) -> None:
        """Checks an exact identity.

        Raises:
            BrokenStepError: an opinion denies it.
        """
        for opinion in self.opinions:
            if not opinion.identical(left, right):
                raise BrokenStepError(
                    f"{what}: {text(left)} and {text(right)} differ (by {opinion.name})"
                )

    def nonnegative(self, expression: Expression, what: str) -> None:
        r"""Checks a sign for all \(0\le\gamma<1\), \(n\ge1\).

        Raises:
            BrokenStepError: an opinion does not prove it.
        """
        for opinion in self.opinions:
            if not opinion.nonnegative(expression):
                raise BrokenStepError(
                    f"{what}: {text(expression)} >= 0 for 0 <= gamma < 1, n >= 1 is not shown "
                    f"(by {opinion.name})"
                )
        self.rest("signs")

    def lemma(self, name: str, level: Level) -> Statement:
        """A lemma that is proved by now, at this level.

        Raises:
            BrokenStepError: there is none, or it stands at another level, or assumes more.
        """
        statement = self.lemmas.get(name)
        if statement is None:
            raise BrokenStepError(f"no lemma {name!r} is proved before this step")
        if statement.level != level:
            raise BrokenStepError(f"lemma {name!r} is of level {statement.level}, not {level}")
        if not statement.assumptions <= self.assumptions:
            more = ", ".join(sorted(statement.assumptions - self.assumptions))
            raise BrokenStepError(f"lemma {name!r} assumes more: {more}")
        self.used_lemmas.add(name)
        self.used_assumptions |= statement.assumptions
        return statement


def line(source: str, level: Level, *, others: bool = False) -> Expression:
    """Reads a line and checks that it means something at its level.

    Raises:
        BrokenStepError: it does not parse.
        MalformedError: a word stands where it means nothing.
    """
    try:
        expression = parse_expression(source, line_vocabulary())
    except BadInput as error:
        raise BrokenStepError(str(error)) from None
    check_line(expression, level, others=others)
    return expression


def check_line(expression: Expression, level: Level, *, others: bool = False) -> None:
    """Checks words and denominators of a line.

    Raises:
        MalformedError: a word stands where it means nothing.
        BrokenStepError: a denominator may vanish.
    """
    check_level(expression, level, others=others)
    bodies = (b for part in nodes(expression) if isinstance(part, Call) for b in part.arguments)
    for part in (expression, *bodies):
        if not is_defined(normal(part)):
            raise BrokenStepError(f"a denominator of {text(part)} is not shown to differ from 0")
