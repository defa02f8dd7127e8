"""Coq files: coqc accepts what is exported, and nothing that is bent."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import nashgap as ng
from nashgap.printing import coq_file
from nashgap.theory import Combination, Term, derivation
from nashgap.theory.catalogue import bounds
from nashgap.theory.coq import Exported
from nashgap.theory.verify import parse_derivation

IN_CI = os.environ.get("CI") == "true"
needs_coqc = pytest.mark.skipif(
    shutil.which("coqc") is None and not IN_CI, reason="coqc is not installed"
)
REALS = {"sig_forall_dec", "sig_not_dec", "functional_extensionality_dep"}
"""The axioms of Coq's real numbers, with extensionality, as `Print Assumptions` names them."""
STEPS = "(** * Steps and chains *)"


@cache
def exported(label: str) -> str:
    return ng.coq(label)


@cache
def whole() -> str:
    return ng.coq("T1", whole=True)


@cache
def everything() -> tuple[str, Exported]:
    return coq_file(*bounds())


def coqc(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "it.v").write_text(source)
    return subprocess.run(
        ["coqc", "it.v"], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


def lemmas(source: str) -> dict[str, str]:
    steps = source[source.index(STEPS) :]
    found = re.findall(r"^(Lemma (\w+) .*?^Qed\.)", steps, re.DOTALL | re.MULTILINE)
    return {name: text for text, name in found}


def alone(source: str, lemma: str) -> str:
    """The rules, and one lemma."""
    return source[: source.index(STEPS)] + lemma


@cache
def on_whole() -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        return coqc(whole(), Path(folder))


@needs_coqc
def test_t1_is_accepted_and_rests_on_the_reals_alone() -> None:
    done = on_whole()
    assert done.returncode == 0, done.stderr
    axioms = re.findall(r"^[\w.]+$", done.stdout.split("Axioms:")[1], re.MULTILINE)
    assert {name.split(".")[-1] for name in axioms} < REALS
    assert "NashGap <= (1 + (n - 1) * gamma) * eps_BC / (1 - gamma) ^ 2" in done.stdout


@needs_coqc
@pytest.mark.slow
def test_every_bound_and_every_local_step_in_full_is_accepted(tmp_path: Path) -> None:
    source = ng.coq(*bounds(), sizes=[(1, 2), (2, 2)], whole=True)
    done = coqc(source, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "@T1_whole" in done.stdout
    assert "@value_gap_whole" in done.stdout


@needs_coqc
def test_t1_holds_for_every_finite_game() -> None:
    """From the definitions: the theorem's hypotheses are a game, policies, visits, dominance."""
    done = on_whole()
    assert done.returncode == 0, done.stderr
    said = done.stdout[done.stdout.index("@T1_whole") :]
    assert "(1 + (INR (length players) - 1) * gamma) * eps / (1 - gamma) ^ 2" in said
    rests = set(re.findall(r"^([\w.]+)\s*:", said[said.index("Axioms:") :], re.MULTILINE))
    assert {name.split(".")[-1] for name in rests - {"Axioms"}} == REALS


@needs_coqc
@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "(1 + (INR (length players) - 1) * gamma) * eps",
            "(1 + (INR (length players) - 2) * gamma) * eps",
        ),
        ("is_occupancy e mu -> dominant e ->", "is_occupancy e mu ->"),
        (
            "is_occupancy e mu ->\n    (forall j, In j players",
            "is_occupancy p mu ->\n    (forall j, In j players",
        ),
        ("Rabs (r i s a) <= 1.", "Rabs (r i s a) <= 2."),
        ("Hypothesis no_player_twice : NoDup players.", ""),
    ],
)
def test_a_bent_whole_proof_is_refused(before: str, after: str, tmp_path: Path) -> None:
    source = whole()
    assert before in source
    assert coqc(source.replace(before, after), tmp_path).returncode != 0


@pytest.mark.parametrize(
    "labels",
    [("T1", "T6", "value_gap"), pytest.param(tuple(bounds()), marks=pytest.mark.slow, id="all")],
)
def test_each_file_is_part_of_the_file_of_all(labels: tuple[str, ...]) -> None:
    """So that coqc's word on the one file is its word on each."""
    whole = lemmas(everything()[0])
    for label in labels:
        mine = lemmas(exported(label))
        assert label in mine
        assert {name: whole[name] for name in mine} == mine
        seen: set[str] = set()
        for name, text in mine.items():
            assert set(re.findall(r"exact \((\w+)", text)) & mine.keys() <= seen
            seen.add(name)


