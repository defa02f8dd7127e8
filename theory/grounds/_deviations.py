r"""What player i may play instead: best responses, and the learner kept to the expert's support."""

from ..domain import FINITE_C
from ..expression import Call, Expression, Name
from ..overlaps import OF_OTHERS, OF_PLAYER, Overlap
from ..words import LETTERS, OWN_LETTERS
from ._kinds import Consequence, Definition, Fact, Ground, Rule, name_rule

_LOSS = "V_at(best_response, expert) - sum_a(e_i*e_o*Q(best_response, expert))"
_BEST = Call("V", (Name("best_response"), Name("learner")))
_MOVED = Call("V", (Name("deviation"), Name("learner")))


def _responds(node: Expression) -> Expression | None:
    return _MOVED if node == _BEST else None


def _rule(overlap: Overlap) -> Rule:
    rules = [name_rule(p, f"{overlap.common} + {r}") for p, r in overlap.rests.items()]
    return lambda node: next((new for rule in rules if (new := rule(node)) is not None), None)


def _both(first: Rule, second: Rule) -> Rule:
    return lambda node: first(node) or second(node)


def _split(overlap: Overlap) -> Definition:
    ground = Ground(
        f"split by {overlap.common}",
        "definition",
        f"${overlap.statement}$ is part of each policy that it splits; the rests are non-negative "
        "and have the mass that is lost",
        "A minimum is at most each of its arguments, and so is a part of a policy; policies have "
        "mass 1. A policy that is kept to a set of actions only grows on it.",
    )
    instances = (f"{policy} == {overlap.common} + {rest}" for policy, rest in overlap.rests.items())
    return Definition(ground, "local", tuple(instances), _rule(overlap))


DEFINITIONS = (
    Definition(
        Ground(
            "deviation",
            "definition",
            r"$\pi^*_i$ is a best response to $\pi_{-i}$ from the start, one that moves least from "
            r"$\pi^E_i$: $V_i^{(\pi^*_i,\pi_{-i})}(\nu)=\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)$",
            "By definition.",
        ),
        "scalar",
        ("V(best_response, learner) == V(deviation, learner)",),
        _responds,
    ),
    Definition(
        Ground(
            "loss_i",
            "definition",
            r"$\ell_i=V_i^{(b_i,\pi^E_{-i})}-\sum_a\pi^E\,Q_i^{(b_i,\pi^E_{-i})}$ at every state: "
            r"what $\pi^E_i$ loses by one step of its own against a best response to $\pi^E_{-i}$",
            "By definition.",
        ),
        "state",
        (f"loss_i == {_LOSS}",),
        name_rule("loss_i", _LOSS),
    ),
    *(_split(overlap) for overlap in (*OF_PLAYER, *OF_OTHERS)),
    Definition(
        Ground(
            "split by n_i and m_i",
            "definition",
            r"$\pi_i=n_i+r_i+y_i$ and $\pi^*_i=n_i+v_i+w_i$ with $m_i=n_i+r_i$, all parts "
            r"non-negative, where $v_i$ has the mass $\hat h_i-h_i$ of $r_i$, and $w_i$ the mass "
            r"$h_i$ of $y_i$",
            r"$n_i\le m_i\le\pi_i$. $\pi^*_i-n_i\ge0$ has mass $\hat h_i$; $w_i$ is the share "
            r"$h_i/\hat h_i$ of it, and $v_i$ the rest.",
        ),
        "local",
        ("p_i == n_i + r_i + y_i", "b_i == n_i + v_i + w_i", "m_i == n_i + r_i"),
        _both(name_rule("p_i", "n_i + r_i + y_i"), name_rule("b_i", "n_i + v_i + w_i")),
    ),
)

