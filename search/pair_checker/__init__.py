r"""The checker of "pair" certificates: classes whose supremum is below that of all Nash experts.

Like `checker`: the standard library alone, nothing of the search (`univariate` knows no more). A
certificate states that in no game of its class some player gains more than \(c\) (strict), or
\(c\) or more, over the learner's policy, which matches the expert's \(\rho\) exactly; any kernel,
any policies.

**The argument.** Let player \(i\) gain. Equal \(\rho\) gives the same visited states \(S_+\),
closed under the expert, with the same policies there. \(U\): \(i\)'s optimal values against the
expert's opponents. \(W\): those against the learner's, \(b\) an optimal pure deviation. A Nash
expert is optimal on \(S_+\), so \(U=V_i^{\pi^E}\) there, and the gain is a \(\nu\)-average of
\(W-U\): some \(s_0\) in the start's support has \(W(s_0)-U(s_0)\) at least as large. Rename:
\(S_+=\{0,\dots,k-1\}\), \(s_0=0\). What the opponents do at a state makes of the joint actions
with one action of \(i\) one reward and one distribution, averages of those of the game. A *node*
is such a distribution \(p\); each bounds a form \(w\) by \(\gamma\,pW\), a form \(u\) by
\(\gamma\,pU\) from above ("most") or below ("least"), or both. At a visited \(s\) both opponents
play alike:

- "expert s": some action in the support of \(\pi^E_i(s)\) stays in \(S_+\) and is optimal:
  \(U_s=r_s+\gamma pU\), \(p\) on \(S_+\).
- "deviate s": \(b\)'s action: \(W_s\le q_s+\gamma pW\), \(U_s\ge q_s+\gamma pU\).

At an unvisited \(u\), for \(b\)'s action:

- "against u": \(U_u\ge r_u+\gamma pU\). "learner u": \(W_u\le r'_u+\gamma pW\), another \(p\).

Rewards. `state-rewards`: \(r_s=q_s\) and \(r'_u=r_u\) are the state's. `own-rewards`: \(r'_u=r_u\),
the reward of \(b\)'s action; together with `zero-sum` or common payoffs it is the state's, because
one function then depends on \(a_i\) alone and on \(a_j\) alone. Otherwise \(r'_u\le1\) and
\(r_u\ge-1\) are put at these ends.

`reset=b`: the start is one state, so it is \(s_0\); an average of rows that give it at least \(b\)
does so too: \(p=b\,\delta_0+(1-b)p'\). `entry=b`: a distribution from a visited state that leaves
\(S_+\) with mass at most \(b\) is \((1-b)p'+bp''\), \(p'\) on \(S_+\), \(p''\) anywhere. Both:
\(b_r\delta_0+(1-b_r-b')p'+b'p''\), \(b'=\min(b_e,1-b_r)\).

`uniform-off-support`: \(N\) joint actions of the opponents (where players take turns: the largest
\(A_j\), only one player's action matters). The expert's opponents mix over them, so for one of
them, of reward \(r\) and distribution \(p\), \(U_u\ge r+\gamma pU\); the learner's play it with
weight at least \(1/N\), and any row brings at most \(r''+\gamma Z_u\): "deviate u": \(NW_u\le
r+\gamma pW+(N-1)(r''+\gamma Z_u)\); "best u": \(Z_u\le pW\). \(r''=1\), or \(r\) where the reward
is \(b\)'s or the state's.

`margin=m`: the expert is pure. "deviates s" says whether \(b\) departs (1) or not (0) from its
action: "follow s" (0): \(W_s\le r_s+\gamma pW\), \(U_s=r_s+\gamma pU\), \(p\) on \(S_+\); with 1
"expert" and "deviate", where now \(U_s\ge m+\dots\). In both "other s": some other action has
\(U_s\ge m+r+\gamma pU\), \(r\ge-1\) or the state's. With `subgame-perfect` this holds at unvisited
states too, where \(U_u=V_i^{\pi^E}(u)\): "expert u" (\(p\) anywhere), "other u" and the learner's
row. If that row shares its reward (own) or its distribution (uniform) with \(b\)'s action there,
"deviates u" tells whether that is the expert's: then "follow u" stands for both.

`alternating` with two players (turn-based with more: like any class): every state is \(i\)'s
("mine") or the opponent's ("theirs") and leads to the other kind only. A visited state of theirs
has one row: "follow". An unvisited one of mine has one row for \(b\)'s action, whatever the
opponents do: "deviate".

`symmetric` with `zero-sum`: whatever the opponent plays, i may copy its mixture, state by state;
the joint distribution is then symmetric and the reward antisymmetric, so this earns 0: \(U\ge0\)
("copy"). A Nash expert is optimal for both players at a visited state, and there its two values,
both at least 0, sum to 0: \(U=0\) ("level"; with `subgame-perfect` everywhere). Every reward is 0
if it also depends on the state alone, or in a zero-sum game with common payoffs.

`deterministic` with `pure` (and no uniform learner, reset or entry): every distribution above is a
point. "to NODE" chooses it, and "NODE = w", "NODE = most", "NODE = least" are the node's rows
there.

Nothing to gain. Where players take turns in a symmetric game nobody's action matters, as the
owner's alone does and the other's as well: one row for all, "deviate". `team-optimal`, or turns
with common payoffs and `subgame-perfect` (each owner takes what is best for all, so \(U\) solves
the team's Bellman equation): with \(U\) the team's optimal values, "deviate s" holds at every state
for every joint row. `dominant`: the expert's policy is a best response to the learner's opponents,
and staying in \(S_+\) it meets the expert's rows: "follow". If \(i\) has one action: likewise
"follow". If nobody else has two: \(U\) and \(W\) solve one problem: "deviate".

**Directions.** For integers \(\alpha\ge0,\beta\) and a support \(X\) let \(M=\max_{t\in X}\alpha
W_t+\beta U_t\): "above" is \(\alpha W_t+\beta U_t\le M\); the choice "top" is a \(t\) that attains
it: "reached" is \(M\le\alpha W_t+\beta U_t\). A node's row in that direction, "NODE | alpha beta":
\(\alpha w+\beta u\le\gamma[\dots]\), each share of \(p\) at its own \(M\); \(\beta<0\) needs
"least", \(\beta>0\) "most".

**Trees.** As in `checker`: branches for every named state and one unnamed state of each role
(visited or not, mine or theirs), because rows and choices treat equal roles alike, 0 apart. A
leaf's multipliers are at least 0 and sum up to \(0\le-d\), \(d>0\), or \(0<-d\), \(d\ge0\), where
"asked" has a share and is strict. Where a node has two successors a, b, "mixed" is a leaf for each
share \(x\in[0,1]\) of b: the node's rows are then linear, "NODE @ w": \(w\le\gamma[(1-x)W_a+
xW_b]\), "NODE @ most" and "NODE @ least" likewise for u; the multipliers are polynomials in x, at
least 0 on the interval that they are given for (by Sturm's theorem, in `univariate`), like d.
Covered must be every player (or the one named), every \(k\)
(only \(S\) with full support, only k with `visited=k`), and with `alternating` every ownership up
to renaming.
"""

