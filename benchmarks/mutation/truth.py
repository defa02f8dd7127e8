"""Whether a mutant is true, by an argument that shares nothing with `conjecture`.

**False** if a named game breaks it. **True** if a claim of the catalogue with no more assumptions
implies it: the mutant's right side minus that claim's, after gamma = t/(1+t), n = 1+m, C = 1+c, is
a quotient of polynomials with non-negative coefficients in non-negative quantities.
"""

import ast
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from nashgap.theory.catalogue import bounds
from nashgap.theory.quantities import meanings

from .games import QUANTITIES, games
from .mutant import Mutant, Truth
from .trees import Replace, compiled, sides

F = Fraction


def truth(mutant: Mutant) -> Truth:
    """Whether it is true, by a game or by a claim that implies it."""
    broken = _broken(mutant)
    if broken is not None:
        return Truth(False, broken)
    implied = _implied(mutant)
    return Truth(None, "no argument") if implied is None else Truth(True, implied)


def _broken(mutant: Mutant) -> str | None:
    """A game that satisfies the assumptions and breaks the claim."""
    code = compiled(mutant.claim)
    named = {node.id for node in ast.walk(ast.parse(mutant.claim)) if isinstance(node, ast.Name)}
    sharp = bounds()[mutant.label].witness
    for known in sorted(games(), key=lambda known: not known.name.startswith(f"{sharp}(")):
        if not all(known.assumptions.get(a) is True for a in mutant.assumptions):
            continue
        if not named - {"min", "max"} <= set(known.numbers):
            continue
        try:
            holds = eval(code, {"F": F, "min": min, "max": max, **known.numbers})
        except ZeroDivisionError:
            continue
        if not holds:
            used = named & set(QUANTITIES)
            how = "stated" if used <= known.stated else "stated or computed"
            whose = "the sharp witness" if known.name.startswith(f"{sharp}(") else "a named game"
            return f"{known.name} breaks it; {whose}, numbers {how}"
    return None


STRONGER = {
    "nash": {"dominant", "strict-nash", "subgame-perfect", "team-optimal"},
    "common-payoff": {"team-optimal"},
    "match-mu": {"match-rho"},
}
"""What gives an assumption, by definition."""


def _implied(mutant: Mutant) -> str | None:
    """A claim of the catalogue that implies it."""
    mine = ast.parse(mutant.claim, mode="eval")
    for bound in bounds().values():
        if not all(_follows(a.text, mutant.assumptions) for a in bound.assumptions):
            continue
        theirs = ast.parse(bound.statement, mode="eval")
        if _gives(theirs, mine):
            return f"implied by {bound.label}"
    return None


def _follows(name: str, given: Sequence[str]) -> bool:
    return name in given or bool(STRONGER.get(name, set()) & set(given))


def _gives(theirs: ast.Expression, mine: ast.Expression) -> bool:
    """Whether L <= R gives L' <= R': for some c >= 0, (R' - L') - c (R - L) >= 0 shows itself."""
    import sympy

    if not all(isinstance(t.body.ops[0], ast.LtE) for t in (theirs, mine)):  # type: ignore[attr-defined]
        return False
    for wanted in _branches(mine):
        (left, right), done = wanted, False
        for low, high in _branches(theirs):
            ratio = sympy.cancel(left / low) if low != 0 else sympy.Integer(0)
            free = {s.name for s in ratio.free_symbols}
            if not free <= {"gamma", "n"} or not _shows(ratio):
                continue
            done = done or _shows(right - ratio * high)
        if not done:
            return False
    return True


def _branches(tree: ast.Expression) -> list[tuple[Any, Any]]:
    """The two sides with SymPy; a right side with one outer min as its arguments in turn."""
    import sympy

    left, right = sides(tree)
    names = {name: sympy.Symbol(name) for name in meanings()}
    calls = [n for n in ast.walk(right) if isinstance(n, ast.Call)]
    if not calls:
        options = [right]
    else:
        call = calls[0]
        if len(calls) > 1 or getattr(call.func, "id", "") != "min":
            return []
        options = []
        for k in range(len(call.args)):
            again = ast.parse(ast.unparse(right), mode="eval").body
            target = next(n for n in ast.walk(again) if isinstance(n, ast.Call))
            options.append(Replace(target, target.args[k]).visit(again))
    return [
        (sympy.sympify(ast.unparse(left), names), sympy.sympify(ast.unparse(o), names))
        for o in options
    ]


@cache
def _shows(expression: Any) -> bool:
    """Whether it shows as a quotient of polynomials with non-negative coefficients."""
    import sympy

    t, m, c = sympy.symbols("t m c")
    put = {
        sympy.Symbol("gamma"): t / (1 + t),
        sympy.Symbol("n"): 1 + m,
        sympy.Symbol("C"): 1 + c,
    }
    found = sympy.cancel(sympy.together(expression.subs(put)))
    if found.has(sympy.zoo, sympy.nan, sympy.oo):
        return False
    above, below = sympy.fraction(found)
    parts = []
    for part in (above, below):
        symbols = sorted(part.free_symbols, key=str)
        if any(s.name in ("NashGap", "ValueGap", "NashGap_i") for s in symbols):
            return False
        coefficients = sympy.Poly(part, *symbols).coeffs() if symbols else [part]
        if not (all(k >= 0 for k in coefficients) or all(k <= 0 for k in coefficients)):
            return False
        parts.append(sympy.sign(coefficients[0]))
    return bool(parts[0] * parts[1] >= 0)
