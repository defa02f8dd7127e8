r"""Which rows a class of general-sum games with exact \(\rho\)-matching puts on its two MDPs."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import Literal

from ..query import GameClass

Rewards = Literal["free", "own", "state"]
Rest = Literal["no", "team", "dominant"]
Level = Literal["no", "visited", "everywhere", "alike"]

_UNDERSTOOD = frozenset(
    {
        "match-rho", "match-mu", "match-bc", "full-support", "nash", "subgame-perfect",
        "strict-nash", "dominant", "team-optimal", "margin", "zero-sum", "common-payoff",
        "symmetric",
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
            0, and 0 at the "visited" states or "everywhere"; "alike": beside any expert, with two
            actions, so that of two rewards at a state one is at most 1 above the other.
        is_void: every reward is 0.
        is_exact: kernel and policies are pure, so that every row leads to one state.
        rest: the expert is optimal for the "team" at every state, or its policy is "dominant":
            then the learner's opponents cannot make the player gain.
        is_nash: whether the expert is; beside any other, the player may gain against the expert's
            own opponents, and \(U\) stands for the values of the player's own policy.
        rival: whether a margin is asked of an opponent as well that loses what the player wins; no
            certificate has such rows, they only guide a search for games.
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
    is_nash: bool = True
    rival: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the class is as wide as its expert being Nash, or as no word on the expert."""
        return replace(self, is_exact=False, is_nash=True) == Rules()


def rules_of(said: GameClass) -> Rules | str:
    """The rules of a class, or why its rows are not known."""
    names = said.names
    unknown = sorted(names - _UNDERSTOOD)
    if unknown:
        return f"the reduction to two decision processes knows no {unknown[0]}"
    parameter = {a.name: a.parameter for a in said.assumptions if a.parameter is not None}
    turns = bool(names & {"turn-based", "alternating"})
    margin = parameter.get("margin")
    if margin is not None and not said.is_nash:
        return "the rows of a margin are those of a Nash expert"
    if turns and margin:
        return "where players take turns no action of the others matters, so no margin is positive"
    if not said.is_nash:
        return rules_beside_any(said)
    rewards, is_void = _rewards(said)
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


def _rewards(said: GameClass) -> tuple[Rewards, bool]:
    """What a player's rewards depend on, and whether they are all 0."""
    names, several = said.names, said.players > 1
    common = bool(names & {"common-payoff", "team-optimal"})
    rewards: Rewards = "own" if "own-rewards" in names else "free"
    if "state-rewards" in names or (
        rewards == "own" and several and (common or "zero-sum" in names)
    ):
        rewards = "state"
    is_void = {"zero-sum", "symmetric"} <= names and rewards != "free"
    return rewards, is_void or ("zero-sum" in names and common)


def rules_beside_any(said: GameClass) -> Rules:
    """The rules where nothing is said of the expert, or what is said is not used.

    How the learner plays at unvisited states is then no matter. Rows of a deterministic kernel that
    must give the start something lead there, and rows that must not leave for an unvisited state
    for sure do not at all.
    """
    names = said.names
    parameter = {a.name: a.parameter for a in said.assumptions if a.parameter is not None}
    reset, entry = parameter.get("reset", Fraction(0)), parameter.get("entry", Fraction(1))
    rewards, is_void = _rewards(said)
    if "deterministic" in names:
        reset, entry = Fraction(int(reset > 0)), Fraction(int(entry >= 1))
    if {"turn-based", "alternating"} & names and "symmetric" in names:
        return Rules(rest="dominant", is_nash=False)
    return Rules(
        "state" if is_void else rewards,
        reset,
        entry,
        alternating="alternating" in names and said.players == 2,
        level="alike" if {"zero-sum", "symmetric"} <= names and max(said.actions) == 2 else "no",
        is_void=is_void,
        is_nash=False,
    )


def for_player(said: GameClass, rules: Rules, player: int) -> Rules:
    """The rows of one player: without a second action, or alone with one, it gains nothing."""
    others = [a for j, a in enumerate(said.actions) if j != player]
    if said.actions[player] == 1:
        return Rules(rest="dominant", is_nash=rules.is_nash)
    if not rules.is_nash:
        return rules
    if all(a == 1 for a in others):
        return Rules(rest="team")
    if rules.uniform is None:
        return rules
    turns = bool(said.names & {"turn-based", "alternating"})
    return replace(rules, uniform=max(others) if turns else prod(others))
