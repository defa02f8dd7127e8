r"""Two coupled recursions as columns of the program: what a best response gains, and the value.

Where the deviation leaves the expert, the expert's own action is worth as much against the expert,
up to what the expert loses by it. So what a best response gains has two recursions: the plain one,
with cost E, and one with cost D that also meets U at the next state, what the learner loses to the
best play against the expert's opponents, whose own recursion has cost I. The program weighs them:
it looks for \(x,\lambda\ge0\) and for costs \(c,d\ge0\) with

\[\lambda I\le c,\qquad xE+\lambda D\le c+d,\]

at every state, by non-negative products of facts about overlaps, so that
\((x+\lambda)(V_i^{(\pi^*_i,\pi_{-i})}-V_i^{\pi})\le\mathrm{E}_{\mu_{\pi^E}}[c+d]/(1-\gamma)\).
Atoms of the two inequalities are told apart by a mark.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nashgap.search.multipliers import Candidate, Coefficients, coefficients
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Combination, Local, Term, TwoRecursions, Unfold
from nashgap.theory.words import line_vocabulary

from .instance import STEP
from .one_step import Cell, Scene, cheapest, recursion, scenes
from .overlap_facts import slack
from .written import as_sum, written

MARK = "two recursions: "
_PLAIN, _MOVED, _VALUE = f"{MARK}plain", f"{MARK}moved", f"{MARK}value"
_COST, _MORE, _UNDER_COST, _UNDER_BOTH = (
    f"{MARK}{word} " for word in ("cost", "more", "left below the cost", "left below both")
)
_PRODUCTS = (
    ("loss_i >= 0",),
    ("TV_i >= 0",),
    ("TV_o >= 0",),
    ("TV_i <= lost_i",),
    ("lost_i <= 1", "TV_o >= 0"),
    ("TV_i >= 0", "TV_o >= 0"),
    ("TV_i <= lost_i", "TV_o >= 0"),
)
"""Non-negative numbers at a state; costs are sums of multiples of these."""
_GAP = "V_at(deviation, learner) - V_at(learner)"
_LOST = "V_at(best_response, expert) - V_at(learner)"
_A, _B, _O = "Q(deviation, learner)", "Q(learner, learner)", "Q(best_response, expert)"
_ZERO, _ONE = Rational.constant(0), Rational.constant(1)
_MASSES = {
    "n_i": "1 - lost_i",
    "v_i": "lost_i - TV_i",
    "r_i": "lost_i - TV_i",
    "m_i": "1 - TV_i",
    "w_i": "TV_i",
    "x_i": "TV_i",
    "y_i": "TV_i",
    "c_o": "1 - TV_o",
    "f_o": "TV_o",
    "g_o": "TV_o",
}


@dataclass(frozen=True)
class Recursion:
    """A lemma at a state and its cost."""

    chain: Derivation
    cost: Rational


@cache
def plain() -> Recursion:
    """What a best response gains, by one step."""
    roles = (("deviation", "learner"), ("learner", "learner"))
    (scene,) = (s for s in scenes() if s.roles == roles and _is_by(s, "n_i", "c_o"))
    chain, cost, _ = recursion(scene)
    return Recursion(chain, cost)


def _is_by(scene: Scene, own: str, others: str) -> bool:
    return (scene.own.common, scene.others.common) == (own, others)


@cache
def moved() -> Recursion:
    """The same, where the deviation's action is compared with the expert's own."""
    cells = [
        _cell("n_i", "g_o", _A, _B),
        *(_cell("w_i", other, _A, None) for other in ("c_o", "g_o")),
        *(_cell("y_i", other, None, _B) for other in ("c_o", "g_o")),
        _cell("v_i", "c_o", _A, _O),
        _cell("v_i", "g_o", _A, None),
        _cell("v_i", "f_o", None, _O),
        _cell("r_i", "f_o", _O, None),
        _cell("r_i", "g_o", None, _B),
    ]
    cost = _read("loss_i") + _total_mass(cells)
    shown = written(cost)
    parts = f"sum_a((n_i + v_i + w_i)*p_o*{_A}) - sum_a((n_i + r_i + y_i)*p_o*{_B})"
    chain = (
        derivation("gain_recursion_moved", level="state")
        .start(_GAP)
        .eq(parts, by=Unfold(("V_at", "split by n_i and m_i")))
        .le(
            f"loss_i + {parts} + sum_a(r_i*e_o*{_O}) - sum_a(v_i*e_o*{_O})",
            by=Combination((Term("1", (f"sum_a(v_i*e_o*{_O}) <= sum_a(r_i*e_o*{_O}) + loss_i",)),)),
        )
        .eq(
            f"loss_i + sum_a((n_i + v_i + w_i)*(c_o + g_o)*{_A})"
            f" - sum_a((n_i + r_i + y_i)*(c_o + g_o)*{_B}) + sum_a((r_i - v_i)*(c_o + f_o)*{_O})",
            by=Unfold(("split by c_o",)),
        )
        .le(
            f"{shown} + sum_a(n_i*c_o*({_A} - {_B})) + sum_a(r_i*c_o*({_O} - {_B}))",
            by=_local(cells),
        )
        .eq(
            f"{shown} + gamma*sum_a(n_i*c_o*next({_GAP})) + gamma*sum_a(r_i*c_o*next({_LOST}))",
            by=Unfold(("Q",)),
        )
    )
    return Recursion(chain, cost)


@cache
def value() -> Recursion:
    """What the learner loses to the best play against the expert's opponents."""
    cells = [
        *(_cell(*pair, _O, None) for pair in (("x_i", "c_o"), ("x_i", "f_o"), ("m_i", "f_o"))),
        *(_cell(*pair, None, _B) for pair in (("y_i", "c_o"), ("y_i", "g_o"), ("m_i", "g_o"))),
    ]
    cost = _read("loss_i") + _total_mass(cells)
    shown = written(cost)
    chain = (
        derivation("best_value_recursion", level="state")
        .start(_LOST)
        .eq(f"loss_i + sum_a(e_i*e_o*{_O}) - V_at(learner)", by=Unfold(("loss_i",)))
        .eq(
            f"loss_i + sum_a(e_i*(c_o + f_o)*{_O}) - sum_a(p_i*(c_o + g_o)*{_B})",
            by=Unfold(("V_at", "split by c_o")),
        )
        .le(f"{shown} + sum_a(m_i*c_o*({_O} - {_B}))", by=_local(cells))
        .eq(f"{shown} + gamma*sum_a(m_i*c_o*next({_LOST}))", by=Unfold(("Q",)))
    )
    return Recursion(chain, cost)


