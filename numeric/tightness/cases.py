"""The games on which a bound is measured: named ones, families along a parameter, random ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..games import NamedGame, catalogue, random_game
from ..grids import boards
from ..policy import ProductPolicy


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
        return " ".join([self.name, *(f"{k}={v}" for k, v in self.parameters.items())])


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
        The games, and what was left out with the reason: values out of a family's range.

    Raises:
        BadInput: an unknown name, or a parameter that none of the games has.

    Example:
        >>> found, left_out = named_cases(["w1"], {"n": ["2", "3"], "eps": ["1/10", "1"]})
        >>> [case.title for case in found]
        ['w1', 'w1 n=3']
        >>> left_out
        ['w1 eps=1: w1.eps: given 1; needed: at most 2(1-gamma) = 1/5']
    """
    known = {**catalogue(), **boards()}
    for name in names:
        if name not in known:
            raise BadInput("games", f"given {name!r:.60}", f"names among {', '.join(known)}")
    chosen = [known[name] for name in names or catalogue()]
    values, fixed = over or {}, at or {}
    for key in (*values, *fixed):
        if not any(key in game.parameters for game in chosen):
            have = sorted({k for game in chosen for k in game.parameters})
            raise BadInput(
                "over", f"no game has a parameter {key!r:.60}", ", ".join(have) or "none"
            )
    cases, left_out = [], []
    for game in chosen:
        for parameters in _settings(game, values, fixed):
            title = " ".join([game.name, *(f"{k}={v}" for k, v in parameters.items())])
            try:
                made = game.build(**parameters)
            except BadInput as why:
                left_out.append(f"{title}: {why}")
                continue
            cases.append(Case(game.name, made.game, made.expert, made.learner, parameters))
    return cases, left_out


def _settings(
    game: NamedGame, over: Mapping[str, Sequence[str]], at: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    usual = {key: p.default for key, p in game.parameters.items()}
    base = {key: value for key, value in at.items() if key in usual}
    yield base
    for key, values in over.items():
        if key in usual:
            here = base.get(key, usual[key])
            yield from ({**base, key: value} for value in values if value != here)


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