FACTS = (
    Fact(
        Ground(
            "a best response is best",
            "fact",
            r"$V_i^{(b_i,\cdot)}(\nu)\le\max_{b_i}V_i^{(b_i,\cdot)}(\nu)$ for each policy $b_i$ "
            r"that is named here",
            "By definition of the maximum.",
        ),
        "scalar",
        tuple(f"V({a}, {b}) <= V(best_response, {b})" for a in OWN_LETTERS for b in LETTERS),
    ),
    Fact(
        Ground(
            "what the expert lacks",
            "fact",
            r"$\mathrm{NashGap}(\pi^E)$ and $\mathrm{DomGap}(\pi)$ are at least what player $i$ "
            r"gains by a best response over playing $\pi^E_i$, against $\pi^E_{-i}$ and against "
            r"$\pi_{-i}$",
            "Each is the largest over the players, by definition.",
        ),
        "scalar",
        (
            "V(best_response, expert) - V(expert) <= expert_gap",
            "V(best_response, learner) - V(expert, learner) <= dominance_gap",
        ),
    ),
    Fact(
        Ground(
            "what the expert loses by a step",
            "fact",
            r"$\ell_i\ge0$ and $\sum_av_i\pi^E_{-i}Q^*_i\le\sum_ar_i\pi^E_{-i}Q^*_i+\ell_i$ at "
            r"every state, with $Q^*_i=Q_i^{(b_i,\pi^E_{-i})}$",
            r"$V^*_i(s)=\max_{a_i}\sum_{a_{-i}}\pi^E_{-i}Q^*_i$. So $\ell_i$ is the mean under "
            r"$\pi^E_i$ of the numbers $V^*_i(s)-\sum_{a_{-i}}\pi^E_{-i}Q^*_i\ge0$. Under $v_i$ "
            r"their sum is at least 0, under $r_i\le\pi^E_i$ at most $\ell_i$, and $v_i$ has the "
            r"mass of $r_i$.",
        ),
        "state",
        (
            "loss_i >= 0",
            "sum_a(v_i*e_o*Q(best_response, expert))"
            " <= sum_a(r_i*e_o*Q(best_response, expert)) + loss_i",
        ),
    ),
    Fact(
        Ground(
            "what the team lacks",
            "fact",
            r"$\mathrm{TeamGap}(\pi^E)$ is at least what player $i$'s value gains from the "
            r"expert's to any joint policy's",
            "It is the largest over the players and the joint policies, by definition.",
        ),
        "scalar",
        ("V(best_response, learner) - V(expert) <= team_gap",),
    ),
    Fact(
        Ground(
            "what a deviation meets",
            "fact",
            r"$2\,\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}[h_o]\le\varepsilon_*$",
            r"$\varepsilon_*$ is the largest of these over the players, by definition, and "
            r"$2h_o=\|\pi_{-i}-\pi^E_{-i}\|_1$.",
        ),
        "scalar",
        ("2*E_deviation(TV_o) <= deviation_error",),
    ),
    Fact(
        Ground(
            "values from the start are bounded",
            "fact",
            r"$|V_i(\nu)|\le1/(1-\gamma)$",
            r"$|r_i|\le1$, so a discounted sum is at most $\sum_t\gamma^t$ in absolute value.",
        ),
        "scalar",
        (
            *(f"V(best_response, {b}) <= 1/(1-gamma)" for b in LETTERS),
            *(f"V({b}) <= 1/(1-gamma)" for b in LETTERS),
            *(f"-V({b}) <= 1/(1-gamma)" for b in LETTERS),
        ),
    ),
    Fact(
        Ground(
            "the least shift",
            "fact",
            r"$2\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h^*_i]\le\delta$ with "
            r"$h^*_i=\tfrac12\|\pi^*_i-\pi^E_i\|_1$",
            r"$\delta$ is the largest over the players of the least shift of a best response, and "
            r"$\pi^*_i$ moves least.",
        ),
        "scalar",
        ("2*E_mu(shift_i) <= delta",),
    ),
    Fact(
        Ground(
            "masses of the parts",
            "fact",
            r"$0\le\hat h_i,h^*_i,\bar h_i,h_o\le1$",
            "Each is 1 less the mass of a part of a distribution.",
        ),
        "state",
        tuple(f"{o.lost} {bound}" for o in (*OF_PLAYER, *OF_OTHERS) for bound in (">= 0", "<= 1")),
    ),
    Fact(
        Ground(
            "three overlap less than two",
            "fact",
            r"$h_i\le\hat h_i\le h_i+h^*_i$ at every state",
            r"$n_i\le m_i$, and $\hat h_i=\sum\max(\pi^E_i-\pi_i,\pi^E_i-\pi^*_i,0)\le"
            r"\sum(\pi^E_i-\pi_i)^++\sum(\pi^E_i-\pi^*_i)^+$.",
        ),
        "state",
        ("lost_i <= TV_i + shift_i", "TV_i <= lost_i"),
    ),
    Fact(
        Ground(
            "the opponents together",
            "fact",
            r"$h_o=\tfrac12\|\pi_{-i}-\pi^E_{-i}\|_1\le1-\prod_{j\ne i}(1-h_j)$ at every state",
            r"$m_o=\prod_j\min(\pi_j,\pi^E_j)\le\min(\pi_{-i},\pi^E_{-i})$, whose masses are the "
            r"product and $1-h_o$.",
        ),
        "state",
        ("TV_o <= 1 - prod_others(1 - TV_j)",),
    ),
    Fact(
        Ground(
            "the start is visited",
            "fact",
            r"$\nu\cdot h\le\mathrm{E}_{s\sim\mu_{\pi^E}}[h]/(1-\gamma)$ for $h=h_o$ and $h=h_i$",
            r"$\mu_{\pi^E}=(1-\gamma)\sum_t\gamma^t\nu(P^{\pi^E})^t\ge(1-\gamma)\nu$, and "
            r"$h\ge0$.",
        ),
        "scalar",
        (
            "nu(TV_o) <= E_mu(TV_o)/(1-gamma)",
            "nu(TV_i) <= E_mu(TV_i)/(1-gamma)",
        ),
    ),
)

