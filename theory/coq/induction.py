"""Induction over the opponents, and sums over them, for lists of any length in Coq."""

from ..expression import Call, Expression, Name, nodes
from ..grounds import fact_named
from ..ledger import BrokenStepError, Place, line
from ..normal import normal
from ..reasons import Induction, SumOverOthers, Term
from .lemma import CoqLemma, Premise, product_proof
from .signs import nonnegative
from .terms import Atoms, flat, tight, write

_OTHERS = "{X : Type} (others : list X)"


def by_induction(name: str, place: Place, reason: Induction, atoms: Atoms) -> CoqLemma:
    """Every invariant at once, by induction over the list of opponents."""
    lines = [line(invariant.nonnegative, place.level) for invariant in reason.invariants]
    facts: dict[str, tuple[str, str]] = {}
    invariants = [_over_list(expression, atoms) for expression in lines]
    cases = []
    for invariant in reason.invariants:
        written, proofs, signs = [], [], []
        for k, term in enumerate(invariant.terms, 1):
            shown, steps, sign = _term(k, term, place, invariants, facts, atoms)
            written.append(f"({shown})")
            proofs.append(product_proof(steps))
            signs += sign
        whole = proofs[0]
        for proof in proofs[1:]:
            whole = f"apply Rplus_le_le_0_compat; [{whole} | {proof}]"
        total = " + ".join(written)
        cases.append([*signs, f"apply (le_of_diff _ _ ({total})); [{whole} | ring]."])
    conclusion = " <= ".join(_over_list(side, atoms) for side in (place.left, place.right))
    functions = _functions(lines)
    premises = [Premise(f"forall j, {said}", f"fact: {why}") for said, (why, _) in facts.items()]
    together = " /\\ ".join(f"0 <= {tight(invariant)}" for invariant in invariants)
    got = _pattern(len(invariants))
    return CoqLemma(
        name,
        [f"{name}: by induction over the opponents; all of these stay non-negative:",
         *(f"  {invariant.nonnegative}" for invariant in reason.invariants)],
        atoms.binders(),
        tuple(premises),
        conclusion,
        (
            f"assert (I : {together}).",
            "{ induction others as [| j others I]; cbn [sum prod].",
            "  - repeat split; nonneg.",
            f"  - pose proof I as {got}; repeat split.",
            *(f"    + {' '.join(case)}" for case in cases),
            "}",
            f"pose proof I as {got}.",
            f"apply (le_of_diff _ _ ({invariants[0]})); [exact I0 | ring].",
        ),
        (_OTHERS, f"({' '.join(functions)} : X -> R)"),
    )  # fmt: skip


def by_sum(name: str, place: Place, reason: SumOverOthers, atoms: Atoms) -> CoqLemma:
    """One bound for each of the n - 1 opponents."""
    found = fact_named(reason.each, place.level)
    if found is None:
        raise BrokenStepError(f"{reason.each!r} is not an elementary fact")
    fact, low, high = found
    body, bound = _at_j(low, atoms), flat(high, atoms)
    return CoqLemma(
        name,
        [f"{name}: a sum over the n - 1 opponents of {reason.each}"],
        atoms.binders(),
        (
            Premise("INR (length others) = n - 1", "n players"),
            Premise(f"forall j, {body} <= {bound}", f"fact: {fact.ground.name}"),
        ),
        f"sum others (fun j => {body}) <= (n - 1) * {tight(bound)}",
        ("rewrite <- H1; exact (sum_le_count others _ _ H2).",),
        (_OTHERS, f"({' '.join(_functions([low]))} : X -> R)"),
    )


def _pattern(count: int) -> str:
    """Names I0, I1, ... for a conjunction."""
    shown = f"I{count - 1}"
    for k in reversed(range(count - 1)):
        shown = f"[I{k} {shown}]"
    return shown


def _term(
    k: int,
    term: Term,
    place: Place,
    invariants: list[str],
    facts: dict[str, tuple[str, str]],
    atoms: Atoms,
) -> tuple[str, list[str], list[str]]:
    written, steps, signs = [], [], []
    if term.multiplier != "1":
        multiplier = line(term.multiplier, "scalar")
        written.append(tight(flat(multiplier, atoms)))
        signs.append(nonnegative(f"M{k}", written[0], normal(multiplier)))
        steps.append(f"exact M{k}")
    for factor in term.factors:
        if factor.startswith("#"):
            written.append(tight(invariants[int(factor[1:])]))
            steps.append(f"exact I{factor[1:]}")
            continue
        found = fact_named(factor, place.level)
        if found is None:
            raise BrokenStepError(f"{factor!r} is not an elementary fact")
        fact, low, high = found
        shown = [_at_j(side, atoms) for side in (low, high)]
        facts.setdefault(" <= ".join(shown), (fact.ground.name, ""))
        number = list(facts).index(" <= ".join(shown)) + 1
        written.append(f"({shown[1]} - {tight(shown[0])})")
        steps.append(f"exact (nonneg_of_le _ _ (H{number} j))")
    return " * ".join(written), steps, signs


def _over_list(expression: Expression, atoms: Atoms) -> str:
    def leaf(node: Name | Call) -> str:
        if isinstance(node, Call) and node.function in ("sum_others", "prod_others"):
            kind = node.function.removesuffix("_others")
            return f"({kind} others (fun j => {_at_j(node.arguments[0], atoms)}))"
        return flat(node, atoms)

    return write(expression, leaf)


def _at_j(expression: Expression, atoms: Atoms) -> str:
    def leaf(node: Name | Call) -> str:
        if isinstance(node, Name) and node.name.endswith("_j"):
            return f"({node.name} j)"
        return flat(node, atoms)

    return write(expression, leaf)


def _functions(expressions: list[Expression]) -> list[str]:
    """What depends on the opponent j."""
    found = (node.name for e in expressions for node in nodes(e) if isinstance(node, Name))
    return list(dict.fromkeys(name for name in found if name.endswith("_j")))
