"""A whole Coq file: what it says at the top, the rules of inference, and every chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType

from ..chain import Derivation, Step
from ..errors import BadInput
from ..evidence import Evidence
from ..expression import Sum
from ..kernel import check_chain, closure
from ..ledger import BrokenStepError, Place, Statement
from ..library import library
from ..local import LocalCertificate
from ..reasons import (
    Algebra,
    Assume,
    ByLemma,
    Combination,
    Divided,
    Induction,
    KernelPart,
    Least,
    Local,
    Mean,
    Resolvent,
    SumOverOthers,
    TwoRecursions,
    Unfold,
    Visitation,
)
from ..reasons.kernel_part import mean_and_cost
from ..reasons.resolvent import _cost as resolvent_cost
from .definitions import by_assumption, by_definition, by_mean, by_visits
from .induction import by_induction, by_sum
from .lemma import CoqLemma, Premise, commented
from .local import by_certificate
from .scalar import (
    by_algebra,
    by_combination,
    by_division,
    by_least,
    by_lemma,
    certified,
    relation,
    sign_of,
)
from .terms import Atoms, flat, spelled
from .written import written_out

HEAD = "From Coq Require Import Reals Lra List.\nImport ListNotations.\nOpen Scope R_scope.\n"
_WHOLE_NEEDS = "From Coq Require Import Lia Permutation FunctionalExtensionality.\n"
_RULES = {
    "resolvent": "resolvent",
    "kernel_part": "resolvent",
    "two_recursions": "two_recursions",
    "mean": "mean_nonneg",
    "triangle": "norm_triangle",
    "constant_cost": "constant_cost",
    "increasing": "tanh_increasing",
    "tangent": "tanh_below",
}
"""Reasons whose rule is proved in general, and the lemma that proves it."""
_SOFT = {
    "definition of Vtau": "soft_response_attains",
    "fact: a soft response is best": "soft_response_is_best",
    "fact: an entropy is at most the logarithm": "entropy_below_log",
    "fact: the hyperbolic tangent": "tanh_of_odds",
    "fact: odds of soft responses": "odds_at, odds_of_sets",
}
"""What is taken on trust of logarithms, and the lemma of `soft.v` that proves it for lists."""
_ABOUT = """
Real numbers stand for quantities and are called like them: E_mu_TV_i is E_mu(TV_i). What is
linear, such as a mean, is written out term by term before Coq sees it. Everything holds for all
0 <= gamma < 1 and n >= 1.

What Coq checks: the rules of inference, for finite lists of any length; each step as a lemma
NAME_step_k, its certificate spelled out, each product of hypotheses by itself; and each chain
NAME, whose steps are joined from what they take as given. Local steps hold for every number of
players and of actions.

