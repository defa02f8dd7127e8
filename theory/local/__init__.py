"""Local vector steps written out, with their certificates in non-negative products.

Example:
    >>> step = written_out("disagreement_recursion", 2, 2)
    >>> step.hypotheses[step.products[0].factors[-1]].name
    'Q(expert, learner) - Q(learner, learner) <= 2*gamma/(1 - gamma) at (0, 0)'
"""

from .catalogue import certificates, has_local_step, local_lemmas, written_out
from .certificate import Equation, Hypothesis, LocalCertificate, Weighted
from .evidence import WrittenOut, written_out_of
from .written import certificate

__all__ = [
    "Equation",
    "Hypothesis",
    "LocalCertificate",
    "Weighted",
    "WrittenOut",
    "certificate",
    "certificates",
    "has_local_step",
    "local_lemmas",
    "written_out",
    "written_out_of",
]
