"""Signs and ranges of gaps and errors, and what assumptions say of them."""

from ._kinds import Consequence, Fact, Ground

FACTS = (
    Fact(
        Ground(
            "the largest gap",
            "fact",
            r"$\mathrm{NashGap}_i(\pi)\le\mathrm{NashGap}(\pi)$ and "
            r"$\mathrm{ValueGap}_i(\pi)\le\mathrm{ValueGap}(\pi)$ for every player $i$",
            "Each is the maximum over the players, by definition.",
        ),
        "scalar",
        ("NashGap_i <= NashGap", "ValueGap_i <= ValueGap"),
    ),
    Fact(
        Ground(
            "policies are at most 2 apart",
            "fact",
            r"$\varepsilon_{\mathrm{BC}},\varepsilon_i,\varepsilon_\mu,\varepsilon_\rho,\delta,"
            r"\varepsilon_*\le2$",
            r"Each is an $\ell_1$ distance of two distributions, or a mean or a maximum of such.",
        ),
        "scalar",
        (
            "eps_BC <= 2",
            "eps_BC_i <= 2",
            "eps_mu <= 2",
            "eps_rho <= 2",
            "delta <= 2",
            "deviation_error <= 2",
        ),
    ),
    Fact(
        Ground(
            "the expert is one joint policy",
            "fact",
            r"$\mathrm{TeamGap}(\pi^E)\ge0$",
            "It is a maximum over joint policies, of which the expert is one.",
        ),
        "scalar",
        ("team_gap >= 0",),
    ),
    Fact(
        Ground(
            "gaps are differences of values",
            "fact",
            r"$\mathrm{NashGap}(\pi^E),\mathrm{DomGap}(\pi),\mathrm{TeamGap}(\pi^E)\le2/(1-\gamma)$",
            r"Each is a difference of two values from the start, and $|V_i(\nu)|\le1/(1-\gamma)$.",
        ),
        "scalar",
        (
            "expert_gap <= 2/(1-gamma)",
            "dominance_gap <= 2/(1-gamma)",
            "team_gap <= 2/(1-gamma)",
        ),
    ),
)


def _consequence(assumption: str, ground: str, relation: str, says: str, why: str) -> Consequence:
    return Consequence(assumption, Ground(ground, "consequence", says, why), relation)


CONSEQUENCES = (
    _consequence(
        "nash",
        "a Nash expert has no gap",
        "expert_gap == 0",
        r"$\mathrm{NashGap}(\pi^E)=0$",
        "No deviation from the start gains, by the assumption, and none at all gains 0.",
    ),
    _consequence(
        "dominant",
        "a dominant expert has no gap against the learner",
        "dominance_gap == 0",
        r"$\mathrm{DomGap}(\pi)=0$",
        r"Each $\pi_i^E$ is a best response to $\pi_{-i}$, by the assumption.",
    ),
    _consequence(
        "dominant",
        "a dominant expert is a best response that does not move",
        "delta == 0",
        r"$\delta=0$",
        r"$\pi_i^E$ is a best response to $\pi_{-i}$ from the start, at distance 0 from itself.",
    ),
    _consequence(
        "team-optimal",
        "a team-optimal expert has no gap",
        "team_gap == 0",
        r"$\mathrm{TeamGap}(\pi^E)=0$",
        "All players have the same payoff, and no joint policy earns more than the expert.",
    ),
    _consequence(
        "match-mu",
        "assumption match-mu",
        "eps_mu == 0",
        r"$\varepsilon_\mu=0$",
        "The assumption says just this.",
    ),
    _consequence(
        "match-bc",
        "assumption match-bc",
        "eps_BC <= {parameter}",
        r"$\varepsilon_{\mathrm{BC}}\le e$ with the number $e$ of the assumption",
        "The assumption says it of each player's error, and the largest is one of them.",
    ),
    _consequence(
        "zero-sum",
        "who gains where the other loses",
        "V(expert) <= V(expert, learner) + expert_gap",
        r"$V_i^{\pi^E}(\nu)\le V_i^{(\pi^E_i,\pi_{-i})}(\nu)+\mathrm{NashGap}(\pi^E)$",
        r"The one opponent plays $\pi_{-i}$ against $\pi^E_i$, which gains it at most "
        r"$\mathrm{NashGap}(\pi^E)$ over $\pi^E_{-i}$; what it gains player $i$ loses.",
    ),
    _consequence(
        "zero-sum",
        "one of two loses nothing less",
        "0 <= ValueGap",
        r"$\mathrm{ValueGap}(\pi)\ge0$",
        r"What one player loses the other gains: $\mathrm{ValueGap}_1=-\mathrm{ValueGap}_0$, so "
        "the larger of the two is not negative.",
    ),
)
