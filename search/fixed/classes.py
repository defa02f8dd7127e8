r"""What the other assumptions ask: what is matched, what the kernel must be, whose turn it is.

x and y are the occupancies of expert and learner: "none" is \(x(s,a)=0\) for joint actions not
chosen, "flow" \(\sum_ax(t,a)=(1-\gamma)\nu(t)+\gamma\sum_{s,a}P(t\mid s,a)x(s,a)\). Matching:
\(x=y\); \(\sum_ax=\sum_ay\); or errors \(2\sum_ax(s,a)\) where the player's actions differ, at
most e in total. The choice "visited s" says whether the expert visits s: then \(\sum_ax(s,a)\) is
at least what any visited state has, otherwise 0; "outside s" is 1 minus that choice. Where players
take turns, "owner s" makes every reward there depend on the owner's action alone.
"""

from collections.abc import Iterator
from fractions import Fraction

from ..problem import Box, Choice
from ..rewards.scene import ONE, ZERO, Joint
from .draft import Draft, Terms

_SEEN = frozenset(
    {"entry", "margin", "strict-nash", "uniform-off-support", "full-support", "visited"}
)


def add_classes(draft: Draft) -> None:
    """Adds the rows of matching, support, kernel and turns."""
    for letter, role in (("x", "expert"), ("y", "learner")):
        _flow(draft, letter, role)
    for s in range(draft.said.states):
        _matched(draft, s)
    most = draft.parameter("match-bc")
    if most is not None:
        for j in range(draft.said.players):
            _errors(draft, j, most)
    if _asks_visits(draft):
        _visited(draft)
    for word in _wrong_kernel(draft):
        draft.never(f"kernel {word}")
    _turns(draft)


def more_choices(draft: Draft) -> Iterator[Choice]:
    """The choices that only some classes have."""
    states = range(draft.said.states)
    if _asks_visits(draft):
        yield from (Choice(f"visited {s}", s, (0, 1)) for s in states)
    if _has_turns(draft):
        # A state that nobody may own has a row that excludes everything.
        yield from (Choice(f"owner {s}", s, _owners(draft, s) or (0,)) for s in states)


# -- occupancies


def _flow(draft: Draft, letter: str, role: str) -> None:
    g, numbered = draft.said.discount, list(enumerate(draft.joints))
    for s in range(draft.said.states):
        for k, joint in numbered:
            draft.boxes[f"{letter} {s} {k}"] = Box(ZERO, ONE)
            if draft.is_open(role, s, joint):
                rest: Terms = {f"{letter} {s} {m}": ONE for m, _ in numbered if m != k}
                draft.add(f"none {letter} {s} {k}", rest, "==", ZERO, (f"{role} {s}", k))
    for t in range(draft.said.states):
        terms: Terms = {f"{letter} {t} {k}": ONE for k, _ in numbered}
        for s in range(draft.said.states):
            for k, joint in numbered:
                draft.put(terms, f"{letter} {s} {k}", -g * draft.parts.rows[s, joint][t])
        draft.add(f"flow {letter} {t}", terms, "==", (1 - g) * draft.start.get(t, ZERO))


def _matched(draft: Draft, s: int) -> None:
    numbers = range(len(draft.joints))
    if "match-rho" in draft.said.names:
        for k in numbers:
            draft.add(f"rho {s} {k}", {f"x {s} {k}": ONE, f"y {s} {k}": -ONE}, "==", ZERO)
    if "match-mu" in draft.said.names:
        terms = {f"x {s} {k}": ONE for k in numbers} | {f"y {s} {k}": -ONE for k in numbers}
        draft.add(f"mu {s}", terms, "==", ZERO)


def _errors(draft: Draft, j: int, most: Fraction) -> None:
    total: Terms = {}
    numbered = list(enumerate(draft.joints))
    for s in range(draft.said.states):
        error = f"error {j} {s}"
        draft.boxes[error] = Box(ZERO, Fraction(2))
        total[error] = ONE
        for k, one in numbered:
            for m, other in numbered:
                if draft.is_open("expert", s, one) and draft.is_open("learner", s, other):
                    terms = {error: ONE}
                    if one[j] != other[j]:
                        terms |= {f"x {s} {a}": Fraction(-2) for a, _ in numbered}
                    guards = (f"expert {s}", k), (f"learner {s}", m)
                    draft.add(f"error {j} {s} {k} {m}", terms, "==", ZERO, *guards)
    draft.add(f"errors {j}", total, "<=", most)


