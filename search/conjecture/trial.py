"""One game against a claim: broken, kept, or none of its business; and how many were tried."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

from nashgap.numeric.games import Instance
from nashgap.numeric.io import parse_json
from nashgap.numeric.reading import Reading
from nashgap.search.verify import verify
from nashgap.search.witness import Witness, witness
from nashgap.theory.claim import OutsideDomain, Pair
from nashgap.theory.model import Number, UndeterminedError

from .setting import Setting


@dataclass
class Tally:
    """How many games of the class were tried and keep the claim, by kind.

    Attributes:
        kept: by kind, the games that satisfy all assumptions and the claim.
        outside: games of the class outside the domain of the claim, by reason.
        least: the least relative distance of the sides so far.
    """

    kept: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    least: Fraction | None = None

    @property
    def total(self) -> int:
        """All games that keep the claim."""
        return sum(self.kept.values())

    def json(self) -> dict[str, int]:
        """Numbers by kind."""
        return dict(self.kept)


@dataclass(frozen=True)
class Verdict:
    """What one game says of a claim.

    Attributes:
        broken: a witness, rechecked, if the game breaks the claim.
        slack: how far it is from breaking it, 0 to 1 by size of the sides; None if it is not of
            the class or outside the domain.
    """

    broken: Witness | None = None
    slack: Fraction | None = None


def judge(
    made: Instance,
    model: Reading,
    asked: Setting,
    kind: str,
    tally: Tally,
    known: Mapping[str, bool] | None = None,
) -> Verdict:
    """Reads the claim on a game, exactly; what is broken is rechecked from the definitions.

    Args:
        made: the game.
        model: its reading.
        asked: the conjecture.
        kind: under which it is counted.
        tally: what was tried.
        known: assumptions that are known to hold or to fail of it.
    """
    known = {} if known is None else known
    if any(known.get(a.text) is False for a in asked.assumptions):
        return Verdict()
    answer = asked.claim.holds(model)
    if answer.holds is False:
        found = refutation(made, model, asked)
        return Verdict(found, None if found is None else Fraction(0))
    if not all(known.get(a.text) or a.holds(model).holds for a in asked.assumptions):
        return Verdict()
    if answer.holds is None:
        tally.outside[answer.reason[:120]] += 1
        return Verdict()
    tally.kept[kind] += 1
    apart = slack(model, asked)
    if apart is not None and (tally.least is None or apart < tally.least):
        tally.least = apart
    return Verdict(slack=apart)


def refutation(made: Instance, model: Reading, asked: Setting) -> Witness | None:
    """The game as a witness, if every assumption and the file as written out check."""
    if not asked.admits(made.game):
        return None
    player = _player(model, asked)
    found = witness(
        made.game, made.expert, made.learner, player, asked.claim.text, asked.assumptions
    )
    if not found.verify().valid:
        return None
    return found if verify(parse_json(written(found), "witness")).valid else None


def written(found: Witness) -> str:
    """The file of a witness."""
    import json

    return json.dumps(found.json())


def slack(model: Reading, asked: Setting) -> Fraction | None:
    """The relative distance of the two sides, the smallest over the players."""
    pairs = sides(model, asked)
    return min((_distance(pair, asked.claim.relation) for pair in pairs), default=None)


def _distance(pair: Pair, relation: str) -> Fraction:
    left, right = (Fraction(side) for side in pair)
    low, high = (right, left) if relation in (">=", ">") else (left, right)
    size = abs(low) + abs(high)
    return (high - low) / size if size else Fraction(0)


def sides(model: Reading, asked: Setting) -> Sequence[Pair]:
    """The two sides, one pair a player where the claim is per player; none outside its domain."""
    try:
        found = asked.claim.sides(model)
    except (OutsideDomain, UndeterminedError):
        return ()
    if asked.claim.is_per_player:
        return cast(tuple[Pair, ...], found)
    return (cast(Pair, found),)


def _player(model: Reading, asked: Setting) -> int:
    """The player of a claim for every i whose own claim breaks worst, or who gains most."""
    everyone = range(model.players)
    if asked.claim.is_per_player:
        apart: dict[int, Fraction] = {}
        for i in everyone:
            # The claim may have no value for a player who does not break it.
            with suppress(OutsideDomain, UndeterminedError):
                apart[i] = _distance(asked.claim.pair(model, i), asked.claim.relation)
        return min(apart, key=lambda i: apart[i])
    gains: list[Number] = [
        model.best_value("learner", i) - model.value("learner", i) for i in everyone
    ]
    return gains.index(max(gains))
