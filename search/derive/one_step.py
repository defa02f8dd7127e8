r"""One-step inequalities between two profiles, made afresh, and what they sum up to.

At a state the difference of two values is \(\sum_aX(a)Q^X(a)-\sum_aY(a)Q^Y(a)\) (Bellman). With
both profiles taken apart into shared parts and rests, each pair of parts (u, v) holds one or both
Q. On the shared pair the difference of the Q stays, and carries over to the next state; on every
other pair a small linear program takes the cheapest bound that the elementary facts give. What then
remains is a recursion \(W\le c+\gamma\sum_auv\,P[W]\), and its resolvent gives
\(\nu\cdot W\le\mathrm{E}_{\mu}[c]/(1-\gamma)\). Where nothing is carried over it is a bound by one
step alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from nashgap.search.multipliers import Candidate, coefficients
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.grounds import facts, ordered
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression, parse_relation
from nashgap.theory.rational import Rational
from nashgap.theory.reasons import KernelPart, Local, LocalTerm, Mean, Term, Unfold
from nashgap.theory.words import line_vocabulary

from .instance import STEP, Instance, proved
from .program import Program
from .splits import KEPT, LOST, Split, means, splits
from .written import written

PAIRS = (
    ("expert", "learner"),
    ("deviation", "learner"),
    ("kept", "learner"),
    ("deviation", "deviation"),
)
"""Whom player i plays as in the two profiles."""
OPPONENTS = (("learner", "learner"), ("learner", "expert"), ("expert", "learner"), ("expert",) * 2)


@dataclass(frozen=True)
class Cell:
    """One pair of parts, with what the facts say of its Q.

    Attributes:
        own: the part of player i.
        others: the part of the opponents.
        bounds: pairs of a multiplier and a fact on Q.
        cost: what they give, a function of gamma.
    """

    own: str
    others: str
    bounds: tuple[tuple[str, str], ...]
    cost: Rational

    @property
    def terms(self) -> tuple[LocalTerm, ...]:
        """As a local certificate."""
        return tuple(LocalTerm(c, (self.own, self.others), fact) for c, fact in self.bounds)

    @property
    def mass(self) -> Rational:
        """The cost times the masses of both parts, at a state."""
        found = self.cost
        for part in (self.own, self.others):
            if part in LOST:
                found = found * Rational.variable(LOST[part])
            elif part in KEPT:
                found = found * (Rational.constant(1) - Rational.variable(KEPT[part]))
        return found

    @property
    def sign(self) -> Term:
        """The certificate that the mass is non-negative."""
        facts_used = tuple(
            f"{LOST[part]} >= 0" if part in LOST else f"{KEPT[part]} <= 1"
            for part in (self.own, self.others)
            if part in LOST or part in KEPT
        )
        return Term(str(self.cost), facts_used)


@dataclass(frozen=True)
class Scene:
    """Two profiles and how they are taken apart.

    Attributes:
        own: of player i.
        others: of the opponents.
        roles: the two profiles, each a pair of roles.
    """

    own: Split
    others: Split
    roles: tuple[tuple[str, str], tuple[str, str]]

    @property
    def difference(self) -> str:
        """The difference of the values from the start."""
        return self._difference("V")

    @property
    def gap(self) -> str:
        """The difference of the values at a state."""
        return self._difference("V_at")

    def _difference(self, function: str) -> str:
        return " - ".join(f"{function}({a}, {b})" for a, b in self.roles)

    @property
    def actions(self) -> tuple[str, str]:
        """Both Q."""
        (a, b), (c, d) = self.roles
        return f"Q({a}, {b})", f"Q({c}, {d})"

    @property
    def name(self) -> str:
        """Unique."""
        (a, b), (c, d) = self.roles
        return f"{a}_{b}_less_{c}_{d}_by_{self.own.common}_{self.others.common}"

    @property
    def opened(self) -> str:
        """Bellman's equation with the parts written out."""
        first, second = self.actions
        return (
            f"sum_a({self.own.line(0)}*{self.others.line(0)}*{first})"
            f" - sum_a({self.own.line(1)}*{self.others.line(1)}*{second})"
        )

    @property
    def unfolded(self) -> Unfold:
        """The definitions behind `opened`."""
        named = (self.own.definition, self.others.definition)
        return Unfold(("V_at", *(name for name in named if name is not None)))

    def cells(self, *, carried: bool) -> tuple[Cell, ...]:
        """Every pair of parts that holds a Q, without the shared one if that is carried over."""
        found: dict[tuple[str, str], tuple[bool, bool]] = {}
        for place in (0, 1):
            for u in self.own.parts(place):
                for v in self.others.parts(place):
                    has = found.get((u, v), (False, False))
                    found[u, v] = (has[0] or place == 0, has[1] or place == 1)
        shared = (self.own.common, self.others.common)
        made = []
        for (u, v), has in found.items():
            if not (carried and (u, v) == shared):
                cost, bounds = cheapest(*self.actions, *has)
                made.append(Cell(u, v, bounds, cost))
        return tuple(made)


