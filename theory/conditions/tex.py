r"""Conditions in LaTeX, with amsmath alone: one row a relation, long ones broken before a term."""

from collections.abc import Iterable, Sequence

from sympy import Rational, Symbol
from sympy import latex as sympy_latex
from sympy.polys.rings import PolyElement

from ..latex import ROOM, escape, width
from .clause import Atom, Clause, Conditions, Sign
from .largest import Cap, Largest
from .ranges import Ranges
from .shown import arranged, bounds_of, titled, value_of

_ROOM = ROOM - 18
"""Rows are set in, and operators count as letters."""
_SIGNS = {">=": r"\ge", "<=": r"\le", ">": ">", "<": "<", "==": "="}
_OR, _WHERE = r"\quad\text{or}\quad ", r"\quad\text{where }"


def latex(found: Conditions) -> str:
    """The conditions as displayed LaTeX; necessary and sufficient sides apart."""
    return "\n".join(
        _display(title, [_clause(one, found.ranges) for one in clauses] or [[_NONE]])
        for title, clauses in titled(found)
    )


def latex_largest(found: Largest) -> str:
    """The largest level as displayed LaTeX."""
    ranges = found.conditions.ranges
    end = ranges.bounds[found.level][1]
    level = sympy_latex(Symbol(found.level))
    last = [rf"{level} \le {sympy_latex(Rational(end.numerator, end.denominator))}"]
    parts = []
    for title, side in bounds_of(found):
        caps = [_cap(cap, found.level, ranges) for cap in side.caps]
        clauses = [_clause(one, ranges) for one in (*side.premises, *side.rest)]
        parts.append(_display(title, [*caps, last, *clauses]))
    return "\n".join(parts)


_NONE = r"\text{no condition}"


def _display(title: str, groups: Iterable[Sequence[str]]) -> str:
    """A heading and an alignment; the rows of a group after its first are set in."""
    rows = [
        rf"  & {row}" if k == 0 else rf"  &\qquad {row}"
        for group in groups
        for k, row in enumerate(group)
    ]
    body = " \\\\\n".join(rows)
    return f"{title.capitalize()}:\n\\begin{{align*}}\n{body}\n\\end{{align*}}"


def _clause(clause: Clause, ranges: Ranges) -> list[str]:
    if not clause.atoms:
        return [rf"\parbox{{4.5in}}{{\raggedright never: {escape(clause.why)}}}"]
    alternatives = [_relation(atom, ranges) for atom in clause.atoms]
    joined = _OR.join(rows[0] for rows in alternatives)
    if all(len(rows) == 1 for rows in alternatives) and width(joined) <= _ROOM:
        return [joined]
    first, *more = alternatives
    return [*first, *(row for rows in more for row in (rf"\text{{or }} {rows[0]}", *rows[1:]))]


def _relation(atom: Atom, ranges: Ranges) -> list[str]:
    """In one row as it is arranged, else its terms against 0."""
    left, relation, right = arranged(atom, ranges)
    shown = f"{sympy_latex(left)} {_SIGNS[relation]} {sympy_latex(right)}"
    return [shown] if width(shown) <= _ROOM else _terms(atom.polynomial, atom.sign)


def _terms(polynomial: PolyElement, sign: Sign) -> list[str]:
    relation, zero = sign.value.split()
    rows: list[str] = []
    for monomial, coefficient in polynomial.terms():
        term = sympy_latex(polynomial.ring.from_dict({monomial: coefficient}).as_expr())
        signed = term if term.startswith("-") else f"+ {term}"
        if rows and width(rows[-1] + signed) <= _ROOM:
            rows[-1] += f" {signed}"
        else:
            rows.append(signed if rows else term)
    return [*rows[:-1], f"{rows[-1]} {_SIGNS[relation]} {zero}"]


def _cap(cap: Cap, level: str, ranges: Ranges) -> list[str]:
    place = list(ranges.bounds).index(level)
    shown = rf"{sympy_latex(Symbol(level))} \le {sympy_latex(value_of(cap, ranges))}"
    rows = [shown]
    if width(shown) > _ROOM:
        rows = _terms(cap.top - cap.under * ranges.ring.gens[place], Sign.AT_LEAST_ZERO)
    conditions = [_relation(atom, ranges) for atom in cap.where]
    if not conditions:
        return rows
    inside = ",\\ ".join(one[0] for one in conditions)
    if all(len(one) == 1 for one in conditions) and width(rows[-1] + inside) <= _ROOM:
        return [*rows[:-1], f"{rows[-1]} {_WHERE} {inside}"]
    return [*rows, *(row for one in conditions for row in (rf"\text{{where }} {one[0]}", *one[1:]))]
