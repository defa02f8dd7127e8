"""Proofs from the catalogue: what follows is found and checks, what does not follow is not."""

import copy
import json
from fractions import Fraction

import pytest

from nashgap.search.conjecture.cases import Sides, split
from nashgap.search.conjecture.proof import Proof, prove
from nashgap.search.multipliers import Candidate, coefficients, find
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.catalogue import bounds
from nashgap.theory.claim import parse_claim
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.rational import Rational
from nashgap.theory.verify import verify_derivation

F = Fraction
T1 = "(1+(n-1)*gamma)*eps_BC/(1-gamma)**2"


def proved(claim: str, assume: str, **fixed: object) -> Proof:
    numbers = {name: F(str(value)) for name, value in fixed.items()}
    found = prove(parse_claim(claim), parse_assumptions(assume), numbers)
    assert isinstance(found, Proof), found
    for part in found.parts:
        raw = json.loads(json.dumps(dict(part.derivation)))
        assert verify_derivation(raw).valid
        assert set(raw["assumptions"]) == set(part.assumptions)
    return found


@pytest.mark.parametrize(
    ("claim", "assume"),
    [
        (f"NashGap <= {T1}", "dominant"),
        ("NashGap <= 3*n*eps_BC/(1-gamma)**2", "dominant"),
        ("NashGap <= n*eps_BC/(1-gamma)**2", "dominant,deterministic"),
        ("NashGap <= (2*n-1)*eps_BC/(1-gamma)**2", "dominant"),
        ("2*n*eps_BC/(1-gamma)**3 >= NashGap", "dominant"),
        ("NashGap <= n*eps_BC/(1-gamma)**2 + gamma", "team-optimal"),
        ("ValueGap <= n*eps_BC/(1-gamma)**3", ""),
        ("ValueGap <= n*eps_BC/(1-gamma)**3", "zero-sum,nash"),
        ("NashGap + ValueGap <= (2*n+1)*eps_BC/(1-gamma)**2", "dominant"),
        ("NashGap*eps_BC <= 2*n*eps_BC**2/(1-gamma)**2", "dominant"),
        ("NashGap_i <= (eps_BC_i + (n-1)*gamma*eps_BC)/(1-gamma)**2", "dominant"),
    ],
)
def test_what_follows_is_proved(claim: str, assume: str) -> None:
    found = proved(claim, assume)
    assert found.parts[0].uses
    assert set(found.parts[0].uses) <= {*library(), *(b.derivation.name for b in bounds().values())}
    assert set(found.assumptions) <= set(assume.split(","))


@pytest.mark.parametrize(
    ("claim", "assume"),
    [
        ("NashGap <= eps_BC/(1-gamma)**2", "dominant"),
        (f"NashGap <= 99/100*{T1}", "dominant"),
        (f"NashGap <= {T1}", "nash"),
        (f"NashGap <= {T1}", ""),
        ("NashGap <= n*eps_BC/(1-gamma)**2", "common-payoff,nash"),
        ("NashGap <= n*eps_BC/(1-gamma)", "dominant"),
        ("NashGap <= (2*n-2)*eps_BC/(1-gamma)**2", "dominant"),  # false for n = 1 only
        ("ValueGap <= (n-1)*eps_BC/(1-gamma)**2", "dominant"),
        ("ValueGap >= 0", "nash"),
        (f"NashGap >= {T1}", "dominant"),
        (f"NashGap == {T1}", "dominant"),
        (f"NashGap < {T1}", "dominant"),
        ("NashGap <= eps_BC*min(2*n, 1/n)/(1-gamma)**2", "dominant"),
        ("eps_BC <= NashGap", "dominant"),
        ("NashGap <= 1/eps_BC", "dominant"),
    ],
)
def test_what_does_not_follow_is_not_proved(claim: str, assume: str) -> None:
    found = prove(parse_claim(claim), parse_assumptions(assume))
    assert isinstance(found, str)
    assert found


def test_assumptions_that_give_others_are_named() -> None:
    found = proved("ValueGap <= 2*n*eps_BC/(1-gamma)**2", "subgame-perfect")
    assert found.implications == ()  # the bound on the value gap assumes nothing
    assert found.assumptions == ()


