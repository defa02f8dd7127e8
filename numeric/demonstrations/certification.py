"""`certify`: what demonstrations guarantee of the policy cloned from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from html import escape
from typing import Any

import numpy as np

from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.errors import BadInput
from nashgap.theory.model import Number
from nashgap.theory.shown import Shown

from ..dominance import WORK
from ..game import MarkovGame
from ..numbers import exact, text
from ..policy import ProductPolicy
from ..reading import Reading
from .cautions import Findings, cautions
from .cloning import clone as cloned
from .confidence import ErrorBound, error_bound
from .coverage import Coverage, coverage
from .guarantees import Guarantee, Setting, guarantees
from .known import Known, known_of
from .outline import Outline, Space
from .planning import Plan, plan
from .trajectories import Demonstrations
from .weights import sampled_weights


@dataclass(frozen=True)
class Target:
    """Whether a gap that was asked for is reached.

    Attributes:
        gap: the target, NashGap <= gap.
        status: "done" by the exact gap, "refuted" by it, "supported" by a bound with the
            confidence or by floats, else "undecided".
        reason: in a sentence.
        plans: what each bound on the Nash gap would need, the cheapest first.
    """

    gap: Fraction
    status: str
    reason: str
    plans: tuple[Plan, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Certification(Shown):
    """What `certify` finds.

    Attributes:
        space: the game, or its outline.
        coverage: where the demonstrations have been.
        clone: the cloned policy, in exact fractions.
        error: the bound on its error with the confidence.
        guarantees: what the bounds of the catalogue then say, those that stand first.
        known: what the game itself tells; None where it is unknown.
        contradicted: bounds that the clone's exact gap exceeds: their trusted assumptions are
            false, or the data are among the few for which the error bound fails.
        target: the gap that was asked for, or None.
        warnings: where the theory promises nothing, in plain sentences.
        assumed: assumptions that the user vouched for.
    """

    space: Space
    coverage: Coverage
    clone: ProductPolicy
    error: ErrorBound
    guarantees: tuple[Guarantee, ...]
    known: Known | None
    contradicted: tuple[str, ...]
    target: Target | None
    warnings: tuple[str, ...]
    assumed: tuple[str, ...]

    @property
    def status(self) -> str:
        """That of the target; "done" without one."""
        return "done" if self.target is None else self.target.status

    @cached_property
    def text(self) -> str:
        """The report, for people."""
        from .report import report

        return "\n".join(report(self))

    def json(self) -> dict[str, Any]:
        """As one JSON object: exact numbers as "p/q"."""
        from .record import record

        return record(self)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        seen = self.coverage.trajectories
        return f"<Certification of {seen} demonstrations: {self.status}>"

    def _repr_html_(self) -> str:
        return f'<div class="nashgap"><pre>{escape(self.text)}</pre></div>'


def certify(
    game: MarkovGame | Outline,
    demonstrations: Demonstrations,
    expert: ProductPolicy | None = None,
    *,
    confidence: object = "95/100",
    target_gap: object = None,
    assume: str | Sequence[str] = "",
    unseen: ProductPolicy | None = None,
    work: int = WORK,
) -> Certification:
    """Clones the expert from demonstrations and says what the bounds then guarantee.

    Args:
        game: the game; an `Outline` where kernel and rewards are unknown.
        demonstrations: independent runs of the expert, from the start of the game.
        expert: its policy, if it is known after all; then the exact error stands beside the bound.
        confidence: in (0, 1), with which the error bound holds.
        target_gap: a Nash gap that is wanted, at least 0.
        assume: assumptions about the expert that you vouch for, such as "dominant".
        unseen: what the clone plays at states without a demonstration; uniform by default.
        work: steps that each player's dominance question may take.

    Raises:
        BadInput: demonstrations of another game, or of moves that this one excludes; a number out
            of range.

    Example:
        >>> from nashgap.numeric.demonstrations import simulate
        >>> from nashgap.numeric.games import catalogue
        >>> game, expert = (x := catalogue()["w6"].build()).game, x.expert
        >>> found = certify(game, simulate(game, expert, 100, 50, seed=0), assume="dominant")
        >>> found.known.nash_gap <= found.guarantees[0].value
        True
    """
    level = exact(confidence, "confidence")
    _check_space(game, demonstrations)
    wanted = None if target_gap is None else exact(target_gap, "target gap")
    if wanted is not None and wanted < 0:
        raise BadInput("target gap", f"given {text(wanted)}", "a number of at least 0")
    assumed = parse_assumptions(assume)
    # The demonstrations may have been read against an outline of the game.
    shown = Demonstrations(
        game,
        [(t.states, t.actions) for t in demonstrations.trajectories],
        demonstrations.places,
    )
    policy = cloned(shown, unseen)
    weights = sampled_weights(shown)
    error = error_bound(shown, policy, level, weights=weights)
    model = _model(game, policy, expert, work)
    setting = Setting(
        len(game.actions), exact(game.discount, "discount"), model, expert is not None, assumed
    )
    found = guarantees(error.per_player, setting)
    known = None if model is None else known_of(model, expert is not None)
    contradicted = _contradicted(found, known)
    target = None
    if wanted is not None:

        @cache
        def errors(scale: float) -> tuple[Fraction, ...]:
            return error_bound(shown, policy, level, scale=scale, weights=weights).per_player

        plans = _plans(found, wanted, setting, errors, len(shown))
        status, reason = _judge(wanted, known, found, assumed, contradicted, level)
        target = Target(wanted, status, reason, plans)
    seen = coverage(shown)
    told = cautions(Findings(shown, seen, error, found, known, contradicted, setting))
    names = tuple(a.text for a in assumed)
    return Certification(game, seen, policy, error, found, known, contradicted, target, told, names)


def _check_space(game: Space, demonstrations: Demonstrations) -> None:
    space = demonstrations.space
    if (space.states, space.actions) != (game.states, game.actions):
        given = f"{len(space.states)} states, actions {demonstrations.num_actions}"
        needed = "demonstrations with the states and actions of the game, in their order"
        raise BadInput("demonstrations", given, needed)
    if isinstance(game, MarkovGame):
        for trajectory, where in zip(
            demonstrations.trajectories, demonstrations.places, strict=True
        ):
            rows = (trajectory.states[: trajectory.steps], *trajectory.actions.T)
            after = trajectory.states[1:]
            moves = game.transition[tuple(row[: len(after)] for row in rows)]
            wrong = np.flatnonzero(moves[np.arange(len(after)), after] == 0)
            if len(wrong):
                step = int(wrong[0])
                here, there = (game.states[trajectory.states[step + k]] for k in (0, 1))
                given = f"a move from {here} to {there}, which has probability 0 in the game"
                raise BadInput(f"{where}, step {step}", given, "demonstrations of this game")


def _model(
    game: MarkovGame | Outline, clone: ProductPolicy, expert: ProductPolicy | None, work: int
) -> Reading | None:
    if isinstance(game, Outline):
        if expert is not None:
            raise BadInput("expert", "given without the game", "the kernel and the rewards")
        return None
    learner = clone if game.is_exact else clone.as_float()
    return Reading(game, learner if expert is None else expert, learner, work=work)


def _contradicted(found: Sequence[Guarantee], known: Known | None) -> tuple[str, ...]:
    if known is None:
        return ()
    gap = {"NashGap": known.nash_gap, "ValueGap": known.value_gap}
    return tuple(
        g.label
        for g in found
        if g.standing != "fails" and _exceeds(gap[g.gap], g.value, known.exact)
    )


def _exceeds(gap: Number | None, value: Fraction | None, is_exact: bool) -> bool:
    if gap is None or value is None:
        return False
    return gap > value if is_exact else float(gap) > float(value) + 1e-6


def _plans(
    found: Sequence[Guarantee], wanted: Fraction, setting: Setting, errors: Any, count: int
) -> tuple[Plan, ...]:
    useful = [
        g for g in found if g.gap == "NashGap" and g.standing != "fails" and g.value is not None
    ]
    plans = [plan(g, wanted, setting, errors, count) for g in useful]
    return tuple(sorted(plans, key=lambda p: (p.trajectories is None, p.trajectories or 0)))


def _judge(
    wanted: Fraction,
    known: Known | None,
    found: Sequence[Guarantee],
    assumed: Sequence[Assumption],
    contradicted: Sequence[str],
    confidence: Fraction,
) -> tuple[str, str]:
    if known is not None:
        gap = known.nash_gap
        below = "at most" if gap <= wanted else "more than"
        if known.exact:
            reason = f"the clone's exact Nash gap is {below} {text(wanted)}"
            return ("done" if gap <= wanted else "refuted"), reason
        word = "supported" if gap <= wanted else "undecided"
        return word, f"the clone's Nash gap is {below} {text(wanted)} in floats, which never decide"
    vouched = {a.text for a in assumed}
    for g in found:
        stands = g.standing != "fails" and set(g.trusted) <= vouched and g.label not in contradicted
        if stands and g.gap == "NashGap" and g.value is not None and g.value <= wanted:
            given = f" given {', '.join(g.trusted)}, which you vouch for" if g.trusted else ""
            return "supported", f"{g.label}, with confidence {float(confidence):.4g}{given}"
    return "undecided", "no bound whose assumptions are verified or vouched for gives it"
