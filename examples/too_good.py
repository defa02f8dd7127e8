"""A derivation with a false last line: n - 2 for n - 1. The check answers with an exact game.

nashgap check examples/too_good.py
"""

import nashgap as ng
from nashgap.theory import NashGap, V, best_response, eps_BC, expert, gamma, learner, n

proof = (
    ng.derivation("too_good", assume="dominant")
    .start(NashGap(learner))
    .eq(V(best_response, learner) - V(learner), by="definition")
    .eq(V(expert, learner) - V(learner), by="dominance")
    .le((1 + (n - 2) * gamma) * eps_BC / (1 - gamma) ** 2, by="disagreement_le_bc_error")
)
