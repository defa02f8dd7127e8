r"""\(\rho\)-matching over deterministic kernels and pure policies, the whole class.

Fix a case: player \(i\) exploits, \(S_+=\{0,\dots,k-1\}\), the path starts at state 0. Let \(U\)
be the optimal values of \(i\)'s MDP against the expert's opponents (if the expert is not assumed
to be Nash and \(i\) has two actions: the expert's own values), \(W\) those against the learner's
opponents, \(b\) a pure optimal deviation for \(W\). At a visited state let \(r_s\) be the reward
of the expert's joint action and \(q_s\) that of \(b\)'s action against the expert's opponents; at
an unvisited state \(u\) let \(r_u\) and \(q_u\) be the rewards on the optimal paths against the
expert's and the learner's opponents. Rows:

- "expert s t": \(U_s=r_s+\gamma U_t\), \(t\in S_+\) the expert's successor. (A Nash expert is
  optimal at every visited state, so \(U=V^{\pi^E}\) there.)
- "optimal s t": \(U_s\ge q_s+\gamma U_t\), \(t\) the successor under \(b\): optimality of \(U\).
  Left out if \(U\) are the expert's own values. Strict for a strict equilibrium if \(t\notin
  S_+\): the successor is then that of another action than the expert's.
- "move s t": \(W_s=q_s+\gamma W_t\), for visited states (the learner's opponents are the expert's)
  and unvisited ones.
- "against u t": \(U_u=r_u+\gamma U_t\).
- "same u": \(W_u=U_u\) if no other player has two actions: both MDPs are then the same one off
  \(S_+\) as well as on it. Left out like "optimal".
- boxes: rewards in \([-1,1]\), values in \([-1/(1-\gamma),1/(1-\gamma)]\).

Every game of the class satisfies them, so a rule-out holds. Conversely a solution is a game: at a
visited state the exploiter's action 0 gives \((r_s,t)\) and the others \((q_s,t')\), whatever the
opponents do; at an unvisited one an opponent's action 0 gives \((r_u,t)\) and the others
\((q_u,t')\), whatever the exploiter does; the expert plays 0, the learner 1 at unvisited states.
All other players have reward 0. With one action only, the exploiter's moves are the expert's, so
they stay in \(S_+\).
"""

from fractions import Fraction

from ..problem import Box, Choice, Problem, Row
from ._case import Case
from ._encoding import Encoding

_ONE, _MINUS, _ZERO = Fraction(1), Fraction(-1), Fraction(0)
_REWARD = Box(_MINUS, _ONE)


def build(case: Case) -> Problem:
    """The problem of a case; its objective is W_0 - U_0.

    Example:
        >>> problem = build(Case(2, 1, Fraction(1, 2), True, True, True))
        >>> [row.name for row in problem.rows if "1 0" in row.name]
        ['move 1 0', 'against 1 0']
    """
    states = range(case.states)
    boxes = {f"{v} {s}": case.value_box for v in "UW" for s in states}
    boxes |= {f"{v} {s}": _REWARD for v in "rq" for s in states}
    choices: list[Choice] = []
    rows: list[Row] = []
    for s in states:
        if s < case.visited:
            _visited(case, s, choices, rows)
        else:
            _unvisited(case, s, choices, rows)
    return Problem(boxes, tuple(choices), tuple(rows), (("W 0", _ONE), ("U 0", _MINUS)), case.roles)


def _visited(case: Case, s: int, choices: list[Choice], rows: list[Row]) -> None:
    inside = tuple(range(case.visited))
    reachable = case.anywhere if case.can_deviate else inside
    if case.is_path and s + 1 < case.visited:
        inside = (s + 1,)
    choices += [Choice(f"move {s}", s, reachable, follow=True), Choice(f"expert {s}", s, inside)]
    for t in reachable:
        guard = ((f"move {s}", t),)
        rows.append(_bellman(case, "move", "W", "q", s, t))
        if case.is_optimal:
            own = (f"U {s}", case.discount - _ONE if s == t else _MINUS)
            terms = ((f"q {s}", _ONE), own, *_next("U", s, t, case.discount))
            rows.append(Row(f"optimal {s} {t}", terms, "<=", _ZERO, guard, case.departs(t)))
    rows += [_bellman(case, "expert", "U", "r", s, t) for t in inside]


def _unvisited(case: Case, u: int, choices: list[Choice], rows: list[Row]) -> None:
    anywhere = case.anywhere
    choices += [Choice(f"move {u}", u, anywhere, follow=True), Choice(f"against {u}", u, anywhere)]
    rows += [_bellman(case, "move", "W", "q", u, t) for t in anywhere]
    rows += [_bellman(case, "against", "U", "r", u, t) for t in anywhere]
    if case.is_optimal and not case.others_differ:
        terms = ((f"W {u}", _ONE), (f"U {u}", _MINUS))
        rows.append(Row(f"same {u}", terms, "==", _ZERO))


def _bellman(case: Case, choice: str, value: str, reward: str, s: int, t: int) -> Row:
    own = (f"{value} {s}", _ONE - case.discount if s == t else _ONE)
    terms = (own, (f"{reward} {s}", _MINUS), *_next(value, s, t, case.minus_discount))
    return Row(f"{choice} {s} {t}", terms, "==", _ZERO, ((f"{choice} {s}", t),))


def _next(value: str, s: int, t: int, weight: Fraction) -> tuple[tuple[str, Fraction], ...]:
    """The successor's term; none for a state that is its own successor, or of weight 0."""
    return ((f"{value} {t}", weight),) if s != t and weight else ()


ENCODING = Encoding(
    "deterministic",
    "exact rho matching, deterministic kernels, pure policies",
    frozenset({"match-rho", "deterministic", "pure"}),
    build,
    exact=True,
)
