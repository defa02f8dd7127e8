"""Conditions in plain text and as a Python predicate."""

from collections.abc import Callable, Sequence
from typing import Any

from sympy import Expr, Integer, Symbol, factor
from sympy.polys.rings import PolyElement

from .clause import Atom, Clause, Conditions, Sign
from .game import describe
from .largest import Cap, Largest, Solved
from .linear import linear
from .ranges import Ranges

_PLAIN = {Sign.AT_LEAST_ZERO: ">=", Sign.POSITIVE: ">", Sign.ZERO: "=="}
_FLIPPED = {">=": "<=", ">": "<", "==": "=="}


def plain(found: Conditions, *, why: bool = False) -> str:
    """The conditions in text, one a line.

    Args:
        found: the conditions.
        why: say beside each which player, state and action it comes from.
    """
    return "\n".join(_sections(found, lambda clause: _plain_clause(clause, found.ranges, why)))


def python(found: Conditions, side: str = "sufficient", name: str | None = None) -> str:
    """A Python function of the symbols, exact on integers and fractions.

    Args:
        found: the conditions.
        side: "sufficient" or "necessary"; they are the same where the conditions are exact.
        name: of the function; by default the concept's.
    """
    clauses = found.sufficient if side == "sufficient" else found.necessary
    arguments = ", ".join(found.ranges.bounds)
    called = name or found.concept.replace("-", "_")
    tests = [_python_clause(clause) for clause in clauses] or ["True"]
    body = "\n        and ".join(tests)
    said = "necessary and sufficient" if found.exact else side
    head = f'    """{said.capitalize()} for {found.concept}, given {describe(found.ranges)}."""'
    return f"def {called}({arguments}):\n{head}\n    return (\n        {body}\n    )\n"


def plain_largest(found: Largest) -> str:
    """The largest level in text."""
    lines = []
    for title, side in bounds_of(found):
        lines += [f"{title}:", *(f"  {one}" for one in _plain_caps(found, side))]
        for heading, clauses in (("if", side.premises), ("and not solved for it:", side.rest)):
            lines += [heading] if clauses else []
            lines += [f"  {_plain_clause(c, found.conditions.ranges, False)}" for c in clauses]
    if found.conditions.note:
        lines.append(f"the sides differ because {found.conditions.note}")
    return "\n".join(lines)


def bounds_of(found: Largest) -> list[tuple[str, Solved]]:
    """What is solved for the level, under its headings."""
    if found.conditions.exact:
        return [(f"the largest {found.level} is the least of", found.lower)]
    return [
        (f"the largest {found.level} is at least the least of", found.lower),
        (f"the largest {found.level} is at most the least of", found.upper),
    ]


def _plain_caps(found: Largest, side: Solved) -> list[str]:
    ranges = found.conditions.ranges
    shown = []
    for cap in side.caps:
        where = " and ".join(atom_text(atom, ranges) for atom in cap.where)
        shown.append(f"{value_of(cap, ranges)}" + (f"    where {where}" if where else ""))
    return [*shown, f"{ranges.bounds[found.level][1]}    (the end of its range)"]


def value_of(cap: Cap, ranges: Ranges) -> Expr:
    """The quotient, in lowest terms."""
    return quotient(cap.top, cap.under, ranges)


def titled(found: Conditions) -> list[tuple[str, Sequence[Clause]]]:
    """The sides of the conditions, under their headings."""
    if found.exact:
        return [("necessary and sufficient", found.sufficient)]
    return [("necessary", found.necessary), ("sufficient", found.sufficient)]


def _sections(found: Conditions, line: Callable[[Clause], str]) -> list[str]:
    lines = []
    for title, clauses in titled(found):
        lines.append(f"{title}:")
        lines += [f"  {line(clause)}" for clause in clauses] or ["  no condition: it always holds"]
    if found.note:
        lines.append(f"the sides differ because {found.note}")
    return lines


def _plain_clause(clause: Clause, ranges: Ranges, why: bool) -> str:
    if not clause.atoms:
        return f"never: {clause.why}"
    text = " or ".join(atom_text(atom, ranges) for atom in clause.atoms)
    return f"{text}    ({clause.why})" if why else text


def atom_text(atom: Atom, ranges: Ranges) -> str:
    """One relation, as it is printed."""
    left, relation, right = arranged(atom, ranges)
    return f"{left} {relation} {right}"


def _python_clause(clause: Clause) -> str:
    if not clause.atoms:
        return "False"
    parts = (f"{atom.polynomial.as_expr()} {_PLAIN[atom.sign]} 0" for atom in clause.atoms)
    return f"({' or '.join(parts)})"


def arranged(atom: Atom, ranges: Ranges) -> tuple[Expr, str, Expr]:
    """Both sides and the relation, solved for a symbol where that needs no case distinction."""
    relation = _PLAIN[atom.sign]
    for place in _preferred(ranges):
        slope, rest = linear(atom.polynomial, place)
        sign = ranges.sign(slope) if slope is not None else None
        if slope is not None and rest is not None and sign in (1, -1):
            symbol = ranges.ring.gens[place].as_expr()
            solved = quotient(-rest if sign == 1 else rest, slope * sign, ranges)
            return symbol, relation if sign == 1 else _FLIPPED[relation], solved
    left: Any = factor(atom.polynomial.as_expr())
    return left, relation, Symbol("0")


def quotient(top: PolyElement, under: PolyElement, ranges: Ranges) -> Expr:
    """In lowest terms, every factor below turned so that it is positive."""
    top, under = top.cancel(under)
    below, sign = Integer(1), 1
    for factor_of, power in under.factor_list()[1]:
        turned = -1 if ranges.sign(factor_of) == -1 else 1
        sign *= turned**power
        below *= (factor_of * turned).as_expr() ** power
    lead = under.factor_list()[0] * sign
    return factor((top * (1 / lead)).as_expr()) / below


def _preferred(ranges: Ranges) -> list[int]:
    """Payoffs and probabilities before the discount."""
    names = list(ranges.bounds)
    return sorted(range(len(names)), key=lambda k: (names[k] in ("g", "gamma"), k))