# -- visited states


def _asks_visits(draft: Draft) -> bool:
    return bool(draft.said.names & _SEEN)


def _visited(draft: Draft) -> None:
    names, states = draft.said.names, range(draft.said.states)
    least = _least(draft)
    everywhere = "full-support" in names or (
        "uniform-off-support" in names and max(draft.said.actions) > 1
    )
    for s in states:
        terms = {f"x {s} {k}": ONE for k in range(len(draft.joints))}
        draft.add(f"unseen {s}", terms, "==", ZERO, (f"visited {s}", 0))
        draft.add(f"seen {s}", {x: -c for x, c in terms.items()}, "<=", -least, (f"visited {s}", 1))
        if everywhere:  # off the support a pure learner with two actions is not uniform
            draft.never(f"everywhere {s}", (f"visited {s}", 0))
    most, count = draft.parameter("entry"), draft.parameter("visited")
    for s in states if most is not None or count is not None else ():
        draft.boxes[f"outside {s}"] = Box(ZERO, ONE)
        for seen in (0, 1):
            terms = {f"outside {s}": ONE}
            draft.add(f"outside {s} {seen}", terms, "==", ONE - seen, (f"visited {s}", seen))
    if count is not None:
        every: Terms = {f"outside {s}": ONE for s in states}
        draft.add("how many outside", every, "==", draft.said.states - count)
    for s in states if most is not None else ():
        for k, joint in enumerate(draft.joints):
            row = draft.parts.rows[s, joint]
            terms = {f"outside {t}": p for t, p in enumerate(row)}
            draft.add(f"entry {s} {k}", terms, "<=", most or ZERO, (f"visited {s}", 1))


def _least(draft: Draft) -> Fraction:
    """A state that is visited at all is so within S - 1 steps, each of some least chance."""
    chances = [p for row in draft.parts.rows.values() for p in row if p]
    first = (1 - draft.said.discount) * min(draft.start.values())
    return first * (min(chances) * draft.said.discount) ** (draft.said.states - 1)


# -- the kernel and the turns


def _wrong_kernel(draft: Draft) -> Iterator[str]:
    """What the class asks of kernel and start, and the given ones are not."""
    names, rows = draft.said.names, draft.parts.rows
    if "deterministic" in names and any(max(row) < 1 for row in rows.values()):
        yield "deterministic"
    if "symmetric" in names and any(rows[s, a] != rows[s, a[::-1]] for s, a in rows):
        yield "symmetric"
    back = draft.parameter("reset")
    if back is not None:
        (first, *others) = draft.start
        if others or any(row[first] < back for row in rows.values()):
            yield "reset"


def _has_turns(draft: Draft) -> bool:
    return bool(draft.said.names & {"turn-based", "alternating"})


def _owners(draft: Draft, s: int) -> tuple[int, ...]:
    """The players on whose action alone the successors may depend."""
    rows = draft.parts.rows
    return tuple(
        i
        for i in range(draft.said.players)
        if all(rows[s, joint] == rows[s, _only(i, joint)] for joint in draft.joints)
    )


def _turns(draft: Draft) -> None:
    if not _has_turns(draft):
        return
    for s in range(draft.said.states):
        owners = _owners(draft, s)
        if not owners:
            draft.never(f"nobody's {s}")
        for i in owners:
            for k, joint in enumerate(draft.joints):
                for j in range(draft.said.players) if joint != _only(i, joint) else ():
                    terms: Terms = {}
                    draft.reward(terms, j, s, joint, ONE)
                    draft.reward(terms, j, s, _only(i, joint), -ONE)
                    draft.add(f"turn {s} {i} {j} {k}", terms, "==", ZERO, (f"owner {s}", i))
    if "alternating" in draft.said.names:
        _alternate(draft)


def _alternate(draft: Draft) -> None:
    steps = {(s, t) for (s, _), row in draft.parts.rows.items() for t, p in enumerate(row) if p}
    for s, t in sorted(steps):
        for i in set(_owners(draft, s)) & set(_owners(draft, t)):
            guards = dict.fromkeys(((f"owner {s}", i), (f"owner {t}", i)))
            draft.never(f"again {s} {t} {i}", *guards)


def _only(player: int, joint: Joint) -> Joint:
    return tuple(a if j == player else 0 for j, a in enumerate(joint))
