"""Steps between numbers, or between numbers at one state: combinations, lemmas, algebra."""

from collections.abc import Sequence

from ..expression import Call, Expression, Product, Sum
from ..grounds import fact_named
from ..ledger import BrokenStepError, Place, Statement, line
from ..normal import normal
from ..reasons import Divided, Least, Term
from ..reasons._certificate import ZERO, difference, is_lemma
from ..reasons.divided import positive
from ..words import Level
from .lemma import CoqLemma, Premise, product_proof
from .signs import nonnegative, positive_denominators
from .terms import Atoms, flat, tight

RELATION = {"<=": "<=", "==": "="}


def relation(left: Expression, sign: str, right: Expression, atoms: Atoms) -> str:
    """A relation over atoms."""
    return f"{flat(left, atoms)} {RELATION[sign]} {flat(right, atoms)}"


def factor_parts(
    factor: str, level: Level, statements: dict[str, Statement]
) -> tuple[Expression, str, Expression, str]:
    """The smaller side, the relation, the larger side of a factor, and what it is.

    Raises:
        BrokenStepError: it is neither a lemma nor an elementary fact.
    """
    if is_lemma(factor):
        said = statements[factor]
        return said.left, said.relation, said.right, f"lemma {factor}"
    found = fact_named(factor, level)
    if found is None:
        raise BrokenStepError(f"{factor!r} is not an elementary fact at {level} level")
    fact, low, high = found
    return low, "<=", high, f"fact: {fact.ground.name}"


def by_combination(
    name: str,
    place: Place,
    terms: Sequence[Term],
    statements: dict[str, Statement],
    atoms: Atoms,
) -> CoqLemma:
    """Right minus left as multipliers times non-negative factors, each product by itself."""
    premises: dict[str, Premise] = {}
    multipliers: list[str] = []
    products: list[str] = []
    proofs: list[str] = []
    for k, term in enumerate(terms, 1):
        multiplier = line(term.multiplier, "scalar")
        written = [tight(flat(multiplier, atoms))]
        multipliers.append(nonnegative(f"M{k}", written[0], normal(multiplier)))
        steps = [f"exact M{k}"]
        for factor in term.factors:
            low, sign, high, why = factor_parts(factor, place.level, statements)
            said = relation(low, sign, high, atoms)
            premises.setdefault(said, Premise(said, why))
            number = list(premises).index(said) + 1
            written.append(f"({flat(high, atoms)} - {tight(flat(low, atoms))})")
            lemma = "nonneg_of_le" if sign == "<=" else "nonneg_of_eq"
            steps.append(f"exact ({lemma} _ _ H{number})")
        products.append(f"({' * '.join(written)})")
        proofs.append(f"assert (P{k} : 0 <= {' * '.join(written)}) by ({product_proof(steps)}).")
    used = [normal(place.left), normal(place.right)]
    used += [normal(line(term.multiplier, "scalar")) for term in terms]
    for term in terms:
        for factor in term.factors:
            low, _, high, _ = factor_parts(factor, place.level, statements)
            used += [normal(low), normal(high)]
    total = " + ".join(products)
    conclusion = relation(place.left, "<=", place.right, atoms)
    return CoqLemma(
        name,
        [f"{name}: right minus left is", *(f"  {_shown(term)}" for term in terms)],
        atoms.binders(),
        tuple(premises.values()),
        conclusion,
        (
            *positive_denominators(used),
            *multipliers,
            *proofs,
            f"apply (le_of_diff _ _ ({total}));",
            "  [repeat apply Rplus_le_le_0_compat; assumption | field; defined].",
        ),
    )


def certified(
    terms: Sequence[Term], statements: dict[str, Statement], level: Level = "state"
) -> Expression:
    """What a certificate adds up to."""
    products = []
    for term in terms:
        values = []
        for factor in term.factors:
            low, _, high, _ = factor_parts(factor, level, statements)
            values.append((False, difference(low, high)))
        products.append((False, Product(((False, line(term.multiplier, "scalar")), *values))))
    return Sum(tuple(products))


