"""What holds where C is finite is used only where the statement names C, or with full support."""

from dataclasses import replace
from fractions import Fraction

from nashgap.theory.catalogue import bounds, check
from nashgap.theory.chain import Derivation, derivation
from nashgap.theory.evidence import Evidence
from nashgap.theory.kernel import check_chain
from nashgap.theory.reasons import Combination, Term

from ._games import family

T8 = bounds()["T8_eps_rho"].derivation
MATCHED = Combination(
    (
        Term("1/(1 - gamma)", ("occupancy_error_eq_zero",)),
        Term("(1 + gamma)/(1 - gamma)**2", ("C >= 0", "occupancy_error_eq_zero")),
    )
)


def _without_c(last: str, assume: str) -> Derivation:
    proof = derivation("too_good", assume=assume).start("NashGap")
    return proof.le("(1 - gamma + (1 + gamma)*C)*eps_rho/(1 - gamma)**2", by=T8).le(
        last, by=MATCHED
    )


def test_without_full_support_c_cannot_drop_out() -> None:
    """W3 has equal occupancies, a Nash expert, C infinite and a gap."""
    for last in ("0", "0*C", "C - C"):
        report = check(_without_c(last, "nash,match-rho"))
        assert report.status is Evidence.UNDECIDED
        assert report.weakest is not None
        assert "finite C" in report.weakest.note
    model = family("w3", gamma="1/2")
    assert bounds()["T3"].applies(model).holds is True
    gap, _ = bounds()["T3"].claim.sides(model)
    assert isinstance(gap, Fraction)
    assert gap > 0


def test_with_full_support_it_can() -> None:
    proof = _without_c("0", "nash,match-rho,full-support")
    assert check(proof).status is Evidence.PROVED
    bare = replace(proof, assumptions=("nash", "match-rho"))
    lemmas = bounds()["corollary_1"].lemmas
    assert check_chain(bare, lemmas).status is not Evidence.PROVED


def test_full_support_that_is_not_used_is_found() -> None:
    idle = replace(T8, assumptions=(*T8.assumptions, "full-support"))
    report = check(idle)
    assert report.status is Evidence.UNDECIDED
    assert report.weakest is not None
    assert report.weakest.note == "'full-support' is assumed but not used"
