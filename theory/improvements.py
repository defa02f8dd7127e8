"""Where the catalogue improves on what is published, and by what factor.

Each row pairs a published bound with a sharper one of the catalogue. The factor is not written
down but computed: the published larger side over ours, or what the two allow of the smaller side.
A row without a published constant is one where a rate or an exact value stands where none was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .bound import Bound
from .catalogue import bound
from .claim import parse_claim
from .expression import Expression, text
from .formula import latex
from .normal import MalformedError, normal
from .parsing import parse_expression
from .rational import Rational
from .words import line_vocabulary

PAIRS = (
    ("lemma_3", "T1"),
    ("corollary_3", "corollary_3_sharp"),
    ("lemma_4", "S2"),
    ("lemma_4", "T2_kappa"),
    ("lemma_4", "T2_shift"),
    ("lemma_4_secondary", "S2"),
    ("freihaut_2025", "T8"),
    ("tang_2024", "tang_2024_sharper"),
    ("T7", "T7_sharper"),
)
"""(published, sharper); T7 is the catalogue's own first form."""

NEW = (
    ("lemma_3", "T6", "by the occupancies: 1 for its 2*n*(1+gamma), with no factor n"),
    ("lemma_3", "T1_modulus", "the exact worst case, at every size of the error"),
    ("lemma_3", "T1_approximate", "for experts that are only nearly dominant"),
    ("lemma_3", "T10_dominant", "for N undiscounted steps"),
    ("lemma_4", "T2_modulus", "the exact worst case for a Nash expert"),
    ("value_gap", "value_gap_modulus", "the exact worst case, at every size of the error"),
    ("corollary_1", "corollary_1_rate", "a rate in the error, where the limit stood"),
    ("eps_relations", "eps_mu_le_eps_rho", "a sharp rate, where the limit 0 stood"),
    ("eps_relations", "eps_BC_le_eps_rho", "a sharp rate, where the limit 0 stood"),
    ("theorem_2", "T3", "the exact supremum, where a lower bound of its order stood"),
    ("theorem_2", "T3_robust", "with errors, and no assumption on the support"),
    ("lemma_1", "trivial", "the exact supremum, where a lower bound of its order stood"),
)
"""(published, ours, what is new) where no factor compares the two."""


@dataclass(frozen=True)
class Improvement:
    """One row of the table.

    Attributes:
        published: the label of what is improved on.
        source: where that is from.
        old: its claim, "" for a lower bound without a constant.
        label: ours.
        new: its claim.
        factor: how much smaller ours is, a fraction in plain text; "" without one.
        what: what is new, "" where the factor says it.
        sharp: what is known of ours.
    """

    published: str
    source: str
    old: str
    label: str
    new: str
    factor: str
    what: str
    sharp: str

    @property
    def factor_latex(self) -> str:
        """The factor without dollar signs."""
        return latex(parse_expression(self.factor, line_vocabulary())) if self.factor else ""

    def json(self) -> dict[str, object]:
        """As `bounds --improvements --json` prints it."""
        return {
            "published": self.published,
            "source": self.source,
            "old": self.old,
            "label": self.label,
            "new": self.new,
            "factor": self.factor,
            "what": self.what,
            "sharpness": self.sharp,
        }


def improvements() -> Iterator[Improvement]:
    """Every row, those with a factor first.

    Example:
        >>> first = next(improvements())
        >>> first.published, first.label, first.factor
        ('lemma_3', 'T1', '2*n/(gamma*(n - 1) + 1)')
    """
    for old, new in PAIRS:
        one, ours = bound(old), bound(new)
        yield _row(one, ours, factor(one, ours), "")
    for old, new, what in NEW:
        ours = bound(new)
        if old in _LOWER:
            yield Improvement(
                old, _LOWER[old], "", new, ours.statement, "", what, _plain(ours.sharpness)
            )
        else:
            yield _row(bound(old), ours, "", what)


