r"""Soft best responses: entropy regularisation at a temperature \(\tau>0\).

\(V^\tau[p](s)=\tau\log\sum_{a_i}\exp(Q^\tau[p](s,a_i)/\tau)\), where \(Q^\tau[p]\) is the mean over
\(p_{-i}\) of \(r_i+\gamma PV^\tau[p]\), and \(b^\tau_i\) is the softmax of
\(Q^\tau[\pi](s,\cdot)/\tau\). All sup-norms and spans are the largest over players and states.
"""

from ._kinds import Consequence, Fact, Ground


def _fact(name: str, statement: str, proof: str, *instances: str) -> Fact:
    return Fact(Ground(name, "fact", statement, proof), "scalar", instances)


FACTS = (
    _fact(
        "soft numbers are non-negative",
        r"$\tau>0$, $\log|A|\ge0$, and the largest error at a state is at least 0",
        "A temperature is positive, there is at least one action, and a norm is non-negative.",
        "tau >= 0",
        "log_actions >= 0",
        "eps_sup >= 0",
    ),
    _fact(
        "soft maxima do not expand",
        r"$\|V^\tau[\pi]-V^\tau[\pi^E]\|_\infty\le\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty$",
        r"The gradient of $q\mapsto\tau\log\sum_a\exp(q_a/\tau)$ is a distribution.",
        "soft_values_apart <= soft_apart",
    ),
    _fact(
        "what other opponents change",
        r"$\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\le\tfrac{n-1}2\,\varepsilon_\infty\,"
        r"\mathrm{sp}(r+\gamma PV^\tau)+\gamma\|V^\tau[\pi]-V^\tau[\pi^E]\|_\infty$",
        r"Means of one function under $\pi_{-i}$ and $\pi^E_{-i}$ differ by at most their total "
        r"variation times its span, and the total variation is at most $\sum_{j\ne i}h_j\le"
        r"\tfrac{n-1}2\varepsilon_\infty$; the rest is a mean of $\gamma P(V^\tau[\pi]-"
        r"V^\tau[\pi^E])$.",
        "soft_apart <= (n - 1)/2*eps_sup*soft_span + gamma*soft_values_apart",
    ),
    _fact(
        "soft spans",
        r"$\mathrm{sp}(r+\gamma PV^\tau)\le(2+\gamma\tau\log|A|)/(1-\gamma)$",
        r"$|r|\le1$ and $-1\le(1-\gamma)V^\tau\le1+\tau\log|A|$, because an entropy lies between "
        r"0 and $\log|A|$. So the span is at most $2+\gamma(2+\tau\log|A|)/(1-\gamma)$.",
        "soft_span <= (2 + gamma*tau*log_actions)/(1 - gamma)",
    ),
    _fact(
        "what softness costs",
        r"$\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{(b^\tau_i,\pi_{-i})}(\nu)\le"
        r"\tau\log|A|/(1-\gamma)$",
        r"An entropy is non-negative, so the maximum is at most the regularised one, which "
        r"$b^\tau_i$ attains; and that is at most its value plus "
        r"$\sum_t\gamma^t\tau\log|A|$.",
        "V(best_response, learner) - V(soft, learner) <= tau*log_actions/(1 - gamma)",
    ),
    _fact(
        "the largest soft shift",
        r"$2\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h^\tau_i]\le\delta_\tau$ with "
        r"$h^\tau_i=\tfrac12\|b^\tau_i-\pi^E_i\|_1$",
        r"$\delta_\tau$ is the largest of these over the players, by definition.",
        "2*E_mu(soft_shift_i) <= soft_shift",
    ),
)

CONSEQUENCES = (
    Consequence(
        "quantal",
        Ground(
            "soft responses move little",
            "consequence",
            r"$\tau\,\delta_\tau\le\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty$",
            r"$\pi^E_i$ is the softmax of $Q^\tau[\pi^E]/\tau$ and $b^\tau_i$ that of "
            r"$Q^\tau[\pi]/\tau$. The softmax of two vectors that are $x$ apart in every entry "
            r"differ by at most $2\tanh(x/2)\le x$ in $\ell_1$, the worst case having two classes "
            r"of entries; a mean over states is at most the largest.",
        ),
        "tau*soft_shift <= soft_apart",
    ),
)

INFERENCES = (
    Ground(
        "any policy in the place of the deviation",
        "inference",
        r"A lemma on $\pi^*_i$ whose chain rests on nothing about how $\pi^*_i$ is chosen holds "
        r"with every policy of player $i$ in its place",
        r"Its definitions and facts hold for an arbitrary policy $\pi^*_i$.",
    ),
)