def test_a_claim_at_a_discount_is_proved_by_a_general_chain() -> None:
    found = proved("NashGap <= 190*eps_BC", "dominant", gamma="9/10", n=2)
    (part,) = found.parts
    general = parse_claim(part.claim)
    at = {"gamma": Rational.constant(F(9, 10)), "n": Rational.constant(2)}
    difference = normal(general.right) - normal(general.left)
    wanted = normal(parse_claim("NashGap <= 190*eps_BC").right) - Rational.variable("NashGap")
    assert (difference.substitute(at) - wanted).is_zero
    assert "gamma = 9/10" in found.notes[0]
    assert isinstance(
        prove(
            parse_claim("NashGap <= 189*eps_BC"),
            parse_assumptions("dominant"),
            {"gamma": F(9, 10), "n": F(2)},
        ),
        str,
    )


def test_errors_that_matching_makes_zero() -> None:
    found = proved("NashGap <= 0", "dominant,match-rho")
    assert set(found.assumptions) == {"dominant", "match-rho"}
    found = proved("NashGap <= -eps_BC", "dominant,match-bc=0")
    assert set(found.assumptions) == {"dominant", "match-bc=0"}
    found = proved("eps_BC <= 0", "match-rho")
    assert any("match-rho gives match-bc=0" in step for step in found.implications)
    for assume in ("dominant", "dominant,match-mu", "dominant,match-bc=1/10", "nash,match-rho"):
        assert isinstance(prove(parse_claim("NashGap <= 0"), parse_assumptions(assume)), str)


def test_a_bound_with_c_says_nothing_where_c_is_infinite() -> None:
    # Every error is 0 and the gap 18 in the game w3, where C is infinite.
    for claim in ("NashGap <= eps_BC", "NashGap <= 0", "NashGap <= eps_rho"):
        assert isinstance(prove(parse_claim(claim), parse_assumptions("nash,match-rho")), str)
    proved("NashGap <= C*eps_rho/(1-gamma)**2", "nash,match-rho")


def test_a_min_needs_every_argument_and_a_max_one() -> None:
    both = proved("NashGap <= min(2*n, 3*n)*eps_BC/(1-gamma)**2", "dominant")
    assert len(both.parts) == 2
    one = proved("NashGap <= max(2*n*eps_BC, 1/5)/(1-gamma)**2", "dominant")
    assert len(one.parts) == 1
    left = proved(f"min(NashGap, ValueGap) <= {T1}", "dominant")
    assert len(left.parts) == 1
    assert len(proved("max(NashGap, ValueGap) <= n*eps_BC/(1-gamma)**2", "dominant").parts) == 2


def test_a_choice_of_unknown_direction_is_left_alone() -> None:
    claim = parse_claim("NashGap <= (1-2*gamma)*min(1, eps_BC)")
    assert split(Sides(claim.left, claim.right)) is None


@pytest.mark.parametrize("place", range(3))
def test_a_changed_multiplier_is_refused(place: int) -> None:
    found = proved("NashGap + ValueGap <= (2*n+1)*eps_BC/(1-gamma)**2", "dominant")
    raw = copy.deepcopy(dict(found.parts[0].derivation))
    terms = raw["proof"]["steps"][0]["reason"]["terms"]
    terms[place % len(terms)]["multiplier"] += " + 1"
    assert not verify_derivation(raw).valid


def test_multipliers_need_a_sign_on_the_whole_range() -> None:
    gamma, eps = Rational.variable("gamma"), Rational.variable("eps_BC")
    one = Rational.constant(1)
    fact = coefficients(eps)
    assert fact is not None
    candidates = [Candidate("eps_BC >= 0", fact, 1)]
    good, bad = coefficients((one - gamma) * eps), coefficients((one - gamma - gamma) * eps)
    assert good is not None
    assert bad is not None
    assert find(good, candidates, {}) is not None
    assert find(bad, candidates, {}) is None
    fixed = {"gamma": Rational.constant(F(1, 3))}
    third = coefficients(((one - gamma - gamma) * eps).substitute(fixed))
    assert third is not None
    found = find(third, candidates, fixed)
    assert found is not None
    assert str(found["eps_BC >= 0"]) == "1/3"
