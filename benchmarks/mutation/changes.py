"""Every mutant of the catalogue."""

import ast
from collections.abc import Iterator
from fractions import Fraction

from nashgap.theory.catalogue import bounds
from nashgap.theory.quantities import meanings

from .mutant import Mutant
from .trees import Replace, compiled, plain, sides

F = Fraction
CONCEPTS = ("dominant", "nash", "strict-nash", "subgame-perfect", "team-optimal")
ERRORS = ("eps_BC", "eps_mu", "eps_rho")


def mutants() -> list[Mutant]:
    """All of them, each once, in a fixed order."""
    found: dict[tuple[str, tuple[str, ...]], Mutant] = {}
    read = [b for b in bounds().values() if "tau" not in b.claim.names]
    originals = {
        (plain(ast.parse(b.statement, mode="eval")), tuple(a.text for a in b.assumptions))
        for b in read
    }
    for bound in read:
        assumed = tuple(a.text for a in bound.assumptions)
        for change, text in _changed(bound.statement):
            key = (text, assumed)
            if key not in originals and _is_defined(text):
                found.setdefault(key, Mutant(bound.label, change, text, assumed))
        text = plain(ast.parse(bound.statement, mode="eval"))
        for change, others in _weakened(assumed):
            if (text, others) not in originals:
                found.setdefault((text, others), Mutant(bound.label, change, text, others))
    return list(found.values())


def _weakened(assumed: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """One assumption left out, or another in the place of a concept of equilibrium."""
    for k, name in enumerate(assumed):
        yield f"without {name}", assumed[:k] + assumed[k + 1 :]
        for other in CONCEPTS if name in CONCEPTS else ():
            if other not in assumed:
                yield f"{other} for {name}", (*assumed[:k], other, *assumed[k + 1 :])


def _changed(statement: str) -> Iterator[tuple[str, str]]:
    """Every claim that differs in one place, with what was changed."""
    tree = ast.parse(statement, mode="eval")
    for place, node in enumerate(ast.walk(tree)):
        for change, replacement in _replacements(node):
            again = ast.parse(statement, mode="eval")
            target = list(ast.walk(again))[place]
            changed = Replace(target, ast.parse(replacement, mode="eval").body).visit(again)
            yield change, plain(changed)
    left, right = (plain(part) for part in sides(tree))
    sign = ast.unparse(tree).replace(left, "", 1).split()[0]
    for factor in ("99/100", "101/100", "1/2", "gamma", "(1-gamma)", "1/n", "n"):
        yield f"right side times {factor}", f"{left} {sign} {factor}*({right})"
    for other in ("<", ">=", "=="):
        yield f"{other} for {sign}", f"{left} {other} {right}"


def _replacements(node: ast.AST) -> Iterator[tuple[str, str]]:
    match node:
        case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant(value=int(k))):
            for power in (k - 1, k + 1):
                yield f"exponent {power} for {k}", f"({ast.unparse(base)})**{power}"
        case ast.Constant(value=int(k)):
            for number in (k - 1, k + 1, 2 * k):
                yield f"{number} for {k}", str(number)
        case ast.Name(id="gamma"):
            yield "gamma**2 for gamma", "gamma**2"
            yield "1 for gamma", "1"
            yield "1 - gamma for gamma", "(1-gamma)"
        case ast.Name(id="n"):
            yield "n - 1 for n", "(n-1)"
            yield "n + 1 for n", "(n+1)"
            yield "1 for n", "1"
        case ast.Name(id="NashGap" | "ValueGap" as name):
            other = "ValueGap" if name == "NashGap" else "NashGap"
            yield f"{other} for {name}", other
        case ast.Name(id=name) if name in ERRORS:
            for other in ERRORS:
                if other != name:
                    yield f"{other} for {name}", other
            yield f"{name}**2 for {name}", f"{name}**2"
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            sign = "-" if isinstance(op, ast.Add) else "+"
            one, two = ast.unparse(left), ast.unparse(right)
            yield f"{sign} between {one} and {two}", f"({one} {sign} ({two}))"
            yield f"without {one}", f"({two})"
            yield f"without {two}", f"({one})"
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=args):
            other = "max" if name == "min" else "min"
            written = [ast.unparse(a) for a in args]
            yield f"{other} for {name}", f"{other}({', '.join(written)})"
            for k, one in enumerate(written):
                rest = written[:k] + written[k + 1 :]
                fewer = rest[0] if len(rest) == 1 else f"{name}({', '.join(rest)})"
                yield f"{name} without {one}", f"({fewer})"
        case _:
            return


def _is_defined(claim: str) -> bool:
    """Whether no denominator is 0 throughout, as in (1 - 1)."""
    numbers = {name: F(k, 7) for k, name in enumerate(meanings(), 3)}
    try:
        eval(
            compiled(claim),
            {"F": F, "min": min, "max": max, **numbers, "n": F(3), "gamma": F(2, 5)},
        )
    except ZeroDivisionError:
        return False
    return True
