r"""Occupancies as vectors: how they flow, what they pay, and their \(\ell_1\) distances.

`here(f)` is a function of the state at a state and a joint action, `flow(x)` the row vector \(xP\),
`norm_s`, `norm_a` and `norm_sa` are \(\ell_1\) norms over states, over joint actions at a state,
and over both.
"""

from fractions import Fraction

from ..expression import Call, Expression, Name, Number, Product, Sum
from ._kinds import Definition, Fact, Ground, Rule, name_rule, profile_rule

_CROSSED = "here(mu_expert)*e_i*p_o"
_ROLES = (("expert", "e"), ("learner", "p"))


def _ground(name: str, statement: str, proof: str = "By definition.") -> Ground:
    if proof == "By definition.":
        return Ground(name, "definition", statement, proof)
    return Ground(name, "inference", statement, proof)


def _first(*rules: Rule) -> Rule:
    return lambda node: next((new for rule in rules if (new := rule(node)) is not None), None)


def _weight(factor: tuple[bool, Expression]) -> Expression | None:
    match factor:
        case (False, Call("here", (weight,))):
            return weight
        case _:
            return None


def _weighted(node: Expression) -> Expression | None:
    match node:
        case Call("norm_sa", (Product(factors),)) if (weight := _weight(factors[0])) is not None:
            rest = factors[1:]
            if rest == ((False, Name("p_i")), (False, Name("p_o"))):
                return Call("norm_s", (weight,))
            if weight == Name("mu_expert") and rest:
                return Call("E_mu", (Call("norm_a", (Product(rest),)),))
    return None


def _summed(node: Expression) -> Expression | None:
    match node:
        case Call("E_mu", (Call("sum_a", (body,)),)):
            weight = Call("here", (Name("mu_expert"),))
            return Call("sum_sa", (Product(((False, weight), (False, body))),))
    return None


def _from_the_start(node: Expression) -> Expression | None:
    match node:
        case Call("nu", (body,)):
            onward = (Name("e_i"), Name("e_o"), Call("next", (body,)))
            inner = Call("sum_a", (Product(tuple((False, part) for part in onward)),))
            later = Product(((False, Name("gamma")), (False, Call("E_mu", (inner,)))))
            first = Sum(((False, Call("E_mu", (body,))), (True, later)))
            rest = Sum(((False, Number(Fraction(1))), (True, Name("gamma"))))
            return Product(((False, first), (True, rest)))
    return None


def _paid(own: str, others: str) -> str | None:
    return f"sum_sa(rho_{own}*r)/(1-gamma)" if own == others in dict(_ROLES) else None


