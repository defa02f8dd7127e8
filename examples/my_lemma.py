"""A derivation of one's own, line by line as in a paper.

nashgap check examples/my_lemma.py
"""

import nashgap as ng
from nashgap.theory import NashGap, V, best_response, eps_BC, expert, gamma, learner, n

proof = (
    ng.derivation("my_lemma", assume="dominant")
    .start(NashGap(learner))
    .eq(V(best_response, learner) - V(learner), by="definition")
    .eq(V(expert, learner) - V(learner), by="dominance")
    .le((1 + (n - 1) * gamma) * eps_BC / (1 - gamma) ** 2, by="disagreement_le_bc_error")
)
