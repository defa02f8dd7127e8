"""Derivations of one's own: every step checked, and a failing one answered with an exact game.

The kernel says of each step whether it follows. Each step is also read on exact games, named and
seeded ones. A step that the kernel does not accept and that no such game breaks is attacked:
where the chain up to that line is a claim of the claim language, `conjecture` looks for a game
that breaks the claim, and so the step or one before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.io import game_object
from nashgap.numeric.reading import Reading
from nashgap.theory.bound import Bound, Report
from nashgap.theory.catalogue import bound as bound_of
from nashgap.theory.catalogue import check as check_all
from nashgap.theory.chain import Derivation
from nashgap.theory.claim import parse_claim
from nashgap.theory.errors import BadInput
from nashgap.theory.evidence import Evidence
from nashgap.theory.expression import text
from nashgap.theory.kernel import CheckedStep
from nashgap.theory.model import Model
from nashgap.theory.stress import first_violation

LARGEST = 8
"""States of the named games on which steps are read."""
SEEDS = range(12)
KINDS = ("", "nash", "dominant", "team-optimal", "nash,match-rho")


def check(
    what: str | Bound | Derivation,
    *,
    models: Iterable[Model] | None = None,
    seconds: float = 5.0,
) -> Report:
    """Checks a bound of the catalogue, or a derivation of one's own, step by step.

    Args:
        what: a label, a bound, or a derivation.
        models: exact games on which every step is read as well; by default none for the catalogue,
            named and seeded games for a derivation of one's own.
        seconds: how long a step that does not follow is attacked.

    Raises:
        BadInput: there is no bound of that label, or the derivation has no lines.

    Example:
        >>> from nashgap.theory.chain import derivation
        >>> bold = derivation("bold").start("eps_BC").le("eps_BC_i", by="definition")
        >>> report = check(bold)
        >>> report.status.word, report.violation.step, report.game["format"]
        ('refuted', 1, 'nashgap/game/1')
    """
    if not isinstance(what, Derivation):
        return check_all(what if isinstance(what, Bound) else bound_of(what), models=models or ())
    known: Sequence[Model] = tuple(models) if models is not None else games()
    report = check_all(what)
    broken = first_violation(what, what.uses, known)
    if broken is not None:
        return _refuted(what, known[broken.game])
    step = report.weakest
    if report.status is Evidence.UNDECIDED and step is not None:
        found = _attacked(what, step, seconds)
        if found is not None and first_violation(what, what.uses, [found]) is not None:
            return _refuted(what, found)
    return report


def _refuted(what: Derivation, model: Model) -> Report:
    """The report with the step that the game breaks, and the game."""
    report = check_all(what, models=[model])
    if not isinstance(model, Reading):
        return report
    return replace(report, game=game_object(model.game, model.expert, model.learner))


def _attacked(what: Derivation, step: CheckedStep, seconds: float) -> Reading | None:
    """A game that breaks the chain up to a step, if its ends are in the claim language."""
    from .conjecture import conjecture

    if step.derivation != what.name or not step.number:
        return None
    relations = {s.relation for s in what.steps[: step.number]}
    relation = "<=" if "<=" in relations else "=="
    claim = f"{text(what.lines[0])} {relation} {text(what.lines[step.number])}"
    try:
        parse_claim(claim)
        found = conjecture(claim, what.assumptions, seconds=seconds, drop=False)
    except BadInput:
        return None
    game = found.witness
    return None if game is None else Reading(game.game, game.expert, game.learner)


@cache
def games() -> tuple[Reading, ...]:
    """The exact games on which a derivation of one's own is read."""
    return tuple(chain(_named(), _seeded()))


def _named() -> Iterator[Reading]:
    for game in catalogue().values():
        made = game.build()
        if made.game.num_states <= LARGEST:
            yield Reading(made.game, made.expert, made.learner)


def _seeded() -> Iterator[Reading]:
    for seed in SEEDS:
        kind, players = KINDS[seed % len(KINDS)], 1 + seed % 3
        made = random_game(seed, kind, players=players, states=2, discount="2/3")
        yield Reading(made.game, made.expert, made.learner)
