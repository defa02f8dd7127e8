"""All grounds, by name."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ..expression import Expression, Relation
from ..normal import normal
from ..parsing import parse_relation
from ..rational import Rational
from ..words import Level, line_vocabulary
from ._consequences import CONSEQUENCES
from ._definitions import DEFINITIONS, VISITATION
from ._facts import FACTS, PARTS
from ._inferences import INFERENCES
from ._kinds import Consequence, Definition, Fact, Ground


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


def consequence(assumption: str) -> Consequence | None:
    """What an assumption says in the words of a derivation, if the kernel knows it."""
    return next((c for c in CONSEQUENCES if c.assumption == assumption), None)


def fact_named(source: str, level: Level) -> tuple[Fact, Expression, Expression] | None:
    """The fact that a text states at a level, with its smaller and its larger side.

    Raises:
        BadInput: the text is not a relation.
    """
    low, high = ordered(*parse_relation(source, line_vocabulary(), "fact"))
    wanted = normal(high) - normal(low)
    for fact, difference in _instances(level):
        if (difference - wanted).is_zero:
            return fact, low, high
    return None


def ordered(
    left: Expression, relation: Relation, right: Expression
) -> tuple[Expression, Expression]:
    """The smaller and the larger side."""
    return (right, left) if relation in (">=", ">") else (left, right)


@cache
def _instances(level: Level) -> tuple[tuple[Fact, Rational], ...]:
    found = []
    for fact in FACTS:
        for source in fact.instances if fact.level == level else ():
            low, high = ordered(*parse_relation(source, line_vocabulary(), "fact"))
            found.append((fact, normal(high) - normal(low)))
    return tuple(found)


def visitation() -> Definition:
    """The visitation identity, used like a definition of discounted visits."""
    return VISITATION