What Coq takes as given: the hypotheses of each chain, said beside them. A definition is an
equation of quantities; a fact, what an assumption says and what an inference gives are relations
of quantities. Where a rule or a step has been checked apart, for lists, the note names its lemma;
that the lists are those of the game is not said in Coq.""".splitlines()


@dataclass
class Exported:
    """What a file holds so far.

    Attributes:
        atoms: what an atom stands for -> its Coq name.
        lemmas: everything, in order.
        chains: the theorem of each chain.
        wanted: the derivations that were asked for.
        unchecked: the steps of which Coq checks nothing, beside joining them to the others.
    """

    atoms: dict[str, str] = field(default_factory=dict)
    lemmas: list[CoqLemma] = field(default_factory=list)
    chains: dict[str, CoqLemma] = field(default_factory=dict)
    unchecked: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)

    @property
    def is_soft(self) -> bool:
        """Whether something rests on logarithms."""
        rules = (*_SOFT.values(), "constant_cost", "tanh_increasing", "tanh_below")
        known = [f"rule: {rule}" for rule in rules]
        every = (p.why for lemma in self.lemmas for p in lemma.premises)
        return any(name in why for why in every for name in known)

    def given(self) -> dict[str, list[tuple[str, str]]]:
        """What each derivation that was asked for takes as given: statement and reason."""
        return {
            name: [(p.statement, p.why) for p in self.chains[name].premises] for name in self.wanted
        }


WHOLE: Mapping[str, str] = MappingProxyType({"T1": "whole_t1.v", "value_gap": "whole_value_gap.v"})
"""Derivations of which there is a proof from the definitions, for every finite game, in Coq."""


def coq_source(
    derivations: Sequence[Derivation],
    more: Sequence[LocalCertificate] = (),
    *,
    whole: Sequence[str] = (),
) -> tuple[str, Exported]:
    """The Coq file of some derivations with all that they rest on.

    Args:
        derivations: they must be proved.
        more: local steps that are written out in full as well.
        whole: those of `WHOLE` that are proved from the definitions of a game, too.

    Returns:
        The file, and what it holds.

    Raises:
        BadInput: a derivation is not proved, or has no whole proof.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> source, _ = coq_source([bounds()["T1"].derivation])
        >>> "Lemma T1_step_3" in source, "Admitted" in source
        (True, False)
    """
    for name in whole:
        if name not in WHOLE or name not in [derivation.name for derivation in derivations]:
            needed = f"one of {', '.join(WHOLE)}, asked for as well"
            raise BadInput("whole", f"{name[:60]!r}", needed)
    exported = Exported(wanted=[derivation.name for derivation in derivations])
    known: dict[str, Statement] = {}
    for chain in _in_order(derivations):
        _export(chain, known, exported)
        known[chain.name] = chain.statement
    exported.lemmas += [written_out(step) for step in more]
    names = [_name(chain.name) for chain in derivations]
    parts = [
        HEAD,
        commented([*(f"{chain.name}: {chain.text}" for chain in derivations), *_ABOUT]),
        _text("prelude.v"),
        *([_text("soft.v")] if exported.is_soft else []),
        "(** * Steps and chains *)\n",
        *(lemma.text() + "\n" for lemma in exported.lemmas),
        _assumptions([lemma.name for lemma in exported.lemmas], names),
        *([_WHOLE_NEEDS] if whole else []),
        *map(_whole, whole),
    ]
    return "\n".join(parts), exported


def _whole(name: str) -> str:
    """A proof from the definitions, in a module of its own."""
    inside = f"{_text('game.v')}{_text(WHOLE[name])}"
    return f"Module Whole_{name}.\n\n{inside}\nEnd Whole_{name}.\n"


def _text(name: str) -> str:
    """A file of Coq text in this folder."""
    return files("nashgap.theory.coq").joinpath(name).read_text("utf-8")


def _in_order(derivations: Sequence[Derivation]) -> list[Derivation]:
    """The derivations and their lemmas in the order of proof, each once.

    Raises:
        BadInput: one of them is not proved.
    """
    ordered: dict[str, Derivation] = {}
    for derivation in derivations:
        lemmas, _ = closure(derivation, library())
        checked = check_chain(derivation, lemmas)
        if checked.status is not Evidence.PROVED:
            note = next(step.note for step in checked.steps if step.note)
            raise BadInput(f"derivation {derivation.name!r}", f"not proved: {note}", "a proof")
        ordered |= {chain.name: chain for chain in (*lemmas, derivation)}
    return list(ordered.values())


def _export(chain: Derivation, known: Mapping[str, Statement], exported: Exported) -> None:
    """The lemmas of one chain, then the chain itself."""
    left, last = chain.lines[0], chain.lines[-1]
    whole = Atoms(exported.atoms)
    premises: dict[str, Premise] = {}
    proof: list[str] = []
    for number, step in enumerate(chain.steps, 1):
        place = Place(left, step.relation, step.right, chain.level, number == 1, last)
        name = f"{_name(chain.name)}_step_{number}"
        said = relation(left, step.relation, step.right, whole)
        try:
            made = _step(name, place, step, known, Atoms(exported.atoms))
        except BrokenStepError:  # nothing that Coq could check apart from the whole step
            made = []
        exported.lemmas += made
        if made and made[-1].conclusion == said:
            given = [_given(p, exported, premises, proof, whole) for p in made[-1].premises]
            _bind(made[-1], exported, whole)
            proof.append(f"assert (S{number} : {said}) by exact {made[-1].applied(given)}.")
        else:
            if not made and step.reason.kind not in _RULES:
                exported.unchecked.append(f"{chain.name}, step {number}: {step.reason.words()}")
            held = _hypothesis(Premise(said, _why(chain.name, number, step, made)), premises)
            proof.append(f"assert (S{number} : {said}) by exact {held}.")
        left = step.right
    lines = [flat(line, whole) for line in chain.lines]
    says = chain.statement
    theorem = CoqLemma(
        _name(chain.name),
        [f"{chain.name}, whole: {chain.text}", *whole.glossary()],
        whole.binders(),
        tuple(premises.values()),
        relation(says.left, says.relation, says.right, whole),
        (*proof, *_joined(chain, lines)),
    )
    exported.lemmas.append(theorem)
    exported.chains[chain.name] = theorem


def _step(
    name: str, place: Place, step: Step, known: Mapping[str, Statement], atoms: Atoms
) -> list[CoqLemma]:
    """What Coq checks of a step; the last one is the step itself if its conclusion is."""
    statements, reason = dict(known), step.reason
    sign, more = f"{name}_sign", atoms.next_statement()
    match reason:
        case Combination():
            return [by_combination(name, place, reason.terms, statements, atoms)]
        case Divided():
            return by_division(name, place, reason, statements, atoms)
        case ByLemma():
            return [by_lemma(name, place, reason.name, statements[reason.name], atoms)]
        case Least():
            return [by_least(name, place, reason, statements, atoms)]
        case Algebra():
            return [by_algebra(name, place, atoms)]
        case Unfold():
            return [by_definition(name, place, reason, atoms)]
        case Visitation():
            return [by_visits(name, place, atoms)]
        case Assume():
            return [by_assumption(name, place, reason, atoms)]
        case Local():
            return [by_certificate(name, place, reason, atoms)]
        case Induction():
            return [by_induction(name, place, reason, atoms)]
        case SumOverOthers():
            return [by_sum(name, place, reason, atoms)]
        case Mean():
            inside = certified(reason.terms, statements)
            shown = sign_of(sign, inside, reason.terms, statements, atoms)
            return [shown, by_mean(name, place, reason, inside, shown, more)]
        case Resolvent():
            return [sign_of(sign, resolvent_cost(place.right), reason.terms, statements, atoms)]
        case KernelPart():
            cost = mean_and_cost(place.right)[1]
            return [sign_of(sign, cost, reason.terms, statements, atoms)]
        case TwoRecursions():
            c, d = (certified(terms, statements) for terms in (reason.cost, reason.more))
            both = Sum(((False, c), (False, d)))
            costs = Place(mean_and_cost(place.right)[1], "==", both, "state", False, both)
            return [
                sign_of(sign, c, reason.cost, statements, atoms),
                sign_of(f"{sign}_more", d, reason.more, statements, more),
                by_algebra(f"{name}_costs", costs, atoms.next_statement()),
            ]
        case _:
            return []


def _why(name: str, number: int, step: Step, made: Sequence[CoqLemma]) -> str:
    """What a chain takes as given at a step, and what Coq has checked of it."""
    said = f"{name}, step {number}: {step.reason.words()}"
    if len(said) > 160:
        said = f"{name}, step {number}: {step.reason.kind}"
    rule = _RULES.get(step.reason.kind)
    checked = [f"{lemma.name} above" for lemma in made] + ([f"rule: {rule}"] if rule else [])
    return f"{said} ({', '.join(checked)})" if checked else said


def _given(
    premise: Premise,
    exported: Exported,
    premises: dict[str, Premise],
    proof: list[str],
    atoms: Atoms,
) -> str:
    """A proof of a premise of a step: the chain of a lemma, or a premise of the chain."""
    lemma = exported.chains.get(premise.why.removeprefix("lemma "))
    if not premise.why.startswith("lemma ") or lemma is None:
        return _hypothesis(premise, premises)
    known = f"L_{lemma.name}"
    if not any(line.startswith(f"assert ({known} :") for line in proof):
        given = [_hypothesis(p, premises) for p in lemma.premises]
        _bind(lemma, exported, atoms)
        proof.append(f"assert ({known} : {lemma.conclusion}) by exact {lemma.applied(given)}.")
    return known


def _bind(lemma: CoqLemma, exported: Exported, atoms: Atoms) -> None:
    """A chain speaks of every variable of the lemmas that it applies."""
    meanings = {name: meaning for meaning, name in exported.atoms.items()}
    for variable in lemma.variables:
        if variable in meanings:
            atoms.name(meanings[variable])


def _hypothesis(premise: Premise, premises: dict[str, Premise]) -> str:
    premises.setdefault(premise.statement, _noted(premise))
    return f"H{list(premises).index(premise.statement) + 1}"


def _noted(premise: Premise) -> Premise:
    """With the lemma that proves it of lists of actions, where there is one."""
    for why, lemma in _SOFT.items():
        if premise.why == why or premise.why.startswith(f"{why},"):
            return Premise(premise.statement, f"{premise.why} (rule: {lemma})")
    return premise


def _joined(chain: Derivation, lines: Sequence[str]) -> list[str]:
    """From line to line."""
    joined = []
    only_equal = all(step.relation == "==" for step in chain.steps)
    count = len(chain.steps)
    for number, step in enumerate(chain.steps, 1):
        exact = f"exact S{number}"
        if only_equal:
            joined.append(
                f"{exact}." if number == count else f"transitivity ({lines[number]}); [{exact} |]."
            )
            continue
        proof = exact if step.relation == "<=" else f"apply Req_le; {exact}"
        joined.append(
            f"{proof}."
            if number == count
            else f"apply Rle_trans with ({lines[number]}); [{proof} |]."
        )
    return joined


def _name(chain: str) -> str:
    """What a chain is called in Coq."""
    return spelled(chain)


def _assumptions(names: Sequence[str], chains: Sequence[str]) -> str:
    """Asks Coq what everything rests on, beside the hypotheses that each lemma names."""
    listed = ",\n   ".join(f"@{name}" for name in names)
    return "\n".join(
        [
            *(f"Check {name}." for name in chains),
            "",
            "(** Nothing is admitted: the axioms are those of the real numbers. *)",
            f"Definition everything :=\n  ({listed}).",
            "Print Assumptions everything.",
            "",
        ]
    )