DEFINITIONS = (
    Definition(
        _ground("eps_mu", r"$\varepsilon_\mu=\|\mu_\pi-\mu_{\pi^E}\|_1$"),
        "scalar",
        ("eps_mu == norm_s(mu_learner - mu_expert)",),
        name_rule("eps_mu", "norm_s(mu_learner - mu_expert)"),
    ),
    Definition(
        _ground("eps_rho", r"$\varepsilon_\rho=\|\rho_\pi-\rho_{\pi^E}\|_1$"),
        "scalar",
        ("eps_rho == norm_sa(rho_learner - rho_expert)",),
        name_rule("eps_rho", "norm_sa(rho_learner - rho_expert)"),
    ),
    Definition(
        _ground("rho", r"$\rho_X(s,a)=\mu_X(s)\,X(a\mid s)$"),
        "local",
        tuple(f"rho_{x} == here(mu_{x})*{c}_i*{c}_o" for x, c in _ROLES),
        _first(*(name_rule(f"rho_{x}", f"here(mu_{x})*{c}_i*{c}_o") for x, c in _ROLES)),
    ),
    Definition(
        _ground(
            "flow of visits",
            r"$\mu_X=(1-\gamma)\nu+\gamma\,\rho_XP$",
            r"$\mu_X=(1-\gamma)\sum_t\gamma^t\nu(P^X)^t$; the term $t=0$ is $(1-\gamma)\nu$, the "
            r"others sum to $\gamma\mu_XP^X$, and $\mu_XP^X=\rho_XP$.",
        ),
        "state",
        tuple(f"mu_{x} == (1-gamma)*start + gamma*flow(rho_{x})" for x, _ in _ROLES),
        _first(
            *(name_rule(f"mu_{x}", f"(1-gamma)*start + gamma*flow(rho_{x})") for x, _ in _ROLES)
        ),
    ),
    Definition(
        _ground(
            "start from visits",
            r"$\nu\cdot f=\big(\mathrm{E}_{s\sim\mu_{\pi^E}}[f]-\gamma\,\mathrm{E}_{s\sim"
            r"\mu_{\pi^E}}\big[\sum_a\pi^E\,P[f]\big]\big)/(1-\gamma)$",
            r"$\mu_{\pi^E}=(1-\gamma)\nu+\gamma\,\mu_{\pi^E}P^{\pi^E}$, applied to $f$.",
        ),
        "scalar",
        tuple(
            f"nu({f}) == (E_mu({f}) - gamma*E_mu(sum_a(e_i*e_o*next({f}))))/(1-gamma)"
            for f in ("TV_i", "V_at(expert, learner)", "V_at(best_response, expert)")
        ),
        _from_the_start,
    ),
    Definition(
        _ground(
            "sums weighted by visits",
            r"$\mathrm{E}_{s\sim\mu_{\pi^E}}\big[\sum_af\big]=\sum_{s,a}\mu_{\pi^E}(s)f(s,a)$",
            r"The mean is the sum over the states with the weights $\mu_{\pi^E}$.",
        ),
        "scalar",
        ("E_mu(sum_a(e_i*p_o*r)) == sum_sa(here(mu_expert)*e_i*p_o*r)",),
        _summed,
    ),
    Definition(
        _ground(
            "values by occupancy",
            r"$V_i^X(\nu)=\sum_{s,a}\rho_X(s,a)\,r_i(s,a)/(1-\gamma)$",
            r"Both sides are the discounted sum of the expected rewards, since "
            r"$\rho_X(s,a)=(1-\gamma)\sum_t\gamma^t\Pr(s_t=s,a_t=a)$.",
        ),
        "scalar",
        tuple(f"V({x}) == sum_sa(rho_{x}*r)/(1-gamma)" for x, _ in _ROLES),
        profile_rule("V", _paid),
    ),
    Definition(
        _ground(
            "weighted norms",
            r"$\sum_{s,a}|f(s)\,\pi(a\mid s)|=\|f\|_1$ and "
            r"$\sum_{s,a}|\mu_{\pi^E}(s)\,g(s,a)|=\mathrm{E}_{s\sim\mu_{\pi^E}}\|g(s,\cdot)\|_1$",
            r"$\pi(\cdot\mid s)\ge0$ sums to 1, and $\mu_{\pi^E}\ge0$ is the weight of the mean.",
        ),
        "scalar",
        (
            "norm_sa(here(mu_learner - mu_expert)*p_i*p_o) == norm_s(mu_learner - mu_expert)",
            "norm_sa(here(mu_expert)*(p_i*p_o - e_i*e_o)) == E_mu(norm_a(p_i*p_o - e_i*e_o))",
        ),
        _weighted,
    ),
)

