r"""What the assumptions ask of the rewards, as linear rows, for a fixed kernel and policies.

Write \(V_i^\pi\) for the linear form of a value.

- Nash: \(V_i^{(b,\pi^E_{-i})}(\nu)\le V_i^{\pi^E}(\nu)\) for every pure \(b\); with "strict-nash"
  less by `least` where \(b\) differs from the expert on a visited state.
- Subgame-perfect: no single change of action gains at any state.
- Margin: \(r_i+\gamma PV_i^{(b,\pi^E_{-i})}\le V_i^{\pi^E}(s)-m\) for each other action at a
  visited state and every pure continuation \(b\); this makes the expert Nash.
- Team-optimal: no pure joint policy is better from the start.
- Dominant: a condition on each state that suffices. With \(\underline V\le\) and
  \(\overline V\ge\) the values of \(\pi^E_i\) against every opponent, \(\Delta\) the expert's row
  minus another action's: \(\Delta r+\gamma\sum_t[\Delta_t^+\underline V_t-\Delta_t^-\overline
  V_t]\ge0\) for every joint action of the others. These rows lose dominant experts: they can only
  find. What is needed instead, and loses none: \(V_i^{(b,o)}(\nu)\le V_i^{(\pi^E_i,o)}(\nu)\) for
  every pure b and every pure policy o of the others.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import prod

from nashgap.numeric.numbers import text

from ..problem import Box, Row
from .scene import ONE, ZERO, Joint, Profile, Scene, Visits, pure_row
from .ties import Ties

Form = dict[str, Fraction]
MOST = 4096
"""Pure policies that are enumerated for one family of rows."""


class TooManyError(Exception):
    """More pure policies than are enumerated."""


class Rows:
    """The rows of one scene.

    Args:
        scene: kernel, start and policies.
        ties: which entries share a variable.
        names: the assumptions' names.
        margin: the least lead of the expert's actions, or None.
        least: how much worse a deviation from a strict equilibrium must be at least.
        needed: of `dominant` only what is needed, instead of what is enough.
    """

    def __init__(
        self,
        scene: Scene,
        ties: Ties,
        names: frozenset[str],
        margin: Fraction | None = None,
        least: Fraction = ZERO,
        needed: bool = False,
    ) -> None:
        self.scene, self.ties, self.names, self.needed = scene, ties, names, needed
        self.margin, self.least = margin, least
        self.boxes: dict[str, Box] = {}
        rows: dict[tuple[tuple[tuple[str, Fraction], ...], Fraction], Row] = {}
        for row in self._all():
            rows.setdefault((row.terms, row.bound), row)
        self.rows = tuple(row for row in rows.values() if row.terms or row.bound < 0)
        used = {x for row in self.rows for x, _ in row.terms}
        one = Box(-ONE, ONE)
        self.boxes |= {x: one for x in used if x.startswith("r ")}

    def form(self, player: int, visits: Visits, weight: Fraction = ONE) -> Form:
        """A player's total of rewards over some visits, in the variables."""
        total: Form = {}
        for (s, joint), n in visits.items():
            name, sign = self.ties.of(player, s, joint)
            if sign:
                total[name] = total.get(name, ZERO) + weight * sign * n
        return total

    def _all(self) -> Iterator[Row]:
        for i in range(self.scene.players):
            if "subgame-perfect" in self.names:
                yield from self._perfect(i)
            elif self.margin is not None:
                yield from self._margin(i, self.margin)
            if self.names & {"nash", "strict-nash"}:
                yield from self._nash(i)
            if "dominant" in self.names:
                yield from self._against_all(i) if self.needed else self._dominant(i)
        if "team-optimal" in self.names:
            yield from self._team()

    def _nash(self, i: int) -> Iterator[Row]:
        scene = self.scene
        own = self.form(i, scene.from_start(scene.expert))
        for word, b in deviations(scene, scene.expert, i):
            deviating = replaced(scene.expert, i, b)
            differs = any(b[s] != scene.expert[i][s] for s in scene.visited)
            worse = self.least if "strict-nash" in self.names and differs else ZERO
            found = self.form(i, scene.from_start(deviating))
            yield _row(f"nash {i} {word}", difference(found, own), -worse)

    def _perfect(self, i: int) -> Iterator[Row]:
        scene, ahead = self.scene, self.scene.visits(self.scene.expert)
        for s in range(scene.states):
            for a in range(scene.actions[i]):
                own = scene.expert[i][s][a] == 1
                worse = ZERO if own or self.margin is None else self.margin
                terms = self._step(i, s, a, ahead)
                yield _row(
                    f"perfect {i} {s} {a}", difference(terms, self.form(i, ahead[s])), -worse
                )

    def _margin(self, i: int, margin: Fraction) -> Iterator[Row]:
        scene = self.scene
        value = scene.visits(scene.expert)
        every = tuple(deviations(scene, scene.expert, i, everywhere=True))
        for s in sorted(scene.visited):
            own = self.form(i, value[s])
            for a in range(scene.actions[i]):
                if scene.expert[i][s][a] == 1:
                    continue
                for word, b in every:
                    ahead = scene.visits(replaced(scene.expert, i, b))
                    terms = difference(self._step(i, s, a, ahead), own)
                    yield _row(f"margin {i} {s} {a} {word}", terms, -margin)

    def _step(self, i: int, s: int, action: int, ahead: tuple[Visits, ...]) -> Form:
        """One action of a player against the expert's opponents, then as ahead."""
        scene, total = self.scene, Form()
        once = tuple(
            table if j != i else tuple(pure_row(action, scene.actions[i]) for _ in table)
            for j, table in enumerate(scene.expert)
        )
        for joint, weight in scene.played(once, s):
            _add(total, self.form(i, {(s, joint): weight}))
            for t, p in enumerate(scene.kernel[s][joint]):
                if p:
                    _add(total, self.form(i, ahead[t], scene.discount * weight * p))
        return total

    def _team(self) -> Iterator[Row]:
        scene = self.scene
        own = self.form(0, scene.from_start(scene.expert))
        joints = tuple(scene.joints())
        states = sorted(scene.reached(scene.expert, frozenset(range(scene.players))))
        if len(joints) ** len(states) > MOST:
            raise TooManyError
        for picks in itertools.product(joints, repeat=len(states)):
            at = dict(zip(states, picks, strict=True))
            profile = tuple(
                tuple(pure_row(at[s][j] if s in at else 0, count) for s in range(scene.states))
                for j, count in enumerate(scene.actions)
            )
            terms = difference(self.form(0, scene.from_start(profile)), own)
            yield _row(f"team {written(profile)}", terms, ZERO)

    def _dominant(self, i: int) -> Iterator[Row]:
        scene = self.scene
        if scene.actions[i] == 1:
            return
        most = 1 / (1 - scene.discount)
        others = [range(a) if j != i else range(1) for j, a in enumerate(scene.actions)]
        for s in sorted(scene.reached(scene.expert, frozenset(range(scene.players)))):
            for side in ("lo", "hi"):
                self.boxes[f"{side} {i} {s}"] = Box(-most, most)
            for other in itertools.product(*others):
                own, row = self._average(i, s, other)
                word = f"{i} {s} {''.join(map(str, other))}"
                for side, sign in (("lo", ONE), ("hi", -ONE)):
                    terms = {f"{side} {i} {s}": sign}
                    _add(terms, {x: -sign * c for x, c in own.items()})
                    _add(
                        terms,
                        {
                            f"{side} {i} {t}": -sign * scene.discount * p
                            for t, p in enumerate(row)
                            if p
                        },
                    )
                    yield _row(f"{side} {word}", terms, ZERO)
                for a in range(scene.actions[i]):
                    joint = (*other[:i], a, *other[i + 1 :])
                    terms = self.form(i, {(s, joint): ONE})
                    _add(terms, {x: -c for x, c in own.items()})
                    for t, p in enumerate(scene.kernel[s][joint]):
                        change = row[t] - p
                        side = "lo" if change > 0 else "hi"
                        if change and scene.discount:
                            _add(terms, {f"{side} {i} {t}": -scene.discount * change})
                    yield _row(f"dominant {word} {a}", terms, ZERO)

    def _against_all(self, i: int) -> Iterator[Row]:
        scene = self.scene
        joints = [joint for joint in scene.joints() if not joint[i]]
        if len(joints) ** scene.states > MOST:
            raise TooManyError
        for policy in itertools.product(joints, repeat=scene.states):
            met = tuple(
                scene.expert[i] if j == i else tuple(pure_row(joint[j], count) for joint in policy)
                for j, count in enumerate(scene.actions)
            )
            own = self.form(i, scene.from_start(met))
            for word, b in deviations(scene, met, i):
                found = self.form(i, scene.from_start(replaced(met, i, b)))
                yield _row(f"against {i} {written(met)} {word}", difference(found, own), ZERO)

    def _average(self, i: int, s: int, other: Joint) -> tuple[Form, list[Fraction]]:
        """Reward and successors of the expert's row against a joint action of the others."""
        total, row = Form(), [ZERO] * self.scene.states
        for a, weight in enumerate(self.scene.expert[i][s]):
            if weight:
                joint = (*other[:i], a, *other[i + 1 :])
                _add(total, self.form(i, {(s, joint): weight}))
                for t, p in enumerate(self.scene.kernel[s][joint]):
                    row[t] += weight * p
        return total, row


