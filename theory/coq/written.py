"""A local step written out for n players with A actions each: products of hypotheses, then ring."""

from ..local import LocalCertificate
from .lemma import CoqLemma, Premise, product_proof
from .terms import Atoms, number, polynomial


def written_out(step: LocalCertificate) -> CoqLemma:
    """The goal from its hypotheses, every product of them by itself.

    Example:
        >>> from nashgap.theory.local import written_out as local
        >>> written_out(local("disagreement_recursion", 1, 2)).name
        'disagreement_recursion_at_1_2'
    """
    atoms = Atoms()
    used = sorted({k for product in step.products for k in product.factors})
    held = {k: f"({polynomial(step.hypotheses[k].polynomial, atoms)})" for k in used}
    equations = [
        Premise(f"{atoms.name(e.variable)} = {polynomial(e.polynomial, atoms)}", e.name)
        for e in step.equations
    ]
    goal = polynomial(step.goal, atoms)
    place = {k: len(equations) + position for position, k in enumerate(used, 1)}
    products, proofs = [], []
    for k, product in enumerate(step.products, 1):
        factors = [number(product.multiplier), *(held[f] for f in product.factors)]
        products.append(" * ".join(factors))
        steps = ["lra", *(f"exact H{place[f]}" for f in product.factors)]
        proofs.append(f"assert (P{k} : 0 <= {products[-1]}) by ({product_proof(steps)}).")
    total = " + ".join(f"({product})" for product in products)
    facts = [Premise(f"0 <= {held[k]}", step.hypotheses[k].name) for k in used]
    name = f"{step.name}_at_{step.players}_{step.actions}"
    return CoqLemma(
        name,
        [f"{name}: the local step of {step.name} in full, for {step.players} players with "
         f"{step.actions} actions each"],
        atoms.binders(),
        (*equations, *facts),
        f"0 <= {goal}",
        (
            *proofs,
            f"assert (E : {goal} = {total}) by (subst; ring).",
            "rewrite E; repeat apply Rplus_le_le_0_compat; assumption.",
        ),
    )  # fmt: skip
