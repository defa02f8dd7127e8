r"""Local vector steps in Coq, for every number of actions and of players at once.

A sum over the joint action is a double sum over two lists, the actions of player i and the joint
actions of the opponents. The certificate is a sum of non-negative products; `field` checks summand
by summand that nothing with a Q is left over, and what is left are products of masses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from ..expression import Call, Expression, Name, Product, nodes, rewrite
from ..grounds import fact_named
from ..ledger import BrokenStepError, Place, line
from ..normal import normal
from ..polynomial import Monomial, Polynomial
from ..rational import Rational
from ..reasons import Local, LocalTerm
from ..reasons._certificate import difference
from ..reasons.local import _MASS, _SPLIT
from ..words import OTHERS_PARTS, OWN_PARTS
from .lemma import CoqLemma, Premise, product_proof
from .signs import nonnegative, positive_denominators
from .terms import Atoms, flat, rational, spelled, tight, write

_NO_SUM = "S#"
_OF_BOTH = ("Q(", "Qtau(", "next(")


@dataclass
class _Functions:
    """What one statement speaks of: overlaps of i, overlaps of the others, Q's, bounds."""

    atoms: Atoms
    own: dict[str, None]
    others: dict[str, None]
    profiles: dict[str, str]
    facts: dict[str, tuple[str, str]]

    def binders(self) -> tuple[str, ...]:
        """The lists of actions, and the functions of them."""
        kinds = (
            (self.own, "X -> R"),
            (self.others, "Y -> R"),
            (self.profiles.values(), "X -> Y -> R"),
        )
        shown = (f"({' '.join(names)} : {kind})" for names, kind in kinds if names)
        return ("{X Y : Type} (Is : list X) (Os : list Y)", *shown)

    def leaf(self, node: Name | Call) -> str:
        """A name or a call inside a sum over the joint action (a, b)."""
        if isinstance(node, Name):
            return self.part(node.name) or flat(node, self.atoms)
        return rational(normal(node), self)

    def part(self, name: str) -> str | None:
        """An overlap at its action."""
        if name in OWN_PARTS:
            self.own[name] = None
            return f"{name} a"
        if name in OTHERS_PARTS:
            self.others[name] = None
            return f"{name} b"
        return None

    def name(self, meaning: str) -> str:
        """A variable of a normal form, at the joint action if it depends on that."""
        if meaning.startswith(_OF_BOTH):
            return f"{self.profiles.setdefault(meaning, spelled(meaning))} a b"
        return self.part(meaning) or self.atoms.name(meaning)


def split(expression: Expression) -> Expression:
    """Policies written as their overlaps."""
    return rewrite(
        expression, lambda node: _SPLIT.get(node.name) if isinstance(node, Name) else None
    )


def by_certificate(name: str, place: Place, reason: Local, atoms: Atoms) -> CoqLemma:
    """The step with its sums over joint actions, and its certificate.

    Raises:
        BrokenStepError: something with a Q is left over.
    """
    functions = _Functions(atoms, {}, {}, {}, {})
    left, right = split(place.left), split(place.right)
    sums = tuple(dict.fromkeys(node for side in (left, right) for node in _sums(side)))
    terms = [_term(k, term, functions) for k, term in enumerate(reason.terms, 1)]
    inner = reduce(Rational.__add__, (term.value for term in terms))
    coefficients = _coefficients(difference(left, right), sums)
    for node, coefficient in zip(sums, coefficients, strict=True):
        inner = inner - coefficient * normal(node.arguments[0])
    masses = _masses(inner)
    bodies = [_double_sum(write(node.arguments[0], functions.leaf)) for node in sums]
    pairs = [_double_sum(f"{functions.part(u)} * {functions.part(v)}") for u, v in masses]
    weighted = zip((*coefficients, *masses.values()), (*bodies, *pairs), strict=True)
    certificate = _double_sum(" + ".join(f"({term.shown})" for term in terms))
    equals = "\n    + ".join(f"{tight(rational(c, atoms))} * {of}" for c, of in weighted)
    conclusion = " <= ".join(_outside(side, functions) for side in (left, right))
    mass = {part: rational(_MASS[part], atoms) for pair in masses for part in pair}
    premises = _premises(functions, mass)
    known = [
        f"assert (E{k} : {shown} = {tight(mass[u])} * {tight(mass[v])})"
        f" by (rewrite sum2_prod, mass_{u}, mass_{v}; reflexivity)."
        for k, ((u, v), shown) in enumerate(zip(masses, pairs, strict=True), 1)
    ]
    put_in = [f"rewrite {', '.join(f'E{k + 1}' for k in range(len(known)))} in E."]
    signs = reduce("apply Rplus_le_le_0_compat; [{} | {}]".format, (t.proof for t in terms))
    return CoqLemma(
        name,
        (
            f"{name}: a local step; right minus left is the sum over the joint actions of",
            *(f"  ({t.multiplier}) * {' * '.join(t.weights)} * [{t.fact}]" for t in reason.terms),
        ),
        atoms.binders(),
        tuple(premises.values()),
        conclusion,
        (
            *(f"rename H{k} into {new}." for k, new in enumerate(premises, 1)),
            *positive_denominators([normal(left), normal(right), inner, *coefficients]),
            *(term.sign for term in terms if term.sign),
            f"assert (C : 0 <= {certificate}).",
            f"{{ apply sum2_nonneg; intros a b; {signs}. }}",
            f"assert (E : {certificate} =\n    {equals}).",
            "{ rewrite <- ?sum2_scal, <- ?sum2_plus; apply sum2_ext; intros a b; field; defined. }",
            *known,
            *(put_in if known else []),
            f"apply (le_of_diff _ _ {certificate}); [exact C | rewrite E; field; defined].",
        ),
        functions.binders(),
    )