def deviations(
    scene: Scene, profile: Profile, player: int, *, everywhere: bool = False
) -> Iterator[tuple[str, tuple[tuple[Fraction, ...], ...]]]:
    """A player's pure policies that differ on what it can reach against a profile, with a name.

    Raises:
        TooManyError: more than are enumerated.
    """
    count = scene.actions[player]
    free = range(scene.states) if everywhere else scene.reached(profile, frozenset({player}))
    if count ** len(free) > MOST:
        raise TooManyError
    options = [range(count) if s in free else range(1) for s in range(scene.states)]
    if prod(map(len, options)) > MOST:
        raise TooManyError
    for picks in itertools.product(*options):
        yield ".".join(map(str, picks)), tuple(pure_row(a, count) for a in picks)


def written(profile: Profile) -> str:
    """A profile as one word, as the checker of certificates reads it.

    Example:
        >>> half = (Fraction(1, 2), Fraction(1, 2))
        >>> written(((half, half), (half, (Fraction(1), Fraction(0)))))
        '1/2,1/2|1/2,1/2;1/2,1/2|1,0'
    """
    return ";".join("|".join(",".join(map(text, row)) for row in table) for table in profile)


def replaced(profile: Profile, player: int, table: tuple[tuple[Fraction, ...], ...]) -> Profile:
    """The profile in which one player plays another policy."""
    return tuple(table if j == player else own for j, own in enumerate(profile))


def difference(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> Form:
    """The difference of two forms."""
    total = dict(one)
    _add(total, {x: -c for x, c in other.items()})
    return total


def _add(total: Form, more: Mapping[str, Fraction]) -> None:
    for x, c in more.items():
        total[x] = total.get(x, ZERO) + c


def _row(name: str, terms: Mapping[str, Fraction], bound: Fraction) -> Row:
    return Row(name, tuple(sorted(_kept(terms.items()))), "<=", bound)


def _kept(terms: Iterable[tuple[str, Fraction]]) -> Iterator[tuple[str, Fraction]]:
    return ((x, c) for x, c in terms if c)
