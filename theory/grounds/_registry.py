"""All grounds, by name."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType

from ..expression import Expression, Relation
from ..normal import normal
from ..parsing import parse_relation
from ..rational import Rational
from ..words import Level, line_vocabulary
from . import (
    _consequences,
    _definitions,
    _deviations,
    _facts,
    _gaps,
    _inferences,
    _occupancies,
    _soft,
)
from ._definitions import VISITATION
from ._facts import PARTS
from ._kinds import PARAMETER, Consequence, Definition, Fact, Ground

DEFINITIONS = (
    *_definitions.DEFINITIONS,
    *_deviations.DEFINITIONS,
    *_occupancies.DEFINITIONS,
    *_soft.DEFINITIONS,
)
FACTS = (
    *_facts.FACTS,
    *_gaps.FACTS,
    *_deviations.FACTS,
    *_occupancies.FACTS,
    *_soft.FACTS,
)
CONSEQUENCES = (
    *_consequences.CONSEQUENCES,
    *_gaps.CONSEQUENCES,
    *_deviations.CONSEQUENCES,
    *_soft.CONSEQUENCES,
)
INFERENCES = (
    *_inferences.INFERENCES,
    *_deviations.INFERENCES,
    *_occupancies.INFERENCES,
    *_soft.INFERENCES,
)


@cache
def grounds() -> Mapping[str, Ground]:
    """Everything that the kernel takes on trust, by name.

    Example:
        >>> print(grounds()["sum over the opponents"].proof)
        There are $n-1$ opponents.
    """
    everything = (
        *(definition.ground for definition in DEFINITIONS),
        *(fact.ground for fact in FACTS),
        PARTS,
        *(consequence.ground for consequence in CONSEQUENCES),
        VISITATION.ground,
        *INFERENCES,
    )
    return MappingProxyType({ground.name: ground for ground in everything})


@cache
def definitions() -> Mapping[str, Definition]:
    """The definitions that a step may unfold, by name."""
    return MappingProxyType({d.ground.name: d for d in DEFINITIONS})


@cache
def facts() -> tuple[Fact, ...]:
    """The elementary inequalities."""
    return FACTS


def consequences(assumption: str) -> tuple[Consequence, ...]:
    """What an assumption says in the words of a derivation, as far as the kernel knows.

    Example:
        >>> [c.relation for c in consequences("match-bc=1/10")]
        ['eps_BC <= 1/10']
    """
    name, _, parameter = assumption.partition("=")
    return tuple(
        replace(c, relation=c.relation.replace(PARAMETER, parameter))
        for c in CONSEQUENCES
        if c.assumption == name and (PARAMETER in c.relation) == bool(parameter)
    )


@lru_cache(maxsize=1024)
def fact_named(source: str, level: Level) -> tuple[Fact, Expression, Expression] | None:
    """The fact that a text states at a level, with its smaller and its larger side.

    Raises:
        BadInput: the text is not a relation.
    """
    left, relation, right = parse_relation(source, line_vocabulary(), "fact")
    if relation not in ("<=", ">="):
        return None
    low, high = ordered(left, relation, right)
    wanted = normal(high) - normal(low)
    fact = _instances(level).get(wanted)
    return None if fact is None else (fact, low, high)


def ordered(
    left: Expression, relation: Relation, right: Expression
) -> tuple[Expression, Expression]:
    """The smaller and the larger side."""
    return (right, left) if relation in (">=", ">") else (left, right)


@cache
def _instances(level: Level) -> Mapping[Rational, Fact]:
    found: dict[Rational, Fact] = {}
    for fact in FACTS:
        for source in fact.instances if fact.level == level else ():
            low, high = ordered(*parse_relation(source, line_vocabulary(), "fact"))
            found[normal(high) - normal(low)] = fact
    return found


def largest() -> Mapping[str, Expression]:
    """What each norm over players and states is the largest absolute value of."""
    return _soft.LARGEST


def visitation() -> Definition:
    """The visitation identity, used like a definition of discounted visits."""
    return VISITATION