def _cell(own: str, others: str, first: str | None, second: str | None) -> Cell:
    cost, bounds = cheapest(first or _A, second or _B, first is not None, second is not None)
    return Cell(own, others, bounds, cost)


def _local(cells: Sequence[Cell]) -> Local:
    return Local(tuple(term for cell in cells for term in cell.terms))


def _total_mass(cells: Sequence[Cell]) -> Rational:
    masses = (c.cost * _read(_MASSES[c.own]) * _read(_MASSES[c.others]) for c in cells)
    return sum(masses, _ZERO)


def _read(source: str) -> Rational:
    return normal(parse_expression(source, line_vocabulary()))


@cache
def columns() -> tuple[Candidate, ...]:
    """The columns of the program."""
    gain = _atoms(_read("V(learner) - V(deviation, learner)"))
    met: Monomial = (("met", 1),)
    made = [
        Candidate(_PLAIN, {**_marked("both", -plain().cost), **gain}, STEP),
        Candidate(_MOVED, {**_marked("both", -moved().cost), **gain, met: _ONE}, STEP),
        Candidate(_VALUE, {**_marked("cost", -value().cost), met: -_ONE}, STEP),
    ]
    for k, factors in enumerate(_PRODUCTS):
        number = _product(factors)
        cost, both = _marked("cost", number), _marked("both", number)
        mean = _atoms(_read(f"E_mu({number})/(1 - gamma)"))
        made += [
            Candidate(f"{_COST}{k}", {**cost, **both, **mean}, 1),
            Candidate(f"{_MORE}{k}", {**both, **mean}, 1),
            Candidate(f"{_UNDER_COST}{k}", {m: -c for m, c in cost.items()}, 1),
            Candidate(f"{_UNDER_BOTH}{k}", {m: -c for m, c in both.items()}, 1),
        ]
    return tuple(made)


def _product(factors: Iterable[str]) -> Rational:
    number = _ONE
    for factor in factors:
        number = number * slack(factor)
    return number


def _atoms(number: Rational) -> Coefficients:
    read = coefficients(number)
    assert read is not None
    return read


def _marked(mark: str, number: Rational) -> Coefficients:
    return {((mark, 1), *monomial): c for monomial, c in _atoms(number).items()}


def solved(multipliers: Mapping[str, Rational]) -> tuple[Derivation, Rational] | None:
    """The chain `V(deviation, learner) - V(learner) <= E_mu(c + d)/(1 - gamma)`, and how often.

    None where the multipliers do not use these columns.
    """
    times = multipliers.get(_PLAIN, _ZERO) + multipliers.get(_MOVED, _ZERO)
    if times.is_zero:
        return None
    share = {name: c / times for name, c in multipliers.items() if name.startswith(MARK)}
    cost, more = _terms(share, _COST), _terms(share, _MORE)
    c, both = _sum(cost), _sum(cost) + _sum(more)
    weight = share.get(_MOVED, _ZERO)
    lost = f"{written(weight)}*({_LOST})" if weight != _ONE else _LOST
    inner = (
        derivation("best_value_recursion_weighed", level="state", uses=(value().chain,))
        .start(lost)
        .le(
            f"{as_sum(c)} + gamma*sum_a(m_i*c_o*next({lost}))",
            by=Combination(
                (Term(written(weight), (value().chain.name,)), *_terms(share, _UNDER_COST))
            ),
        )
    )
    weighed = {moved().chain: weight, plain().chain: share.get(_PLAIN, _ZERO)}
    used = {chain: often for chain, often in weighed.items() if not often.is_zero}
    outer = (
        derivation("gain_recursion_weighed", level="state", uses=tuple(used))
        .start(_GAP)
        .le(
            f"{as_sum(both)} + gamma*sum_a(n_i*c_o*next({_GAP}))"
            f" + gamma*sum_a(r_i*c_o*next({lost}))",
            by=Combination(
                (
                    *(_often(times, chain) for chain, times in used.items()),
                    *_terms(share, _UNDER_BOTH),
                )
            ),
        )
    )
    chain = (
        derivation("gain_by_two_recursions", uses=(inner, outer))
        .start("V(deviation, learner) - V(learner)")
        .le(
            f"E_mu({as_sum(both)})/(1 - gamma)",
            by=TwoRecursions(inner.name, outer.name, cost, more),
        )
    )
    return chain, times


def _often(times: Rational, chain: Derivation) -> Term:
    return Term(written(times), (chain.name,))


def _terms(share: Mapping[str, Rational], prefix: str) -> tuple[Term, ...]:
    return tuple(
        Term(written(c), _PRODUCTS[int(name.removeprefix(prefix))])
        for name, c in share.items()
        if name.startswith(prefix)
    )


def _sum(terms: Iterable[Term]) -> Rational:
    return sum((_read(term.multiplier) * _product(term.factors) for term in terms), _ZERO)
