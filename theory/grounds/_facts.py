"""Elementary inequalities that a certificate may use as non-negative factors."""

from ..words import Level
from ._kinds import Fact, Ground, profiles

_PLAYED = [f"Q({a}, {b})" for a, b in (*profiles(), ("best_response", "expert"))]
_ONWARD = [f"next(V_at({a}, {b}))" for a, b in profiles()]


def _fact(name: str, level: Level, statement: str, proof: str, *instances: str) -> Fact:
    return Fact(Ground(name, "fact", statement, proof), level, instances)


FACTS = (
    _fact(
        "errors are non-negative",
        "scalar",
        r"$\varepsilon_{\mathrm{BC}}\ge0$, $\varepsilon_i\ge0$, $\sum_{j\ne i}\varepsilon_j\ge0$, "
        r"$\varepsilon_\mu\ge0$, $\varepsilon_\rho\ge0$, $\delta\ge0$, $C\ge1$, "
        r"$0\le\min\mu_{\pi^E}\le1$, $\varepsilon_*\ge0$",
        r"Each is a norm, a mean of norms, a probability, or a maximum or a sum of such; $C\ge1$ "
        r"by definition.",
        "eps_BC >= 0",
        "eps_BC_i >= 0",
        "sum_others(eps_BC_j) >= 0",
        "eps_mu >= 0",
        "eps_rho >= 0",
        "delta >= 0",
        "C >= 0",
        "C >= 1",
        "mu_min >= 0",
        "mu_min <= 1",
        "deviation_error >= 0",
    ),
    _fact(
        "the largest error",
        "scalar",
        r"$\varepsilon_j\le\varepsilon_{\mathrm{BC}}$ for every player $j$",
        r"$\varepsilon_{\mathrm{BC}}$ is the maximum over the players, by definition.",
        "eps_BC_i <= eps_BC",
        "eps_BC_j <= eps_BC",
    ),
    _fact(
        "total variation",
        "state",
        r"$0\le h_j\le1$ for every player $j$",
        r"$h_j=1-\sum_a\min(\pi_j,\pi_j^E)$, and $0\le\sum_a\min(\pi_j,\pi_j^E)\le\sum_a\pi_j=1$.",
        "TV_i >= 0",
        "TV_i <= 1",
        "TV_j >= 0",
        "TV_j <= 1",
        "sum_others(TV_j) >= 0",
    ),
    _fact(
        "values are bounded",
        "local",
        r"$|Q_i^X(s,a)|\le1/(1-\gamma)$",
        r"$|r_i|\le1$, so a discounted sum is at most $\sum_t\gamma^t=1/(1-\gamma)$ in absolute "
        r"value.",
        *(f"{q} <= 1/(1-gamma)" for q in _PLAYED),
        *(f"-{q} <= 1/(1-gamma)" for q in _PLAYED),
    ),
    _fact(
        "continuation values are bounded",
        "local",
        r"$|\sum_{s'}P(s'\mid s,a)V_i^X(s')|\le1/(1-\gamma)$",
        r"A mean of values, each at most $1/(1-\gamma)$ in absolute value.",
        *(f"{v} <= 1/(1-gamma)" for v in _ONWARD),
        *(f"-{v} <= 1/(1-gamma)" for v in _ONWARD),
    ),
    _fact(
        "the same action costs a discount",
        "local",
        r"$Q_i^X(s,a)-Q_i^Y(s,a)\le2\gamma/(1-\gamma)$",
        r"The reward of the same joint action cancels: the difference is "
        r"$\gamma\sum_{s'}P(s'\mid s,a)[V_i^X(s')-V_i^Y(s')]$, and $|V_i|\le1/(1-\gamma)$.",
        *(f"{a} - {b} <= 2*gamma/(1-gamma)" for a in _PLAYED for b in _PLAYED if a != b),
    ),
)

PARTS = Ground(
    "overlaps",
    "fact",
    r"$\pi_i^E=m_i+x_i$, $\pi_i=m_i+y_i$, $\pi^E_{-i}=m_o+w_o$, $\pi_{-i}=m_o+z_o$, all parts "
    r"non-negative, with masses $\sum m_i=1-h_i$, $\sum x_i=\sum y_i=h_i$, $\sum m_o=\prod_{j\ne "
    r"i}(1-h_j)$, "
    r"$\sum w_o=\sum z_o=1-\prod_{j\ne i}(1-h_j)$",
    r"$m_i=\min(\pi_i,\pi_i^E)$ has mass $1-h_i$ by the definition of $h_i$. "
    r"$m_o=\prod_{j\ne i}\min(\pi_j,\pi_j^E)$ factors over the players, so its mass is the "
    r"product; it is at "
    r"most $\pi_{-i}=\prod\pi_j$ and $\pi^E_{-i}$ because every factor is. Distributions have mass "
    r"1.",
)
