"""Writes what an enumeration of pure policies found as a certificate."""

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from nashgap.numeric.numbers import text

from ..certificate import Certificate, excluding
from ..checkers.given import ENCODING
from ..parts import Parts
from ..problem import Threshold
from ..query import GameClass
from ..rewards.scene import Profile
from .enumerate import Enumerated, Shown


def certificate(
    said: GameClass, parts: Parts, excluded: Threshold, player: int | None, found: Enumerated
) -> Certificate:
    """That no game of the class with the parts meets a threshold; nothing in it is believed.

    Args:
        said: the class.
        parts: what is given.
        excluded: the threshold.
        player: the one player whose gap counts, or None.
        found: the enumeration, with the multipliers of the gains that need some.
    """
    cases = _once(_case(shown, parts) for shown in found.shown)
    named = {**said.certified(), "given": parts.json()}
    return excluding(named, excluded, ENCODING, cases, player)


def _once(cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One leaf often shows several gains of a pair."""
    return list({json.dumps(case, sort_keys=True): case for case in cases}.values())


def _case(shown: Shown, parts: Parts) -> dict[str, Any]:
    scene = shown.program.scene
    case: dict[str, Any] = {
        "expert": _actions(scene.expert, parts.expert),
        "learner": _actions(scene.learner, parts.learner),
        "player": shown.player,
        "rows": {name: text(y) for name, y in shown.multipliers.items()},
    }
    if shown.program.owners is not None:
        case["owners"] = [shown.program.owners[s] for s in range(scene.states)]
    return case


def _actions(profile: Profile, given: object) -> list[list[int | None]]:
    """The action at each state, player by player; null where the row is given."""
    known = dict(given) if isinstance(given, dict) else {}
    return [
        [None if (i, s) in known else row.index(Fraction(1)) for s, row in enumerate(table)]
        for i, table in enumerate(profile)
    ]
