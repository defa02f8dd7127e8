"""What assumptions say about the values that a derivation speaks of."""

from ._kinds import Consequence, Ground


def _consequence(assumption: str, relation: str, statement: str, proof: str) -> Consequence:
    ground = Ground(f"assumption {assumption}", "consequence", statement, proof)
    return Consequence(assumption, ground, relation)


CONSEQUENCES = (
    _consequence(
        "dominant",
        "V(best_response, learner) == V(expert, learner)",
        r"$\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)=V_i^{(\pi_i^E,\pi_{-i})}(\nu)$",
        r"A dominant $\pi_i^E$ is a best response to every stationary product $\pi_{-i}$, the "
        r"learner's too.",
    ),
    _consequence(
        "nash",
        "V(best_response, expert) == V(expert)",
        r"$\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)=V_i^{\pi^E}(\nu)$",
        r"That the expert is Nash from the start says just this.",
    ),
    _consequence(
        "team-optimal",
        "V(best_response, learner) <= V(expert)",
        r"$\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)\le V_i^{\pi^E}(\nu)$",
        r"All players have player i's payoff, and no joint policy, $(b_i,\pi_{-i})$ included, "
        r"earns more "
        r"than the expert.",
    ),
    _consequence(
        "one-matched",
        "eps_BC_i + sum_others(eps_BC_j) <= (n-1)*eps_BC",
        r"$\sum_j\varepsilon_j\le(n-1)\,\varepsilon_{\mathrm{BC}}$",
        r"One of the $n$ errors is 0, and each of the others is at most the largest.",
    ),
)