_OFTEN = "E_deviation(TV_o) <= C*E_mu(TV_o)"
_RATIO = (
    r"$\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}[h_o]\le "
    r"C\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h_o]$"
)
_WHY = (
    r"$C$ is finite: the statement names it, or $\mu_{\pi^E}>0$ everywhere. "
    r"Where $h_o(s)>0$ an opponent errs, so that $\mu_{(\pi^*_i,\pi^E_{-i})}(s)\le C_i\,\mu_{\pi^E}"
    r"(s)\le C\,\mu_{\pi^E}(s)$ by the definition of the finite number $C_i$; elsewhere both sides "
    r"are 0."
)


def _consequence(assumption: str, ground: str, relation: str, says: str, why: str) -> Consequence:
    return Consequence(assumption, Ground(ground, "consequence", says, why), relation)


CONSEQUENCES = (
    _consequence(
        "dominant",
        "optimal actions are kept",
        "V(best_response, learner) == V(kept, learner)",
        r"$\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)=V_i^{(\bar\pi_i,\pi_{-i})}(\nu)$, where $\bar\pi_i$ "
        r"is $\pi_i$ given that $\pi^E_i>0$, and $\pi^E_i$ where that has probability 0",
        r"$\pi^E_i$ is a best response to $\pi_{-i}$ from the start, so at each state that it "
        r"visits, every action that it plays attains the optimal value: else changing it there "
        r"would earn more from the start. $\bar\pi_i$ plays only such actions, hence visits only "
        r"such states, and so solves the same Bellman equation of the optimal value on them.",
    ),
    _consequence(
        "match-rho",
        "assumption match-rho",
        "eps_rho == 0",
        r"$\varepsilon_\rho=0$",
        "The assumption says just this.",
    ),
    _consequence(FINITE_C, "finite concentrability", _OFTEN, _RATIO, _WHY),
    _consequence(
        FINITE_C,
        "concentrability and coverage",
        "C*mu_min <= 1",
        r"$C\,\min_s\mu_{\pi^E}(s)\le1$",
        r"$C$ is finite: the statement names it, or $\mu_{\pi^E}>0$ everywhere. It is 1, or a "
        r"ratio of a probability to some $\mu_{\pi^E}(s)>0$, or a supremum of such ratios.",
    ),
    _consequence(
        FINITE_C,
        "concentrability and the flow of visits",
        "C*mu_min <= mu_min + gamma",
        r"$C\,\min_s\mu_{\pi^E}(s)\le\min_s\mu_{\pi^E}(s)+\gamma$",
        r"$C$ is finite: the statement names it, or $\mu_{\pi^E}>0$ everywhere. Visits of every "
        r"profile are $(1-\gamma)\nu$ and $\gamma$ times a distribution, and "
        r"$(1-\gamma)\nu\le\mu_{\pi^E}$. So a ratio of visits is at most "
        r"$1+\gamma/\mu_{\pi^E}(s)$, and so is 1.",
    ),
    _consequence(
        "pure",
        "a pure policy is kept",
        "V(expert, learner) == V(kept, learner)",
        r"$V_i^{(\pi^E_i,\pi_{-i})}(\nu)=V_i^{(\bar\pi_i,\pi_{-i})}(\nu)$",
        r"Where $\pi^E_i$ plays one action, $\pi_i$ given that it plays this one plays it, too; "
        r"and where that has probability 0, $\bar\pi_i$ is $\pi^E_i$.",
    ),
)

INFERENCES = (
    Ground(
        "parts of the kernel",
        "inference",
        r"If $W\le c+\gamma\sum_auv\,P[W]$ at every state, $c\ge0$, and $0\le uv\le X$ for a "
        r"profile $X$, then $\nu\cdot W\le\mathrm{E}_{s\sim\mu_X}[c]/(1-\gamma)$",
        r"$K=\gamma\sum_auvP$ satisfies $0\le K\le\gamma P^X$ entrywise, so $(I-K)^{-1}="
        r"\sum_tK^t\ge0$. Multiplying $(I-K)W\le c$ by it gives $W\le\sum_tK^tc\le\sum_t(\gamma "
        r"P^X)^tc$, the second inequality because $c\ge0$. Then $\nu\ge0$, and "
        r"$\mu_X=(1-\gamma)\nu\sum_t(\gamma P^X)^t$.",
    ),
    Ground(
        "two recursions",
        "inference",
        r"If $U\le c+(K+L)U$ and $W\le c+d+KW+LU$ at every state, with $c,d\ge0$, "
        r"$K=\gamma\sum_an_ic_oP$ and $L=\gamma\sum_ar_ic_oP$, then "
        r"$\nu\cdot W\le\mathrm{E}_{s\sim\mu_{\pi^E}}[c+d]/(1-\gamma)$",
        r"$0\le K+L\le\gamma P^{\pi^E}$, because $(n_i+r_i)c_o=m_ic_o\le\pi^E$. Let "
        r"$Z=(I-K-L)^{-1}c\ge0$; then $U\le Z$ and $Z=c+KZ+LZ$. So $W-Z\le d+K(W-Z)$, "
        r"$W\le Z+(I-K)^{-1}d\le(I-\gamma P^{\pi^E})^{-1}(c+d)$, and $\nu\ge0$.",
    ),
)
