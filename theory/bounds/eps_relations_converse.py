r"""Matching states and policies is matching occupancies: the other direction.

\(\varepsilon_\rho\le\varepsilon_\mu+n\,\varepsilon_{\mathrm{BC}}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import ByLemma, Combination, Term
from ..sources import bergerault_2026

PROOF = (
    derivation("eps_relations_converse")
    .start("eps_rho")
    .le(
        "eps_mu + eps_BC_i + sum_others(eps_BC_j)",
        by=ByLemma("occupancy_error_le_state_and_bc_errors"),
    )
    .le(
        "eps_mu + n*eps_BC",
        by=Combination((Term("1", ("eps_BC_i <= eps_BC",)), Term("1", ("others_bc_le_max",)))),
    )
)

BOUND = Bound(
    labels=("eps_relations_converse",),
    title="States and policies matched, so occupancies are",
    source=bergerault_2026("eps relations"),
    statement="eps_rho <= eps_mu + n*eps_BC",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma` while `eps_BC <= 2*(1-gamma)/n`",
)
