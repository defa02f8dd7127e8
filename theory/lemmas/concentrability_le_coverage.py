r"""\(C\,\min_s\mu_{\pi^E}(s)\le1\): an expert that goes everywhere is met everywhere."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = derivation("concentrability_le_coverage").start("C*mu_min").le("1", by=Assume("finite C"))