def _sums(expression: Expression) -> Iterator[Call]:
    """The sums over joint actions in it."""
    for node in nodes(expression):
        if isinstance(node, Call) and node.function == "sum_a":
            yield node


@dataclass(frozen=True)
class _Term:
    """One product of the certificate at a joint action: in Coq, as a normal form, and its sign."""

    shown: str
    value: Rational
    proof: str
    sign: str


def _term(k: int, term: LocalTerm, functions: _Functions) -> _Term:
    found = fact_named(term.fact, "local")
    if found is None:
        raise BrokenStepError(f"{term.fact!r} is not an elementary fact on Q")
    fact, low, high = found
    said = " <= ".join(write(side, functions.leaf) for side in (low, high))
    bound = functions.facts.setdefault(said, (f"F{len(functions.facts) + 1}", fact.ground.name))[0]
    weights = [split(Name(weight)) for weight in term.weights]
    parts = [tight(write(weight, functions.leaf)) for weight in weights]
    parts.append(f"({write(high, functions.leaf)} - {tight(write(low, functions.leaf))})")
    proofs = [*map(_weight_proof, weights), f"exact (nonneg_of_le _ _ ({bound} a b))"]
    value = normal(Product(tuple((False, w) for w in (*weights, difference(low, high)))))
    if term.multiplier == "1":
        return _Term(" * ".join(parts), value, product_proof(proofs), "")
    multiplier = line(term.multiplier, "scalar")
    scale = tight(flat(multiplier, functions.atoms))
    return _Term(
        " * ".join([scale, *parts]),
        value * normal(multiplier),
        product_proof([f"exact M{k}", *proofs]),
        nonnegative(f"M{k}", scale, normal(multiplier)),
    )


def _weight_proof(weight: Expression) -> str:
    names = [node.name for node in nodes(weight) if isinstance(node, Name)]
    at = ["a" if name in OWN_PARTS else "b" for name in names]
    proofs = [f"exact (nonneg_{n} {x})" for n, x in zip(names, at, strict=True)]
    if len(proofs) == 1:
        return proofs[0]
    return f"apply Rplus_le_le_0_compat; [{' | '.join(proofs)}]"


def _coefficients(gap: Expression, sums: Sequence[Call]) -> list[Rational]:
    """What each sum over joint actions is multiplied by, right minus left."""
    numbered: dict[Expression, Expression] = {
        node: Name(f"{_NO_SUM}{k}") for k, node in enumerate(sums)
    }
    value = normal(rewrite(gap, numbered.get))
    found = []
    for k in range(len(sums)):
        mark = (f"{_NO_SUM}{k}", 1)
        terms = {
            tuple(pair for pair in monomial if pair != mark): coefficient
            for monomial, coefficient in value.top.terms.items()
            if mark in monomial
        }
        found.append(Rational.reduced(Polynomial.of(terms), dict(value.under)))
    return found


def _masses(inner: Rational) -> Mapping[tuple[str, str], Rational]:
    """The pairs of overlaps that are left over, each with its coefficient."""
    found: dict[tuple[str, str], dict[Monomial, Fraction]] = {}
    for monomial, coefficient in inner.top.terms.items():
        own = [v for v, k in monomial if v in OWN_PARTS and k == 1]
        others = [v for v, k in monomial if v in OTHERS_PARTS and k == 1]
        rest = tuple(pair for pair in monomial if pair[0] not in OWN_PARTS | OTHERS_PARTS)
        if len(own) != 1 or len(others) != 1 or any(v.startswith(_OF_BOTH) for v, _ in rest):
            raise BrokenStepError(f"{inner} is left over, which is no sum of masses")
        found.setdefault((own[0], others[0]), {})[rest] = coefficient
    return {
        pair: Rational.reduced(Polynomial.of(terms), dict(inner.under))
        for pair, terms in found.items()
    }


def _double_sum(body: str) -> str:
    return f"(sum2 Is Os (fun a b => {body}))"


def _outside(side: Expression, functions: _Functions) -> str:
    """A side of the step, its sums over joint actions as double sums."""

    def leaf(node: Name | Call) -> str:
        if isinstance(node, Call) and node.function == "sum_a":
            return _double_sum(write(node.arguments[0], functions.leaf))
        return flat(node, functions.atoms)

    return write(side, leaf)


def _premises(functions: _Functions, mass: Mapping[str, str]) -> dict[str, Premise]:
    """What the step takes as given, each by the name that its proof gives it."""
    parts = (*functions.own, *functions.others)
    return {
        **{f"nonneg_{p}": Premise(f"forall a, 0 <= {p} a", "a part of a policy") for p in parts},
        **{
            f"mass_{p}": Premise(f"sum {'Is' if p in OWN_PARTS else 'Os'} {p} = {m}", "its mass")
            for p, m in mass.items()
        },
        **{
            name: Premise(f"forall a b, {said}", f"fact: {why}")
            for said, (name, why) in functions.facts.items()
        },
    }
