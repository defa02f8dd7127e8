r"""The SymPy face of the vocabulary: quantities as SymPy expressions.

    NashGap, V, eps_BC, gamma, n, best_response, expert, learner

All data is in `args`, the signs are SymPy's own assumptions, LaTeX prints as in the paper, and
`on(model)` gives the value on a game. `from_sympy` turns what SymPy makes of them back into a line
of a derivation.
"""

from fractions import Fraction
from functools import singledispatch
from typing import Any

import sympy
from sympy.core.symbol import Str

from .errors import BadInput
from .expression import Call, Expression, Name, Number, Power, Product, Sum
from .formula import latex
from .model import Model
from .model import Number as Value
from .quantities import meanings
from .words import ROLES, words


class GameQuantity(sympy.Expr):  # type: ignore[misc]  # SymPy has no types
    r"""A quantity of a game with expert and learner, such as \(\varepsilon_{\mathrm{BC}}\).

    Example:
        >>> print(sympy.latex(GameQuantity("eps_BC") / (1 - GameQuantity("gamma"))))
        \frac{\varepsilon_{\mathrm{BC}}}{1 - \gamma}
        >>> GameQuantity("eps_BC").is_nonnegative, GameQuantity("ValueGap").is_nonnegative
        (True, None)
    """

    is_commutative = True
    is_extended_real = True
    is_finite = True

    def __new__(cls, name: "str | Str") -> "GameQuantity":
        """The quantity of that name; every name of a derivation is one."""
        if str(name) not in words():
            raise BadInput("quantity", f"{str(name)[:60]!r}", f"one of {', '.join(words())}")
        made: GameQuantity = sympy.Expr.__new__(cls, Str(str(name)))
        return made

    @property
    def name(self) -> str:
        """As in a claim."""
        return str(self.args[0])

    @property
    def free_symbols(self) -> set[Any]:
        """None: a quantity is a constant of the game."""
        return set()

    def __call__(self, profile: "Str") -> "GameQuantity":
        """The quantity of the learner, which is what its name alone says already."""
        if self.name not in ("NashGap", "NashGap_i", "ValueGap") or profile != learner:
            raise BadInput(self.name, f"called with {profile}", "the learner, or no argument")
        return self

    def on(self, model: Model, player: int | None = None) -> Value:
        """Its value on a model; a quantity of one player needs the player."""
        if self.name not in meanings():
            raise BadInput(
                self.name, "a word of derivations only", f"one of {', '.join(meanings())}"
            )
        return meanings()[self.name].on(model, player)

    def _eval_is_nonnegative(self) -> bool | None:
        meaning = meanings().get(self.name)
        return True if meaning is not None and meaning.nonnegative else None

    def _eval_is_positive(self) -> bool | None:
        return True if self.name in ("n", "C") else None

    def _eval_is_integer(self) -> bool | None:
        return True if self.name == "n" else None

    def _latex(self, printer: object) -> str:
        return words()[self.name].latex

    def _sympystr(self, printer: object) -> str:
        return self.name


class V(sympy.Expr):  # type: ignore[misc]  # SymPy has no types
    r"""\(V_i^{(b,\pi_{-i})}(\nu)\): player i plays as the first role, the others as the second.

    Example:
        >>> print(sympy.latex(V(expert, learner)))
        V_i^{(\pi^E_i,\pi_{-i})}(\nu)
        >>> V(learner) == V(learner, learner)
        True
    """

    is_commutative = True
    is_extended_real = True
    is_finite = True

    def __new__(cls, own: "Str", others: "Str | None" = None) -> "V":
        """The value of player i from the start."""
        roles = (own, own if others is None else others)
        for role in roles:
            if str(role) not in ROLES:
                raise BadInput("V", f"{str(role)[:60]!r}", f"one of {', '.join(ROLES)}")
        made: V = sympy.Expr.__new__(cls, *(Str(str(role)) for role in roles))
        return made

    @property
    def free_symbols(self) -> set[Any]:
        """None: a value is a constant of the game."""
        return set()

    def on(self, model: Model, player: int) -> Value:
        """Its value for a player on a model."""
        from .interpretation import At, Interpretation

        return Interpretation(model).read(from_sympy(self), At(player))

    def _latex(self, printer: object) -> str:
        return latex(from_sympy(self))

    def _sympystr(self, printer: object) -> str:
        return f"V({self.args[0]}, {self.args[1]})"


