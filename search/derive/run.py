r"""Derives the best bound of a quantity that the library gives, with its derivation.

The instances of one-step inequalities, facts, consequences of the assumptions and, unless they are
taken out, bounds and lemmas are weighed by exact linear programs; each optimum is lifted to a
formula in \(\gamma\) and n, written as a chain, checked by the kernel of the theory in two
independent arithmetics, exported, and checked once more from the bare file. Nothing else is called
proved.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from nashgap.search.implications import why
from nashgap.search.multipliers import POINTS, Coefficients, coefficients
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.bound import check_derivation
from nashgap.theory.claim import Claim, parse_claim
from nashgap.theory.errors import BadInput
from nashgap.theory.evidence import Evidence
from nashgap.theory.export import derivation_object
from nashgap.theory.kernel import closure
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression
from nashgap.theory.polynomial import Monomial
from nashgap.theory.verify import verify_derivation
from nashgap.theory.words import PARAMETERS, line_vocabulary

from . import two_steps
from .elementary import elementary
from .instance import STEP, Instance, by_name, proved
from .known import chains, known, rests_on_removed
from .one_step import one_step_instances
from .program import Lifted, Program, beaten, pareto
from .question import Question, question
from .result import Derivations, Derived
from .write import Used, chain_of, total_of
from .written import as_sum, written

Progress = Callable[[str], None]

_C = "C >= 0"
_SOURCE = "found by linear programs over one-step inequalities, facts and lemmas"
_FEW = POINTS[:4]
"""Points at which a bound is compared with the optimum."""


def derive(
    quantity: str,
    assume: str | Sequence[str] = "",
    within: str | Iterable[str] = "eps_BC,gamma,n",
    *,
    without: str | Iterable[str] = (),
    progress: Progress | None = None,
) -> Derivations:
    r"""The best bounds of a quantity in named quantities, each with its derivation.

    Args:
        quantity: "NashGap", "NashGap_i", "ValueGap", "ValueGap_i", "eps_BC", "eps_BC_i", "eps_mu"
            or "eps_rho".
        assume: what is assumed, as "dominant" or "nash,match-rho".
        within: the quantities that the bound may speak of, with "gamma" and "n".
        without: labels of bounds, or names of lemmas, that may not be used, with everything that
            rests on them; "all" for every bound and every lemma.
        progress: told in a few words what is being done.

    Raises:
        BadInput: a name that does not exist, or that cannot be derived.

    Example:
        >>> found = derive("NashGap", "dominant", "eps_BC,gamma,n", without="all")
        >>> found.status, found.claim
        ('proved', 'NashGap <= (1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2')
    """
    asked = question(quantity, assume, within, without)
    say = progress or (lambda _: None)
    say("one-step inequalities between the profiles")
    instances = gathered(asked)
    say(f"linear programs over {len(instances)} instances")
    programs = _programs(asked, instances)
    pairs = [(lifted, program) for program in programs for lifted in pareto(program)]
    found = list({lifted.said: (lifted, program) for lifted, program in pairs[::-1]}.values())
    kept = [pair for pair in found if not beaten(pair[0], [other for other, _ in found])]
    say(f"checking {len(kept)} derivations")
    made = [_derived(asked, lifted, program, instances) for lifted, program in _ordered(kept)]
    accepted = tuple(one for one in made if isinstance(one, Derived))
    fitting = tuple(one for one in accepted if _parameters(one) <= asked.parameters)
    notes = [one for one in made if isinstance(one, str)]
    missing = [] if fitting else list(_missing(asked, programs, accepted))
    status = "proved" if fitting else "undecided"
    if fitting and asked.names and not any(set(b.coefficients) - {"1"} for b in fitting):
        notes.append("none of the named quantities enters: it is the bound that always holds")
    weighed = sum(len(program.instances) for program in programs)
    return Derivations(asked, status, fitting, weighed, tuple(missing), tuple(notes))


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


def _programs(asked: Question, instances: Mapping[str, Instance]) -> tuple[Program, ...]:
    """One with the one-step recursions each by itself, one with the two that are coupled."""
    target = _atoms(asked.per_player)
    candidates = [c for one in instances.values() if (c := one.candidate) is not None]
    first = Program(target, asked.atoms, candidates)
    if not asked.per_player.startswith("NashGap"):
        return (first,)
    single = {one.name for one in one_step_instances()}
    rest = [c for c in candidates if c.name not in single]
    return first, Program(target, asked.atoms, [*rest, *two_steps.columns()])


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
    asked: Question, lifted: Lifted, program: Program, instances: Mapping[str, Instance]
) -> Derived | str:
    """The chain, checked in every way; or why it is not accepted."""
    total = total_of(lifted.bound)
    chain = chain_of(asked.quantity, total, _used(lifted, instances))
    said = f"{asked.quantity} <= {as_sum(total)}"
    claim = _claim(said)
    report = check_derivation(chain, claim=claim, label=chain.name)
    if report.status is not Evidence.PROVED:
        weakest = report.weakest
        return f"{said}: the kernel does not accept it: {weakest.note if weakest else ''}"
    lemmas, _ = closure(chain, library())
    raw = derivation_object(chain, lemmas, claim, label=chain.name, source=_SOURCE)
    checked = verify_derivation(raw)
    if not checked.valid:
        return f"{said}: the file is not accepted: {checked.reasons[0]}"
    used = parse_assumptions(list(chain.assumptions))
    steps = dict.fromkeys(s for a in used for s in why(a, asked.assumptions) or ())
    return Derived(
        said,
        {_atom(q): written(b) for q, b in lifted.bound.items()} or {"1": "0"},
        chain,
        report,
        raw,
        chain.assumptions,
        tuple(lemma.name for lemma in lemmas if lemma.name in chains()),
        tuple(steps),
        _least_at(lifted, program),
        lifted.bound,
    )


def _used(lifted: Lifted, instances: Mapping[str, Instance]) -> Iterator[Used]:
    for name, often in lifted.multipliers.items():
        if name in instances:
            yield Used(instances[name], often)
    both = two_steps.solved(lifted.multipliers)
    if both is not None:
        yield Used(proved(both[0], STEP), both[1])


def _least_at(lifted: Lifted, program: Program) -> int:
    """At how many points no combination of the instances is smaller in one coefficient alone."""
    return sum(program.is_undominated(lifted, point) for point in _FEW)


def _claim(source: str) -> Claim | None:
    """In the claim language; None where the chain's own words are needed."""
    try:
        return parse_claim(source)
    except BadInput:
        return None


def _atom(atom: Monomial) -> str:
    return "*".join(name for name, _ in atom) or "1"


def _parameters(one: Derived) -> frozenset[str]:
    """The parameters that a bound speaks of."""
    return frozenset(v for b in one.bound.values() for v in b.variables) & PARAMETERS


def _missing(
    asked: Question, programs: Sequence[Program], accepted: Sequence[Derived]
) -> Iterator[str]:
    """What the bound would follow from."""
    for one in accepted:
        more = ", ".join(sorted(_parameters(one) - asked.parameters))
        yield f"{more} among the names: {one.claim}"
    if accepted:
        return
    names = ", ".join(asked.names) or "constants"
    for program in programs:
        wanted = program.wanting()
        if wanted:
            listed = " and of ".join(wanted)
            yield f"a bound of {listed}: with it {asked.quantity} is bounded in {names}"
            return
    yield f"no instance of the library speaks of {asked.quantity} in the direction that is needed"