def by_division(
    name: str,
    place: Place,
    reason: Divided,
    statements: dict[str, Statement],
    atoms: Atoms,
) -> list[CoqLemma]:
    """The factor, the factor times right minus left, and the step."""
    more = certified(reason.factor, statements, place.level)
    factor = Sum(((False, positive(reason.least)), (False, more)))
    scaled = Product(((False, factor), (False, difference(place.left, place.right))))
    made, premises, proofs = [], dict[str, Premise](), []
    for part, value, terms in (("factor", more, reason.factor), ("scaled", scaled, reason.terms)):
        said = Place(ZERO, "<=", value, place.level, False, value)
        one = by_combination(f"{name}_{part}", said, terms, statements, atoms)
        premises |= {p.statement: p for p in one.premises}
        held = [f"H{list(premises).index(p.statement) + 1}" for p in one.premises]
        proofs.append(f"pose proof {one.applied(held)} as {part.capitalize()}.")
        made.append(one)
    used = [normal(side) for side in (place.left, place.right, scaled)]
    step = CoqLemma(
        name,
        [f"{name}: divided by the factor of {name}_factor, which is positive"],
        atoms.binders(),
        tuple(premises.values()),
        relation(place.left, "<=", place.right, atoms),
        (
            *positive_denominators(used),
            *proofs,
            f"apply (le_of_scaled ({flat(factor, atoms)})); [lra |].",
            "eapply Rle_trans; [exact Scaled | right; field; defined].",
        ),
    )
    return [*made, step]


def sign_of(
    name: str,
    cost: Expression,
    terms: Sequence[Term],
    statements: dict[str, Statement],
    atoms: Atoms,
) -> CoqLemma:
    """That a line at a state is non-negative: the cost of a recursion, what has a mean."""
    place = Place(ZERO, "<=", cost, "state", False, ZERO)
    return by_combination(name, place, terms, statements, atoms)


def by_lemma(name: str, place: Place, lemma: str, said: Statement, atoms: Atoms) -> CoqLemma:
    """The step changes the line by what the lemma says."""
    given = relation(said.left, said.relation, said.right, atoms)
    used = [normal(e) for e in (place.left, place.right, said.left, said.right)]
    wanted = f"{flat(said.right, atoms)} - {tight(flat(said.left, atoms))}"
    proof = (
        (f"apply (le_of_diff _ _ ({wanted})); [exact (nonneg_of_le _ _ H1) | field; defined].")
        if place.relation == "<="
        else f"apply (eq_of_diff _ _ ({wanted})); [lra | field; defined]."
    )
    conclusion = relation(place.left, place.relation, place.right, atoms)
    return CoqLemma(
        name,
        [f"{name}: by lemma {lemma}"],
        atoms.binders(),
        (Premise(given, f"lemma {lemma}"),),
        conclusion,
        (*positive_denominators(used), proof),
    )


def by_least(
    name: str, place: Place, reason: Least, statements: dict[str, Statement], atoms: Atoms
) -> CoqLemma:
    """One lemma for each argument of the minimum."""
    premises, proofs = [], []
    for k, lemma in enumerate(reason.names, 1):
        said = statements[lemma]
        premises.append(Premise(relation(said.left, "<=", said.right, atoms), f"lemma {lemma}"))
        wanted = f"{flat(said.right, atoms)} - {tight(flat(said.left, atoms))}"
        side = "field; defined"
        proofs.append(
            f"apply (le_of_diff _ _ ({wanted})); [exact (nonneg_of_le _ _ H{k}) | {side}]"
        )
    conclusion = relation(place.left, "<=", place.right, atoms)
    *before, last = proofs
    arguments = place.right.arguments if isinstance(place.right, Call) else ()
    return CoqLemma(
        name,
        [f"{name}: the least of lemmas {', '.join(reason.names)}"],
        atoms.binders(),
        tuple(premises),
        conclusion,
        (
            *positive_denominators([normal(place.left), *map(normal, arguments)]),
            *(f"apply Rmin_glb; [{proof} |]." for proof in before),
            f"{last}.",
        ),
    )


def by_algebra(name: str, place: Place, atoms: Atoms) -> CoqLemma:
    """The two lines are the same rational function."""
    used = [normal(place.left), normal(place.right)]
    conclusion = relation(place.left, "==", place.right, atoms)
    return CoqLemma(
        name,
        [f"{name}: by algebra"],
        atoms.binders(),
        (),
        conclusion,
        (*positive_denominators(used), "field; defined."),
    )


def _shown(term: Term) -> str:
    return " * ".join([f"({term.multiplier})", *(f"[{factor}]" for factor in term.factors)])
