r"""Expressions as Coq terms over the reals.

A scalar step, or a step at one state, is written over *atoms*: what its normal form is linear in,
such as `E_mu(TV_i)`, becomes one real variable. Operators that are linear are written out term by
term before Coq sees them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from ..expression import Call, Expression, Name, Number, Power, Product, Sum
from ..normal import LEAST, normal
from ..polynomial import Polynomial
from ..rational import Factors, Rational
from ..signs import sign
from ..words import PARAMETERS

_LONGEST = 48
_RULES = (
    *("sum", "prod", "sum2", "resolvent", "two_recursions", "nonneg", "positive", "defined"),
    *("visits_solve", "nonneg_resolvent", "le_of_diff", "eq_of_diff", "nonneg_of_le"),
    *("le_of_scaled", "exp_above", "ln_below", "ent", "ent_nonpos", "gibbs_at", "tangent"),
    *("soft_response_is_best", "soft_response_attains", "entropy_nonneg", "entropy_below_log"),
    *("odds_at", "odds_of_sets", "tanh_of_odds", "tanh_increasing", "tanh_below"),
    *("constant_cost", "Factor", "Scaled"),
    *("nonneg_of_eq", "over_nonneg", "mean_nonneg", "norm_triangle", "everything"),
)
_TAKEN = ("S", "R", "P", "I", "O", "X", "Y", "a", "b", "j", "s", "Is", "Os", "others", "Hg", "Hn")
_KEYWORDS = (
    *("as", "at", "by", "cofix", "else", "end", "exists", "fix", "for", "forall", "fun", "if"),
    *("in", "let", "match", "return", "struct", "then", "using", "where", "with"),
    *("IF", "Prop", "SProp", "Set", "Type", "R0", "R1", "nat", "list", "length", "Rmin"),
)
_RESERVED = frozenset((*_RULES, *_TAKEN, *_KEYWORDS))


class Names(Protocol):
    """How the variables of a normal form are written."""

    def name(self, meaning: str) -> str:
        """The Coq term of a variable."""
        ...


@dataclass
class Atoms:
    """The real variables of one statement, in the order in which they were met.

    Attributes:
        everywhere: what an atom stands for, in plain text -> its Coq name in the whole file.
        names: those of this statement.
    """

    everywhere: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def name(self, meaning: str) -> str:
        """The Coq name of an atom.

        Example:
            >>> Atoms().name("sum_others(E_mu(TV_j))")
            'sum_others_E_mu_TV_j'
        """
        if meaning not in self.everywhere:
            taken = frozenset(self.everywhere.values())
            self.everywhere[meaning] = _fresh(meaning, taken)
        return self.names.setdefault(meaning, self.everywhere[meaning])

    def next_statement(self) -> "Atoms":
        """For another statement of the same file."""
        return Atoms(self.everywhere)

    def binders(self) -> tuple[str, ...]:
        """The variables of the statement: gamma and n, then the others."""
        return ("gamma", "n", *(v for v in self.names.values() if v not in PARAMETERS))

    def glossary(self) -> list[str]:
        """What the variables stand for, where the name is not the thing itself."""
        return [f"{name} is {meaning}" for meaning, name in self.names.items() if name != meaning]


def spelled(text: str) -> str:
    """A Coq name that reads like a text.

    Example:
        >>> spelled("prod_others(1 - TV_j)"), spelled("2_sided"), spelled("sum")
        ('prod_others_1_minus_TV_j', 'x_2_sided', 'x_sum')
    """
    read = text.replace("-", " minus ").replace("+", " plus ").replace("**", " to ")
    plain = re.sub(r"[\W_]+", "_", read).strip("_")
    return plain if plain[:1].isalpha() and plain not in _RESERVED else f"x_{plain}"


def _fresh(meaning: str, taken: frozenset[str]) -> str:
    plain = spelled(meaning)[:_LONGEST].rstrip("_")
    return next(
        name
        for name in (plain, *(f"{plain}_{k}" for k in range(1, len(taken) + 2)))
        if name not in taken
    )


def flat(expression: Expression, atoms: Atoms) -> str:
    """A line over atoms.

    Example:
        >>> from nashgap.theory.parsing import parse_expression
        >>> from nashgap.theory.words import line_vocabulary
        >>> line = parse_expression("2*E_mu(TV_i + gamma*TV_o)/(1 - gamma)**2", line_vocabulary())
        >>> flat(line, Atoms())
        '2 * (E_mu_TV_i + E_mu_TV_o * gamma) / (1 - gamma) ^ 2'
    """

    def leaf(node: Name | Call) -> str:
        if isinstance(node, Call) and node.function == LEAST:
            return least([tight(flat(argument, atoms)) for argument in node.arguments])
        return rational(normal(node), atoms)

    return write(expression, leaf)


def least(terms: Sequence[str]) -> str:
    """The minimum of several terms.

    Example:
        >>> least(["a", "b", "c"])
        '(Rmin a (Rmin b c))'
    """
    first, *rest = terms
    return f"(Rmin {first} {least(rest)})" if rest else first


def write(expression: Expression, leaf: Callable[[Name | Call], str]) -> str:
    """An expression as it is written, its names and calls as `leaf` says."""
    match expression:
        case Number(value):
            return number(value)
        case Name() | Call():
            return leaf(expression)
        case Sum(terms):
            shown = "".join(
                f" {'-' if minus else '+'} {_in_sum(write(term, leaf))}" for minus, term in terms
            )
            return shown[3:] if shown.startswith(" + ") else f"- {shown[3:]}"
        case Product(factors):
            (over, first), *rest = factors
            lead = f"1 / {_in_product(first, leaf)}" if over else _in_product(first, leaf)
            return lead + "".join(
                f" {'/' if divides else '*'} {_in_product(factor, leaf)}"
                for divides, factor in rest
            )
        case Power(base, exponent):
            shown = tight(write(base, leaf))
            return f"{shown} ^ {exponent}" if exponent >= 0 else f"1 / {shown} ^ {-exponent}"


def _in_product(factor: Expression, leaf: Callable[[Name | Call], str]) -> str:
    """A factor: a power binds tighter by itself."""
    shown = write(factor, leaf)
    return shown if isinstance(factor, Power) and factor.exponent >= 0 else tight(shown)


def _in_sum(shown: str) -> str:
    """A term of a sum: a sum in it, or a leading minus, needs parentheses."""
    return f"({shown})" if shown.startswith("-") or _is_sum(shown) else shown


def _is_sum(shown: str) -> bool:
    return bool(re.search(r" [+-] ", _outside_parentheses(shown)))


def _outside_parentheses(shown: str) -> str:
    """The text with every parenthesis emptied to "()"."""
    depth, kept = 0, []
    for letter in shown:
        depth -= letter == ")"
        if not depth:
            kept.append(letter)
        depth += letter == "("
    return "".join(kept)


def tight(shown: str) -> str:
    """In parentheses unless it is one name, one number, or in parentheses already."""
    return shown if re.fullmatch(r"\w+|\(\)", _outside_parentheses(shown)) else f"({shown})"


def number(value: Fraction) -> str:
    """A rational constant."""
    if value.denominator == 1:
        return str(value.numerator) if value >= 0 else f"(- {-value.numerator})"
    sign = "" if value >= 0 else "- "
    return f"({sign}{abs(value.numerator)} / {value.denominator})"


def rational(function: Rational, atoms: Names) -> str:
    """A rational function over atoms."""
    above, factors = turned(function)
    top = polynomial(above, atoms)
    if not factors:
        return f"({top})" if _is_sum(top) else top
    return f"({tight(top)} / {tight(powers(factors, atoms))})"


def turned(function: Rational) -> tuple[Polynomial, Factors]:
    """Top and denominators, the denominators positive where their sign is known."""
    flips = sum(power for factor, power in function.under if sign(factor) < 0)
    factors = tuple(
        (-factor if sign(factor) < 0 else factor, power) for factor, power in function.under
    )
    return (-function.top if flips % 2 else function.top), factors


def powers(factors: Factors, atoms: Names) -> str:
    """A product of powers of polynomials."""
    shown = ((tight(polynomial(factor, atoms)), power) for factor, power in factors)
    return " * ".join(f"{base} ^ {power}" if power > 1 else base for base, power in shown)


def polynomial(value: Polynomial, atoms: Names) -> str:
    """A polynomial over atoms, term by term."""
    shown = ""
    ordered = sorted(value.terms.items(), key=lambda term: (term[1] < 0, term[0]))
    for monomial, coefficient in ordered:
        factors = [atoms.name(v) + (f" ^ {k}" if k > 1 else "") for v, k in monomial]
        size = abs(coefficient)
        lead = [] if size == 1 and factors else [number(size)]
        shown += f" {'-' if coefficient < 0 else '+'} {' * '.join([*lead, *factors])}"
    if not shown:
        return "0"
    return shown[3:] if shown.startswith(" + ") else f"- {shown[3:]}"
