r"""\(\rho\)-matching over every kernel, stochastic or not, and all policies, mixed or not.

Fix a case: player \(i\) exploits, \(S_+=\{0,\dots,k-1\}\), the path starts at state 0. Let \(U\)
be the optimal values of \(i\)'s MDP against the expert's opponents \(\pi^E_{-i}\), and \(W\) those
against the learner's, \(b\) a pure optimal deviation for \(W\). Row by row, from the statement:

1. At a visited \(s\) the learner's opponents play as the expert's, so
   \(W_s=\bar r+\gamma\sum_t\bar P(t)W_t\) with \(\bar r=\mathbb E\,r_i(s,b(s),\cdot)\) and
   \(\bar P=\mathbb E\,P(\cdot\mid s,b(s),\cdot)\), both over \(\pi^E_{-i}(\cdot\mid s)\).
2. The same action is open to \(i\) against the expert: \(U_s\ge\bar r+\gamma\sum_t\bar P(t)U_t\).
3. Hence \(W_s-U_s\le\gamma\sum_t\bar P(t)(W_t-U_t)\), and an average is at most its largest term:
   some \(t\) has \(W_s-U_s\le\gamma(W_t-U_t)\). That \(t\) is the choice "move s"; the row is
   "step s t".
4. A player with a single action moves as the expert does, which stays in \(S_+\): then \(t\in
   S_+\).
5. If no other player has two actions, both MDPs are the same one: "same u" is \(W_u=U_u\).
6. Rewards in \([-1,1]\) give \(|U|,|W|\le1/(1-\gamma)\): the boxes.
7. A Nash expert is optimal at visited states (\(U=V^{\pi^E}\) there), and the learner's own value
   from the start is the expert's, so the gap is at most \(W_0-U_0\), the objective. If the expert
   is not Nash and the player has two actions, \(U\) stands for \(V^{\pi^E}\), rows 2 and 5 fail,
   and the boxes are all that is left.

8. Where the expert is strictly Nash it is pure on \(S_+\); an action that leads out of \(S_+\) is
   another one and strictly worse in row 2. So "step s t" is strict for \(t\notin S_+\).

Nothing is claimed in the other direction: a solution need not be a game.
"""

from fractions import Fraction

from ..problem import Choice, Problem, Row
from ._case import Case
from ._encoding import Encoding

_ONE = Fraction(1)


def build(case: Case) -> Problem:
    """The problem of a case; its objective is W_0 - U_0.

    Example:
        >>> problem = build(Case(2, 1, Fraction(1, 2), True, True, True))
        >>> [row.name for row in problem.rows]
        ['step 0 0', 'step 0 1']
    """
    boxes = {f"{v} {s}": case.value_box for v in "UW" for s in range(case.states)}
    choices: list[Choice] = []
    rows: list[Row] = []
    for s in range(case.visited):
        if case.is_optimal:
            options = case.anywhere if case.can_deviate else tuple(range(case.visited))
            choices.append(Choice(f"move {s}", s, options, follow=True))
            rows += [_step(case.discount, s, t, case.departs(t)) for t in options]
    if case.is_optimal and not case.others_differ:
        for u in range(case.visited, case.states):
            terms = ((f"W {u}", _ONE), (f"U {u}", -_ONE))
            rows.append(Row(f"same {u}", terms, "==", Fraction(0)))
    return Problem(boxes, tuple(choices), tuple(rows), (("W 0", _ONE), ("U 0", -_ONE)), case.roles)


def _step(discount: Fraction, s: int, t: int, is_strict: bool) -> Row:
    """W_s - U_s <= discount (W_t - U_t)."""
    own = _ONE - discount if s == t else _ONE
    terms = [(f"W {s}", own), (f"U {s}", -own)]
    if s != t and discount:
        terms += [(f"W {t}", -discount), (f"U {t}", discount)]
    guard = ((f"move {s}", t),)
    return Row(f"step {s} {t}", tuple(terms), "<=", Fraction(0), guard, is_strict)


ENCODING = Encoding(
    "any-kernel",
    "exact rho matching, any kernel, any policies",
    frozenset({"match-rho"}),
    build,
    exact=False,
)
