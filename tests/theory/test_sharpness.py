"""Sharpness: where a bound names a family of games, the family attains it, exactly, over a grid."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from nashgap.numeric.reading import Reading
from nashgap.theory.catalogue import bounds

from ._games import F, family

GAMMAS = ("0", "1/3", "9/10")
Parameters = Mapping[str, object]


def _range(largest: object) -> tuple[object, object]:
    return largest, F(str(largest)) / 3


def _per_error(n_least: int, gammas: tuple[str, ...] = GAMMAS) -> Iterator[Parameters]:
    for n, gamma in product(range(n_least, 4), gammas):
        for eps in _range(2 * (1 - F(gamma)) / n):
            yield {"n": str(n), "gamma": gamma, "eps": str(eps)}


def _s2() -> Iterator[Parameters]:
    for n, gamma, share in product((1, 2, 3), GAMMAS, (F(1), F(1, 2), F(1, 5))):
        most = 2 * (1 - F(gamma))
        eps, delta = share * most / (2 * n), share * most / 2
        yield {"n": str(n), "gamma": gamma, "eps": str(eps), "delta": str(delta)}


def _w2(*shares: tuple[str, str]) -> Iterator[Parameters]:
    """The cloning error and the shift, as parts of 2(1 - gamma) that sum to at most 1 with n."""
    for n, gamma, (error, shift) in product((2, 3), ("1/3", "9/10"), shares):
        most = 2 * (1 - F(gamma))
        eps, delta = F(error) * most / n, F(shift) * most
        yield {"n": str(n), "gamma": gamma, "eps": str(eps), "delta": str(delta)}


def _w3_robust() -> Iterator[Parameters]:
    for n, gamma in product((2, 3), ("1/3", "1/2", "3/4")):
        g, k = F(gamma), 1
        while g**k > 1 - g:
            k += 1
        for eps in _range(2 * (1 - g) / n * min(g**k, (1 - g) / (2 - g))):
            yield {"n": str(n), "gamma": gamma, "eps": str(eps)}


def _concentrability() -> Iterator[Parameters]:
    for n, gamma, ratio in product((2, 3), ("1/3", "9/10"), ("1", "2", "7/2")):
        most = 2 * (1 - F(gamma)) / (1 + 2 * (n - 1) * F(ratio) / F(gamma))
        for eps in _range(most):
            yield {"n": str(n), "gamma": gamma, "eps": str(eps), "C": ratio}


def _w6() -> Iterator[Parameters]:
    for n, gamma, q, w in product((2, 3), GAMMAS, ("1", "2/5"), ("1", "1/2")):
        yield {"n": str(n), "gamma": gamma, "q": q, "w": w}


GRIDS: Mapping[str, tuple[Parameters, ...]] = {
    "w1": tuple(_per_error(1)),
    "w4": tuple(_per_error(1)),
    "team-optimal": tuple(_per_error(1)),
    "w3": tuple({"gamma": g, "t": t} for g in GAMMAS for t in ("-1", "1/2")),
    "w3-robust": tuple(_w3_robust()),
    "s2": tuple(_s2()),
    "w6": tuple(_w6()),
    "concentrability": tuple(_concentrability()),
    "matching-pennies": tuple({"gamma": g, "eps": "0"} for g in GAMMAS),
    "state-only": tuple({"n": str(n), "gamma": g} for n in (1, 2, 3) for g in GAMMAS),
}


def _beyond(n_least: int) -> Iterator[Parameters]:
    """Errors between 2(1 - gamma)/n and 2(1 - gamma)."""
    for n, gamma, share in product(range(n_least, 4), GAMMAS, (F(0), F(1, 3), F(1))):
        least, most = (2 * (1 - F(gamma)) / k for k in (n, 1))
        yield {"n": str(n), "gamma": gamma, "eps": str(least + share * (most - least))}


_SHIFTS = ("1/50", "49/50"), ("1/100", "1/2"), ("0", "1/3")
_ERRORS = ("1", "0"), ("9/10", "1/100"), ("1/2", "1/40")
OF_LABEL: Mapping[str, tuple[Parameters, ...]] = {
    "T6_pure": tuple(one for one in _w6() if one["q"] == "1"),
    "T1_modulus": (*_per_error(2), *_beyond(2)),
    "T1_one_step": tuple(_beyond(2)),
    "T1_one_step_approximate": tuple(_beyond(2)),
    "value_gap_modulus": (*_per_error(1), *_beyond(1)),
    "value_gap_trivial": tuple(_beyond(1)),
    "T2_modulus": tuple(_w2(*_SHIFTS, *_ERRORS)),
    "T2_modulus_approximate": tuple(_w2(*_SHIFTS, *_ERRORS)),
    "T10_shift": tuple(_w2(*_SHIFTS, *_ERRORS)),
    "T10_shift_approximate": tuple(_w2(*_SHIFTS, *_ERRORS)),
    "T2_shift": tuple(_w2(*_SHIFTS)),
    "T2_kappa": tuple(_w2(*_ERRORS)),
}
APPROACHED = {"eps_BC_le_eps_rho", "eps_relations"}
NAMED = [k for k, b in bounds().items() if b.witness not in ("", "open") and k not in APPROACHED]


def number(side: object) -> F:
    assert isinstance(side, F)
    return side


@pytest.mark.parametrize("label", NAMED)
def test_the_witness_family_attains_the_bound_exactly(label: str) -> None:
    bound = bounds()[label]
    positive = 0
    grid = OF_LABEL.get(label) or GRIDS[bound.witness]
    for parameters in grid:
        model = family(bound.witness, **parameters)
        assert bound.applies(model).holds is True, parameters
        left, right = map(number, bound.claim.sides(model))
        assert left == right, parameters
        assert right == bound.value_on(model)
        positive += right > 0
    zero = label in ("corollary_1", "corollary_1_approximate", "theorem_1")
    assert positive == 0 if zero else positive >= len(grid) / 2


def test_a_learner_that_is_an_expert_with_a_gap_has_that_gap() -> None:
    """Corollary 1 for an expert that is not Nash is an equality, and not of zeros alone."""
    bound = bounds()["corollary_1_approximate"]
    for gamma in GAMMAS:
        made = family("state-only", n="2", gamma=gamma)
        model = Reading(made.game, made.learner, made.learner)
        assert bound.applies(model).holds is True
        left, right = map(number, bound.claim.sides(model))
        assert left == right == 2 / (1 - F(gamma))


def test_a_bound_that_names_no_family_says_why() -> None:
    for bound in bounds().values():
        said = {"": "not sharp", "open": "open"}
        assert said.get(bound.witness, "") in bound.sharpness
        assert bound.witness or "not sharp" in bound.sharpness


@pytest.mark.parametrize("gamma", ["1/3", "9/10"])
def test_the_constant_of_the_cloning_error_is_approached_and_not_attained(gamma: str) -> None:
    bound = bounds()["eps_BC_le_eps_rho"]
    for q in (F(1, 10), F(1, 1000)):
        model = family("occupancy-ratio", gamma=gamma, q=str(q))
        left, right = map(number, bound.claim.sides(model))
        ratio = left / model.state_action_occupancy_error()
        assert ratio == 1 + F(gamma) * (1 - q) / (1 - F(gamma) * q)
        assert left < right < left * (1 + 2 * q)


@pytest.mark.parametrize("gamma", ["1/3", "9/10"])
def test_the_constant_of_both_errors_is_approached_and_not_attained(gamma: str) -> None:
    bound, g = bounds()["eps_relations"], F(gamma)
    for q in (F(1, 10), F(1, 1000)):
        model = family("occupancy-ratio", gamma=gamma, q=str(q))
        left, right = map(number, bound.claim.sides(model))
        assert left < right
        ratio = left / model.state_action_occupancy_error()
        assert ratio == 1 + g + g * (1 - q) / (1 - g * q)
        assert 1 + 2 * g - ratio < 2 * q


def test_lemma_4_is_smaller_than_s2_nowhere_and_larger_where_an_error_is() -> None:
    for parameters in GRIDS["s2"]:
        model = family("s2", **parameters)
        sharp, printed, second = (
            number(bounds()[label].value_on(model))
            for label in ("S2", "lemma_4", "lemma_4_secondary")
        )
        assert sharp < printed < second
