"""The small arithmetic that proofs rest on, against SymPy, and both opinions on signs."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from nashgap.theory.chain import as_expression
from nashgap.theory.expression import Expression, Name, Number, Power, Product, Sum, text
from nashgap.theory.ledger import Coefficients
from nashgap.theory.normal import MalformedError, check_level, normal
from nashgap.theory.polynomial import Polynomial, TooLargeError
from nashgap.theory.rational import Rational
from nashgap.theory.second_opinion import SympyOpinion, to_sympy

OPINIONS = (Coefficients(), SympyOpinion())
SMALL = st.integers(-3, 3).map(lambda k: Number(Fraction(k)))
LEAVES = SMALL | st.sampled_from([Name("gamma"), Name("n"), Name("eps_BC")])


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    flagged = st.tuples(st.booleans(), inner)
    plain = st.tuples(st.just(False), inner)
    divisors: list[Expression] = [Name("n"), Power(Name("n"), -2)]
    over = st.tuples(st.booleans(), st.sampled_from(divisors))
    return (
        st.lists(flagged, min_size=1, max_size=3).map(lambda terms: Sum(tuple(terms)))
        | st.lists(plain, min_size=1, max_size=3).map(lambda factors: Product(tuple(factors)))
        | st.tuples(plain, over).map(lambda factors: Product(tuple(factors)))
        | st.tuples(inner, st.integers(0, 3)).map(lambda pair: Power(*pair))
    )


EXPRESSIONS = st.recursive(LEAVES, _grown, max_leaves=6)


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_both_opinions_agree_on_identities(left: Expression, right: Expression) -> None:
    mine, sympys = (opinion.identical(left, right) for opinion in OPINIONS)
    assert mine == sympys
    assert Coefficients().identical(left, as_expression(text(left)))


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_a_normal_form_is_what_sympy_expands_to(expression: Expression) -> None:
    expanded = sympy.expand(to_sympy(expression))
    names = {name: sympy.Symbol(name) for name in ("gamma", "n", "eps_BC")}
    mine = sympy.sympify(str(normal(expression)), locals=names)
    assert sympy.expand(mine - expanded) == 0


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS)
def test_what_is_proved_non_negative_is(expression: Expression) -> None:
    if "eps_BC" in text(expression):
        assert not any(
            opinion.nonnegative(expression) and "eps_BC" in str(normal(expression))
            for opinion in OPINIONS[:1]
        )
        return
    for opinion in OPINIONS:
        if opinion.nonnegative(expression):
            for g in range(8):
                for m in (1, 2, 7):
                    point = {
                        "gamma": Rational.constant(Fraction(g, 8)),
                        "n": Rational.constant(m),
                    }
                    value = normal(expression).substitute(point).top.as_constant()
                    assert value is not None
                    assert value >= 0


@pytest.mark.parametrize(
    ("source", "coefficients", "roots"),
    [
        ("2*n - 1 - (n - 1)*gamma", True, True),
        ("(1 - gamma)**2/(1 + (n - 1)*gamma)", True, True),
        ("1/(gamma - 1)", False, False),
        ("gamma - 1/2", False, False),
        ("n - 2", False, False),
        ("(1 - 2*gamma)**2", False, True),
        ("1 - 3*gamma + 3*gamma**2", True, True),
        ("gamma**2*(1 - gamma)*n", True, True),
        ("-gamma", False, False),
        ("0", True, True),
        ("1/(2*gamma - 1)", False, False),
        ("eps_BC", False, False),
        ("(gamma - 1)**-2", True, True),
        ("(gamma - 1)**-3", False, False),
    ],
)
def test_signs(source: str, coefficients: bool, roots: bool) -> None:
    expression = as_expression(source)
    found = tuple(opinion.nonnegative(expression) for opinion in OPINIONS)
    assert found == (coefficients, roots)


def test_rational_functions_cancel() -> None:
    g, one = Rational.variable("gamma"), Rational.constant(1)
    quotient = (one - g * g) / (one - g)
    assert quotient == one + g
    assert (quotient - one - g).is_zero
    assert normal(as_expression("1/(1-gamma)**2")) == (one - g).power(-2)
    assert (normal(as_expression("1/(1-2*gamma+gamma**2)")) - (one - g).power(-2)).is_zero


def test_negative_powers_divide() -> None:
    for source in ("n**-2", "1/n**2", "1/(n*n)", "n/n**3", "(1/n)**2", "1/(1/n)**-2"):
        assert normal(as_expression(source)) == Rational.variable("n").power(-2), source
        assert Coefficients().identical(as_expression(source), as_expression("1/n/n"))
        assert SympyOpinion().identical(as_expression(source), as_expression("1/n/n"))


def test_division() -> None:
    x, y = Polynomial.variable("x"), Polynomial.variable("y")
    assert (x * x - y * y).divided_by(x + y) == x - y
    assert (x * x + y * y).divided_by(x + y) is None


def test_division_by_zero_is_said() -> None:
    with pytest.raises(MalformedError, match="divides by zero"):
        normal(as_expression("1/(gamma - gamma)"))


def test_expansion_is_bounded() -> None:
    with pytest.raises(TooLargeError):
        normal(as_expression("((gamma + n + eps_BC + delta)**16)**16"))


@pytest.mark.parametrize(
    ("source", "level"),
    [
        ("TV_i", "scalar"),
        ("eps_BC", "state"),
        ("eps_BC_j", "scalar"),
        ("sum_others(eps_BC_i)", "scalar"),
        ("sum_others(V(learner))", "scalar"),
        ("expert", "scalar"),
        ("V(TV_i)", "scalar"),
        ("E_mu(eps_BC)", "scalar"),
        ("E_mu(TV_i)", "state"),
        ("R(TV_i)", "scalar"),
        ("Q(expert)", "state"),
        ("sum_a(TV_i)", "state"),
        ("m_i", "state"),
    ],
)
def test_words_stand_where_they_mean_something(source: str, level: str) -> None:
    with pytest.raises(MalformedError):
        check_level(as_expression(source), level)  # type: ignore[arg-type]
