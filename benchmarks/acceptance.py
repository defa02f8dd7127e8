r"""What the search is to decide, with the seconds it may take: a table, and an exit code.

"Decided": the supremum is attained by a game, or approached by a segment of games, that was
rechecked from the definitions, and a certificate, verified without any solver, excludes more; or it
is an irrational number, isolated between an exact game and a certificate. Every line says how many
questions it asked, how many were decided as expected, and of the slowest the seconds that passed
and the seconds of processor time, its worker processes counted; the script fails where one was not,
or took longer than its target. On a machine that does other work, too, more seconds pass than are
worked; with two processors and nothing else, fewer.

    python benchmarks/acceptance.py [--only WORD]
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from nashgap.numeric.games import catalogue
from nashgap.search.engine import search
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut, Unknown
from nashgap.search.witness import witness

F = Fraction
FOUR = (F(1, 2), F(3, 4), F(9, 10), F(99, 100))
TWO = (F(1, 2), F(9, 10))
SHARE = 0.8
"""How much of the target a question may search; the rest is for making witnesses simple."""
FRESH = (F(3, 5), F(19, 20), F(8, 11))
b = m = F(1, 3)
Formula = Callable[[F], F]


def plain(g: F) -> F:
    """2g/(1-g), what every Nash expert allows."""
    return 2 * g / (1 - g)


def late(g: F) -> F:
    """2g^2/(1-g): one step later, where rewards tell nothing of the others' actions."""
    return g * plain(g)


def entered(g: F) -> F:
    """A share b of it leaves at every step."""
    return plain(g) * b / (1 - g * (1 - b))


SINGLE: dict[str, Formula] = {
    "nash,state-rewards": late,
    "nash,own-rewards": late,
    "nash,symmetric": plain,
    "nash,alternating": lambda g: plain(g) / (1 + g),
    "subgame-perfect,turn-based,common-payoff": lambda _: F(0),
    "nash,reset=1/3": lambda g: (1 - b) * plain(g),
    "nash,entry=1/3": entered,
    "nash,margin=1/3": lambda g: plain(g) - m,
    "subgame-perfect,margin=1/3": lambda g: plain(g) - m / (1 - g),
    "nash,uniform-off-support": lambda g: plain(g) / (2 - g),
    "nash,symmetric,zero-sum": lambda g: plain(g) / 2,
}
PAIRS: dict[str, Formula] = {
    "nash,state-rewards,own-rewards": late,
    "nash,state-rewards,reset=1/3": lambda g: (1 - b) ** 2 * late(g),
    "nash,state-rewards,entry=1/3": lambda g: g * entered(g),
    "nash,state-rewards,margin=1/3": lambda g: late(g) - m,
    "nash,state-rewards,uniform-off-support": lambda g: late(g) / (2 - g),
    "nash,state-rewards,alternating": lambda _: F(0),
    "nash,state-rewards,symmetric": late,
    "nash,own-rewards,reset=1/3": lambda g: (1 - b) ** 2 * late(g),
    "nash,own-rewards,entry=1/3": lambda g: g * entered(g),
    "nash,own-rewards,margin=1/3": lambda g: late(g) - m,
    "nash,own-rewards,uniform-off-support": lambda g: late(g) / (2 - g),
    "nash,own-rewards,symmetric": late,
    "nash,own-rewards,alternating": lambda _: F(0),
    "nash,reset=1/3,entry=1/3": lambda g: b * plain(g) / (1 - g * (1 - 2 * b)),
    "nash,reset=1/3,margin=1/3": lambda g: (1 - b) * plain(g) - m * (1 - g * (1 - b)) / (1 - g),
    "nash,reset=1/3,uniform-off-support": lambda g: (1 - b) * plain(g) / (2 - g * (1 - b)),
    "nash,reset=1/3,symmetric": lambda g: (1 - b) * plain(g),
    "nash,entry=1/3,margin=1/3": lambda g: entered(g) - m / (1 - g * (1 - b)),
    "nash,entry=1/3,alternating": lambda g: b * plain(g) / (1 + g),
    "nash,entry=1/3,uniform-off-support": lambda g: entered(g) / (2 - g),
    "nash,entry=1/3,symmetric": entered,
    "nash,margin=1/3,uniform-off-support": lambda g: plain(g) / (2 - g) - m,
    "nash,margin=1/3,symmetric": lambda g: plain(g) - m,
    "nash,uniform-off-support,alternating": lambda g: plain(g) / (1 + g) / 2,
    "nash,uniform-off-support,symmetric": lambda g: plain(g) / (2 - g),
    "nash,alternating,symmetric": lambda _: F(0),
    **{
        f"subgame-perfect,turn-based,common-payoff,{other}": lambda _: F(0)
        for other in ("state-rewards", "own-rewards", "symmetric", "alternating", "reset=1/3")
    },
    "subgame-perfect,turn-based,common-payoff,entry=1/3": lambda _: F(0),
    "subgame-perfect,turn-based,common-payoff,uniform-off-support": lambda _: F(0),
}
"""Not here: pairs without a game, as a margin or a reset where players take turns."""


