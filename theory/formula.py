r"""LaTeX of expressions and relations, in the symbols of the paper."""

from typing import assert_never

from .expression import Call, Expression, Name, Number, Power, Product, Relation, Sum
from .words import OPERATORS, PROFILES, ROLES, words

_SOFT = {"Vtau_at": r"V_i^{\tau}[#](s)", "Qtau": r"Q_i^{\tau}[#]"}
SIGNS = {"<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "==": "="}


def relation_latex(left: Expression, relation: Relation, right: Expression) -> str:
    """A relation, without dollar signs."""
    return f"{latex(left)} {SIGNS[relation]} {latex(right)}"


def latex(expression: Expression) -> str:
    r"""An expression, without dollar signs; quotients become fractions.

    Example:
        >>> print(latex(Product(((False, Name("n")), (True, Power(Name("gamma"), 2))))))
        \frac{n}{\gamma^{2}}
    """
    match expression:
        case Number(value):
            if value.denominator == 1:
                return str(value.numerator)
            sign = "-" if value < 0 else ""
            return rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"
        case Name(name):
            return words()[name].latex if name in words() else ROLES.get(name, (name,))[0]
        case Sum(terms):
            lead = ("-" if terms[0][0] else "") + _term(terms[0][1], terms[0][0])
            rest = (f" {'-' if minus else '+'} {_term(t, minus)}" for minus, t in terms[1:])
            return lead + "".join(rest)
        case Product(factors):
            over = [factor for divides, factor in factors if not divides]
            under = [factor for divides, factor in factors if divides]
            if not under:
                return _product(over)
            return rf"\frac{{{_product(over)}}}{{{_product(under)}}}"
        case Power(base, exponent):
            return rf"{_base(base)}^{{{exponent}}}"
        case Call():
            return _call(expression)
        case _:
            assert_never(expression)


def _product(factors: list[Expression]) -> str:
    if not factors:
        return "1"
    if len(factors) == 1:
        return latex(factors[0])
    return r"\,".join(_factor(factor) for factor in factors)


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Sum) or (isinstance(expression, Number) and expression.value < 0)


def _term(expression: Expression, minus: bool) -> str:
    inner = latex(expression)
    needs = _is_sum(expression) and (minus or inner.startswith("-"))
    return f"({inner})" if needs else inner


def _factor(expression: Expression) -> str:
    return f"({latex(expression)})" if _is_sum(expression) else latex(expression)


def _base(expression: Expression) -> str:
    plain = isinstance(expression, Name) or (
        isinstance(expression, Number) and expression.value >= 0 == expression.value % 1
    )
    return latex(expression) if plain else f"({latex(expression)})"


def _call(call: Call) -> str:
    if call.function in ("min", "max"):
        return rf"\{call.function}\{{{', '.join(map(latex, call.arguments))}\}}"
    if call.function in PROFILES:
        roles = [a.name for a in call.arguments if isinstance(a, Name)]
        own, others = roles[0], roles[-1]
        if call.function in _SOFT:
            return _SOFT[call.function].replace("#", ROLES[others][2])
        both = ROLES[own][0] if own == others else f"({ROLES[own][1]},{ROLES[others][2]})"
        letter, place = {"V": ("V", r"(\nu)"), "V_at": ("V", "(s)"), "Q": ("Q", "")}[call.function]
        return rf"{letter}_i^{{{both}}}{place}"
    (argument,) = call.arguments
    if call.function == "sqrt":
        return rf"\sqrt{{{latex(argument)}}}"
    if call.function == "tanh":
        return rf"\tanh\big({latex(argument)}\big)"
    operator = OPERATORS[call.function]
    inner = latex(argument)
    open_ended = not any(mark in operator.latex for mark in ("[#", "|#"))
    if open_ended and _is_sum(argument):
        inner = rf"\big({inner}\big)"
    return operator.latex.replace("#", inner)