from ..checker import FORMAT, MalformedError, _integer, _list, _object
from .rows import Rows
from .statement import Statement
from .trees import faults

ENCODING = "pair"
__all__ = ["ENCODING", "FORMAT", "MalformedError", "check"]


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate at all.
    """
    top = _object(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT or top["encoding"] != ENCODING:
        raise MalformedError(f"format, encoding: needed {FORMAT!r}, {ENCODING!r}")
    said = Statement(top)
    missing = said.obligations()
    reasons: list[str] = []
    for number, item in enumerate(_list(top["cases"], "cases")):
        where = f"cases[{number}]"
        case = _object(item, where, {"players", "visited", "tree"}, {"mine"})
        k = _integer(case["visited"], f"{where}.visited")
        mine = None
        if "mine" in case:
            mine = frozenset(_integer(s, f"{where}.mine") for s in _list(case["mine"], where))
        shown = {(_integer(p, f"{where}.players"), k, mine) for p in _list(case["players"], where)}
        if not shown <= missing:
            reasons.append(f"{where}: not a case that is to be shown")
        for rules in {said.rules(player) for player, _, _ in shown & missing}:
            reasons += faults(Rows(said, rules, k, mine), case["tree"], f"{where}.tree")
        missing -= shown
    if missing:
        reasons.append(f"{len(missing)} cases are not covered")
    return tuple(reasons)
