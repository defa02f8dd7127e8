"""Steps that put in what a quantity stands for, or what an assumption says."""

from collections.abc import Callable, Sequence

from ..expression import Call, Expression, rewrite
from ..grounds import Consequence, consequences, definitions, visitation
from ..ledger import BrokenStepError, Place
from ..normal import LEAST, normal
from ..parsing import parse_expression, parse_relation
from ..rational import Rational
from ..reasons import Assume, Mean, Unfold
from ..reasons._certificate import difference
from ..words import PARAMETERS, line_vocabulary
from .lemma import CoqLemma, Premise
from .scalar import relation
from .signs import positive_denominators
from .terms import Atoms, flat, rational

Rule = Callable[[Expression], Expression | None]


def by_definition(name: str, place: Place, reason: Unfold, atoms: Atoms) -> CoqLemma:
    """Each atom that a definition changes, by that definition.

    Raises:
        BrokenStepError: a definition is not one of atoms.
    """
    rules = [definitions()[named].rule for named in reason.names]
    return _substituted(name, place, rules, f"definition of {', '.join(reason.names)}", atoms)


def by_visits(name: str, place: Place, atoms: Atoms) -> CoqLemma:
    """Discounted visits as means."""
    return _substituted(name, place, [visitation().rule], "visitation identity", atoms)


def _substituted(
    name: str, place: Place, rules: Sequence[Rule], why: str, atoms: Atoms
) -> CoqLemma:
    sides = [normal(place.left), normal(place.right)]
    if any(name.startswith(LEAST) for side in sides for name in side.variables):
        raise BrokenStepError("a minimum is not one of atoms")
    meant: dict[str, Rational] = {}
    for atom in dict.fromkeys(a for side in sides for a in sorted(side.variables - PARAMETERS)):
        found = _unfolded(atom, rules)
        if found is not None:
            meant[atom] = found
    if sides[0].substitute(meant) != sides[1].substitute(meant):
        raise BrokenStepError("the definition is not one of atoms")
    conclusion = relation(place.left, "==", place.right, atoms)
    premises = tuple(
        Premise(f"{atoms.name(atom)} = {rational(value, atoms)}", why)
        for atom, value in meant.items()
    )
    used = [*sides, *meant.values()]
    rewrites = f"rewrite {', '.join(f'H{k}' for k in range(1, len(premises) + 1))}; "
    return CoqLemma(
        name,
        [f"{name}: by {why}"],
        atoms.binders(),
        premises,
        conclusion,
        (*positive_denominators(used), f"{rewrites if premises else ''}field; defined."),
    )


def _unfolded(atom: str, rules: Sequence[Rule]) -> Rational | None:
    """What an atom becomes, None if it stays as it is."""
    before = after = parse_expression(atom, line_vocabulary())
    for rule in rules:
        after = rewrite(after, rule)
    return None if after == before else normal(after)


def by_assumption(name: str, place: Place, reason: Assume, atoms: Atoms) -> CoqLemma:
    """What an assumption says, put in.

    Raises:
        BrokenStepError: it says nothing like the step.
    """
    for known in consequences(reason.name):
        left, sign, right = parse_relation(known.relation, line_vocabulary())
        same = normal(difference(place.left, place.right)) == normal(difference(left, right))
        if same and (known.level, sign) == (place.level, place.relation):
            return _from_consequence(name, place, known, (left, right), atoms)
    raise BrokenStepError(f"{reason.name!r} does not give the step")


def _from_consequence(
    name: str, place: Place, known: Consequence, sides: tuple[Expression, Expression], atoms: Atoms
) -> CoqLemma:
    left, right = sides
    conclusion = relation(place.left, place.relation, place.right, atoms)
    given = relation(left, place.relation, right, atoms)
    wanted = f"{flat(right, atoms)} - ({flat(left, atoms)})"
    used = [normal(e) for e in (place.left, place.right, left, right)]
    step = "le_of_diff" if place.relation == "<=" else "eq_of_diff"
    return CoqLemma(
        name,
        [f"{name}: by the assumption {known.assumption}"],
        atoms.binders(),
        (Premise(given, f"assumption {known.assumption}"),),
        conclusion,
        (
            *positive_denominators(used),
            f"apply ({step} _ _ ({wanted})); [lra | field; defined].",
        ),
    )


def by_mean(
    name: str, place: Place, reason: Mean, inside: Expression, sign: CoqLemma, atoms: Atoms
) -> CoqLemma:
    """Right minus left is the mean of what is non-negative at every state."""
    mean = Call(reason.operator, (inside,))
    conclusion = relation(place.left, "<=", place.right, atoms)
    shown = flat(mean, atoms)
    return CoqLemma(
        name,
        [f"{name}: right minus left is a mean of what {sign.name} shows to be non-negative"],
        atoms.binders(),
        (Premise(f"0 <= {shown}", f"{sign.name} at every state, and mean_nonneg"),),
        conclusion,
        (
            *positive_denominators([normal(place.left), normal(place.right), normal(mean)]),
            f"apply (le_of_diff _ _ ({shown})); [exact H1 | field; defined].",
        ),
    )
