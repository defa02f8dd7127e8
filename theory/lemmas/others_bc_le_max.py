r"""\(\sum_{j\ne i}\varepsilon_j\le(n-1)\varepsilon_{\mathrm{BC}}\)."""

from ..chain import derivation
from ..reasons import SumOverOthers

LEMMA = (
    derivation("others_bc_le_max")
    .start("sum_others(eps_BC_j)")
    .le("(n - 1)*eps_BC", by=SumOverOthers("eps_BC_j <= eps_BC"))
)
