"""The kinds of things that the kernel takes on trust."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ..expression import Call, Expression, Name
from ..parsing import parse_expression
from ..words import LETTERS, OWN_LETTERS, Level, line_vocabulary

Rule = Callable[[Expression], Expression | None]
PARAMETER = "{parameter}"
"""What stands for the number of an assumption with one, as in match-bc=1/10."""


@dataclass(frozen=True)
class Ground:
    r"""One thing taken on trust.

    Attributes:
        name: how reports and files call it.
        kind: what it is.
        statement: what it says, in words with LaTeX formulas between dollar signs.
        proof: why it holds, in words with LaTeX formulas between dollar signs.
    """

    name: str
    kind: Literal["definition", "fact", "consequence", "inference"]
    statement: str
    proof: str


@dataclass(frozen=True)
class Definition:
    """A quantity and what it stands for; a step may replace the one by the other.

    Attributes:
        ground: its name, statement and reason.
        level: the level of its two sides.
        instances: its instances as equations in plain text, for tests.
        rule: gives what a node stands for, or None.
    """

    ground: Ground
    level: Level
    instances: tuple[str, ...]
    rule: Rule = field(compare=False, repr=False)


@dataclass(frozen=True)
class Fact:
    """An inequality that always holds.

    Attributes:
        ground: its name, statement and reason.
        level: the level at which it is read.
        instances: its instances in plain text, "left <= right" or "left >= right".
    """

    ground: Ground
    level: Level
    instances: tuple[str, ...]


@dataclass(frozen=True)
class Consequence:
    """What an assumption says in the words of a derivation.

    Attributes:
        assumption: its name.
        ground: name, statement and reason.
        relation: the consequence in plain text, for every player i; `{parameter}` stands for the
            assumption's number.
        level: the level at which it is read.
    """

    assumption: str
    ground: Ground
    relation: str
    level: Level = "scalar"


def parsed(source: str) -> Expression:
    """An expression of a derivation."""
    return parse_expression(source, line_vocabulary())


def name_rule(name: str, meaning: str) -> Rule:
    """Replaces a name."""
    replacement = parsed(meaning)
    return lambda node: replacement if node == Name(name) else None


def profile_rule(function: str, meaning: Callable[[str, str], str | None]) -> Rule:
    """Replaces `function(own, others)` by what `meaning` writes for the two roles."""

    def rule(node: Expression) -> Expression | None:
        if not (isinstance(node, Call) and node.function == function):
            return None
        roles = [argument.name for argument in node.arguments if isinstance(argument, Name)]
        written = meaning(roles[0], roles[-1])
        return None if written is None else parsed(written)

    return rule


def profiles() -> tuple[tuple[str, str], ...]:
    """Pairs of roles with given policies: who player i plays as, who the opponents play as."""
    return tuple((a, b) for a in OWN_LETTERS for b in LETTERS)
