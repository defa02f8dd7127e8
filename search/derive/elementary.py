r"""Instances that rest on no bound of the catalogue.

Facts and definitions of numbers, what the assumptions say, means over the states of facts about
overlaps, the sum over the opponents, and the one-step inequalities.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from nashgap.search.facts import fact_values
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.domain import FINITE_C
from nashgap.theory.grounds import consequences
from nashgap.theory.parsing import parse_relation
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import Assume, Mean, SumOverOthers, Term, Unfold
from nashgap.theory.words import line_vocabulary

from . import overlap_facts
from .instance import FACT, GROUND, Instance, proved
from .one_step import one_step_instances

_NO_MARKS = str.maketrans("", "", "()")
_MEANS = ("E_mu", "E_learner", "E_deviation", "nu")
_OWN = ("TV_i", "lost_i", "shift_i", "out_i")
_BESIDE = ("TV_i <= lost_i", "lost_i <= TV_i + shift_i")
_EQUATIONS = (
    ("own_gap", "NashGap_i", "V(best_response, learner) - V(learner)", "NashGap_i"),
    ("own_value_gap", "ValueGap_i", "V(expert) - V(learner)", "ValueGap_i"),
    ("best_deviation", "V(best_response, learner)", "V(deviation, learner)", "deviation"),
    ("own_error", "2*E_mu(TV_i)", "eps_BC_i", "eps_BC_i"),
    ("others_errors", "2*E_mu(sum_others(TV_j))", "sum_others(eps_BC_j)", "eps_BC_i"),
)
"""Name, two sides, and the definition by which they are equal."""


def elementary(given: Iterable[str], *, finite_c: bool) -> Iterator[Instance]:
    """All of them.

    Args:
        given: the assumptions, each with everything that follows from them.
        finite_c: whether the statement speaks of games with C finite.
    """
    yield from _facts(finite_c=finite_c)
    yield from _equations()
    yield from _own_loss()
    yield proved(_opponents(), GROUND)
    yield from _means()
    yield from one_step_instances()
    for assumption in given:
        yield from _assumed(assumption)
    if finite_c:
        yield from _assumed(FINITE_C)


def _facts(*, finite_c: bool) -> Iterator[Instance]:
    for source, value in fact_values().items():
        if finite_c or "C" not in value.variables:
            yield Instance(source, value, (source,), (), FACT)


@cache
def _equations() -> tuple[Instance, ...]:
    found = []
    for name, one, other, definition in _EQUATIONS:
        for suffix, low, high in (("", one, other), ("_turned", other, one)):
            chain = derivation(f"{name}{suffix}").start(low).eq(high, by=Unfold((definition,)))
            found.append(proved(chain, GROUND))
    return tuple(found)


_BEST = "V_at(best_response, expert)"
_PAID = "E_mu(sum_a(e_i*e_o*r))/(1 - gamma)"
_OWN_LOSS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("V(best_response, expert) - V(expert)", ()),
    (
        f"V(best_response, expert) - {_PAID}",
        ("values by occupancy", "sums weighted by visits", "rho"),
    ),
    (
        f"(E_mu({_BEST}) - gamma*E_mu(sum_a(e_i*e_o*next({_BEST}))))/(1 - gamma) - {_PAID}",
        ("V", "start from visits"),
    ),
    (
        f"(E_mu({_BEST}) - E_mu(sum_a(e_i*e_o*Q(best_response, expert))))/(1 - gamma)",
        ("Q",),
    ),
    ("E_mu(loss_i)/(1 - gamma)", ("loss_i",)),
)
"""Lines, each equal to the one before by definitions: performance differences on the expert's
visits."""


@cache
def _own_loss() -> tuple[Instance, ...]:
    """What the expert loses by each of its steps adds up to what it lacks, in both directions."""
    lines = [line for line, _ in _OWN_LOSS]
    reasons = [names for _, names in _OWN_LOSS[1:]]
    found = []
    for name, ordered, by in (
        ("own_loss", lines, reasons),
        ("own_loss_turned", lines[::-1], reasons[::-1]),
    ):
        chain = derivation(name).start(ordered[0])
        for line, names in zip(ordered[1:], by, strict=True):
            chain = chain.eq(line, by=Unfold(names))
        found.append(proved(chain, GROUND))
    return tuple(found)


def _opponents() -> Derivation:
    return (
        derivation("each_opponent_le_max")
        .start("sum_others(eps_BC_j)")
        .le("(n - 1)*eps_BC", by=SumOverOthers("eps_BC_j <= eps_BC"))
    )


@cache
def _means() -> tuple[Instance, ...]:
    """Means of facts about overlaps, and of products of one on player i and one on the others."""
    lemma = overlap_facts.lemma()
    own = [f"{word} {bound}" for word in _OWN for bound in (">= 0", "<= 1")]
    others = ["TV_o >= 0", "TV_o <= 1", "sum_others(TV_j) >= 0", overlap_facts.LEMMA]
    products: list[tuple[str, ...]] = [(f,) for f in (*own, *_BESIDE, *others)]
    products += [(f, "TV_o >= 0") for f in (*own, *_BESIDE)]
    found = []
    for mean in _MEANS:
        for factors in products:
            value = Rational.constant(1)
            for factor in factors:
                value = value * overlap_facts.slack(factor)
            chain = (
                derivation(f"{mean}_of_{_spelled(factors)}", uses=(lemma,))
                .start("0")
                .le(f"{mean}({value})", by=Mean(mean, (Term("1", factors),)))
            )
            found.append(proved(chain, GROUND + len(factors) - 1))
    return tuple(found)


def _spelled(factors: Iterable[str]) -> str:
    """The facts as part of a name."""
    words_of = {">=": "ge", "<=": "le", "+": "plus"}
    return "_and_".join(
        "_".join(words_of.get(word, word) for word in factor.split()).translate(_NO_MARKS)
        for factor in factors
    )


def _assumed(assumption: str) -> Iterator[Instance]:
    """What an assumption says of numbers; an equation in both directions."""
    for k, known in enumerate(consequences(assumption)):
        if known.level != "scalar":
            continue
        left, relation, right = parse_relation(known.relation, line_vocabulary())
        name = f"from_{assumption.partition('=')[0].replace('-', '_').replace(' ', '_')}_{k}"
        assume = "" if assumption == FINITE_C else assumption
        chain = derivation(name, assume=assume)
        if relation == "<=":
            yield proved(chain.start(left).le(right, by=Assume(assumption)), GROUND)
        else:
            yield proved(chain.start(left).eq(right, by=Assume(assumption)), GROUND)
            turned = derivation(f"{name}_turned", assume=assume)
            yield proved(turned.start(right).eq(left, by=Assume(assumption)), GROUND)
