r"""Derives the best bound of a quantity that the library gives, with its derivation.

The instances of one-step inequalities, facts, consequences of the assumptions and, unless they are
taken out, bounds and lemmas are weighed by exact linear programs; each optimum is lifted to a
formula in \(\gamma\) and n, written as a chain, checked by the kernel of the theory in two
independent arithmetics, exported, and checked once more from the bare file. Nothing else is called
proved.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from nashgap.search.implications import why
from nashgap.search.multipliers import POINTS, Candidate, Coefficients, Point, coefficients
from nashgap.theory.accept import accepted
from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.chain import Derivation
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression
from nashgap.theory.polynomial import Monomial
from nashgap.theory.quantities import meanings
from nashgap.theory.rational import Rational
from nashgap.theory.reasons.attained import MAXIMA
from nashgap.theory.words import PARAMETERS, line_vocabulary, words

from . import two_steps
from .elementary import elementary
from .instance import STEP, Instance, by_name, proved
from .known import chains, known, rests_on_removed
from .one_step import one_step_instances
from .optimal import optimal
from .pareto import beaten, pareto
from .program import Lifted, Program
from .question import TARGETS, Question, question
from .result import Derivations, Derived
from .transfer import Transferred, finite_horizon, interval, rescaled
from .write import SOURCE, Used, chain_of, total_of
from .written import as_sum, written

Progress = Callable[[str], None]

_C = "C >= 0"
_FEW = POINTS[:4]
"""Points at which a bound is compared with the optimum."""
_ALONE = (Fraction(1, 3), Fraction(1))
"""A point with one player, for whom some bounds are beaten that are the best for more."""


def derive(
    quantity: str,
    assume: str | Sequence[str] = "",
    within: str | Iterable[str] = "eps_BC,gamma,n",
    *,
    without: str | Iterable[str] = (),
    rewards: object = None,
    horizon: bool = False,
    progress: Progress | None = None,
) -> Derivations:
    r"""The best bounds of a quantity in named quantities, each with its derivation.

    Args:
        quantity: "NashGap", "NashGap_i", "ValueGap", "ValueGap_i", "eps_BC", "eps_BC_i", "eps_mu"
            or "eps_rho".
        assume: what is assumed, as "dominant" or "nash,match-rho".
        within: the quantities that the bound may speak of, with "gamma" and "n", or "horizon".
        without: labels of bounds, or names of lemmas, that may not be used, with everything that
            rests on them; "all" for every bound and every lemma.
        rewards: also say what follows for rewards in this range, as "0,1" or a pair.
        horizon: also say what follows for games of N steps without discount.
        progress: told in a few words what is being done.

    Raises:
        BadInput: a name that does not exist, or that cannot be derived.

    Example:
        >>> found = derive("NashGap", "dominant", "eps_BC,gamma,n", without="all")
        >>> found.status, found.claim
        ('proved', 'NashGap <= (1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2')
    """
    asked = question(quantity, assume, within, without)
    span = None if rewards is None else interval(rewards)
    say = progress or (lambda _: None)
    say("one-step inequalities between the profiles")
    instances = gathered(asked)
    say(f"linear programs over {len(instances)} instances")
    programs = _programs(asked, _atoms(asked.per_player), asked.atoms, instances)
    pairs = [(lifted, program) for program in programs for lifted in pareto(program)]
    found = list({lifted.said: (lifted, program) for lifted, program in pairs[::-1]}.values())
    kept = [pair for pair in found if not beaten(pair[0], [other for other, _ in found])]
    weighed = sum(len(program.instances) for program in programs)
    columns = list({one.name: one for p in programs for one in p.everything}.values())
    made: list[Derived | str] = []
    interrupted = False
    try:
        for k, (lifted, program) in enumerate(_ordered(kept), 1):
            known = [one.claim for one in made if isinstance(one, Derived)][:1]
            best = known[0] if known else "no bound yet"
            say(f"{k - 1} of {len(kept)} derivations checked, {best}; {weighed} instances weighed")
            made.append(_derived(asked, lifted, program, instances, columns, f"derived_{k}"))
    except KeyboardInterrupt:
        if not any(isinstance(one, Derived) for one in made):
            raise
        interrupted = True
    checked = tuple(one for one in made if isinstance(one, Derived))
    fitting = tuple(one for one in checked if _parameters(one) <= asked.parameters)
    notes = [one for one in made if isinstance(one, str)]
    if interrupted:
        notes.append(f"interrupted: {len(made)} of {len(kept)} derivations were checked")
    if not fitting:
        missing = tuple(_missing(asked, programs, checked))
        return Derivations(asked, "undecided", (), weighed, missing, tuple(notes), interrupted)
    if asked.names and all(not any(atom for atom in one.bound) for one in fitting):
        notes.append("none of the named quantities enters")
    fitting, more = _transferred(asked, fitting, span, horizon=horizon or asked.in_steps)
    return Derivations(asked, "proved", fitting, weighed, (), (*notes, *more), interrupted)


def gathered(asked: Question) -> Mapping[str, Instance]:
    """Every instance that a question admits, by name."""
    plain = [
        *elementary(asked.given, finite_c=asked.finite_c),
        *known(asked.given, finite_c=asked.finite_c, gone=asked.gone),
    ]
    left = [one for one in plain if not rests_on_removed(one, asked.gone)]
    if asked.finite_c:
        (unit,) = (one for one in left if one.name == _C)
        left += [unit.times(one) for one in left if _is_on_errors(one)]
    return by_name(left)


def _is_on_errors(one: Instance) -> bool:
    return all(
        v.startswith(("eps", "sum_others", "E_mu(TV", "gamma", "n")) and not v.startswith("nu(")
        for v in one.value.variables
    )


def _programs(
    asked: Question,
    target: Coefficients,
    named: Sequence[Monomial],
    instances: Mapping[str, Instance],
) -> tuple[Program, ...]:
    """One with the one-step recursions each by itself, one with the two that are coupled.

    What the second one bounds is the shift of a best response, which only delta pays for.
    """
    candidates = [c for one in instances.values() if (c := one.candidate) is not None]
    first = Program(target, named, candidates)
    if not (asked.per_player == "NashGap_i" and "delta" in asked.names):
        return (first,)
    single = {one.name for one in one_step_instances()}
    rest = [c for c in candidates if c.name not in single]
    return first, Program(target, named, [*rest, *two_steps.columns()])


def follows(quantity: str, high: Rational, given: Sequence[Assumption]) -> Derivation | None:
    r"""A chain from a quantity to what bounds it, where the instances add up to that.

    Args:
        quantity: one of those that can be derived.
        high: the other side, a polynomial in quantities with coefficients in gamma and n.
        given: what is assumed.

    Example:
        >>> from nashgap.theory.assumptions import Assumption, parse_assumptions
        >>> three = Rational.constant(3) / (Rational.constant(1) - Rational.variable("gamma"))
        >>> print(follows("NashGap", three, parse_assumptions("nash")).text)
        NashGap <= 3/(1 - gamma)
    """
    names = tuple(sorted(high.variables - PARAMETERS))
    wanted = coefficients(high)
    if wanted is None or quantity not in TARGETS or not set(names) <= set(meanings()):
        return None
    asked = Question(quantity, tuple(given), names, PARAMETERS, ())
    if quantity in MAXIMA and any(words()[name].player == "i" for name in names):
        return None
    instances = gathered(asked)
    low = _atoms(asked.per_player)
    zero = Rational.constant(0)
    target = {m: low.get(m, zero) - wanted.get(m, zero) for m in {*low, *wanted}}
    target = {m: c for m, c in target.items() if not c.is_zero}
    for program in _programs(asked, target, (), instances):
        lifted = program.best({})
        if lifted is not None:
            return chain_of(quantity, high, _used(lifted, instances), "by_one_step_inequalities")
    return None


def _atoms(source: str) -> Coefficients:
    read = coefficients(normal(parse_expression(source, line_vocabulary())))
    assert read is not None
    return read


def _ordered(found: Iterable[tuple[Lifted, Program]]) -> list[tuple[Lifted, Program]]:
    """Those that vanish with the errors first, then by size at the first point."""

    def key(pair: tuple[Lifted, Program]) -> tuple[Fraction, int, Fraction]:
        lifted = pair[0]
        ones: Mapping[Monomial, Fraction] = dict.fromkeys(lifted.bound, Fraction(1))
        constant = {q: Fraction(q == ()) for q in lifted.bound}
        point = POINTS[0]
        return lifted.value(constant, point), len(lifted.bound), lifted.value(ones, point)

    return sorted(found, key=key)


def _derived(
    asked: Question,
    lifted: Lifted,
    program: Program,
    instances: Mapping[str, Instance],
    columns: Sequence[Candidate],
    name: str,
) -> Derived | str:
    """The chain, checked in every way; or why it is not accepted.

    Args:
        asked: the question.
        lifted: the bound with its multipliers.
        program: in which it was found.
        instances: all of them, by name.
        columns: everything that could have been added up, in this program or another.
        name: of the chain.
    """
    total = total_of(lifted.bound)
    chain = chain_of(asked.quantity, total, _used(lifted, instances), name)
    said = f"{asked.quantity} <= {as_sum(total)}"
    checked = accepted(chain, said, SOURCE)
    if isinstance(checked, str):
        return f"{said}: {checked}"
    lemmas = [lemma["name"] for lemma in checked.derivation["lemmas"]]
    used = parse_assumptions(list(chain.assumptions))
    steps = dict.fromkeys(s for a in used for s in why(a, asked.assumptions) or ())
    return Derived(
        said,
        {_atom(q): written(b) for q, b in lifted.bound.items()} or {"1": "0"},
        chain,
        checked.report,
        checked.derivation,
        chain.assumptions,
        tuple(lemma for lemma in lemmas if lemma in chains()),
        tuple(steps),
        _least_at(lifted, program),
        optimal(
            lifted.bound,
            program.target,
            asked.atoms,
            columns,
            least=(1, 2) if program.is_undominated(lifted, _ALONE) else (2,),
        ),
        lifted.bound,
    )


def _transferred(
    asked: Question,
    bounds: Sequence[Derived],
    span: tuple[Fraction, Fraction] | None,
    *,
    horizon: bool,
) -> tuple[tuple[Derived, ...], tuple[str, ...]]:
    """The bounds with what they say of other games, and why some say nothing."""
    made, notes = [], []
    for one in bounds:
        found: list[Transferred | str] = []
        if span is not None:
            found.append(rescaled(asked.quantity, one.bound, one.assumptions, *span))
        if horizon:
            rests_on = tuple(one.derivation["rests_on"])
            found.append(finite_horizon(asked.quantity, one.bound, one.chain, rests_on))
        notes += [f"{one.claim}: {why_not}" for why_not in found if isinstance(why_not, str)]
        said = tuple(other for other in found if isinstance(other, Transferred))
        made.append(replace(one, transferred=said))
    return tuple(made), tuple(notes)


def _used(lifted: Lifted, instances: Mapping[str, Instance]) -> Iterator[Used]:
    for name, often in lifted.multipliers.items():
        if name in instances:
            yield Used(instances[name], often)
    both = two_steps.solved(lifted.multipliers)
    if both is not None:
        yield Used(proved(both[0], STEP), both[1])


def _least_at(lifted: Lifted, program: Program) -> tuple[Point, ...]:
    """Points at which no combination of the instances is smaller in one coefficient alone."""
    return tuple(point for point in _FEW if program.is_undominated(lifted, point))


def _atom(atom: Monomial) -> str:
    return "*".join(name for name, _ in atom) or "1"


def _parameters(one: Derived) -> frozenset[str]:
    """The parameters that a bound speaks of."""
    return frozenset(v for b in one.bound.values() for v in b.variables) & PARAMETERS


def _missing(
    asked: Question, programs: Sequence[Program], checked: Sequence[Derived]
) -> Iterator[str]:
    """What the bound would follow from."""
    for one in checked:
        more = ", ".join(sorted(_parameters(one) - asked.parameters))
        yield f"{more} among the names: {one.claim}"
    if checked:
        return
    names = ", ".join(asked.names) or "constants"
    for program in programs:
        wanted = program.wanting()
        if wanted:
            listed = " and of ".join(wanted)
            yield f"a bound of {listed}: with it {asked.quantity} is bounded in {names}"
            return
    yield f"no instance of the library speaks of {asked.quantity} in the direction that is needed"
