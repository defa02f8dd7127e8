r"""Equal state occupancies: \(\varepsilon_\mu=0\)."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("state_error_eq_zero", assume="match-mu")
    .start("eps_mu")
    .eq("0", by=Assume("match-mu"))
)
