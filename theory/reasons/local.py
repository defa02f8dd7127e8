r"""A local vector step: an inequality at one state with the continuation values free.

Both sides are sums over the joint action \(a=(a_i,a_o)\) of overlaps times Q, plus masses. The
certificate writes right minus left as \(\sum_kc_k\sum_au_k(a_i)v_k(a_o)[\text{bound on }Q]\) with
non-negative overlaps u and v. The identity is checked twice. For every number of players and
actions at once, by formal
sums: a summand with a Q must cancel symbol by symbol, every other one factors into a sum over
\(a_i\) times a sum over \(a_o\), which are masses, and what then remains must vanish. And
concretely, with explicit actions, for some numbers of players and actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import ClassVar

from .. import overlaps
from ..concrete import SHAPES, shapes_that_differ
from ..expression import Call, Expression, Name, Product, Sum, nodes, rewrite
from ..formula import latex
from ..grounds import fact_named, ordered
from ..ledger import BrokenStepError, Ledger, Place, line
from ..normal import normal
from ..parsing import parse_expression, parse_relation
from ..rational import Rational
from ..shapes import fields, list_of, text_of, texts_of
from ..words import CONSTANTS, OTHERS_PARTS, OWN_LETTERS, OWN_PARTS, line_vocabulary
from ._certificate import difference


def _parsed(source: str) -> Expression:
    return parse_expression(source, line_vocabulary())


_SPLIT: Mapping[str, Expression] = MappingProxyType(
    {
        "e_i": _parsed("m_i + x_i"),
        "p_i": _parsed("m_i + y_i"),
        "e_o": _parsed("m_o + w_o"),
        "p_o": _parsed("m_o + z_o"),
    }
)
_MASS: Mapping[str, Rational] = MappingProxyType(
    {
        "m_i": normal(_parsed("1 - TV_i")),
        "x_i": normal(_parsed("TV_i")),
        "y_i": normal(_parsed("TV_i")),
        "m_o": normal(_parsed("prod_others(1 - TV_j)")),
        "w_o": normal(_parsed("1 - prod_others(1 - TV_j)")),
        "z_o": normal(_parsed("1 - prod_others(1 - TV_j)")),
        **{part: normal(_parsed(mass)) for part, mass in overlaps.MASS.items()},
    }
)
_ALLOWED = (
    frozenset({*CONSTANTS - {"n"}, "TV_i", "TV_j", "best_response", "soft", *OWN_LETTERS})
    | overlaps.AT_A_STATE
    | OWN_PARTS
    | OTHERS_PARTS
)


@dataclass(frozen=True)
class LocalTerm:
    """One product of a local certificate.

    Attributes:
        multiplier: an expression in gamma and n, in plain text; its sign is proved.
        weights: one overlap of player i and one of the opponents, for example ("m_i", "z_o").
        fact: a bound on Q, for example "Q(expert, learner) <= 1/(1-gamma)".
    """

    multiplier: str
    weights: tuple[str, str]
    fact: str

    @staticmethod
    def read(raw: object, where: str) -> "LocalTerm":
        """From JSON."""
        found = fields(raw, where, "multiplier", "weights", "fact")
        weights = texts_of(found["weights"], f"{where}.weights")
        own, others = weights if len(weights) == 2 else ("", "")
        return LocalTerm(
            text_of(found["multiplier"], f"{where}.multiplier"),
            (own, others),
            text_of(found["fact"], f"{where}.fact"),
        )


@dataclass(frozen=True)
class Local:
    """By a certificate in non-negative overlaps.

    Attributes:
        terms: the products of the certificate.
    """

    terms: tuple[LocalTerm, ...]
    kind: ClassVar[str] = "local"

    def check(self, place: Place, ledger: Ledger) -> None:
        """Right minus left is the certificate: for all n and A by formal sums, for some in full."""
        if place.relation != "<=" or place.level != "state":
            raise BrokenStepError("a local step gives '<=' at a state")
        gap = difference(place.left, place.right)
        for node in nodes(gap):
            if isinstance(node, Name) and node.name not in _ALLOWED:
                raise BrokenStepError(f"{node.name!r} has no place in a local step")
        certificate = self._certificate(ledger)
        rest = formal(difference(certificate, gap))
        if not rest.is_zero:
            raise BrokenStepError(f"right minus left minus the certificate is {rest}, not 0")
        differing = shapes_that_differ(gap, certificate)
        if differing:
            raise BrokenStepError(
                f"written out for (n, A) = {differing[0]}, the certificate differs"
            )
        ledger.rest("overlaps", "formal sums", "products", "linearity")

    def _certificate(self, ledger: Ledger) -> Expression:
        if not self.terms:
            raise BrokenStepError("a local certificate without terms")
        sums = []
        for term in self.terms:
            own, others = term.weights
            if own not in OWN_PARTS or others not in OTHERS_PARTS:
                raise BrokenStepError(
                    f"{term.weights} is not one overlap of i and one of the others"
                )
            multiplier = line(term.multiplier, "scalar")
            ledger.nonnegative(multiplier, "a multiplier")
            found = fact_named(term.fact, "local")
            if found is None:
                raise BrokenStepError(f"{term.fact!r} is not an elementary fact on Q")
            fact, low, high = found
            ledger.rest(fact.ground)
            weights = ((False, Name(own)), (False, Name(others)))
            inner = Product((*weights, (False, difference(low, high))))
            sums.append((False, Product(((False, multiplier), (False, Call("sum_a", (inner,)))))))
        return Sum(tuple(sums))

    def words(self) -> str:
        """In plain words."""
        shown = [
            f"{'' if t.multiplier == '1' else f'({t.multiplier}) * '}"
            f"sum_a {t.weights[0]}*{t.weights[1]}*[{t.fact}]"
            for t in self.terms
        ]
        sizes = ", ".join(map(str, SHAPES))
        return f"right - left = {' + '.join(shown)} (all n, A; in full for (n, A) = {sizes})"

    def latex(self) -> str:
        """In words with formulas."""
        return rf"right side minus left side is ${' + '.join(map(_term_latex, self.terms))}$"

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """As JSON."""
        return {
            "terms": [
                {"multiplier": t.multiplier, "weights": list(t.weights), "fact": t.fact}
                for t in self.terms
            ]
        }

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Local":
        """From JSON."""
        return cls(list_of(fields(raw, where, "terms")["terms"], f"{where}.terms", LocalTerm.read))


@lru_cache(maxsize=256)
def formal(expression: Expression) -> Rational:
    r"""An expression at state level with its sums over joint actions carried out formally.

    \(\sum_au(a_i)v(a_o)\) becomes the product of the two masses; sums with a Q stay as they are, so
    that they vanish only by cancelling. Valid for every number of players and actions.

    Example:
        >>> print(formal(_parsed("sum_a(p_i*m_o)")))
        prod_others(-TV_j + 1)
    """
    split = rewrite(
        expression, lambda node: _SPLIT.get(node.name) if isinstance(node, Name) else None
    )
    found = normal(split)
    pairs = {
        "*".join(sorted((own, others))): _MASS[own] * _MASS[others]
        for own in OWN_PARTS & _MASS.keys()
        for others in OTHERS_PARTS & _MASS.keys()
    }
    return found.substitute({f"sum_a({pair})": mass for pair, mass in pairs.items()})


def _term_latex(term: LocalTerm) -> str:
    low, high = ordered(*parse_relation(term.fact, line_vocabulary(), "fact"))
    scale = "" if term.multiplier == "1" else latex(_parsed(term.multiplier)) + r"\,"
    weights = r"\,".join(latex(Name(weight)) for weight in term.weights)
    return rf"{scale}\sum_a {weights}\,\big[{latex(high)} - ({latex(low)})\big]"


REASON = Local
