r"""Suprema that are no rational number: the best mixing of one row, as a root of a polynomial.

With everything else at its best, the gap is a rational function \(v(x)=n(x)/d(x)\) of the share
\(x\) of one row's mixing, as long as the same rows are tight. It is interpolated from exact values
and tested at fresh ones; the largest gap is \(v\) at a root of \(n'd-nd'\), and a root of the
resultant of that with \(n-yd\). That nothing else exceeds it is then z3's word (nlsat, over
every kernel): a hint, no certificate.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nashgap.numeric.root import Root

from ..smtlib import number
from .bound import Solution, best_for
from .nodes import CONSTANT, Node, Terms
from .program import Program

_DEGREE = 4
_STEP = Fraction(1, 10**6)
_WIDTH = Fraction(1, 10**12)


def rational(value: Fraction) -> Root:
    """A rational number as a root."""
    return Root((-value.numerator, value.denominator), value, value)


def best_mixing(program: Program, solution: Solution) -> Solution | Root | None:
    """The best share of the one row that mixes: a solution if it is rational, else the gap there.

    None if not exactly one row mixes two states, or no best share lies between others.
    """
    mixing = [
        (node.name, j, row)
        for node in program.live(solution.picks)
        if node.w is not None and node.u is not None
        for j, row in enumerate(solution.weights[node.name])
        if len(row) > 1
    ]
    if len(mixing) != 1 or len(mixing[0][2]) != 2:
        return None
    ((name, part, row),) = mixing
    first, second = row
    mass = row[first] + row[second]

    def at(x: Fraction) -> Solution | None:
        parts = list(solution.weights[name])
        parts[part] = {first: x, second: mass - x}
        return best_for(program, {**solution.weights, name: tuple(parts)}, solution.picks)

    xs = [row[first] + (k - _DEGREE) * _STEP for k in range(2 * _DEGREE + 4)]
    if not 0 < xs[0] < xs[-1] < mass:
        return None
    known = [(x, found.value) for x in xs if (found := at(x)) is not None]
    fitted = _rational(known) if len(known) == len(xs) else None
    if fitted is None:
        return None
    share = _stationary(*fitted, known)
    return at(share) if isinstance(share, Fraction) else share


def _rational(known: Sequence[tuple[Fraction, Fraction]]) -> tuple[Any, Any] | None:
    """N and d with n(x) = v d(x) at every known point; the least degree that fits them all."""
    from flint import fmpq, fmpq_mat
    from sympy import Poly, Rational, Symbol

    x = Symbol("x")
    for degree in range(1, _DEGREE + 1):
        width = 2 * degree + 2
        matrix = fmpq_mat(len(known), width)
        for i, (p, v) in enumerate(known):
            for k in range(degree + 1):
                power = p**k
                matrix[i, k] = fmpq(power.numerator, power.denominator)
                other = -v * power
                matrix[i, degree + 1 + k] = fmpq(other.numerator, other.denominator)
        reduced, rank = matrix.rref()
        if rank == width - 1:
            # the last column is free: every other unknown is minus its entry there
            c = [-reduced[i, width - 1] for i in range(rank)] + [fmpq(1)]
            coefficients = [Rational(int(y.p), int(y.q)) for y in c]
            n = Poly(list(reversed(coefficients[: degree + 1])), x)
            return n, Poly(list(reversed(coefficients[degree + 1 :])), x)
    return None


def _stationary(
    n: Any, d: Any, known: Sequence[tuple[Fraction, Fraction]]
) -> Fraction | Root | None:
    """The share at the one stationary point among the known ones, or the value there, isolated."""
    from sympy import Poly, Rational, Symbol, resultant

    x, y = Symbol("x"), Symbol("y")
    slope = (n.diff(x) * d - n * d.diff(x)).set_domain("QQ")
    left, right = Rational(known[0][0]), Rational(known[-1][0])
    if slope.is_zero or slope.count_roots(left, right) != 1:
        return None
    for factor, _ in slope.factor_list()[1]:
        if factor.degree() == 1 and factor.count_roots(left, right):
            return _fraction(-factor.TC() / factor.LC())
    eliminated = resultant(slope.as_expr(), n.as_expr() - y * d.as_expr(), x)
    top = Rational(max(v for _, v in known))
    factors: Any = Poly(eliminated, y).factor_list()[1]
    for factor, _ in factors:
        for (low, high), _ in factor.intervals(eps=Rational(_WIDTH)):
            if top <= high + Rational(_WIDTH) and abs(low - top) < Rational(_STEP):
                _, whole = factor.clear_denoms(convert=True)
                coefficients = tuple(int(c) for c in reversed(whole.all_coeffs()))
                return Root(coefficients, _fraction(low), _fraction(high))
    return None


def exceeded(program: Program, root: Root) -> str:
    """SMT-LIB text in QF_NRA: some kernel's game of the case has a larger gap than the root."""
    lines = ["(set-logic QF_NRA)", "(declare-const top Real)"]
    names = {x for node in program.nodes for form in (node.w, node.u) for x in form or () if x}
    names |= {f"{v} {s}" for v in "UW" for s in range(program.shape.states)}
    for name in sorted(names):
        box = program.box(name)
        lines.append(f"(declare-const |{name}| Real)")
        lines.append(f"(assert (<= {number(box.low)} |{name}| {number(box.high)}))")
    for node in program.nodes:
        lines += _node(program, node)
    powers = [
        f"(* {number(Fraction(c))} {' '.join(['top'] * k)})" if k else number(Fraction(c))
        for k, c in enumerate(root.polynomial)
    ]
    lines.append(f"(assert (= 0.0 (+ {' '.join(powers)})))")
    lines.append(f"(assert (<= {number(root.low)} top {number(root.high)}))")
    lines.append("(assert (> (- |W 0| |U 0|) top))")
    return "\n".join(lines)


def _node(program: Program, node: Node) -> list[str]:
    lines: list[str] = []
    sums: dict[str, list[str]] = {"W": [], "U": []}
    if node.to_start:
        for kind in "WU":
            sums[kind].append(f"(* {number(node.to_start)} |{kind} 0|)")
    for j, part in enumerate(node.parts):
        states = program.shape.support(part.support)
        shares = [f"|p {node.name} {j} {t}|" for t in states]
        for share in shares:
            lines += [f"(declare-const {share} Real)", f"(assert (>= {share} 0.0))"]
        lines.append(f"(assert (= 1.0 (+ {' '.join(shares)} 0.0)))")
        for kind in "WU":
            sums[kind] += [
                f"(* {number(part.share)} {p} |{kind} {t}|)"
                for p, t in zip(shares, states, strict=True)
            ]
    for kind, form, relations in (
        ("W", node.w, ["<="]),
        ("U", node.u, ["<="] * node.at_most + [">="] * node.at_least),
    ):
        if form is not None:
            mean = f"(* {number(node.scale)} (+ {' '.join(sums[kind])} 0.0))"
            lines += [f"(assert ({r} {_linear(form)} {mean}))" for r in relations]
    return lines


def _linear(form: Terms) -> str:
    parts = [number(c) if x == CONSTANT else f"(* {number(c)} |{x}|)" for x, c in form.items()]
    return f"(+ {' '.join(parts)} 0.0)"


def is_exceeded(program: Program, root: Root) -> bool | None:
    """What z3 says; None if it does not know, or the case has choices of its own."""
    import z3

    if program.deviates:
        return None
    solver = z3.SolverFor("QF_NRA")
    solver.set("timeout", 20_000)
    solver.from_string(exceeded(program, root))
    match solver.check():
        case z3.unsat:
            return False
        case z3.sat:
            return True
    return None


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))
