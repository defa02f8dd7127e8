r"""\(C\min_s\mu_{\pi^E}(s)\le\min_s\mu_{\pi^E}(s)+\gamma\): the first step is the start's."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("concentrability_le_flow")
    .start("C*mu_min")
    .le("mu_min + gamma", by=Assume("finite C"))
)
