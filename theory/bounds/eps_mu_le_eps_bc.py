r"""State occupancies drift apart by the players' errors.

\(\varepsilon_\mu\le\gamma n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("eps_mu_le_eps_BC")
    .start("eps_mu")
    .le(
        "gamma*(eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)",
        by=ByLemma("state_error_le_bc_errors"),
    )
    .le(
        "gamma*n*eps_BC/(1 - gamma)",
        by=Combination(
            (
                Term("gamma/(1 - gamma)", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)", ("others_bc_le_max",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("eps_mu_le_eps_BC", "T5a"),
    title="State error from cloning error",
    source=OWN,
    statement="eps_mu <= gamma*n*eps_BC/(1-gamma)",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma` while `eps_BC <= 2*(1-gamma)/n`",
)
