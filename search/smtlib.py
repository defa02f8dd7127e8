r"""A problem with a threshold as SMT-LIB 2 text in QF_LRA: one text for every solver.

Each choice becomes one Boolean an option, exactly one of them true; each guarded row an
implication.
"""

from fractions import Fraction

from .problem import Picks, Problem, Threshold


def pick_name(choice: str, option: int) -> str:
    """The Boolean that says that a choice takes an option."""
    return f"{choice} is {option}"


def script(problem: Problem, asked: Threshold | None, picks: Picks | None = None) -> str:
    """The assertions: boxes, choices, rows, and the objective's threshold if one is asked.

    Args:
        problem: what to write.
        asked: the threshold for the objective, or None.
        picks: choices that are already made.
    """
    lines = [f"(declare-const |{x}| Real)" for x in problem.boxes]
    for choice in problem.choices:
        names = [f"|{pick_name(choice.name, t)}|" for t in choice.options]
        lines += [f"(declare-const {name} Bool)" for name in names]
        lines.append(f"(assert (or {' '.join(names)}))")
        lines += [f"(assert (not (and {a} {b})))" for k, a in enumerate(names) for b in names[:k]]
    for x, box in problem.boxes.items():
        lines.append(f"(assert (and (<= {number(box.low)} |{x}|) (<= |{x}| {number(box.high)})))")
    for row in problem.rows:
        relation = "=" if row.relation == "==" else "<="
        fact = f"({relation} {_sum(row.terms)} {number(row.bound)})"
        guards = " ".join(f"|{pick_name(c, t)}|" for c, t in row.guard)
        lines.append(f"(assert (=> (and {guards}) {fact}))" if guards else f"(assert {fact})")
    for name, option in (picks or {}).items():
        lines.append(f"(assert |{pick_name(name, option)}|)")
    if asked is not None:
        relation = ">" if asked.strict else ">="
        lines.append(f"(assert ({relation} {_sum(problem.objective)} {number(asked.value)}))")
    return "\n".join(lines)


def number(value: Fraction) -> str:
    """An exact rational.

    Example:
        >>> number(Fraction(-9, 10))
        '(- (/ 9 10))'
    """
    top, bottom = abs(value.numerator), value.denominator
    size = f"{top}.0" if bottom == 1 else f"(/ {top} {bottom})"
    return f"(- {size})" if value < 0 else size


def _sum(terms: tuple[tuple[str, Fraction], ...]) -> str:
    parts = [f"|{x}|" if c == 1 else f"(* {number(c)} |{x}|)" for x, c in terms]
    return parts[0] if len(parts) == 1 else f"(+ {' '.join(parts)})" if parts else "0.0"
