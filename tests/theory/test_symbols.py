"""The SymPy face: data in args, signs, LaTeX, values, and lines that come back as they went."""

import subprocess
import sys

import pytest
import sympy

from nashgap.theory import (
    NashGap,
    Others,
    V,
    best_response,
    check,
    derivation,
    eps_BC,
    eps_BC_i,
    expert,
    gamma,
    learner,
    n,
)
from nashgap.theory.chain import as_expression
from nashgap.theory.errors import BadInput
from nashgap.theory.evidence import Evidence
from nashgap.theory.normal import normal
from nashgap.theory.quantities import meanings
from nashgap.theory.symbols import GameQuantity, from_sympy

from ._games import F, family, random_readings


@pytest.mark.parametrize("name", sorted(meanings()))
def test_quantities_keep_all_data_in_args_and_print_as_declared(name: str) -> None:
    quantity = GameQuantity(name)
    assert quantity.func(*quantity.args) == quantity
    assert sympy.latex(quantity) == meanings()[name].latex
    assert str(quantity) == name
    if meanings()[name].nonnegative:
        assert quantity.is_nonnegative is True
    else:
        assert quantity.is_nonnegative is None


TEMPERED = {"tau", "precision", "quantal_error"}
"""They ask for a temperature, in the tests of soft best responses."""


@pytest.mark.parametrize("name", sorted(set(meanings()) - {"C"} - TEMPERED))
def test_what_is_called_non_negative_is(name: str) -> None:
    meaning = meanings()[name]
    for model in random_readings(12):
        for player in range(model.players) if meaning.per_player else (None,):
            value = meaning.on(model, player)
            assert value >= 0 or not meaning.nonnegative
            assert GameQuantity(name).on(model, player) == value


def test_signs_reach_through_products() -> None:
    assert (n * eps_BC).is_nonnegative
    assert n.is_integer
    assert n.is_positive
    assert eps_BC.free_symbols == set()


def test_values_of_mixed_profiles() -> None:
    model = family("w1", n="2", gamma="1/2", eps="1/5")
    assert V(learner).on(model, 0) == model.value("learner", 0)
    assert V(expert).on(model, 0) == model.value("expert", 0)
    gap = V(best_response, learner).on(model, 0) - V(learner).on(model, 0)
    assert gap == NashGap.on(model)
    assert V(expert, learner).on(model, 0) == V(best_response, learner).on(model, 0)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ((1 + (n - 1) * gamma) * eps_BC / (1 - gamma) ** 2, "(1+(n-1)*gamma)*eps_BC/(1-gamma)**2"),
        (V(best_response, learner) - V(learner), "V(best_response, learner) - V(learner)"),
        (-eps_BC, "-eps_BC"),
        (1 / n, "1/n"),
        (eps_BC * F(1, 3), "eps_BC/3"),
        ((eps_BC_i + gamma * Others(eps_BC_i)) / 2, "(eps_BC_i + gamma*sum_others(eps_BC_j))/2"),
        (sympy.Integer(0), "0"),
        (n**3 / n**5, "n**-2"),
    ],
)
def test_lines_come_back_as_they_went(line: object, source: str) -> None:
    assert normal(from_sympy(line)) == normal(as_expression(source))


@pytest.mark.parametrize(
    "line", [sympy.Symbol("x"), sympy.sqrt(n), sympy.exp(gamma), 0.5, sympy.Float(0.5), None]
)
def test_what_no_line_can_hold_is_bad_input(line: object) -> None:
    with pytest.raises(BadInput, match="line"):
        from_sympy(line)


def test_a_role_or_a_name_that_does_not_exist() -> None:
    with pytest.raises(BadInput):
        V(sympy.Symbol("x"))
    with pytest.raises(BadInput):
        NashGap(expert)
    with pytest.raises(BadInput):
        GameQuantity("regret")


def test_the_chain_of_the_readme() -> None:
    proof = (
        derivation("my_lemma", assume="dominant")
        .start(NashGap(learner))
        .eq(V(best_response, learner) - V(learner), by="definition")
        .eq(V(expert, learner) - V(learner), by="dominance")
        .le((1 + (n - 1) * gamma) * eps_BC / (1 - gamma) ** 2, by="disagreement_le_bc_error")
    )
    report = check(proof)
    assert report.status is Evidence.PROVED
    assert report.claim.startswith("NashGap <= ")


def test_a_lemma_times_a_factor_is_found_and_its_sign_proved() -> None:
    half = derivation("half").start((V(expert, learner) - V(learner)) * (1 - gamma) ** 2)
    good = half.le((1 + (n - 1) * gamma) * eps_BC, by="disagreement_le_bc_error")
    assert check(good).status is Evidence.PROVED
    bad = derivation("bad").start((V(expert, learner) - V(learner)) * (gamma - 1))
    bad = bad.le((1 + (n - 1) * gamma) * eps_BC / (gamma - 1), by="disagreement_le_bc_error")
    assert check(bad).status is Evidence.UNDECIDED


def test_naming_a_reason_that_does_not_exist_lists_what_does() -> None:
    with pytest.raises(BadInput, match="step 1: by='magic'"):
        derivation("mine").start(eps_BC).le(2 * eps_BC, by="magic")


def test_the_package_loads_no_sympy_before_a_symbol_is_used() -> None:
    code = (
        "import sys, nashgap.theory, nashgap.theory.errors, nashgap.theory.claim\n"
        "from nashgap.theory import bounds, parse_claim\n"
        "bounds(); parse_claim('NashGap <= 1').latex()\n"
        "assert 'sympy' not in sys.modules\n"
        "from nashgap.theory import NashGap\n"
        "assert 'sympy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