FACTS = (
    Fact(
        Ground(
            "a kernel does not lengthen",
            "fact",
            r"$\|xP\|_1\le\|x\|_1$ for $x=\rho_\pi-\rho_{\pi^E}$",
            r"$\sum_{s'}|\sum_{s,a}x(s,a)P(s'\mid s,a)|\le\sum_{s,a}|x(s,a)|\sum_{s'}P(s'\mid "
            r"s,a)$, and the rows of $P$ sum to 1.",
        ),
        "scalar",
        ("norm_s(flow(rho_learner - rho_expert)) <= norm_sa(rho_learner - rho_expert)",),
    ),
    Fact(
        Ground(
            "rewards are bounded",
            "fact",
            r"$\sum_{s,a}(x-y)\,r_i\le\|y-x\|_1$ for $y=\rho_\pi$ and $x=\rho_{\pi^E}$, for the "
            r"two exchanged, and for $y=\rho_\pi$ and $x=\mu_{\pi^E}\pi^E_i\pi_{-i}$",
            r"$|r_i|\le1$ (Hölder).",
        ),
        "scalar",
        (
            "sum_sa(rho_expert*r) - sum_sa(rho_learner*r) <= norm_sa(rho_learner - rho_expert)",
            "sum_sa(rho_learner*r) - sum_sa(rho_expert*r) <= norm_sa(rho_learner - rho_expert)",
            f"sum_sa({_CROSSED}*r) - sum_sa(rho_learner*r) <= norm_sa(rho_learner - {_CROSSED})",
        ),
    ),
    Fact(
        Ground(
            "joint policies share the product of the overlaps",
            "fact",
            r"$\|\pi-\pi^E\|_1\le2\big(1-(1-h_i)\prod_{j\ne i}(1-h_j)\big)$ at every state",
            r"$m=m_im_o\le\pi$ and $m\le\pi^E$, so $\|\pi-\pi^E\|_1\le\sum(\pi-m)+\sum(\pi^E-m)="
            r"2(1-\sum m)$, and $\sum m=(1-h_i)\prod_{j\ne i}(1-h_j)$.",
        ),
        "state",
        ("norm_a(p_i*p_o - e_i*e_o) <= 2*(1 - (1 - TV_i)*prod_others(1 - TV_j))",),
    ),
    Fact(
        Ground(
            "a marginal is no farther",
            "fact",
            r"$2h_i=\|\pi_i-\pi^E_i\|_1\le\|\pi-\pi^E\|_1$ and $2h_o=\|\pi_{-i}-\pi^E_{-i}\|_1\le"
            r"\|\pi-\pi^E\|_1$ at every state",
            r"$|\sum_{a_o}f(a_i,a_o)|\le\sum_{a_o}|f(a_i,a_o)|$; sum over $a_i$. Alike for the "
            r"opponents.",
        ),
        "state",
        (
            "2*TV_i <= norm_a(p_i*p_o - e_i*e_o)",
            "2*TV_o <= norm_a(p_i*p_o - e_i*e_o)",
        ),
    ),
    Fact(
        Ground(
            "player i's marginal is no farther",
            "fact",
            r"$\|\rho_\pi-\mu_{\pi^E}\pi^E_i\pi_{-i}\|_1\le\varepsilon_\rho$",
            r"Both are marginals on $(s,a_i)$, of $\rho_\pi$ and of $\rho_{\pi^E}$, times the same "
            r"$\pi_{-i}(a_{-i}\mid s)$, which sums to 1. Marginals are no farther apart than what "
            r"they are marginals of.",
        ),
        "scalar",
        (f"norm_sa(rho_learner - {_CROSSED}) <= eps_rho",),
    ),
    Fact(
        Ground(
            "actions outside the support",
            "fact",
            r"$2\,\mathrm{E}_{s\sim\mu_\pi}[\bar h_i]\le\varepsilon_\rho$, where "
            r"$\bar h_i(s)=\pi_i(a_i\notin\mathrm{supp}\,\pi^E_i(\cdot\mid s)\mid s)$",
            r"The mean is $\rho_\pi(Z)$ with $Z=\{(s,a):\pi^E_i(a_i\mid s)=0\}$, and "
            r"$\rho_{\pi^E}(Z)=0$. Both occupancies sum to 1, so $\rho_\pi(Z)-\rho_{\pi^E}(Z)\le"
            r"\tfrac12\|\rho_\pi-\rho_{\pi^E}\|_1$.",
        ),
        "scalar",
        ("2*E_learner(out_i) <= eps_rho",),
    ),
    Fact(
        Ground(
            "errors where the other goes",
            "fact",
            r"$\mathrm{E}_{s\sim\mu_\pi}[h_i]+\mathrm{E}_{s\sim\mu_{\pi^E}}[h_o]\le"
            r"\varepsilon_\rho$",
            r"With $x=\mu_\pi(s)$ and $y=\mu_{\pi^E}(s)$ it is enough that $xh_i+yh_o\le"
            r"\sum_a|x\pi-y\pi^E|$ at each state. Merge player $i$'s actions into those with "
            r"$\pi_i\le\pi_i^E$ and the others, and the opponents' joint actions alike: the left "
            r"side stays, the right side does not grow. Let the first classes have probability "
            r"$p\le e$ under $\pi_i$, $\pi^E_i$ and $u\le w$ under $\pi_{-i}$, $\pi^E_{-i}$, so "
            r"that $h_i=e-p$ and $h_o=w-u$, and put $v=1-e$. The right side is at least "
            r"$\sum_{kl}f_{kl}(x\pi-y\pi^E)_{kl}$ for all $f_{kl}\in[-1,1]$. If $u\ge v$, take "
            r"$f_{22}=1$, $f_{21}=(u-v)/u$ and, if $2u\le1+v$, $f_{11}=-1$ and "
            r"$f_{12}=(u-v)/(1-u)$; if $2u>1+v$, $f_{12}=1$ and "
            r"$f_{11}=-\big((1-u)/u+vf_{21}\big)/(1-v)$. Then the part with $x$ is at least "
            r"$x(e-p)$, the part with $y$ at least $y(w-u)$: these are affine in $p\in[0,e]$ and "
            r"in $w\in[u,1]$, and hold at the ends. If $u<v$, exchange player $i$ with the "
            r"opponents, learner with expert, and the first classes with the second.",
        ),
        "scalar",
        ("E_learner(TV_i) + E_mu(TV_o) <= eps_rho",),
    ),
)

INFERENCES = (
    _ground(
        "triangle inequality",
        r"If $x=\sum_k\pm c_kx_k$ with $c_k\ge0$, then $\|x\|_1\le\sum_kc_k\|x_k\|_1$",
        r"Entry by entry $|x|\le\sum_kc_k|x_k|$; sum over the entries.",
    ),
    _ground(
        "means are monotone",
        r"If $f\le g$ at every state, then $\mathrm{E}[f]\le\mathrm{E}[g]$ and "
        r"$\nu\cdot f\le\nu\cdot g$",
        r"The weights are non-negative.",
    ),
)
