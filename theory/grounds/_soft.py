r"""Soft best responses: entropy regularisation at a temperature \(\tau>0\).

Against \(\pi_{-i}\), \(V^\tau_i[\pi_{-i}]\) is the solution of
\(V^\tau=\tau\log\sum_{a_i}e^{q(a_i)/\tau}\), where
\(q(a_i)=\sum_{a_{-i}}\pi_{-i}Q^\tau_i[\pi_{-i}](s,a_i,a_{-i})\) and
\(Q^\tau_i[\pi_{-i}]=r_i+\gamma PV^\tau_i[\pi_{-i}]\); the soft best response is
\(b^\tau_i[\pi]=e^{(q-V^\tau)/\tau}\). It is the best policy where \(\tau H(b_i(\cdot\mid s))\) is
added to the reward of every step.

What is taken on trust of logarithms is four lines: an entropy lies between 0 and \(\log|A|\); the
softmax maximises mean plus \(\tau H\) (Gibbs); its ratios are exponentials of differences; and what
\(\tanh\) is. That values, action values and responses move little follows from these by lemmas.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ..expression import Expression
from ..words import LETTERS, Level
from ._kinds import Consequence, Definition, Fact, Ground, name_rule, parsed, profile_rule

_L, _E = "Qtau(soft, learner)", "Qtau(soft, expert)"
_VL, _VE = "Vtau_at(soft, learner)", "Vtau_at(soft, expert)"
_RESPONSE = {"learner": "bp", "expert": "be"}
_HIGH, _LOW = "(1 + gamma*tau*log_actions)/(1 - gamma)", "1/(1 - gamma)"


def _fact(name: str, level: Level, statement: str, proof: str, *instances: str) -> Fact:
    return Fact(Ground(name, "fact", statement, proof), level, instances)


def _attained(own: str, others: str) -> str | None:
    if own != "soft" or others not in LETTERS:
        return None
    row = _RESPONSE[others]
    return f"sum_a({row}_i*{LETTERS[others]}_o*Qtau(soft, {others})) + tau*{row}_entropy_i"


def _worth(row: str, others: str) -> str:
    return f"sum_a({row}_i*{LETTERS[others]}_o*Qtau(soft, {others}))"


DEFINITIONS = (
    Definition(
        Ground(
            "Vtau",
            "definition",
            r"$V^\tau_i[\pi_{-i}](s)=\sum_ab^\tau_i\pi_{-i}\,Q^\tau_i[\pi_{-i}]+\tau H(b^\tau_i)$, "
            r"and alike against $\pi^E_{-i}$",
            r"$\log b^\tau_i=(q-V^\tau)/\tau$; take the mean under $b^\tau_i$.",
        ),
        "state",
        (f"{_VL} == {_attained('soft', 'learner')}", f"{_VE} == {_attained('soft', 'expert')}"),
        profile_rule("Vtau_at", _attained),
    ),
    Definition(
        Ground(
            "Qtau",
            "definition",
            r"$Q^\tau_i[\pi_{-i}](s,a)=r_i(s,a)+\gamma\sum_{s'}P(s'\mid s,a)"
            r"V^\tau_i[\pi_{-i}](s')$",
            "By definition.",
        ),
        "local",
        (f"{_L} == r + gamma*next({_VL})", f"{_E} == r + gamma*next({_VE})"),
        profile_rule("Qtau", lambda a, b: f"r + gamma*next(Vtau_at({a}, {b}))"),
    ),
    Definition(
        Ground(
            "soft_move_i",
            "definition",
            r"$d^\tau_i=\tfrac12\|b^\tau_i[\pi]-b^\tau_i[\pi^E]\|_1=b^\tau_i[\pi](A_+)-"
            r"b^\tau_i[\pi^E](A_+)$ with $A_+=\{a:b^\tau_i[\pi](a)>b^\tau_i[\pi^E](a)\}$",
            r"Both have mass 1: what one exceeds the other by on $A_+$ it lacks elsewhere.",
        ),
        "state",
        ("soft_move_i == rise_i - base_i",),
        name_rule("soft_move_i", "rise_i - base_i"),
    ),
)

_NUMBERS = ("tau >= 0", "precision >= 0", "log_actions >= 0", "eps_sup >= 0", "odds >= 1")
_POSITIVE = (
    r"$\tau>0$, $\tau^{-1}>0$, $\log|A|\ge0$, $\varepsilon_\infty\ge0$, $T\ge1$, $H\ge0$, and "
    r"squares are non-negative",
    r"A temperature is positive, there is an action, a norm is non-negative, $T=e^x$ with "
    r"$x\ge0$, and $-p\log p\ge0$ for $0\le p\le1$.",
)

FACTS = (
    _fact("soft numbers are non-negative", "scalar", *_POSITIVE, *_NUMBERS),
    _fact(
        "soft numbers are non-negative",
        "state",
        *_POSITIVE,
        *_NUMBERS,
        "b_entropy_i >= 0",
        "bp_entropy_i >= 0",
        "be_entropy_i >= 0",
        "(base_i + rise_i - 1)**2 >= 0",
    ),
    _fact(
        "temperature and its inverse",
        "scalar",
        r"$\tau\cdot\tau^{-1}=1$",
        r"By definition of the inverse.",
        "tau*precision <= 1",
        "tau*precision >= 1",
    ),
    _fact(
        "an entropy is at most the logarithm",
        "state",
        r"$H(b)\le\log|A|$",
        r"$\log x\le x-1$ for $x=1/(|A_i|\,b(a))$; take the mean under $b$. And $|A|$ is the "
        r"largest number of actions.",
        "bp_entropy_i <= log_actions",
        "be_entropy_i <= log_actions",
    ),
    _fact(
        "a soft response is best",
        "state",
        r"$\sum_ab_i\pi_{-i}\,Q^\tau_i[\pi_{-i}]+\tau H(b_i)\le V^\tau_i[\pi_{-i}](s)$ for every "
        r"policy $b_i$ of player $i$, and alike against $\pi^E_{-i}$ (Gibbs)",
        r"With $b^\tau=e^{(q-V^\tau)/\tau}$ the difference is $\tau\sum_ab\log(b^\tau/b)\le"
        r"\tau\sum_{b(a)>0}(b^\tau(a)-b(a))\le0$, because $\log x\le x-1$.",
        f"{_worth('b', 'learner')} + tau*b_entropy_i <= {_VL}",
        f"{_worth('be', 'learner')} + tau*be_entropy_i <= {_VL}",
        f"{_worth('bp', 'expert')} + tau*bp_entropy_i <= {_VE}",
    ),
    _fact(
        "regularised values are bounded",
        "local",
        r"$-\tfrac1{1-\gamma}\le Q^\tau_i\le\tfrac{1+\gamma\tau\log|A|}{1-\gamma}$",
        r"$|r_i|\le1$, and an entropy lies between 0 and $\log|A|$: $Q^\tau_i$ is a reward plus "
        r"$\sum_{t\ge1}\gamma^t$ of numbers between $-1$ and $1+\tau\log|A|$.",
        f"{_L} <= {_HIGH}",
        f"{_E} <= {_HIGH}",
        f"-{_L} <= {_LOW}",
        f"-{_E} <= {_LOW}",
    ),
    _fact(
        "the same action costs a discounted difference of regularised values",
        "local",
        r"$Q^\tau_i[\pi_{-i}]-Q^\tau_i[\pi^E_{-i}]\le\gamma\,\|V^\tau[\pi]-V^\tau[\pi^E]"
        r"\|_\infty$, and the other way round",
        r"The reward cancels; what is left is $\gamma$ times a mean of differences.",
        f"{_L} - {_E} <= gamma*soft_values_apart",
        f"{_E} - {_L} <= gamma*soft_values_apart",
    ),
    _fact(
        "a mean is at most the largest",
        "state",
        r"$\sum_a\sigma_i\pi_{-i}Q^\tau_i[\pi_{-i}]$ and "
        r"$\sum_a\sigma_i\pi^E_{-i}Q^\tau_i[\pi^E_{-i}]$ are at most "
        r"$\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty$ apart, for $\sigma_i=b^\tau_i[\pi]$ and for "
        r"$\sigma_i=b^\tau_i[\pi^E]$",
        r"The norm is the largest such number over all $\sigma_i$, players and states.",
        f"{_worth('bp', 'learner')} - {_worth('bp', 'expert')} <= soft_apart",
        f"{_worth('be', 'expert')} - {_worth('be', 'learner')} <= soft_apart",
    ),
    _fact(
        "the largest error at a state",
        "state",
        r"$h_j\le\tfrac12\varepsilon_\infty$ for every player $j$",
        r"$\varepsilon_\infty$ is the largest $\|\pi_j-\pi^E_j\|_1=2h_j$ over players and states.",
        "TV_j <= eps_sup/2",
    ),
    _fact(
        "a difference of probabilities",
        "state",
        r"$b^\tau_i[\pi](A_+)-b^\tau_i[\pi^E](A_+)\le1$",
        "Both lie between 0 and 1.",
        "rise_i - base_i <= 1",
    ),
    _fact(
        "odds of soft responses",
        "state",
        r"$b(A_+)(1-e(A_+))\le T^2\,e(A_+)(1-b(A_+))$ for $b=b^\tau_i[\pi]$ and "
        r"$e=b^\tau_i[\pi^E]$, with $T=e^x$, $x=\tau^{-1}\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty$",
        r"$e$ is the softmax of $q^E/\tau$, $b$ that of $q/\tau$, and $|q-q^E|\le\tau x$. So "
        r"$\frac{b(a)}{b(c)}\cdot\frac{e(c)}{e(a)}=\exp\big((q(a)-q^E(a)-q(c)+q^E(c))/\tau\big)"
        r"\le T^2$, that is $b(a)e(c)\le T^2e(a)b(c)$; sum over $a\in A_+$ and $c\notin A_+$.",
        "rise_i*(1 - base_i) <= odds**2*base_i*(1 - rise_i)",
    ),
    _fact(
        "by way of the expert's own soft response",
        "state",
        r"$h^\tau_i\le d^\tau_i+e^\tau_i$ with $h^\tau_i=\tfrac12\|b^\tau_i[\pi]-\pi^E_i\|_1$, "
        r"$d^\tau_i=\tfrac12\|b^\tau_i[\pi]-b^\tau_i[\pi^E]\|_1$ and "
        r"$e^\tau_i=\tfrac12\|b^\tau_i[\pi^E]-\pi^E_i\|_1$",
        r"The triangle inequality.",
        "soft_shift_i <= soft_move_i + own_shift_i",
    ),
    _fact(
        "what the expert lacks of a quantal response",
        "scalar",
        r"$2\,\mathrm{E}_{s\sim\mu_{\pi^E}}[e^\tau_i]\le\eta_\tau$",
        r"$\eta_\tau$ is the largest of these over the players, by definition.",
        "2*E_mu(own_shift_i) <= quantal_error",
    ),
    _fact(
        "the hyperbolic tangent",
        "state",
        r"$T-1=(T+1)\tanh\tfrac x2$ for $T=e^x$, with $x=\tau^{-1}\|Q^\tau[\pi]-"
        r"Q^\tau[\pi^E]\|_\infty$",
        r"$\tanh\tfrac x2=(e^x-1)/(e^x+1)$, by definition.",
        "odds - 1 <= (odds + 1)*tanh(precision*soft_apart/2)",
    ),
)

CONSEQUENCES = (
    Consequence(
        "quantal",
        Ground(
            "assumption quantal",
            "consequence",
            r"$\eta_\tau=0$",
            r"A quantal response equilibrium is its own soft best response, $b^\tau_i[\pi^E]="
            r"\pi^E_i$ for every player at every state.",
        ),
        "quantal_error == 0",
    ),
)

_ANY = f"{_worth('any', 'learner')} - {_worth('any', 'expert')}"
LARGEST: Mapping[str, Expression] = MappingProxyType(
    {"soft_apart": parsed(_ANY), "soft_values_apart": parsed(f"{_VL} - {_VE}")}
)
r"""What a norm is the largest absolute value of, over the players, the states and, where the line
speaks of \(\sigma_i\), the policies of player i."""

INFERENCES = (
    Ground(
        "any policy in the place of the deviation",
        "inference",
        r"A lemma on $\pi^*_i$ whose chain rests on nothing about how $\pi^*_i$ is chosen holds "
        r"with every policy of player $i$ in its place",
        r"Its definitions and facts hold for an arbitrary policy $\pi^*_i$.",
    ),
    Ground(
        "a largest value",
        "inference",
        r"If $f\le c$ and $-f\le c$ for every player, state and policy $\sigma_i$, with $c$ free "
        r"of them, then $\|f\|_\infty\le c$",
        r"The norm is the largest of these numbers, which is attained: there are finitely many "
        r"players and states, and a mean under $\sigma_i$ is largest at an action.",
    ),
    Ground(
        "constant costs",
        "inference",
        r"If $W\le c+\gamma\sum_auv\,P[W]$ at every state, for a profile $uv$ and a number $c$, "
        r"then "
        r"$\nu\cdot W\le c/(1-\gamma)$",
        r"At a state where $W$ is largest, $\max W\le c+\gamma\max W$.",
    ),
    Ground(
        "division",
        "inference",
        r"If $m\,(b-a)\ge0$ and $m>0$, then $a\le b$",
        r"Divide by $m$.",
    ),
    Ground(
        "tanh is increasing",
        "inference",
        r"If $x\le y$, then $\tanh x\le\tanh y$",
        r"$\tanh x=1-2/(e^{2x}+1)$, and $e^{2x}$ is increasing.",
    ),
    Ground(
        "tanh is below its tangent",
        "inference",
        r"If $x\ge0$, then $\tanh x\le x$",
        r"$\tanh0=0$, and the derivative $1-\tanh^2x$ is at most 1.",
    ),
)
