"""A certificate that no game of a class reaches a gap: a JSON object that `checkers` verifies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, assert_never

from nashgap.numeric.numbers import exact, text
from nashgap.numeric.plain import LONGEST_NUMBER, decimal, number
from nashgap.theory.verification import Verification

from .checkers import any_expert, coupled, empty, given, matched, pair, two_states
from .checkers.common import FORMAT
from .problem import Threshold
from .prover import Leaf, Mixed, Split, Tree
from .query import GameClass

CHECKERS: Mapping[str, ModuleType] = {
    **dict.fromkeys(matched.ENCODINGS, matched),
    **dict.fromkeys(coupled.ENCODINGS, coupled),
    **{module.ENCODING: module for module in (pair, any_expert, given, two_states, empty)},
}
"""For each encoding the one file that checks it, without a solver, and says why its rows hold."""


@dataclass(frozen=True)
class Certificate:
    """A rule-out with its proof.

    Attributes:
        raw: the object in the format `nashgap/certificate/1`.
    """

    raw: Mapping[str, Any]

    def verify(self) -> Verification:
        """Checks it without any solver, by arithmetic on rows that the checker makes itself."""
        faults = _checker(self.raw).check(self.raw)
        shown = f"no game of the class has {self.statement}: every case ends in a contradiction"
        return Verification(not faults, faults or (shown,))

    @property
    def statement(self) -> str:
        """What is excluded, for example "a Nash gap > 18"."""
        return f"{self._larger} {self.raw['excludes']['gap']}"

    @property
    def shown(self) -> str:
        """The same for reading: a fraction has its decimal beside it, a long one only that."""
        gap = exact(self.raw["excludes"]["gap"], "excludes.gap")
        long = len(text(gap)) > LONGEST_NUMBER
        return f"{self._larger} {f'a fraction ≈ {decimal(gap)}' if long else number(gap)}"

    @property
    def _larger(self) -> str:
        excludes = self.raw["excludes"]
        whose = f"a gap of player {excludes['player']}" if "player" in excludes else "a Nash gap"
        return f"{whose} {'>' if excludes['strict'] else '>='}"

    def json(self) -> dict[str, Any]:
        """The object, to be written out."""
        return dict(self.raw)

    def __repr__(self) -> str:
        said = self.raw["class"]
        shape = f"{said['players']} players, {said['states']} states"
        return f"<Certificate: no game of {shape} has {self.statement}>"

    def _repr_html_(self) -> str:
        from .display import certificate_html

        return certificate_html(self)


def certificate(
    game_class: GameClass,
    excluded: Threshold,
    encoding: str,
    trees: Sequence[tuple[tuple[int, ...], int, Tree]],
    player: int | None = None,
) -> Certificate:
    """Puts proved cases together.

    Args:
        game_class: the class.
        excluded: the threshold that no game of the class meets.
        encoding: whose rows the trees cite.
        trees: the players, the number of visited states, and the tree of each case.
        player: the one player whose gap counts, or None.
    """
    cases = [
        {"players": list(players), "visited": k, "tree": written(tree)}
        for players, k, tree in trees
    ]
    return excluding(game_class.certified(), excluded, encoding, cases, player)


def excluding(
    said: Mapping[str, Any],
    excluded: Threshold,
    encoding: str,
    cases: Sequence[Mapping[str, Any]],
    player: int | None = None,
) -> Certificate:
    """The certificate of some cases; whether they prove what it says is for its checker to find.

    Args:
        said: the class, as a certificate names it.
        excluded: the threshold that no game of the class meets.
        encoding: whose rows the cases cite.
        cases: as the encoding's checker reads them.
        player: the one player whose gap counts, or None.
    """
    excludes: dict[str, Any] = {"gap": text(excluded.value), "strict": excluded.strict}
    if player is not None:
        excludes["player"] = player
    return Certificate(
        {
            "format": FORMAT,
            "class": said,
            "excludes": excludes,
            "encoding": encoding,
            "cases": list(cases),
        }
    )


def argument(raw: Mapping[str, Any]) -> str:
    """The module that checks a certificate, whose docstring proves the rows that it cites."""
    return _checker(raw).__name__


def _checker(raw: object) -> ModuleType:
    encoding = raw.get("encoding") if isinstance(raw, Mapping) else None
    return CHECKERS.get(str(encoding), matched)


def written(tree: Tree) -> dict[str, Any]:
    """A case tree as a JSON object."""
    match tree:
        case Leaf(multipliers):
            return {"leaf": {row: text(y) for row, y in multipliers.items()}}
        case Split(choice, branches):
            below = [{"to": to, "tree": written(tree)} for to, tree in branches]
            return {"choice": choice, "branches": below}
        case Mixed(node, ends, pieces):
            shown = [
                {
                    "from": text(low),
                    "to": text(high),
                    "leaf": {row: [text(c) for c in y] for row, y in multipliers.items()},
                }
                for low, high, multipliers in pieces
            ]
            return {"mixed": node, "ends": list(ends), "pieces": shown}
        case _:
            assert_never(tree)
