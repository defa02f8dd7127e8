r"""Definitions that a step may unfold.

`V(a, b)` is player i's value from the start when i plays a and the opponents play b, `V_at(a, b)`
the same at a state, `Q(a, b)` at a state and a joint action.
"""

from fractions import Fraction

from ..expression import Call, Expression, Name, Number, Product, Sum
from ..words import LETTERS, OWN_LETTERS
from ._kinds import Definition, Ground, Rule, name_rule, profile_rule, profiles


def _definition(name: str, statement: str) -> Ground:
    return Ground(name, "definition", statement, "By definition.")


_LETTER = {**OWN_LETTERS, "soft": "bp"}


def _bellman(own: str, others: str) -> str | None:
    if own not in _LETTER or others not in LETTERS:
        return None
    return f"sum_a({_LETTER[own]}_i*{LETTERS[others]}_o*Q({own}, {others}))"


def _either(first: Rule, second: Rule) -> Rule:
    return lambda node: first(node) or second(node)


def _kernel(node: Expression) -> Expression | None:
    if not (isinstance(node, Call) and node.function == "K"):
        return None
    weights = (Name("m_i"), Name("m_o"), Call("next", node.arguments))
    total = Call("sum_a", (Product(tuple((False, part) for part in weights)),))
    return Product(((False, Name("gamma")), (False, total)))


def _visited(node: Expression) -> Expression | None:
    if not (isinstance(node, Call) and node.function == "nu"):
        return None
    (inner,) = node.arguments
    if not (isinstance(inner, Call) and inner.function == "R"):
        return None
    rest = Sum(((False, Number(Fraction(1))), (True, Name("gamma"))))
    return Product(((False, Call("E_mu", inner.arguments)), (True, rest)))


_PLAYED = profiles()
_OPTIMAL = ("best_response", "expert")

DEFINITIONS = (
    Definition(
        _definition(
            "NashGap_i",
            r"$\mathrm{NashGap}_i(\pi)=\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)$, the "
            r"maximum "
            r"over stationary $b_i$, attained by a best response $b_i$ (a finite MDP)",
        ),
        "scalar",
        ("NashGap_i == V(best_response, learner) - V(learner)",),
        name_rule("NashGap_i", "V(best_response, learner) - V(learner)"),
    ),
    Definition(
        _definition("horizon", r"$N=1/(1-\gamma)$"),
        "scalar",
        ("horizon == 1/(1-gamma)",),
        name_rule("horizon", "1/(1-gamma)"),
    ),
    Definition(
        _definition("ValueGap_i", r"$\mathrm{ValueGap}_i(\pi)=V_i^{\pi^E}(\nu)-V_i^{\pi}(\nu)$"),
        "scalar",
        ("ValueGap_i == V(expert) - V(learner)",),
        name_rule("ValueGap_i", "V(expert) - V(learner)"),
    ),
    Definition(
        _definition(
            "V",
            r"$V_i^X(\nu)=\sum_s\nu(s)V_i^X(s)$, where a best response $b_i$ is one that is best "
            r"at every state, as in every finite MDP there is one",
        ),
        "scalar",
        tuple(f"V({a}, {b}) == nu(V_at({a}, {b}))" for a, b in (*_PLAYED, _OPTIMAL)),
        profile_rule("V", lambda a, b: f"nu(V_at({a}, {b}))"),
    ),
    Definition(
        _definition("V_at", r"$V_i^X(s)=\sum_aX(a\mid s)Q_i^X(s,a)$ (Bellman)"),
        "state",
        tuple(f"V_at({a}, {b}) == {_bellman(a, b)}" for a, b in _PLAYED),
        profile_rule("V_at", _bellman),
    ),
    Definition(
        _definition("Q", r"$Q_i^X(s,a)=r_i(s,a)+\gamma\sum_{s'}P(s'\mid s,a)V_i^X(s')$"),
        "local",
        tuple(f"Q({a}, {b}) == r + gamma*next(V_at({a}, {b}))" for a, b in (*_PLAYED, _OPTIMAL)),
        profile_rule("Q", lambda a, b: f"r + gamma*next(V_at({a}, {b}))"),
    ),
    Definition(
        _definition(
            "K",
            r"$(Kf)(s)=\gamma\sum_am_i(a_i)m_o(a_o)\sum_{s'}P(s'\mid s,a)f(s')$, the part of the "
            r"kernel "
            r"on which expert and learner agree",
        ),
        "state",
        ("K(V_at(learner)) == gamma*sum_a(m_i*m_o*next(V_at(learner)))",),
        _kernel,
    ),
    Definition(
        _definition(
            "eps_BC_i",
            r"$\varepsilon_j=\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi_j-\pi_j^E\|_1=2\,\mathrm{E}[h_j]$ "
            r"with "
            r"$h_j=\tfrac12\|\pi_j-\pi_j^E\|_1=1-\sum\min(\pi_j,\pi^E_j)$, for every player",
        ),
        "scalar",
        ("eps_BC_i == 2*E_mu(TV_i)", "sum_others(eps_BC_j) == sum_others(2*E_mu(TV_j))"),
        _either(name_rule("eps_BC_i", "2*E_mu(TV_i)"), name_rule("eps_BC_j", "2*E_mu(TV_j)")),
    ),
)

VISITATION = Definition(
    Ground(
        "visitation",
        "inference",
        r"$\nu(I-\gamma P^{\pi^E})^{-1}f=\mathrm{E}_{s\sim\mu_{\pi^E}}[f(s)]/(1-\gamma)$",
        r"$\mu_{\pi^E}=(1-\gamma)\sum_t\gamma^t\nu(P^{\pi^E})^t=(1-\gamma)\nu(I-\gamma "
        r"P^{\pi^E})^{-1}$: "
        r"the geometric series converges because $\gamma<1$ and $P^{\pi^E}$ is a stochastic "
        r"matrix.",
    ),
    "scalar",
    (
        "nu(R(TV_i)) == E_mu(TV_i)/(1-gamma)",
        "nu(R(V_at(learner))) == E_mu(V_at(learner))/(1-gamma)",
    ),
    _visited,
)
