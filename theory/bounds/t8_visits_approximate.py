r"""T8 without C for an expert that is only nearly Nash: the errors that the deviation would meet.

\(\mathrm{NashGap}(\pi)\le\big(n\,\varepsilon_{\mathrm{BC}}+\varepsilon_*\big)/(1-\gamma)^2
+\mathrm{NashGap}(\pi^E)\). It holds where C is infinite, too.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T8_visits_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "(2*E_deviation(TV_o) + eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)**2 + expert_gap",
        by=ByLemma("nash_gap_i_le_deviation_visits"),
    )
    .le(
        "(n*eps_BC + deviation_error)/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("2*E_deviation(TV_o) <= deviation_error",)),
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("1/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T8_visits_approximate",),
    title="Nearly Nash expert, and the errors that the deviation meets",
    source=OWN,
    statement="NashGap <= (n*eps_BC + deviation_error)/(1-gamma)**2 + expert_gap",
    derivation=PROOF,
    witness="concentrability",
    sharpness="attained by the family concentrability for all `n >= 2`, `gamma > 0`, `C >= 1` "
    "and small errors, at `expert_gap == 0`; open beyond",
    improves="T8_approximate, whose `(n-1)*C*eps_BC` is at least `deviation_error`, and infinite "
    "with C",
)
