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
from nashgap.search.multipliers import POINTS, Candidate, Point
from nashgap.theory.accept import accepted
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.polynomial import Monomial
from nashgap.theory.words import PARAMETERS

from .gather import atoms_of, gathered, programs_over, used_in
from .instance import Instance
from .known import chains
from .optimal import optimal
from .pareto import beaten, pareto
from .program import Lifted, Program
from .question import Question, question
from .result import Derivations, Derived
from .transfer import Transferred, finite_horizon, interval, rescaled
from .write import SOURCE, chain_of, total_of
from .written import as_sum, written

Progress = Callable[[str], None]

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
    programs = programs_over(asked, atoms_of(asked.per_player), asked.atoms, instances)
    kept = _unbeaten(programs)
    weighed = sum(len(program.instances) for program in programs)
    made = _all_derived(asked, kept, programs, instances, say)
    interrupted = len(made) < len(kept)
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


_Found = tuple[Lifted, Program]
"""A bound and the program that it is from."""


def _unbeaten(programs: Sequence[Program]) -> list[_Found]:
    """The bounds that no other one beats, those that vanish with the errors first, then by size."""
    pairs = [(lifted, program) for program in programs for lifted in pareto(program)]
    found = list({lifted.said: (lifted, program) for lifted, program in pairs[::-1]}.values())

    def key(pair: _Found) -> tuple[Fraction, int, Fraction]:
        lifted = pair[0]
        ones: Mapping[Monomial, Fraction] = dict.fromkeys(lifted.bound, Fraction(1))
        constant = {q: Fraction(q == ()) for q in lifted.bound}
        point = POINTS[0]
        return lifted.value(constant, point), len(lifted.bound), lifted.value(ones, point)

    kept = [pair for pair in found if not beaten(pair[0], [other for other, _ in found])]
    return sorted(kept, key=key)


def _all_derived(
    asked: Question,
    kept: Sequence[_Found],
    programs: Sequence[Program],
    instances: Mapping[str, Instance],
    say: Progress,
) -> list[Derived | str]:
    """The chains of the bounds, each checked, or why not; fewer where an interrupt ended it.

    Raises:
        KeyboardInterrupt: an interrupt before any chain was accepted.
    """
    weighed = sum(len(program.instances) for program in programs)
    columns = list({one.name: one for p in programs for one in p.everything}.values())
    made: list[Derived | str] = []
    try:
        for k, (lifted, program) in enumerate(kept, 1):
            first = next((one.claim for one in made if isinstance(one, Derived)), "no bound yet")
            say(f"{k - 1} of {len(kept)} derivations checked, {first}; {weighed} instances weighed")
            made.append(_derived(asked, lifted, program, instances, columns, f"derived_{k}"))
    except KeyboardInterrupt:
        if not any(isinstance(one, Derived) for one in made):
            raise
    return made


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
    chain = chain_of(asked.quantity, total, used_in(lifted, instances), name)
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
