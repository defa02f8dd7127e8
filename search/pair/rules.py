r"""Which rows a class of general-sum games with exact \(\rho\)-matching puts on its two MDPs."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import Literal

from ..query import GameClass

Rewards = Literal["free", "own", "state"]
Rest = Literal["no", "team", "dominant"]
Level = Literal["no", "visited", "everywhere"]

_UNDERSTOOD = frozenset(
    {
        "match-rho", "match-mu", "full-support", "nash", "subgame-perfect", "strict-nash",
        "dominant", "team-optimal", "margin", "zero-sum", "common-payoff", "symmetric",
        "turn-based", "alternating", "state-rewards", "own-rewards", "reset", "entry",
        "uniform-off-support", "deterministic", "pure", "visited",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Rules:
    r"""What the rows of a case depend on.

    Attributes:
        rewards: "free" of the joint action, of the state and the "own" action, or of the "state".
        reset: the least probability of the start from everywhere.
        entry: the largest probability of leaving \(S_+\) from a visited state.
        margin: by how much the expert's action beats every other, or None.
        everywhere: whether it does so at every state and not just at visited ones.
        uniform: at least as many joint actions as the player's opponents have that matter, if the
            learner is uniform at unvisited states, or None; 1 before a player is chosen.
        alternating: whether the owners of two players' states alternate.
        level: the game is symmetric and zero-sum, so that the player's optimal values are at least
            0, and 0 at the "visited" states or "everywhere".
        is_void: every reward is 0.
        is_exact: kernel and policies are pure, so that every row leads to one state.
        rest: the expert is optimal for the "team" at every state, or its policy is "dominant":
            then the learner's opponents cannot make the player gain.
    """

    rewards: Rewards = "free"
    reset: Fraction = Fraction(0)
    entry: Fraction = Fraction(1)
    margin: Fraction | None = None
    everywhere: bool = False
    uniform: int | None = None
    alternating: bool = False
    level: Level = "no"
    is_void: bool = False
    is_exact: bool = False
    rest: Rest = "no"

    @property
    def is_plain(self) -> bool:
        """Whether the class is as wide as its expert being Nash."""
        return replace(self, is_exact=False) == Rules()


def rules_of(said: GameClass) -> Rules | str:
    """The rules of a class, or why its rows are not known."""
    names = said.names
    unknown = sorted(names - _UNDERSTOOD)
    if unknown:
        return f"the reduction to two decision processes knows no {unknown[0]}"
    if not said.is_nash:
        return "the reduction to two decision processes needs a Nash expert"
    parameter = {a.name: a.parameter for a in said.assumptions if a.parameter is not None}
    turns = bool(names & {"turn-based", "alternating"})
    margin = parameter.get("margin")
    if turns and margin:
        return "where players take turns no action of the others matters, so no margin is positive"
    shared = bool(names & {"zero-sum", "common-payoff", "team-optimal"})
    rewards: Rewards = "free"
    if "state-rewards" in names or ("own-rewards" in names and shared):
        rewards = "state"
    elif "own-rewards" in names:
        rewards = "own"
    is_void = {"zero-sum", "common-payoff"} <= names
    if {"zero-sum", "symmetric"} <= names and rewards != "free":
        is_void = True
    rest: Rest = "no"
    serves = turns and ("symmetric" in names or {"common-payoff", "subgame-perfect"} <= names)
    if serves or "team-optimal" in names:
        rest = "team"
    elif "dominant" in names:
        rest = "dominant"
    if rest != "no":
        return Rules(rest=rest)
    reset, entry = parameter.get("reset", Fraction(0)), parameter.get("entry", Fraction(1))
    level: Level = "no"
    if {"zero-sum", "symmetric"} <= names:
        level = "everywhere" if "subgame-perfect" in names else "visited"
    return Rules(
        "state" if is_void else rewards,
        reset,
        entry,
        margin,
        margin is not None and "subgame-perfect" in names,
        1 if "uniform-off-support" in names else None,
        "alternating" in names and said.players == 2,
        level,
        is_void,
        {"deterministic", "pure"} <= names
        and "uniform-off-support" not in names
        and not reset
        and entry == 1,
        rest,
    )


def for_player(said: GameClass, rules: Rules, player: int) -> Rules:
    """The rows of one player: without a second action, or alone with one, it gains nothing."""
    others = [a for j, a in enumerate(said.actions) if j != player]
    if said.actions[player] == 1:
        return Rules(rest="dominant")
    if all(a == 1 for a in others):
        return Rules(rest="team")
    if rules.uniform is None:
        return rules
    turns = bool(said.names & {"turn-based", "alternating"})
    return replace(rules, uniform=max(others) if turns else prod(others))
