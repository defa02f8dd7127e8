"""The games on which a bound is measured: named ones, families along a parameter, random ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from nashgap.theory.errors import BadInput
from nashgap.theory.nearest import hint
from nashgap.theory.written import rational

from ..game import MarkovGame
from ..games import NamedGame, catalogue, random_game
from ..grids import boards
from ..policy import ProductPolicy

_LONGEST = 100


@dataclass(frozen=True, eq=False)
class Case:
    """A game with expert and learner, and what it is called.

    Attributes:
        name: the family or the file.
        game: the game.
        expert: the expert's policy.
        learner: the learner's policy.
        parameters: those that are not at their defaults.
    """

    name: str
    game: MarkovGame
    expert: ProductPolicy
    learner: ProductPolicy
    parameters: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    @property
    def title(self) -> str:
        """The name with its parameters."""
        return _title(self.name, self.parameters)


def named_cases(
    names: Sequence[str] = (),
    over: Mapping[str, Sequence[str]] | None = None,
    at: Mapping[str, str] | None = None,
) -> tuple[list[Case], list[str]]:
    """Named games, each at its defaults and with one parameter at a time moved along a list.

    Args:
        names: of the library, boards included; all but the boards if none is given.
        over: parameter -> values. A family without the parameter stays as it is.
        at: parameter -> the value that it has in all games, where that is not the default.

    Returns:
        The games, and what was left out with the reason: values out of one family's range.

    Raises:
        BadInput: an unknown name, a parameter that none of the games has, or a value that none of
            them can take.

    Example:
        >>> games = ["w1", "prisoners-dilemma"]
        >>> found, left_out = named_cases(games, {"n": ["2", "3"], "eps": ["1"]})
        >>> [case.title for case in found]
        ['w1', 'w1 n=3', 'prisoners-dilemma', 'prisoners-dilemma eps=1']
        >>> left_out
        ['w1 eps=1: w1.eps: given 1; needed: at most 2(1-gamma) = 1/5']
    """
    known = {**catalogue(), **boards()}
    for name in names:
        if name not in known:
            raise BadInput("games", f"given {name!r:.60}{hint(name, known)}", _names(known))
    chosen = [known[name] for name in names or catalogue()]
    values, fixed = over or {}, at or {}
    for option, keys in (("over", values), ("at", fixed)):
        for key in keys:
            if not any(key in game.parameters for game in chosen):
                have = sorted({k for game in chosen for k in game.parameters})
                needed = ", ".join(have) or "none"
                raise BadInput(option, f"no game has a parameter {key!r:.60}", needed)
    cases: list[Case] = []
    refused: list[tuple[str, dict[str, str], BadInput]] = []
    for game in chosen:
        for parameters in _settings(game, values, fixed):
            try:
                made = game.build(**parameters)
            except BadInput as why:
                refused.append((game.name, parameters, why))
                continue
            cases.append(Case(game.name, made.game, made.expert, made.learner, parameters))
    moved = [("over", key, value) for key, several in values.items() for value in several]
    for option, key, value in [*(("at", *pair) for pair in fixed.items()), *moved]:
        _taken(option, key, value, cases, refused)
    return cases, [f"{_title(name, parameters)}: {why}" for name, parameters, why in refused]


def _taken(
    option: str,
    key: str,
    value: str,
    cases: Sequence[Case],
    refused: Sequence[tuple[str, Mapping[str, str], BadInput]],
) -> None:
    """Refuses a value that games were asked to take and none of them could.

    Raises:
        BadInput: as the first of them says.
    """
    why = [reason for _, asked, reason in refused if asked.get(key) == value]
    if why and not any(case.parameters.get(key) == value for case in cases):
        raise BadInput(f"{option} {key}, {why[0].where}", why[0].given, why[0].needed)


def _title(name: str, parameters: Mapping[str, str]) -> str:
    return " ".join([name, *(f"{key}={value}" for key, value in parameters.items())])


def _names(known: Mapping[str, object]) -> str:
    return f"names among {', '.join(known)}"


def _settings(
    game: NamedGame, over: Mapping[str, Sequence[str]], at: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    usual = {key: p.default for key, p in game.parameters.items()}
    base = {key: value for key, value in at.items() if key in usual}
    yield base
    for key, values in over.items():
        if key in usual:
            here = base.get(key, usual[key])
            yield from ({**base, key: value} for value in values if not _same(value, here))


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same word or the same number: 0.9 and 9/10."""
    found = [rational(text.strip(), _LONGEST) for text in (one, other)]
    return one == other or (found[0] is not None and found[0] == found[1])


def random_cases(count: int, assume: str = "", *, seed: int = 0, **shape: object) -> list[Case]:
    """Seeded random games of a class with an expert that fits it and a learner that errs.

    Args:
        count: how many.
        assume: the class, as `random_game` reads it.
        seed: of the first game.
        **shape: further options of `random_game`.

    Example:
        >>> [case.title for case in random_cases(2, "nash", seed=5)]
        ['random seed=5', 'random seed=6']
    """
    found = []
    for k in range(seed, seed + count):
        made = random_game(k, assume, **shape)  # type: ignore[arg-type]
        found.append(Case("random", made.game, made.expert, made.learner, {"seed": str(k)}))
    return found