def all_of_it(g: F) -> F:
    """2/(1-g), what any policy may lose."""
    return 2 / (1 - g)


def nothing(_: F) -> F:
    """0."""
    return F(0)


ANYONE: dict[str, tuple[Formula, Formula]] = {
    "state-rewards": (plain, plain),
    "state-rewards,reset=1/3": (lambda g: (1 - b) * plain(g), lambda g: (1 - b) * plain(g)),
    "state-rewards,entry=1/3": (plain, plain),
    "state-rewards,full-support": (plain, plain),
    "state-rewards,symmetric": (plain, plain),
    "state-rewards,deterministic": (plain, plain),
    "own-rewards": (all_of_it, all_of_it),
    "own-rewards,zero-sum": (plain, plain),
    "own-rewards,common-payoff": (plain, plain),
    "reset=1/3": (all_of_it, all_of_it),
    "entry=1/3": (all_of_it, all_of_it),
    "uniform-off-support": (all_of_it, all_of_it),
    "turn-based": (all_of_it, all_of_it),
    "alternating": (lambda g: all_of_it(g) / (1 + g), all_of_it),
    "alternating,common-payoff": (lambda g: all_of_it(g) / (1 + g), all_of_it),
    "alternating,pure": (lambda g: all_of_it(g) / (1 + g), all_of_it),
    "alternating,state-rewards": (nothing, lambda g: plain(g) / (1 + g)),
    "symmetric": (all_of_it, all_of_it),
    "symmetric,zero-sum": (lambda g: (1 + g) / (1 - g), lambda g: (1 + g) / (1 - g)),
    "symmetric,turn-based": (nothing, nothing),
    "zero-sum,common-payoff": (nothing, nothing),
}
"""Where nothing is said of the expert, with two and with three states."""
BESIDE = ("nash", "subgame-perfect", "dominant", "team-optimal")
WORDS = (
    "full-support", "zero-sum", "symmetric", "turn-based", "reset=1/3", "entry=1/3",
    "uniform-off-support", "deterministic", "pure",
)  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One question: the query, whether an answer is the expected one, and the most seconds."""

    query: Query
    expected: Callable[[Any], bool]
    seconds: float


def attained(value: F) -> Callable[[Any], bool]:
    """The verdict that this is the supremum, and a game attains it."""
    return lambda v: (
        isinstance(v, RuledOut)
        and (v.supremum, v.attained) == (value, True)
        and v.certificate.verify().valid
        and v.witness is not None
        and v.witness.verify().valid
    )


def approached(value: F) -> Callable[[Any], bool]:
    """The verdict that this is the supremum, and no game attains it."""
    return lambda v: (
        isinstance(v, RuledOut)
        and (v.supremum, v.attained) == (value, False)
        and v.certificate.verify().valid
        and v.limit is not None
        and not v.limit.faults()
        and v.limit.value == value
    )


def neared(value: F) -> Callable[[Any], bool]:
    """The verdict that this is the supremum, attained or with games as close to it as wanted."""
    there = attained(value)
    return lambda v: (
        there(v)
        or (
            isinstance(v, RuledOut)
            and v.supremum == value
            and v.certificate.verify().valid
            and v.limit is not None
            and not v.limit.faults()
            and v.limit.value == value
        )
    )


def between(share: F, *, irrational: bool = False) -> Callable[[Any], bool]:
    """The verdict that the supremum lies between a game and a certificate this close."""

    def holds(v: Any) -> bool:
        if isinstance(v, RuledOut):
            return not irrational and v.supremum is not None
        return (
            isinstance(v, Unknown)
            and None not in (v.lower, v.upper, v.witness, v.certificate)
            and v.lower >= (1 - share) * v.upper  # type: ignore[operator]
            and v.witness.verify().valid  # type: ignore[union-attr]
            and v.certificate.verify().valid  # type: ignore[union-attr]
            and (v.root is not None or not irrational)
        )

    return holds


def support() -> Iterator[Ask]:
    """Every visited set, two and three states."""
    shares = ("", ",zero-sum", ",common-payoff")
    for states, g in product((2, 3), FOUR):
        for expert, share in product(("nash", "subgame-perfect"), shares):
            for k in range(1, states + 1):
                query = Query(assume=f"{expert}{share},visited={k}", states=states, gamma=g)
                yield Ask(query, attained(plain(g) if k < states else F(0)), 20)


def larger() -> Iterator[Ask]:
    """General-sum games, every visited set up to six states."""
    for states in (4, 5, 6):
        for expert, k in product(("nash", "subgame-perfect"), range(1, states + 1)):
            query = Query(assume=f"{expert},visited={k}", states=states, gamma=F(9, 10))
            yield Ask(query, attained(plain(F(9, 10)) if k < states else F(0)), 20)


def classes(formulas: dict[str, Formula], gammas: Iterable[F]) -> Iterator[Ask]:
    """The smaller classes at three states."""
    for g, (assume, formula) in product(gammas, formulas.items()):
        yield Ask(Query(assume=assume, states=3, gamma=g), attained(formula(g)), 60)


def more_states() -> Iterator[Ask]:
    """Rewards of the state and margins, up to six states."""
    for states, g in product((4, 5, 6), TWO):
        for assume in ("nash,state-rewards", "nash,margin=1/3"):
            yield Ask(Query(assume=assume, states=states, gamma=g), attained(SINGLE[assume](g)), 60)


def walls() -> Iterator[Ask]:
    """The four of the design notes; the fourth, few unvisited states, is `irrational`."""
    nine = F(9, 10)
    three = Query(assume="nash,uniform-off-support", states=3, actions=3, gamma=nine)
    yield Ask(three, attained(F(120, 7)), 60)
    turns = Query(assume="nash,state-rewards,alternating", states=4, gamma=nine)
    yield Ask(turns, attained(F(162, 19)), 60)
    for states, actions in ((2, 3), (3, 3)):
        query = Query(assume="nash,symmetric,zero-sum", states=states, actions=actions, gamma=nine)
        yield Ask(query, attained(F(9)), 60)


def irrational() -> Iterator[Ask]:
    """Algebraic suprema, isolated to within 1e-9 of them."""
    for assume, g in (
        ("nash,own-rewards", F(9, 10)),
        ("nash,uniform-off-support", F(9, 10)),
        ("nash,uniform-off-support", F(99, 100)),
    ):
        query = Query(assume=assume, states=2, gamma=g)
        yield Ask(query, between(F(1, 10**9), irrational=True), 60)


def stochastic() -> Iterator[Ask]:
    """Deterministic kernels end at 162/19; a game with a stochastic one reaches more."""
    made = catalogue()["stochastic-kernel"].build(gamma="9/10", p="7/20")
    general = Query(assume="nash,own-rewards", states=2, gamma=F(9, 10)).game_class
    shows = Threshold(F(1038, 100))
    found = witness(made.game, made.expert, made.learner, 0, shows, general.assumptions)
    beats = found.verify().valid and found.nash_gap > F(162, 19)
    exact = Query(assume="nash,own-rewards,deterministic,pure", states=2, gamma=F(9, 10))
    is_top = attained(F(162, 19))
    yield Ask(exact, lambda v: beats and is_top(v), 60)


def matched() -> Iterator[Ask]:
    """Equal state occupancies with full support."""
    for states, g in product((2, 3), FOUR):
        assume = "nash,full-support,deterministic"
        query = Query(match="mu", assume=assume, states=states, gamma=g)
        yield Ask(query, attained(2 / (1 - g)), 60)
        if states == 2:
            query = Query(match="mu", assume="nash,full-support", states=2, gamma=g)
            yield Ask(query, attained(2 / (1 - g)), 60)


def anyone() -> Iterator[Ask]:
    """Classes that say nothing of the expert."""
    for g, (assume, formulas) in product(TWO, ANYONE.items()):
        for states, formula in zip((2, 3), formulas, strict=True):
            query = Query(assume=assume, states=states, gamma=g)
            yield Ask(query, attained(formula(g)), 60)


def perfect() -> Iterator[Ask]:
    """Experts perfect in every subgame, and a common payoff."""
    for states, g in product((2, 3, 4), FOUR):
        query = Query(assume="subgame-perfect,common-payoff", states=states, gamma=g)
        yield Ask(query, attained(plain(g)), 20)


def matched_classes() -> Iterator[Ask]:
    """Equal state occupancies, other classes: what any policy may lose is lost."""
    for states, g, expert, word in product((2, 3), TWO, BESIDE, WORDS):
        if (expert, word) != ("team-optimal", "zero-sum"):
            query = Query(match="mu", assume=f"{expert},{word}", states=states, gamma=g)
            yield Ask(query, attained(all_of_it(g)), 60)


def dominant() -> Iterator[Ask]:
    """Small errors beside a dominant expert: attained with three states, close with two."""
    for g in FOUR[:3]:
        eps = (1 - g) / 5
        bound = (1 + g) * eps / (1 - g) ** 2
        three = Query(match="bc", eps=eps, assume="dominant", states=3, gamma=g)
        yield Ask(three, attained(bound), 60)
        for error in ((1 - g) / 50, F(1, 100), F(1, 20), F(1, 10), F(1, 5)):
            two = Query(match="bc", eps=error, assume="dominant", states=2, gamma=g)
            yield Ask(two, between(F(1, 100)), 60)


def strict() -> Iterator[Ask]:
    """Strict equilibria: the same supremum, not attained."""
    for states, g in product((2, 3), TWO):
        for share in ("", ",zero-sum", ",common-payoff"):
            query = Query(assume=f"strict-nash{share}", states=states, gamma=g)
            yield Ask(query, approached(plain(g)), 60)


def beside() -> Iterator[Ask]:
    """Strict experts, and two visited states, of the smaller classes: the same suprema, in a limit.

    Whether some game attains them is not always known; games come as close as one likes.
    """
    names = ("state-rewards", "own-rewards", "symmetric", "reset=1/3", "entry=1/3")
    for g, name in product(TWO, (*names, "uniform-off-support")):
        top = SINGLE[f"nash,{name}"](g)
        yield Ask(Query(assume=f"strict-nash,{name}", states=3, gamma=g), neared(top), 60)
    for g, name in product(TWO, ("state-rewards", "uniform-off-support")):
        top = SINGLE[f"nash,{name}"](g)
        yield Ask(Query(assume=f"nash,visited=2,{name}", states=3, gamma=g), neared(top), 60)
    for name in ("own-rewards", "uniform-off-support"):
        query = Query(assume=f"strict-nash,{name}", states=2, gamma=F(9, 10))
        yield Ask(query, between(F(1, 10**9), irrational=True), 60)


def large() -> Iterator[Ask]:
    """Eight states, four players with four actions each."""
    query = Query(assume="nash,deterministic,pure", players=4, states=8, actions=4, gamma=F(9, 10))
    yield Ask(query, attained(F(18)), 10)


LINES: dict[str, Callable[[], Iterator[Ask]]] = {
    "deterministic and pure, S=8 A=4 n=4": large,
    "every visited set, S=2,3": support,
    "every visited set, S=4,5,6": larger,
    "smaller classes, S=3": lambda: classes(SINGLE, TWO),
    "pairs of them, S=3": lambda: classes(PAIRS, TWO),
    "their formulas at fresh discounts": lambda: classes({**SINGLE, **PAIRS}, FRESH),
    "state rewards and margins, S=4,5,6": more_states,
    "walls": walls,
    "irrational suprema": irrational,
    "a stochastic kernel beats all others": stochastic,
    "matched states, full support": matched,
    "matched states, other classes": matched_classes,
    "any expert": anyone,
    "perfect in subgames, common payoff": perfect,
    "dominant expert, small errors": dominant,
    "strict equilibria": strict,
    "beside the boundary, smaller classes": beside,
}


def worked() -> float:
    """Seconds of processor time, of this process and of its workers that have ended."""
    return sum(os.times()[:4])


def main() -> None:
    """Prints a line for each target; exits with 1 where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="lines whose name has this word")
    given = parser.parse_args()
    missed = 0
    print(f"{'':38} asked decided slowest  worked  target     all  worked")
    for name, asks in LINES.items():
        if given.only not in name:
            continue
        asked = decided = 0
        spans, target, late_ones = [], 0.0, []
        for ask in asks():
            started, before = time.perf_counter(), worked()
            verdict = search(ask.query, sup=True, seconds=SHARE * ask.seconds)
            took, work = time.perf_counter() - started, worked() - before
            right = ask.expected(verdict)
            asked, decided = asked + 1, decided + right
            spans.append((took, work))
            target = max(target, ask.seconds)
            if not right or took > ask.seconds:
                late = f"{verdict.status}, {took:.1f} s, worked {work:.1f} s"
                late_ones.append(f"    {ask.query}: {late}")
        missed += len(late_ones)
        slowest, all_of_it = max(spans), [sum(column) for column in zip(*spans, strict=True)]
        print(
            f"{name:38} {asked:5} {decided:7} {slowest[0]:5.1f} s {slowest[1]:5.1f} s "
            f"{target:5.0f} s {all_of_it[0]:5.0f} s {all_of_it[1]:5.0f} s",
            flush=True,
        )
        print("\n".join(late_ones[:9]), end="\n" if late_ones else "", flush=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
