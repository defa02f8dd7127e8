r"""The best start for a game that is otherwise fixed: one exact linear program.

The gain \(\sum_s\nu(s)[V^{(b,\pi_{-i})}(s)-V^\pi(s)]\) is linear in \(\nu\), and so are equal
occupancies, \(\nu(M^{\pi^E}-M^\pi)=0\), and errors, \(\sum_s\nu(s)\sum_tM^{\pi^E}_{st}
\|\pi_j-\pi_j^E\|_1(t)\le e/(1-\gamma)\), with \(M=(I-\gamma P)^{-1}\). An expert that is Nash from
the start is optimal at each state of the start's support.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from .. import lp
from ..problem import Box
from ..problem import Row as Line
from ..rewards.scene import ONE, ZERO, Row, Scene
from .frame import Frame

SMALLEST = Fraction(1, 1000)
"""What a start gives every state that must be visited."""


def best_start(
    frame: Frame, scene: Scene, gains: Sequence[Fraction], barred: frozenset[int] = frozenset()
) -> Row | None:
    """The start with the largest gain; None if there is none.

    Args:
        frame: the class.
        scene: kernel and policies.
        gains: what each start state gains.
        barred: states that must not start.
    """
    size = scene.states
    least = SMALLEST if "full-support" in frame.said.names else ZERO
    boxes = {f"nu {s}": Box(least, ZERO if s in barred else ONE) for s in range(size)}
    if any(box.low > box.high for box in boxes.values()):
        return None
    objective = [(f"nu {s}", gains[s]) for s in range(size)]
    rows = [Line("sum", tuple((x, ONE) for x in boxes), "==", ONE), *_rows(frame, scene)]
    found = lp.maximise(objective, rows, boxes)
    if not isinstance(found, lp.Optimum):
        return None
    return tuple(found.point[f"nu {s}"] for s in range(size))


def vertices(frame: Frame, scene: Scene) -> list[Row]:
    """The vertices of the starts that keep the errors small; the expert's matching is not asked.

    The gain is linear in the start, so with rewards that suit every start one of them is best.
    """
    from flint import fmpq, fmpq_mat

    size = scene.states
    least = SMALLEST if "full-support" in frame.said.names else ZERO
    most = frame.parameter("match-bc")
    lines = [Line(f"low {s}", ((f"nu {s}", -ONE),), "<=", -least) for s in range(size)]
    lines += [] if most is None else list(_close(scene, most))
    dense = [[dict(line.terms).get(f"nu {s}", ZERO) for s in range(size)] for line in lines]
    found: dict[Row, None] = {}
    for tight in itertools.combinations(range(len(lines)), size - 1):
        rows = [[ONE] * size, *(dense[k] for k in tight)]
        right = [ONE, *(lines[k].bound for k in tight)]
        matrix = fmpq_mat(size, size, [fmpq(c.numerator, c.denominator) for r in rows for c in r])
        column = fmpq_mat(size, 1, [fmpq(c.numerator, c.denominator) for c in right])
        try:
            solved = matrix.solve(column)
        except ZeroDivisionError:
            continue
        start = tuple(Fraction(int(solved[s, 0].p), int(solved[s, 0].q)) for s in range(size))
        inside = all(
            sum((c * p for c, p in zip(row, start, strict=True)), ZERO) <= line.bound
            for row, line in zip(dense, lines, strict=True)
        )
        if inside:
            found[start] = None
    return list(found)


def _rows(frame: Frame, scene: Scene) -> Iterator[Line]:
    names = frame.said.names
    if names & {"match-mu", "match-rho"}:
        yield from _equal(scene, by_state="match-rho" not in names)
    most = frame.parameter("match-bc")
    if most is not None:
        yield from _close(scene, most)


def _equal(scene: Scene, by_state: bool) -> Iterator[Line]:
    places: dict[object, dict[str, Fraction]] = {}
    for sign, profile in ((ONE, scene.expert), (-ONE, scene.learner)):
        for s, visits in enumerate(scene.visits(profile)):
            for (t, joint), n in visits.items():
                terms = places.setdefault(t if by_state else (t, joint), {})
                terms[f"nu {s}"] = terms.get(f"nu {s}", ZERO) + sign * n
    for place, terms in places.items():
        yield Line(f"equal {place}", _kept(terms), "==", ZERO)


def _close(scene: Scene, most: Fraction) -> Iterator[Line]:
    visits = scene.visits(scene.expert)
    for j in range(scene.players):
        shift = [
            sum((abs(p - e) for p, e in zip(*rows, strict=True)), ZERO)
            for rows in zip(scene.learner[j], scene.expert[j], strict=True)
        ]
        terms = {
            f"nu {s}": sum((n * shift[t] for (t, _), n in visits[s].items()), ZERO)
            for s in range(scene.states)
        }
        yield Line(f"close {j}", _kept(terms), "<=", most / (1 - scene.discount))


def _kept(terms: Mapping[str, Fraction]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((x, c) for x, c in terms.items() if c)
