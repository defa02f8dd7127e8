r"""Derivations: chains of lines, each with the reason why it follows from the one before.

A chain is written as in a paper and is immutable; every method returns a longer one:

    derivation("my_lemma", assume="dominant")
        .start("NashGap")
        .eq("V(best_response, learner) - V(learner)", by="definition")
        .eq("V(expert, learner) - V(learner)", by="dominance")
        .le("(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2", by="disagreement_le_bc_error")

Lines are texts, or SymPy expressions in the symbols of this package. It proves
`first line <= last line` ("==" if all its relations are).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .assumptions import parse_assumptions
from .domain import taken_for_granted
from .errors import BadInput
from .expression import Call, Expression, Name, Number, Power, Product, Relation, Sum, text
from .formula import relation_latex
from .ledger import Statement
from .parsing import parse_expression
from .reasons import ByLemma, Reason
from .shown import Shown
from .words import LEVELS, Level, line_vocabulary

Line = object  # a text, an Expression, or a SymPy expression, which has no types


@dataclass(frozen=True)
class Step:
    """One line: its relation to the line before, the line itself, and the reason."""

    relation: Relation
    right: Expression
    reason: Reason


@dataclass(frozen=True)
class Derivation(Shown):
    """A chain of steps from one line to another.

    Attributes:
        name: how other derivations call it.
        level: "scalar" for numbers, "state" for functions of the state; a line holds for every
            player i and at every state.
        assumptions: what it assumes, as in a list of assumptions.
        first: the first line, None before `start`.
        steps: the lines after it.
        uses: derivations that its reasons name, beside those of the library.
    """

    name: str
    level: Level
    assumptions: tuple[str, ...]
    first: Expression | None = None
    steps: tuple[Step, ...] = ()
    uses: tuple["Derivation", ...] = ()

    def start(self, line: Line) -> "Derivation":
        """The first line.

        Raises:
            BadInput: it is not an expression of a derivation, or there is a first line already.
        """
        if self.first is not None:
            raise BadInput(f"derivation {self.name!r}", "a second start", "one start")
        return replace(self, first=as_expression(line))

    def eq(self, line: Line, *, by: "str | Reason | Derivation") -> "Derivation":
        """A line that equals the one before.

        Args:
            line: the new line.
            by: a reason, another derivation, or a word: "definition", "algebra", the name of an
                assumption ("dominance" for "dominant"), the name of a lemma.

        Raises:
            BadInput: the line cannot be read, or no reason of that name fits.
        """
        return self._step("==", line, by)

    def le(self, line: Line, *, by: "str | Reason | Derivation") -> "Derivation":
        """A line that is at least the one before; as `eq`."""
        return self._step("<=", line, by)

    @property
    def lines(self) -> tuple[Expression, ...]:
        """All lines.

        Raises:
            BadInput: there is no first line.
        """
        if self.first is None:
            raise BadInput(f"derivation {self.name!r}", "no first line", ".start(...) first")
        return (self.first, *(step.right for step in self.steps))

    @property
    def statement(self) -> Statement:
        """What it says, proved or not."""
        lines = self.lines
        relation = "<=" if any(step.relation == "<=" for step in self.steps) else "=="
        granted = taken_for_granted(lines[0], lines[-1], self.assumptions)
        known = frozenset(self.assumptions) | granted
        return Statement(lines[0], relation, lines[-1], self.level, known)

    def lemmas(self) -> tuple[str, ...]:
        """The lemmas that its reasons name, in order, each once."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.reason.lemmas()))

    @property
    def text(self) -> str:
        """What it says, in plain text."""
        said = self.statement
        return f"{text(said.left)} {said.relation} {text(said.right)}"

    def latex(self) -> str:
        """What it says, without dollar signs."""
        said = self.statement
        return relation_latex(said.left, said.relation, said.right)

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def _repr_html_(self) -> str:
        from .display import derivation_html

        return derivation_html(self) if self.first is not None else ""

    def __str__(self) -> str:
        if self.first is None:
            return f"{self.name}: no line yet"
        lines = (
            f"  {step.relation} {text(step.right)}    by {step.reason.words()}"
            for step in self.steps
        )
        return "\n".join([f"{self.name}:", f"     {text(self.first)}", *lines])

    def __repr__(self) -> str:
        said = self.text if self.steps else "no step yet"
        return f"<Derivation {self.name}: {said}>"

    def _step(
        self, relation: Relation, line: Line, by: "str | Reason | Derivation"
    ) -> "Derivation":
        left, right = self.lines[-1], as_expression(line)
        if isinstance(by, Derivation):
            step = Step(relation, right, ByLemma(by.name))
            return replace(self, steps=(*self.steps, step), uses=(*self.uses, by))
        if isinstance(by, str):
            from .resolution import resolve

            by = resolve(by, self, left, relation, right)
        return replace(self, steps=(*self.steps, Step(relation, right, by)))


def derivation(
    name: str,
    *,
    assume: str | Sequence[str] = "",
    level: Level = "scalar",
    uses: Sequence[Derivation] = (),
) -> Derivation:
    """Begins a derivation.

    Args:
        name: how other derivations call it; letters, digits and underscores.
        assume: assumptions, as "dominant" or "nash,match-rho".
        level: "scalar", or "state" for lines that hold at every state.
        uses: derivations that its reasons may name, beside the lemmas of the library.

    Raises:
        BadInput: a name, an assumption or a level that does not exist.

    Example:
        >>> double = derivation("double").start("eps_BC").eq("2*eps_BC - eps_BC", by="algebra")
        >>> double.text, double.steps[0].reason.words()
        ('eps_BC == 2*eps_BC - eps_BC', 'algebra')
    """
    if not is_name(name):
        raise BadInput("derivation", f"the name {name[:60]!r}", "letters, digits and underscores")
    if level not in LEVELS[:2]:
        raise BadInput(f"derivation {name!r}", f"level {level!r}", "'scalar' or 'state'")
    names = tuple(assumption.text for assumption in parse_assumptions(assume))
    return Derivation(name, level, names, uses=tuple(uses))


def is_name(name: str) -> bool:
    """Whether a derivation may be called so."""
    return name.isascii() and name.replace("_", "").isalnum()


def as_expression(line: Line) -> Expression:
    """A line from a text, from an expression, or from SymPy.

    Raises:
        BadInput: it is not an expression of a derivation.
    """
    if isinstance(line, str):
        return parse_expression(line, line_vocabulary(), "line")
    if isinstance(line, (Number, Name, Call, Sum, Product, Power)):
        return line
    from .symbols import from_sympy

    return from_sympy(line)
