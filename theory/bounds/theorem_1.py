r"""Theorem 1: equal occupancies come from equal policies, wherever the expert goes.

\(\varepsilon_\rho=0\) gives \(\varepsilon_\mu+\varepsilon_{\mathrm{BC}}\le0\): the same states are
visited, as often, and the policies agree on them.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import bergerault_2026
from .eps_relations import PROOF as EPS_RELATIONS

PROOF = (
    derivation("theorem_1", assume="match-rho")
    .start("eps_mu + eps_BC")
    .le("(1 + 2*gamma)*eps_rho", by=EPS_RELATIONS)
    .le("0", by=Combination((Term("1 + 2*gamma", ("occupancy_error_eq_zero",)),)))
)

BOUND = Bound(
    labels=("theorem_1",),
    title="Occupancies determine policies",
    source=bergerault_2026("Theorem 1"),
    statement="eps_mu + eps_BC <= 0",
    derivation=PROOF,
    witness="w3",
    sharpness="an equality, since errors are non-negative",
)
