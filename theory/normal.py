r"""The normal form of a line: a rational function in \(\gamma\), \(n\) and its quantities.

Two expressions with the same normal form are equal wherever both are defined. Beyond the arithmetic
of rational functions it uses only that finite sums, expectations and kernels are linear, that an
expectation of 1 is 1, and that an expectation and a finite sum commute.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from .errors import NashgapError
from .expression import Call, Expression, Name, Number, Power, Product, nodes, text
from .polynomial import Monomial, Polynomial, monomial_text
from .rational import Rational
from .words import CONSTANTS, OPERATORS, PARAMETERS, PROFILES, ROLES, Level, words

_OTHERS = "sum_others("
LEAST = "min"
"""The least of several numbers: one symbol for the arithmetic, whatever their order."""
TANH = "tanh"
"""The hyperbolic tangent of a constant: one symbol for the arithmetic, too."""


class MalformedError(NashgapError):
    """An expression that means nothing where it stands."""


@lru_cache(maxsize=4096)
def normal(expression: Expression) -> Rational:
    """The normal form.

    Raises:
        MalformedError: a division by zero, or by something that an operator cannot pass.
        TooLargeError: it expands beyond all bounds.

    Example:
        >>> from nashgap.theory.parsing import parse_expression
        >>> from nashgap.theory.words import line_vocabulary
        >>> line = parse_expression("E_mu(2*TV_i + gamma*sum_others(TV_j))", line_vocabulary())
        >>> print(normal(line))
        gamma*sum_others(E_mu(TV_j)) + 2*E_mu(TV_i)
    """
    try:
        return _normal(expression)
    except ZeroDivisionError:
        raise MalformedError(f"{text(expression)} divides by zero") from None


def _normal(expression: Expression) -> Rational:
    match expression:
        case Product(factors):
            result = Rational.constant(1)
            for divides, factor in factors:
                result = result * (_inverse(factor) if divides else _normal(factor))
            return result
        case Power(base, exponent):
            return _normal(base).power(exponent)
        case Number() | Name() | Call():
            return _leaf(expression)
        case _:
            total = Rational.constant(0)
            for minus, term in expression.terms:
                total = total - _normal(term) if minus else total + _normal(term)
            return total


def _inverse(expression: Expression) -> Rational:
    match expression:
        case Power(base, exponent):
            return _normal(base).power(-exponent)
        case Product(factors):
            result = Rational.constant(1)
            for divides, factor in factors:
                result = result * (_normal(factor) if divides else _inverse(factor))
            return result
        case _:
            return _normal(expression).inverse()


def _leaf(node: Number | Name | Call) -> Rational:
    match node:
        case Number(value):
            return Rational.constant(value)
        case Name(name):
            return Rational.variable(name)
        case Call(function, arguments):
            if function in PROFILES:
                return Rational.variable(profile_text(node))
            if function == LEAST:
                return Rational.variable(f"{LEAST}({', '.join(sorted(map(_said, arguments)))})")
            (argument,) = arguments
            body = _normal(argument)
            if function == TANH:
                if not all(map(is_constant, body.variables)):
                    raise MalformedError(f"{TANH}(...) of more than constants of the game")
                return Rational.variable(f"{TANH}({body})")
            if OPERATORS[function].linear:
                return _apply(function, body)
            return Rational.variable(f"{function}({body})")


def is_constant(variable: str) -> bool:
    """Whether a variable of a normal form depends on no player, state or action."""
    return variable in CONSTANTS or variable.startswith(f"{TANH}(")


def _said(argument: Expression) -> str:
    return str(_normal(argument))


def profile_text(call: Call) -> str:
    """V(learner) and V(learner, learner) are the same."""
    roles = [argument.name for argument in call.arguments if isinstance(argument, Name)]
    return f"{call.function}({roles[0]}, {roles[-1]})"


def _apply(function: str, body: Rational) -> Rational:
    """A linear operator, term by term; what depends on no state comes out."""
    if any(not factor.variables <= PARAMETERS for factor, _ in body.under):
        raise MalformedError(f"{function}(...) of a quotient that depends on more than gamma and n")
    total = Rational.constant(0)
    for monomial, coefficient in body.top.terms.items():
        outside = tuple(pair for pair in monomial if is_constant(pair[0]))
        inside = tuple(pair for pair in monomial if not is_constant(pair[0]))
        factor = Rational(Polynomial.of({outside: coefficient}))
        total = total + factor * _of_monomial(function, inside)
    return total * Rational(Polynomial.constant(1), body.under)


def _of_monomial(function: str, inside: Monomial) -> Rational:
    if not inside:
        one = OPERATORS[function].one
        if one == "n - 1":
            return Rational.variable("n") - Rational.constant(1)
        return Rational.constant(Fraction(one)) if one else Rational.variable(f"{function}(1)")
    shown = monomial_text(inside)
    if function == "E_mu" and len(inside) == 1 and shown.startswith(_OTHERS) and inside[0][1] == 1:
        return Rational.variable(f"{_OTHERS}E_mu({shown[len(_OTHERS) : -1]}))")
    return Rational.variable(f"{function}({shown})")


def check_level(expression: Expression, level: Level, *, others: bool = False) -> None:
    """Checks that every word stands where it means something.

    Args:
        expression: a line, or the body of an operator.
        level: the level at which it is read.
        others: whether it is the body of a sum or product over the opponents j.

    Raises:
        MalformedError: a word of another level or player, a role outside a profile.
    """
    match expression:
        case Number():
            return
        case Name(name):
            _check_name(name, level, others)
        case Call(function, arguments) if function in PROFILES:
            _check_profile(function, arguments, level, others)
        case Call(function, arguments) if function in (LEAST, TANH):
            for argument in arguments:
                check_level(argument, level, others=others)
        case Call(function, (argument,)) if function in OPERATORS:
            _check_operator(function, argument, level, others)
        case Call(function, _):
            raise MalformedError(f"{function}(...) has no place in a derivation")
        case Power(base, _):
            check_level(base, level, others=others)
        case Product(parts):
            for _, part in parts:
                check_level(part, level, others=others)
        case _:
            for _, part in expression.terms:
                check_level(part, level, others=others)


def speaks_of_player(expression: Expression) -> bool:
    """Whether the expression depends on the player i."""
    for node in nodes(expression):
        if isinstance(node, Name) and node.name in words() and words()[node.name].player == "i":
            return True
        if (
            isinstance(node, Call)
            and node.function not in (LEAST, TANH)
            and (node.function in PROFILES or OPERATORS[node.function].of_player)
        ):
            return True
    return False


def _check_name(name: str, level: Level, others: bool) -> None:
    word = words().get(name)
    if word is None:
        raise MalformedError(f"{name!r} is a role and stands for no number")
    if word.level not in ("any", level):
        raise MalformedError(f"{name!r} is of level {word.level}, and stands at {level} level")
    if word.player == ("i" if others else "j"):
        place = "in" if others else "outside"
        raise MalformedError(f"{name!r} stands {place} a sum over the others")


def _check_profile(
    function: str, arguments: Sequence[Expression], level: Level, others: bool
) -> None:
    if others:
        raise MalformedError(f"{function}(...) belongs to player i, not to the others")
    if PROFILES[function] != level:
        raise MalformedError(f"{function}(...) stands at {level} level")
    for argument in arguments:
        if not isinstance(argument, Name) or argument.name not in ROLES:
            raise MalformedError(f"{function}({text(argument)}): a role is needed")


def _check_operator(function: str, argument: Expression, level: Level, others: bool) -> None:
    operator = OPERATORS[function]
    if operator.result not in ("any", level):
        raise MalformedError(f"{function}(...) is of level {operator.result}, not {level}")
    if others and operator.of_player:
        raise MalformedError(f"{function}(...) belongs to player i, not to the others")
    over_others = operator.body == "any"
    inner = level if over_others else operator.body
    check_level(argument, inner, others=others or over_others)