@cache
def cheapest(
    first: str, second: str, with_first: bool, with_second: bool
) -> tuple[Rational, tuple[tuple[str, str], ...]]:
    """The smallest constant above Q, above -Q', or above Q - Q', with its multipliers.

    Example:
        >>> cost, bounds = cheapest("Q(expert, learner)", "Q(learner, learner)", True, True)
        >>> bounds
        (('1', 'Q(expert, learner) - Q(learner, learner) <= 2*gamma/(1-gamma)'),)
    """
    wanted = (Rational.variable(_q(first)) if with_first else Rational.constant(0)) - (
        Rational.variable(_q(second)) if with_second else Rational.constant(0)
    )
    known = [
        Candidate(source, value, 1)
        for source, slack in _bounds_on_q().items()
        if slack.variables <= {_q(first), _q(second), "gamma"}
        and (value := coefficients(slack)) is not None
    ]
    target = coefficients(wanted)
    assert target is not None
    best = Program(target, [()], known).best({(): Fraction(1)})
    if best is None:
        raise LookupError(f"no fact bounds {wanted}")
    zero = Rational.constant(0)
    return best.bound.get((), zero), tuple((str(c), f) for f, c in best.multipliers.items())


def _q(source: str) -> str:
    return str(normal(parse_expression(source, line_vocabulary())))


@cache
def _bounds_on_q() -> Mapping[str, Rational]:
    found = {}
    for fact in facts():
        for source in fact.instances if fact.level == "local" else ():
            low, high = ordered(*parse_relation(source, line_vocabulary()))
            found[source] = normal(high) - normal(low)
    return found


def recursion(scene: Scene) -> tuple[Derivation, Rational, tuple[Cell, ...]]:
    """The lemma `W <= c + gamma*sum_a(u*v*next(W))`, with c."""
    cells = scene.cells(carried=True)
    cost = sum((cell.mass for cell in cells), Rational.constant(0))
    first, second = scene.actions
    u, v = scene.own.common, scene.others.common
    shown = written(cost)
    chain = (
        derivation(f"{scene.name}_recursion", level="state")
        .start(scene.gap)
        .eq(scene.opened, by=scene.unfolded)
        .le(
            f"{shown} + sum_a({u}*{v}*({first} - {second}))",
            by=Local(tuple(term for cell in cells for term in cell.terms)),
        )
        .eq(f"{shown} + gamma*sum_a({u}*{v}*next({scene.gap}))", by=Unfold(("Q",)))
    )
    return chain, cost, cells


def summed(scene: Scene, mean: str) -> Derivation:
    """The recursion solved from the start: `V - V' <= E(c)/(1 - gamma)`."""
    lemma, cost, cells = recursion(scene)
    return (
        derivation(f"{scene.name}_{mean}", uses=(lemma,))
        .start(scene.difference)
        .le(
            f"{mean}({written(cost)})/(1 - gamma)",
            by=KernelPart(
                lemma.name,
                (scene.own.common, scene.others.common),
                tuple(cell.sign for cell in cells),
            ),
        )
    )


def at_once(scene: Scene) -> Derivation:
    """One step and nothing carried over: `V - V' <= nu(c)`."""
    cells = scene.cells(carried=False)
    shown = written(sum((cell.mass for cell in cells), Rational.constant(0)))
    lemma = (
        derivation(f"{scene.name}_at_once", level="state")
        .start(scene.gap)
        .eq(scene.opened, by=scene.unfolded)
        .le(shown, by=Local(tuple(term for cell in cells for term in cell.terms)))
    )
    opened = " - ".join(f"nu(V_at({a}, {b}))" for a, b in scene.roles)
    return (
        derivation(f"{scene.name}_nu", uses=(lemma,))
        .start(scene.difference)
        .eq(opened, by=Unfold(("V",)))
        .le(f"nu({shown})", by=Mean("nu", (Term("1", (lemma.name,)),)))
    )


def scenes() -> Iterator[Scene]:
    """Every comparison of two profiles that the splits allow."""
    for a, c in PAIRS:
        for b, d in OPPONENTS:
            if (a, b) != (c, d):
                for own in splits(a, c, "_i"):
                    for others in splits(b, d, "_o"):
                        yield Scene(own, others, ((a, b), (c, d)))


@cache
def one_step_instances() -> tuple[Instance, ...]:
    """What the one-step inequalities give for differences of values from the start."""
    found = []
    for scene in scenes():
        carried = means(scene.own.common, scene.others.common)
        found += [proved(summed(scene, mean), STEP) for mean in carried]
        found.append(proved(at_once(scene), STEP))
    return tuple(found)
