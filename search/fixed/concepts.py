r"""What the expert concepts ask, as rows over the expert's joint actions as choices.

\(V_j\) are the expert's values, \(U_j\) no less than a best response's.

- "optimal": \(U_j(s)\ge r_j+\gamma PU_j\) for each own action against the expert's opponents;
  "nash": \(\nu\cdot U_j\le\nu\cdot V_j\). Hence \(U_j=V_j\) at visited states.
- "perfect": \(V_j(s)\ge r_j+\gamma PV_j\) at every state.
- "lead": \(U_j(s)\ge m+r_j+\gamma PU_j\) for each other action at a visited state (`margin=m`).
  Any such U is at least the optimal values and equal to them at visited states, so the optimal
  values have the lead, too. With `subgame-perfect` it stands in "perfect" at every state.
- "worse": for each visited state s a value \(U_{j,s}\), no less than that of any deviation that
  departs from the expert at s; \(\nu\cdot U_{j,s}\le\nu\cdot V_j\) less a given amount
  (`strict-nash`).
- "team": \(T(s)\ge r_0+\gamma PT\) for each joint action, \(\nu\cdot T\le\nu\cdot V_0\).
- `dominant`, what is enough: "lo", "hi" bound the values of the expert's policy against every
  opponent, and \(\Delta r+\gamma\sum_t[\Delta_t^+\mathrm{lo}_t-\Delta_t^-\mathrm{hi}_t]\ge0\),
  \(\Delta\) the expert's row minus another's, at every state that can be reached at all.
- `dominant`, what is needed: Nash rows against every pure policy of the opponents.
"""

import itertools
from collections.abc import Iterator
from fractions import Fraction

from ..rewards.scene import ONE, ZERO, Joint
from .draft import Draft, Terms, turned


def add_concepts(draft: Draft, least: Fraction, *, needed: bool) -> None:
    """Adds the rows of every expert concept of the class.

    Args:
        draft: where to.
        least: how much worse a deviation from a strict equilibrium must be at least.
        needed: of `dominant` only what is needed, instead of what is enough.
    """
    names, margin = draft.said.names, draft.parameter("margin")
    perfect = "subgame-perfect" in names
    nash = bool(names & {"nash", "strict-nash", "team-optimal"}) or margin is not None
    for j in range(draft.said.players):
        _values(draft, j)
        if perfect:
            _optimal(draft, j, f"V {j}", "perfect", margin or ZERO)
        elif nash:
            _optimal(draft, j, f"U {j}", "optimal", ZERO)
            draft.no_better(f"nash {j}", f"U {j}", f"V {j}")
            if margin is not None:
                _lead(draft, j, margin)
        if "strict-nash" in names and draft.said.actions[j] > 1:
            for s in range(draft.said.states):
                _worse(draft, j, s, least)
        if "dominant" in names:
            (_against_all if needed else _dominant)(draft, j)
    if "team-optimal" in names:
        for s in range(draft.said.states):
            for k, joint in enumerate(draft.joints):
                draft.add(f"team {s} {k}", draft.bellman("T", 0, s, joint, -ONE), "<=", ZERO)
        draft.no_better("team", "T", "V 0")


def _played(draft: Draft) -> Iterator[tuple[int, int, Joint, tuple[str, int]]]:
    """Every joint action that the expert may play: state, number, the action, the guard."""
    for s in range(draft.said.states):
        for k, joint in enumerate(draft.joints):
            if draft.is_open("expert", s, joint):
                yield s, k, joint, (f"expert {s}", k)


def _values(draft: Draft, j: int) -> None:
    for s, k, joint, own in _played(draft):
        draft.add(f"expert {j} {s} {k}", draft.bellman(f"V {j}", j, s, joint), "==", ZERO, own)


def _optimal(draft: Draft, j: int, letter: str, word: str, lead: Fraction) -> None:
    for s, k, joint, own in _played(draft):
        for a in range(draft.said.actions[j]):
            terms = draft.bellman(letter, j, s, turned(joint, j, a), -ONE)
            less = ZERO if a == joint[j] else lead
            draft.add(f"{word} {j} {s} {k} {a}", terms, "<=", -less, own)


def _lead(draft: Draft, j: int, lead: Fraction) -> None:
    for s, k, joint, own in _played(draft):
        for a in range(draft.said.actions[j]):
            if a != joint[j]:
                terms = draft.bellman(f"U {j}", j, s, turned(joint, j, a), -ONE)
                draft.add(f"lead {j} {s} {k} {a}", terms, "<=", -lead, own, (f"visited {s}", 1))


def _worse(draft: Draft, j: int, departs: int, least: Fraction) -> None:
    best = f"U {j} {departs}"
    for s, k, joint, own in _played(draft):
        for a in range(draft.said.actions[j]):
            if s != departs or a != joint[j]:
                terms = draft.bellman(best, j, s, turned(joint, j, a), -ONE)
                draft.add(f"departing {j} {departs} {s} {k} {a}", terms, "<=", ZERO, own)
    seen = (f"visited {departs}", 1)
    draft.no_better(f"worse {j} {departs}", best, f"V {j}", seen, by=least)


def _dominant(draft: Draft, j: int) -> None:
    if draft.said.actions[j] == 1:
        return
    within = _reachable(draft)
    for s, k, joint, own in _played(draft):
        if s not in within:
            continue
        for m, other in enumerate(draft.joints):
            if other[j]:
                continue  # one for each joint action of the opponents
            mine = turned(other, j, joint[j])
            word = f"{j} {s} {k} {m}"
            low = draft.bellman(f"lo {j}", j, s, mine)
            high = draft.bellman(f"hi {j}", j, s, mine, -ONE)
            draft.add(f"low-value {word}", low, "<=", ZERO, own)
            draft.add(f"high-value {word}", high, "<=", ZERO, own)
            for a in range(draft.said.actions[j]):
                theirs, terms = turned(other, j, a), Terms()
                draft.reward(terms, j, s, theirs, ONE)
                draft.reward(terms, j, s, mine, -ONE)
                rows = zip(draft.parts.rows[s, mine], draft.parts.rows[s, theirs], strict=True)
                for t, (p, q) in enumerate(rows):
                    side = "lo" if p > q else "hi"
                    if p != q and draft.said.discount:
                        draft.put(terms, f"{side} {j} {t}", -draft.said.discount * (p - q))
                draft.add(f"dominant {word} {a}", terms, "<=", ZERO, own)


def _reachable(draft: Draft) -> frozenset[int]:
    """What some joint actions lead to."""
    seen, todo = set[int](), list(draft.start)
    while todo:
        s = todo.pop()
        if s not in seen:
            seen.add(s)
            for joint in draft.joints:
                todo += [t for t, p in enumerate(draft.parts.rows[s, joint]) if p]
    return frozenset(seen)


def _against_all(draft: Draft, j: int) -> None:
    """The expert's policy is a best response to every pure policy of the opponents."""
    others = [joint for joint in draft.joints if not joint[j]]
    for number, policy in enumerate(itertools.product(others, repeat=draft.said.states)):
        best, own = f"X {j} {number}", f"D {j} {number}"
        for s, k, joint, guard in _played(draft):
            terms = draft.bellman(own, j, s, turned(policy[s], j, joint[j]))
            draft.add(f"against {j} {number} {s} {k}", terms, "==", ZERO, guard)
        for s, other in enumerate(policy):
            for a in range(draft.said.actions[j]):
                terms = draft.bellman(best, j, s, turned(other, j, a), -ONE)
                draft.add(f"response {j} {number} {s} {a}", terms, "<=", ZERO)
        draft.no_better(f"dominates {j} {number}", best, own)