_LOWER = {
    "theorem_2": "Bergerault, Cevher, Mehr (2026), Theorem 2",
    "lemma_1": "Bergerault, Cevher, Mehr (2026), Lemma 1",
}


def ratio(published: Bound, ours: Bound) -> tuple[Expression, Expression]:
    """The two sides whose quotient is the factor.

    Raises:
        MalformedError: neither side of the two claims is common to both.
    """
    old, new = parse_claim(published.statement), parse_claim(ours.statement)
    if normal(old.left) == normal(new.left):
        return old.right, new.right
    if normal(old.right) == normal(new.right):
        return new.left, old.left
    raise MalformedError(f"{published.label} and {ours.label} have no side in common")


def factor(published: Bound, ours: Bound) -> str:
    """How much smaller ours is, as a quotient without common factors, in plain text.

    Example:
        >>> factor(bound("freihaut_2025"), bound("T8"))
        '2*C*n/(C*(n - 1) + n)'
    """
    import sympy
    from sympy.parsing.sympy_parser import parse_expr

    names: Any = _symbols()
    above, below = (parse_expr(text(side), local_dict=names) for side in ratio(published, ours))
    top, bottom = sympy.fraction(sympy.cancel(above / below))
    if top.subs(dict.fromkeys(top.free_symbols, sympy.Rational(1, 2))) < 0:
        top, bottom = -top, -bottom
    shown = [str(_positive(_collected(part))) for part in (top, bottom)]
    if shown[1] == "1":
        return shown[0]
    under = f"({shown[1]})" if any(mark in shown[1] for mark in "+-* ") else shown[1]
    over = f"({shown[0]})" if any(mark in shown[0] for mark in "+-") else shown[0]
    return f"{over}/{under}"


def factor_value(row: Improvement) -> Rational:
    """The factor as a rational function."""
    return normal(parse_expression(row.factor, line_vocabulary()))


def improvements_latex() -> str:
    """The table with booktabs."""
    from .latex import escape

    lines = [
        r"\begin{tabular}{@{}lll@{}}",
        r"\toprule",
        r"published & here & smaller by \\",
        r"\midrule",
    ]
    for row in improvements():
        what = f"${row.factor_latex}$" if row.factor else escape(row.what)
        old, new = (escape(name.replace("_", " ")) for name in (row.published, row.label))
        lines.append(rf"{old} & {new} & {what} \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"])


def _row(published: Bound, ours: Bound, by: str, what: str) -> Improvement:
    return Improvement(
        published.label,
        published.source.text,
        published.statement,
        ours.label,
        ours.statement,
        by,
        what,
        _plain(ours.sharpness),
    )


def _plain(sharpness: str) -> str:
    return sharpness.replace("`", "")


def _symbols() -> dict[str, Any]:
    import sympy

    from .quantities import meanings

    return {name: sympy.Symbol(name) for name in meanings()}


def _collected(expression: Any) -> Any:
    """A polynomial, its terms grouped by the quantities."""
    import sympy

    names = [s for s in expression.free_symbols if s.name not in ("n", "gamma")]
    grouped = sympy.collect(sympy.expand(expression), sorted(names, key=str), sympy.factor)
    return sympy.collect(grouped, sympy.Symbol("gamma")) if not names else grouped


def _positive(expression: Any) -> Any:
    """The same sum with factors such as gamma - 1, which are negative, turned round."""
    import sympy

    gamma = sympy.Symbol("gamma")

    def turned(factor: Any) -> Any:
        return -factor if factor in (gamma - 1, gamma - 2) else factor

    def term(one: Any) -> Any:
        factors = sympy.Mul.make_args(one)
        count = sum(factor in (gamma - 1, gamma - 2) for factor in factors)
        return sympy.Mul((-1) ** count, *map(turned, factors))

    return sympy.Add(*map(term, sympy.Add.make_args(expression)))
