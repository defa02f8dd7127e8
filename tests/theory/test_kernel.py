"""Derivations are proofs: every step of the catalogue checks, and no step can be spared or bent."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from nashgap.theory import lemmas
from nashgap.theory.catalogue import bound, bounds, check
from nashgap.theory.chain import Derivation, Step, derivation
from nashgap.theory.errors import BadInput
from nashgap.theory.evidence import Evidence
from nashgap.theory.expression import (
    Call,
    Expression,
    Name,
    Number,
    Power,
    Product,
    Sum,
    children,
)
from nashgap.theory.kernel import check_chain, closure
from nashgap.theory.library import library
from nashgap.theory.reasons import Local, Reason, read_reason

LABELS = tuple(bounds())
SAMPLE = 4
"""Changes of each derivation that the default tests try."""


def _chains() -> list[tuple[str, str]]:
    """Each chain of the catalogue once, with a bound that rests on it."""
    found: dict[str, str] = {}
    for label, known in bounds().items():
        for chain in (*known.lemmas, known.derivation):
            found.setdefault(chain.name, label)
    for name in library():
        found.setdefault(name, "")
    return [(label, name) for name, label in found.items()]


CHAINS = _chains()


def _passes(label: str, chain: Derivation) -> bool:
    """Whether the bound is still proved with `chain` in the place of the one of its name."""
    if not label:
        original = library()[chain.name]
        checked = check_chain(chain, closure(chain, library())[0])
        return checked.status is Evidence.PROVED and chain.statement == original.statement
    known = bounds()[label]
    below = [chain if lemma.name == chain.name else lemma for lemma in known.lemmas]
    proof = chain if chain.name == known.derivation.name else known.derivation
    return check_chain(proof, below, known.claim).status is Evidence.PROVED


def _chain(label: str, name: str) -> Derivation:
    if not label:
        return library()[name]
    known = bounds()[label]
    return next(c for c in (*known.lemmas, known.derivation) if c.name == name)


@pytest.mark.parametrize("label", LABELS)
def test_every_bound_is_proved_by_both_opinions(label: str) -> None:
    report = check(label)
    assert report.status is Evidence.PROVED
    assert report.weakest is None
    assert report.rests_on
    assert {step.status for step in report.steps} == {Evidence.PROVED}


def test_every_lemma_is_proved_and_lives_in_the_file_of_its_name() -> None:
    folder = Path(lemmas.__path__[0])
    for name, lemma in library().items():
        assert (folder / f"{name}.py").exists()
        assert check(lemma).status is Evidence.PROVED


@pytest.mark.parametrize(("label", "name"), CHAINS)
def test_deleting_or_reordering_any_step_breaks_the_check(label: str, name: str) -> None:
    chain = _chain(label, name)
    assert _passes(label, chain)
    for k in range(len(chain.steps)):
        shorter = replace(chain, steps=chain.steps[:k] + chain.steps[k + 1 :])
        assert not _passes(label, shorter), f"step {k + 1} of {name} can be spared"
    for k in range(len(chain.steps) - 1):
        one, two = chain.steps[k : k + 2]
        swapped = replace(chain, steps=(*chain.steps[:k], two, one, *chain.steps[k + 2 :]))
        assert not _passes(label, swapped), f"steps {k + 1}, {k + 2} of {name} can be exchanged"
        reasons = (replace(one, reason=two.reason), replace(two, reason=one.reason))
        crossed = replace(chain, steps=(*chain.steps[:k], *reasons, *chain.steps[k + 2 :]))
        if one.reason != two.reason:
            assert not _passes(label, crossed), f"reasons {k + 1}, {k + 2} of {name} cross"


@pytest.mark.parametrize("label", LABELS)
def test_dropping_any_lemma_or_assumption_breaks_the_check(label: str) -> None:
    known = bounds()[label]
    for lemma in known.lemmas:
        rest = [other for other in known.lemmas if other is not lemma]
        assert check_chain(known.derivation, rest, known.claim).status is not Evidence.PROVED
    if known.derivation.assumptions:
        bare = replace(known.derivation, assumptions=())
        assert check_chain(bare, known.lemmas, known.claim).status is not Evidence.PROVED
    more = replace(known.derivation, assumptions=(*known.derivation.assumptions, "match-mu"))
    assert check_chain(more, known.lemmas, known.claim).status is not Evidence.PROVED


def _bent(expression: Expression) -> Iterator[Expression]:
    """The expression with one constant changed, an exponent or a sign, each in turn."""
    match expression:
        case Number(value):
            yield Number(value + 1)
            yield Number(value - 1)
        case Power(base, exponent):
            yield Power(base, exponent + 1)
            yield Power(base, exponent - 1)
        case Sum(terms):
            for k, (minus, term) in enumerate(terms):
                yield Sum((*terms[:k], (not minus, term), *terms[k + 1 :]))
        case Name("gamma"):
            yield Number(Fraction(1))
        case Name("n"):
            yield Sum(((False, Name("n")), (True, Number(Fraction(1)))))
        case _:
            pass
    for k, child in enumerate(children(expression)):
        for bent in _bent(child):
            yield _with_child(expression, k, bent)


def _with_child(expression: Expression, k: int, child: Expression) -> Expression:
    match expression:
        case Sum(terms):
            return Sum((*terms[:k], (terms[k][0], child), *terms[k + 1 :]))
        case Product(factors):
            return Product((*factors[:k], (factors[k][0], child), *factors[k + 1 :]))
        case Power(_, exponent):
            return Power(child, exponent)
        case Call(function, arguments):
            return Call(function, (*arguments[:k], child, *arguments[k + 1 :]))
        case _:
            raise AssertionError(expression)


def _bent_lines(chain: Derivation) -> list[Derivation]:
    """The chain with one constant of one line changed, each in turn."""
    found = []
    for k, line in enumerate(chain.lines):
        for bent in _bent(line):
            if k == 0:
                found.append(replace(chain, first=bent))
            else:
                step = replace(chain.steps[k - 1], right=bent)
                found.append(replace(chain, steps=(*chain.steps[: k - 1], step, *chain.steps[k:])))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("label", "name"), CHAINS)
def test_changing_any_constant_of_any_line_breaks_the_check(label: str, name: str) -> None:
    for changed in _bent_lines(_chain(label, name)):
        assert not _passes(label, changed), changed.lines


@pytest.mark.parametrize(("label", "name"), CHAINS)
def test_changing_a_constant_of_a_line_breaks_the_check(label: str, name: str) -> None:
    """A seeded few for each derivation; all of them are among the slow tests."""
    every = _bent_lines(_chain(label, name))
    for changed in Random(name).sample(every, min(len(every), SAMPLE)):
        assert not _passes(label, changed), changed.lines


def _with_step(chain: Derivation, k: int, step: Step) -> Derivation:
    return replace(chain, steps=(*chain.steps[:k], step, *chain.steps[k + 1 :]))


def _bent_raw(raw: object) -> Iterator[object]:
    """A reason with one number, sign or word of one text changed, or one item of a list dropped."""
    if isinstance(raw, str):
        for match in re.finditer(r"\d+", raw):
            yield raw[: match.start()] + str(int(match.group()) + 1) + raw[match.end() :]
        for old, new in (("<=", ">="), (">=", "<="), (" - ", " + "), ("_i", "_o"), ("-Q", "Q")):
            if old in raw:
                yield raw.replace(old, new, 1)
    elif isinstance(raw, dict):
        for key, value in raw.items():
            yield from ({**raw, key: bent} for bent in _bent_raw(value))
    elif isinstance(raw, list):
        for k, value in enumerate(raw):
            yield [*raw[:k], *raw[k + 1 :]]
            yield from ([*raw[:k], bent, *raw[k + 1 :]] for bent in _bent_raw(value))


def _bent_reasons(chain: Derivation) -> list[Derivation]:
    """The chain with one part of one reason changed, each in turn, as far as it still reads."""
    found = []
    for k, step in enumerate(chain.steps):
        raw = {"kind": step.reason.kind, **step.reason.raw()}
        for bent in _bent_raw(raw):
            try:
                reason = read_reason(bent, "reason")
            except BadInput:
                continue
            changed = Step(step.relation, step.right, reason)
            found.append(replace(chain, steps=(*chain.steps[:k], changed, *chain.steps[k + 1 :])))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("label", "name"), CHAINS)
def test_changing_any_part_of_any_reason_breaks_the_check(label: str, name: str) -> None:
    for changed in _bent_reasons(_chain(label, name)):
        assert not _passes(label, changed), changed.steps


@pytest.mark.parametrize(("label", "name"), CHAINS)
def test_changing_a_part_of_a_reason_breaks_the_check(label: str, name: str) -> None:
    """A seeded few for each derivation; all of them are among the slow tests."""
    every = _bent_reasons(_chain(label, name))
    for changed in Random(name).sample(every, min(len(every), SAMPLE)):
        assert not _passes(label, changed), changed.steps


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<= 2*gamma/(1 - gamma)", "<= gamma/(1 - gamma)"),
        ("<= 2*gamma/(1 - gamma)", "<= 2/(1 - gamma)"),
        ("<= 1/(1 - gamma)", "<= 2/(1 - gamma)"),
    ],
)
def test_the_local_step_of_t1_needs_its_very_constants(old: str, new: str) -> None:
    chain = library()["disagreement_recursion"]
    (k,) = [k for k, step in enumerate(chain.steps) if isinstance(step.reason, Local)]
    local = chain.steps[k].reason
    assert isinstance(local, Local)
    for number, term in enumerate(local.terms):
        if old not in term.fact:
            continue
        bent = replace(term, fact=term.fact.replace(old, new))
        terms = (*local.terms[:number], bent, *local.terms[number + 1 :])
        steps = (
            *chain.steps[:k],
            replace(chain.steps[k], reason=Local(terms)),
            *chain.steps[k + 1 :],
        )
        assert not _passes("T1", replace(chain, steps=steps))


def test_a_smaller_constant_in_the_local_step_is_caught_by_both_methods() -> None:
    from nashgap.theory.chain import as_expression
    from nashgap.theory.concrete import shapes_that_differ
    from nashgap.theory.reasons.local import formal

    right = "TV_i + gamma*(1 - TV_i)*(1 - prod_others(1 - TV_j))"
    masses = "sum_a(x_i*p_o) + gamma*sum_a(m_i*z_o)"
    assert formal(as_expression(f"{right} - ({masses})")).is_zero
    assert not shapes_that_differ(as_expression(right), as_expression(masses))
    wrong = masses.replace("gamma*", "gamma/2*")
    assert not formal(as_expression(f"{right} - ({wrong})")).is_zero
    assert shapes_that_differ(as_expression(right), as_expression(wrong)) == (
        (2, 2),
        (2, 3),
        (3, 2),
    )


def test_aliases_find_their_bound_and_unknown_labels_say_what_there_is() -> None:
    assert bound("T4") is bound("value_gap")
    assert bound("Lemma 3") is bound("lemma_3")
    with pytest.raises(BadInput, match="did you mean 'lemma_3'"):
        check("lema_33")


def test_a_chain_in_words_as_in_a_paper() -> None:
    proof = (
        derivation("mine", assume="dominant")
        .start("NashGap")
        .eq("V(best_response, learner) - V(learner)", by="definition")
        .eq("V(expert, learner) - V(learner)", by="dominance")
        .le("(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2", by="disagreement_le_bc_error")
    )
    assert check(proof).status is Evidence.PROVED
    wrong = (
        derivation("mine", assume="dominant")
        .start("NashGap")
        .eq("V(best_response, learner) - V(learner)", by="definition")
        .eq("V(expert, learner) - V(learner)", by="dominance")
        .le("(1 + (n - 2)*gamma)*eps_BC/(1 - gamma)**2", by="disagreement_le_bc_error")
    )
    report = check(wrong)
    assert report.status is Evidence.UNDECIDED
    assert report.weakest is not None
    assert report.weakest.number == 3
    without = (
        derivation("mine")
        .start("NashGap_i")
        .eq("V(best_response, learner) - V(learner)", by="definition")
        .eq("V(expert, learner) - V(learner)", by="dominance")
    )
    report = check(without)
    assert report.status is Evidence.UNDECIDED
    assert "not assumed" in report.weakest.note  # type: ignore[union-attr]


def test_a_maximum_is_opened_only_where_the_end_forgets_the_player() -> None:
    proof = (
        derivation("mine", assume="dominant")
        .start("NashGap")
        .eq("NashGap_i", by="definition")
        .le("(eps_BC_i + gamma*sum_others(eps_BC_j))/(1 - gamma)**2", by="nash_gap_i_le_bc_errors")
    )
    report = check(proof)
    assert report.status is Evidence.UNDECIDED
    assert "depends on the player" in report.weakest.note  # type: ignore[union-attr]


def test_a_lemma_may_not_rest_on_itself() -> None:
    loop = derivation("loop").start("eps_BC_i").le("eps_BC/2", by="algebra")
    circular = replace(loop, steps=(replace(loop.steps[0], reason=_by("loop")),))
    assert closure(circular, {"loop": circular})[1] == ("loop",)
    assert check(circular).status is Evidence.UNDECIDED


def _by(name: str) -> Reason:
    return read_reason({"kind": "lemma", "name": name}, "reason")


def test_an_empty_chain_proves_nothing() -> None:
    with pytest.raises(BadInput, match="no first line"):
        check(derivation("nothing"))
    assert check(derivation("nothing").start("eps_BC")).status is Evidence.UNDECIDED


@pytest.mark.parametrize(
    "line", ["eps_BC/(1 - 2*gamma)", "E_mu(TV_i/(n - 2))", "E_mu(prod_others(TV_j/(1 - 2*gamma)))"]
)
def test_a_denominator_that_may_vanish_is_refused_wherever_it_stands(line: str) -> None:
    chain = derivation("mine").start(line).eq(f"{line} + eps_BC - eps_BC", by="algebra")
    report = check(chain)
    assert report.status is Evidence.UNDECIDED
    assert "denominator" in report.steps[0].note
