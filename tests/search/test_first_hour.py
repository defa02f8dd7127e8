"""What one types in the first hour: true claims end proved, false ones refuted, and soon."""

import json
import time
from typing import Any

import pytest

from nashgap.search.conjecture import conjecture
from nashgap.search.conjecture.proof import Proof, prove
from nashgap.search.conjecture.setting import setting
from nashgap.search.verify import verify
from nashgap.theory.verify import verify_derivation

Asked = tuple[str, str, dict[str, Any]]
G9: dict[str, Any] = {"gamma": "9/10"}
N2: dict[str, Any] = {"players": 2}

SIGNS: tuple[Asked, ...] = tuple(
    (claim, "", {})
    for claim in (
        "NashGap >= 0",
        "NashGap_i >= 0",
        "NashGap <= 2*horizon",
        "NashGap_i <= 2/(1-gamma)",
        "ValueGap >= -2/(1-gamma)",
        "eps_BC <= 2",
        "eps_mu <= 2*gamma",
        "eps_mu < 2",
        "delta <= 2",
        "C >= 1",
        "gamma < 1",
        "n >= 1",
        "horizon >= 1",
        "horizon == 1/(1-gamma)",
        "expert_gap >= 0",
        "expert_gap <= 2/(1-gamma)",
        "dominance_gap >= 0",
        "team_gap >= 0",
        "NashGap_i <= NashGap",
        "eps_BC_i <= eps_BC",
        "NashGap**2 <= 4/(1-gamma)**2",
    )
)
EXACT: tuple[Asked, ...] = (
    ("NashGap == 0", "nash,full-support,match-rho", {}),
    ("NashGap == 0", "dominant,match-rho", {}),
    ("NashGap == 0", "team-optimal,match-rho", {}),
    ("NashGap == ValueGap", "team-optimal,match-rho", {}),
    ("ValueGap == 0", "match-rho", {}),
    ("eps_BC == 0", "match-rho", {}),
    ("eps_mu == 0", "match-mu", {}),
    ("eps_rho == 0", "match-bc=0", {}),
    ("eps_BC <= 1/10", "match-bc=1/10", {}),
    ("NashGap <= 38", "dominant,match-bc=1/10", G9 | N2),
    ("expert_gap == 0", "nash", {}),
    ("expert_gap == 0", "dominant", {}),
    ("dominance_gap == 0", "dominant", {}),
    ("team_gap == 0", "team-optimal", {}),
    ("delta == 0", "dominant", {}),
    ("NashGap < 2/(1-gamma)", "nash,match-rho", {}),
    ("NashGap <= 18", "nash,match-rho", G9),
    ("NashGap <= 0", "nash,match-rho", {"gamma": "0"}),
    ("NashGap <= expert_gap", "match-rho,full-support", {}),
)
VALUES: tuple[Asked, ...] = (
    ("ValueGap >= 0", "team-optimal", {}),
    ("ValueGap >= 0", "zero-sum", {}),
    ("ValueGap <= NashGap", "nash,zero-sum", {}),
    ("NashGap <= ValueGap", "team-optimal", {}),
    ("NashGap - ValueGap <= 2/(1-gamma)", "", {}),
    ("ValueGap >= -n*eps_BC/(1-gamma)**2", "", {}),
    ("max(ValueGap, -ValueGap) <= eps_rho/(1-gamma)", "", {}),
    ("ValueGap <= n*eps_BC*horizon**2", "", {}),
    ("ValueGap <= 10*n*eps_BC", "", {"gamma": "1/2"}),
)
ERRORS: tuple[Asked, ...] = tuple(
    (claim, "", {})
    for claim in (
        "eps_mu <= eps_rho",
        "eps_rho >= eps_mu",
        "eps_BC <= 2*eps_rho",
        "eps_BC_i <= (1+gamma)*eps_rho",
        "eps_BC <= eps_mu + eps_rho",
        "eps_rho <= eps_mu + n*eps_BC",
        "max(eps_mu, eps_BC) <= 2*eps_rho",
        "min(eps_mu, eps_BC) <= eps_rho",
        "eps_mu/eps_rho <= gamma",
        "max(eps_mu, gamma*eps_rho) == gamma*eps_rho",
        "deviation_error <= C*(n-1)*eps_BC",
    )
)
GAPS: tuple[Asked, ...] = (
    ("NashGap/eps_BC <= 2*n/(1-gamma)**2", "dominant", {}),
    ("(1-gamma)**2*NashGap <= 2*n*eps_BC", "dominant", {}),
    ("NashGap <= 190*eps_BC", "dominant", G9 | N2),
    ("NashGap <= min(2/(1-gamma), 2*n*eps_BC*horizon**2)", "dominant", {}),
    ("NashGap <= 2*n*max(eps_BC, eps_rho)/(1-gamma)**2", "dominant", {}),
    ("NashGap <= eps_rho/(1-gamma)**2 + dominance_gap", "", {}),
    ("NashGap <= eps_rho/(1-gamma)", "team-optimal", {}),
    ("NashGap <= (2*n*eps_BC + delta)*horizon**2", "nash", {}),
    ("NashGap <= 2*n*eps_BC/(mu_min*(1-gamma)**2)", "nash,full-support", {}),
    ("NashGap <= expert_gap + 2*gamma/(1-gamma)", "match-rho", {}),
)
TRUE = (*SIGNS, *EXACT, *VALUES, *ERRORS, *GAPS)
QUICK = (*SIGNS[::3], *EXACT[::3], *VALUES[::3], *ERRORS[1::3], *GAPS[:2])
"""Every third one or so; all of them are in the slow tests."""
FALSE: tuple[Asked, ...] = (
    ("NashGap > 0", "", {}),
    ("NashGap < 2/(1-gamma)", "", {}),
    ("NashGap == 0", "nash,match-rho", {}),
    ("NashGap == 0", "nash,match-mu,full-support", {}),
    ("NashGap == 0", "zero-sum,nash,match-rho", {}),
    ("NashGap <= 17", "nash,match-rho", G9),
    ("NashGap <= 189*eps_BC", "dominant", G9 | N2),
    ("ValueGap >= 0", "nash", {}),
    ("ValueGap <= NashGap", "nash", {}),
    ("NashGap <= ValueGap", "dominant", {}),
    ("dominance_gap <= NashGap", "", {}),
    ("eps_mu <= eps_BC", "", {}),
    ("eps_BC <= eps_rho", "", {}),
    ("eps_mu < gamma*eps_rho", "", {}),
    ("NashGap_i <= eps_BC_i/(1-gamma)**2", "dominant", {}),
    ("NashGap <= 100*n*eps_BC/(1-gamma)**2", "nash", {}),
    ("delta == 0", "nash", {}),
    ("C <= n", "nash", {}),
    ("min(NashGap, ValueGap) <= 0", "nash", {}),
    ("NashGap <= expert_gap", "match-rho", {}),
)