BENT = [
    ("T1_step_3", "gamma / (1 - gamma) ^ 2", "2 * gamma / (1 - gamma) ^ 2"),
    ("T1_step_3", "(1 + (n - 1) * gamma) * eps_BC", "(1 + (n - 2) * gamma) * eps_BC"),
    ("disagreement_recursion_step_2", "gamma * (1 - TV_i)", "gamma ^ 2 * (1 - TV_i)"),
    ("one_minus_agreement_le_disagreement_step_1", "1 - (prod", "2 - (prod"),
]


@needs_coqc
@pytest.mark.parametrize(("name", "before", "after"), BENT)
def test_a_bent_certificate_is_refused(name: str, before: str, after: str, tmp_path: Path) -> None:
    source = exported("T1")
    step = lemmas(source)[name]
    assert before in step
    assert coqc(alone(source, step.replace(before, after)), tmp_path).returncode != 0


@needs_coqc
def test_what_is_taken_on_trust_of_logarithms_is_proved_and_bent_is_refused(tmp_path: Path) -> None:
    """Gibbs, odds and tanh for lists of actions, and the division that makes the odds a tanh."""
    source = exported("T9")
    names = ("soft_move_le_odds_step_2_factor", "soft_move_le_odds_step_2_scaled")
    straight = "\n".join(lemmas(source)[n] for n in (*names, "soft_move_le_odds_step_2"))
    assert "Lemma soft_response_is_best" in source
    assert "soft_response_is_best" not in exported("T1")
    assert coqc(alone(source, straight), tmp_path).returncode == 0
    bent = straight.replace("odds ^ 2 * base_i", "odds ^ 3 * base_i")
    assert bent != straight
    assert coqc(alone(source, bent), tmp_path).returncode != 0


@needs_coqc
def test_the_lemmas_that_are_bent_are_accepted_as_they_are(tmp_path: Path) -> None:
    source = exported("T1")
    straight = "\n".join(lemmas(source)[name] for name, _, _ in BENT[1:])
    assert coqc(alone(source, straight), tmp_path).returncode == 0


def test_nothing_is_admitted_and_signs_are_not_left_to_search() -> None:
    source, _ = everything()
    assert not re.search(r"\b(Admitted|admit|Axiom|Parameter|nra|nia|psatz)\b", source)


def test_every_certificate_of_the_catalogue_is_exported() -> None:
    """What Coq only joins has none: openings of maxima, a few definitions and changes of game."""
    _, found = everything()
    unchecked = {line.split(":")[0] for line in found.unchecked}
    chains = [chain for b in bounds().values() for chain in (*b.lemmas, b.derivation)]
    joined = {
        step.reason.kind
        for chain in chains
        for number, step in enumerate(chain.steps, 1)
        if f"{chain.name}, step {number}" in unchecked
    }
    certified = {"combination", "local", "induction", "mean", "resolvent", "kernel_part", "lemma"}
    certified |= {"two_recursions", "sum_over_others", "least", "algebra", "visitation"}
    assert "attained" in joined
    assert not joined & certified


def test_what_is_given_is_said() -> None:
    _, found = coq_file("T1")
    given = dict(found.given()["T1"])
    assert given["eps_BC_i <= eps_BC"] == "fact: the largest error"
    assert given["V_best_response_learner = V_expert_learner"].startswith("assumption dominant")
    assert "resolvent" in given[next(s for s in given if "nu_R" in s and "<=" in s)]


@needs_coqc
def test_a_derivation_of_ones_own(tmp_path: Path) -> None:
    more = "(n - 1 + gamma)/(1 - gamma)"
    own = (
        derivation("2_sum")  # the name is no name in Coq
        .start("eps_BC_i")
        .le("eps_BC", by=Combination((Term("1", ("eps_BC_i <= eps_BC",)),)))
        .le("n*eps_BC/(1 - gamma)", by=Combination((Term(more, ("eps_BC >= 0",)),)))
    )
    done = coqc(ng.coq(own), tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_derivation_file_is_exported_like_its_bound() -> None:
    read = parse_derivation(bounds()["T1"].derivation_object()).derivation
    assert lemmas(ng.coq(read)) == lemmas(exported("T1"))


def test_what_is_not_there_whole_is_refused() -> None:
    with pytest.raises(ng.BadInput, match="T1"):
        ng.coq("T6", whole=True)


def test_an_unproved_derivation_is_refused() -> None:
    wrong = derivation("wrong").start("eps_BC").eq("2*eps_BC", by="algebra")
    with pytest.raises(ng.BadInput, match="not proved"):
        ng.coq(wrong)