expert, learner, best_response = Str("expert"), Str("learner"), Str("best_response")
NashGap, ValueGap = GameQuantity("NashGap"), GameQuantity("ValueGap")
NashGap_i, ValueGap_i = GameQuantity("NashGap_i"), GameQuantity("ValueGap_i")
eps_BC, eps_BC_i = GameQuantity("eps_BC"), GameQuantity("eps_BC_i")  # noqa: N816  (its symbol)
eps_mu, eps_rho = GameQuantity("eps_mu"), GameQuantity("eps_rho")
delta, C = GameQuantity("delta"), GameQuantity("C")
n, gamma = GameQuantity("n"), GameQuantity("gamma")


class Others(sympy.Expr):  # type: ignore[misc]  # SymPy has no types
    r"""\(\sum_{j\ne i}\) of a quantity of player i, read for each opponent j.

    Example:
        >>> print(sympy.latex(Others(eps_BC_i)))
        \sum_{j\ne i}\varepsilon_j
    """

    is_commutative = True
    is_extended_real = True
    is_finite = True

    @property
    def free_symbols(self) -> set[Any]:
        """None: it is a constant of the game."""
        return set()

    def _latex(self, printer: object) -> str:
        return latex(from_sympy(self))


@singledispatch
def from_sympy(expression: object) -> Expression:
    """A line of a derivation from SymPy.

    Raises:
        BadInput: it holds something that no line can hold.

    Example:
        >>> from nashgap.theory.expression import text
        >>> text(from_sympy(2 * eps_BC / n))
        '2*eps_BC/n'
    """
    if isinstance(expression, (int, Fraction)):
        return Number(Fraction(expression))
    raise BadInput(
        "line", f"{str(expression)[:60]!r}", "sums, products and integer powers of quantities"
    )


@from_sympy.register
def _(expression: sympy.Rational) -> Expression:
    return Number(Fraction(int(expression.p), int(expression.q)))


@from_sympy.register
def _(expression: GameQuantity) -> Expression:
    return Name(expression.name)


@from_sympy.register
def _(expression: V) -> Expression:
    return Call("V", tuple(Name(str(role)) for role in expression.args))


@from_sympy.register
def _(expression: Others) -> Expression:
    (quantity,) = expression.args
    if not isinstance(quantity, GameQuantity) or f"{quantity.name[:-2]}_j" not in words():
        raise BadInput("Others", str(quantity)[:60], "a quantity of player i, such as eps_BC_i")
    return Call("sum_others", (Name(f"{quantity.name[:-2]}_j"),))


@from_sympy.register
def _(expression: sympy.Add) -> Expression:
    terms = []
    ordered: Any = expression.as_ordered_terms()
    for term in ordered:
        minus = bool(term.could_extract_minus_sign())
        terms.append((minus, from_sympy(-term if minus else term)))
    return Sum(tuple(terms))


@from_sympy.register
def _(expression: sympy.Mul) -> Expression:
    factors = []
    for factor in expression.as_ordered_factors():
        base, exponent = factor.as_base_exp()
        over = bool(exponent.is_Integer and exponent < 0)
        factors.append((over, from_sympy(base ** (-exponent) if over else factor)))
    return Product(tuple(sorted(factors, key=lambda pair: pair[0])))


@from_sympy.register
def _(expression: sympy.Pow) -> Expression:
    base, exponent = expression.as_base_exp()
    if not exponent.is_Integer or abs(exponent) > 64:
        raise BadInput("line", f"the exponent {str(exponent)[:60]}", "an integer up to 64")
    if exponent < 0:
        one = (False, Number(Fraction(1)))
        return Product((one, (True, from_sympy(base**-exponent))))
    return Power(from_sympy(base), int(exponent))


__all__ = [
    "C",
    "GameQuantity",
    "NashGap",
    "NashGap_i",
    "Others",
    "V",
    "ValueGap",
    "ValueGap_i",
    "best_response",
    "delta",
    "eps_BC",
    "eps_BC_i",
    "eps_mu",
    "eps_rho",
    "expert",
    "from_sympy",
    "gamma",
    "learner",
    "n",
]