def _name(asked: Asked) -> str:
    claim, assume, _ = asked
    return f"{claim} [{assume}]"


@pytest.mark.parametrize("asked", QUICK, ids=_name)
def test_true_ones_are_proved(asked: Asked) -> None:
    claim, assume, flags = asked
    said = setting(claim, assume, **flags)
    found = prove(said.claim, said.assumptions, said.fixed)
    assert isinstance(found, Proof), found
    for part in found.parts:
        assert verify_derivation(json.loads(json.dumps(dict(part.derivation)))).valid


@pytest.mark.parametrize("asked", FALSE[2::3], ids=_name)
def test_false_ones_are_refuted(asked: Asked) -> None:
    check(asked, "refuted", drop=False)


def check(asked: Asked, status: str, *, drop: bool) -> None:
    """The whole of `conjecture`: the status word, and what vouches for it."""
    claim, assume, flags = asked
    started = time.process_time()
    found = conjecture(claim, assume, drop=drop, simple=drop, **flags)
    assert found.status == status, found.reasons
    assert time.process_time() - started < 10
    for derivation in found.derivations:
        assert verify(json.loads(json.dumps(derivation))).valid
    if found.witness is not None:
        assert verify(found.witness.json()).valid


@pytest.mark.slow
@pytest.mark.parametrize("asked", TRUE, ids=_name)
def test_the_whole_command_proves(asked: Asked) -> None:
    check(asked, "proved", drop=False)


@pytest.mark.slow
@pytest.mark.parametrize("asked", FALSE, ids=_name)
def test_the_whole_command_refutes(asked: Asked) -> None:
    check(asked, "refuted", drop=False)


def test_what_is_false_is_not_proved() -> None:
    for claim, assume, flags in FALSE[::2]:
        said = setting(claim, assume, **flags)
        assert isinstance(prove(said.claim, said.assumptions, said.fixed), str), claim
