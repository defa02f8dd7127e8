"""Assumptions: how lists are read; for each a game where it holds, and one entry that fails it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction as F
from typing import Any

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading
from nashgap.theory.assumptions import Assumption, Family, known, parse_assumptions
from nashgap.theory.errors import BadInput

NAMES = {
    *("nash", "strict-nash", "subgame-perfect", "margin", "dominant", "team-optimal"),
    *("match-rho", "match-mu", "match-bc", "full-support", "zero-sum", "common-payoff"),
    *("symmetric", "one-matched"),
    *("turn-based", "alternating", "state-rewards", "own-rewards", "reset", "entry"),
    *("uniform-off-support", "deterministic", "pure", "visited", "quantal"),
}


@dataclass
class Parts:
    """A game as nested lists, so that one entry can be changed."""

    transition: Any
    rewards: Any
    start: Any
    expert: Any
    learner: Any
    discount: F = field(default=F(1, 2))

    def model(self) -> Reading:
        game = MarkovGame(self.transition, self.rewards, self.start, self.discount)
        return Reading(game, ProductPolicy(self.expert), ProductPolicy(self.learner))


def one_state(pay_0: Any, pay_1: Any) -> Parts:
    """Two players, one state, two actions each; both play action 0."""
    return Parts(
        [[[[1], [1]], [[1], [1]]]], [[pay_0], [pay_1]], [1], [[[1, 0]]] * 2, [[[1, 0]]] * 2
    )


def ring() -> Parts:
    """States 0 (player 0's) and 1 (player 1's) that follow each other; all rewards 0."""
    rows = [[[[0, 1], [0, 1]], [[0, 1], [0, 1]]], [[[1, 0], [1, 0]], [[1, 0], [1, 0]]]]
    pay = [[[[0, 0], [F(-1, 4), F(-1, 4)]], [[0, 0], [0, 0]]]]
    pay += [[[[0, 0], [0, 0]], [[0, F(-1, 4)], [0, F(-1, 4)]]]]
    still = [[1, 0], [1, 0]]
    return Parts(rows, pay, [1, 0], [still, still], [still, still])


def side_street() -> Parts:
    """The expert stays at state 0; state 1 is reached by nobody but player 0's action 1."""
    rows = [[[[1, 0], [1, 0]], [[F(3, 4), F(1, 4)]] * 2], [[[F(1, 2), F(1, 2)]] * 2] * 2]
    pay = [[[[F(1, 2), F(1, 2)], [0, 0]], [[0, 0], [0, 0]]], [[[0, 0], [0, 0]]] * 2]
    half = [F(1, 2), F(1, 2)]
    return Parts(rows, pay, [1, 0], [[[1, 0], [1, 0]]] * 2, [[[1, 0], half]] * 2)


def change(parts: Parts, where: str, place: tuple[int, ...], new: Any) -> Parts:
    """One entry, or one row, replaced in a deep copy."""

    def copied(given: Any) -> Any:
        return [copied(x) for x in given] if isinstance(given, list) else given

    everything = {
        name: copied(getattr(parts, name))
        for name in ("transition", "rewards", "start", "expert", "learner")
    }
    target = everything[where]
    for k in place[:-1]:
        target = target[k]
    target[place[-1]] = new
    return Parts(**everything, discount=parts.discount)


DILEMMA = one_state([[0, 1], [-1, F(1, 2)]], [[0, -1], [1, F(1, 2)]])  # action 0 defects
PENNIES = one_state([[0, 0], [0, 0]], [[0, 0], [0, 0]])
TEAM = one_state([[1, 0], [0, F(1, 2)]], [[1, 0], [0, F(1, 2)]])
ZERO = one_state([[0, 1], [-1, 0]], [[0, -1], [1, 0]])

Case = tuple[str, Parts, Callable[[], Parts], str]

CASES: list[Case] = [
    # (assumption, a game where it holds, one entry changed, what the reason must name)
    (
        "nash",
        DILEMMA,
        lambda: change(DILEMMA, "rewards", (0, 0, 1, 0), F(1, 8)),
        "player 0 gains 1/4",
    ),
    (
        "strict-nash",
        DILEMMA,
        lambda: change(DILEMMA, "rewards", (1, 0, 0, 1), 0),
        "player 1 loses nothing by action 1",
    ),
    (
        "subgame-perfect",
        side_street(),
        lambda: change(side_street(), "rewards", (1, 1, 0, 1), F(1, 4)),  # V = 1/4 + V/4
        "player 1 gains 1/3 from state 1 by action 1",
    ),
    (
        "margin=1",
        DILEMMA,
        lambda: change(DILEMMA, "rewards", (1, 0, 0, 1), F(-99, 100)),
        "99/100 below",
    ),
    ("dominant", DILEMMA, lambda: change(DILEMMA, "rewards", (0, 0, 0, 1), 0), "player 0 gains 1"),
    ("team-optimal", TEAM, lambda: change(TEAM, "expert", (1, 0), [0, 1]), "earns 2 more"),
    ("match-rho", DILEMMA, lambda: change(DILEMMA, "learner", (0, 0), [F(1, 2), F(1, 2)]), "= 1"),
    (
        "match-mu",
        side_street(),
        lambda: change(side_street(), "learner", (0, 0), [0, 1]),
        "eps_mu =",
    ),
    (
        "match-bc=1/10",
        side_street(),
        lambda: change(side_street(), "learner", (0, 0), [F(9, 10), F(1, 10)]),
        "eps_BC = 1/5",
    ),
    (
        "one-matched",
        side_street(),
        lambda: change(change(side_street(), "learner", (0, 0), [0, 1]), "learner", (1, 0), [0, 1]),
        "the smallest eps_BC_i is",
    ),
    ("full-support", ring(), lambda: change(ring(), "transition", (0, 0, 0), [1, 0]), "state 1"),
    ("visited=2", ring(), lambda: change(ring(), "transition", (0, 0, 0), [1, 0]), "visits 1 of 2"),
    ("zero-sum", ZERO, lambda: change(ZERO, "rewards", (0, 0, 1, 1), F(1, 9)), "sum to 1/9"),
    ("common-payoff", TEAM, lambda: change(TEAM, "rewards", (1, 0, 0, 1), F(1, 9)), "(0, 1)"),
    ("symmetric", DILEMMA, lambda: change(DILEMMA, "rewards", (0, 0, 1, 1), F(1, 9)), "(1, 1)"),
    ("turn-based", ring(), lambda: change(ring(), "rewards", (1, 0, 0, 1), 1), "state 0"),
    ("alternating", ring(), lambda: change(ring(), "transition", (0, 1, 1), [1, 0]), "state 0"),
    ("state-rewards", PENNIES, lambda: change(PENNIES, "rewards", (0, 0, 1, 1), 1), "player 0"),
    ("own-rewards", ring(), lambda: change(ring(), "rewards", (0, 0, 0, 1), 1), "player 0"),
    (
        "reset=1/2",
        side_street(),
        lambda: change(side_street(), "transition", (1, 0, 1), [F(1, 3), F(2, 3)]),
        "probability 1/3",
    ),
    (
        "entry=1/4",
        side_street(),
        lambda: change(side_street(), "transition", (0, 1, 1), [F(1, 2), F(1, 2)]),
        "probability 1/2",
    ),
    (
        "uniform-off-support",
        side_street(),
        lambda: change(side_street(), "learner", (1, 1), [F(1, 3), F(2, 3)]),
        "player 1 is not uniform at the unvisited state 1",
    ),
    (
        "deterministic",
        ring(),
        lambda: change(ring(), "transition", (0, 1, 1), [F(1, 2), F(1, 2)]),
        "state 0, joint action (1, 1)",
    ),
    (
        "pure",
        ring(),
        lambda: change(ring(), "learner", (1, 1), [F(1, 2), F(1, 2)]),
        "learner player 1 mixes at state 1",
    ),
]


def test_the_table_of_names_is_complete() -> None:
    """Catches an assumption that is lost, renamed or left untested."""
    assert set(known()) == NAMES
    assert {name.partition("=")[0] for name, *_ in CASES} == NAMES - {"quantal"}  # in test_soft


@pytest.mark.parametrize(("text", "holds", "fails", "reason"), CASES, ids=[c[0] for c in CASES])
def test_holds_and_fails_by_one_entry(
    text: str, holds: Parts, fails: Callable[[], Parts], reason: str
) -> None:
    """Catches a check that misses one entry, and a reason that does not name the place."""
    (assumption,) = parse_assumptions(text)
    assert assumption.holds(holds.model()).holds is True
    answer = assumption.holds(fails().model())
    assert answer.holds is False
    assert reason in answer.reason


def test_strict_nash_needs_purity_and_forgets_unvisited_states() -> None:
    """Catches a tie at a visited state let pass, and one at an unvisited state held against it."""
    (strict,) = parse_assumptions("strict-nash")
    tied = change(TEAM, "expert", (0, 0), [F(1, 2), F(1, 2)])
    assert "mixes" in strict.holds(tied.model()).reason
    # At the unvisited state 1 of the side street nothing matters; at state 0 player 1 is tied.
    street = side_street()
    assert strict.holds(street.model()).holds is False
    for row in (0, 1):
        street.rewards[1][0][row] = [F(1, 2), 0]
    assert strict.holds(street.model()).holds is True


def test_margin_looks_at_all_states_beside_subgame_perfect() -> None:
    """Catches a margin that is read the same way in every list."""
    street = side_street()
    for row in (0, 1):
        street.rewards[1][0][row] = [F(1, 2), 0]
    alone = parse_assumptions("margin=1/4")[0]
    beside = parse_assumptions("margin=1/4,subgame-perfect")[0]
    assert alone != beside
    assert alone.text == beside.text == "margin=1/4"
    # At state 0 player 0's action 1 pays 1/2 less now and puts state 1, worth V/3 with V = 1, at
    # 1/4: 1/2 + 1/2 * 1/4 * 2/3 below; player 1's pays 1/2 less. At state 1 all actions tie.
    assert alone.holds(street.model()).holds is True
    assert beside.holds(street.model()).holds is False
    assert parse_assumptions("margin=0,subgame-perfect")[0].holds(street.model()).holds is True


def test_a_mixed_expert_has_no_margin() -> None:
    """Catches a margin of an expert that is not pure, even where only unvisited states mix."""
    street = change(side_street(), "expert", (1, 1), [F(1, 2), F(1, 2)])
    answer = parse_assumptions("margin=0")[0].holds(street.model())
    assert (answer.holds, answer.reason) == (False, "expert player 1 mixes at state 1")


@pytest.mark.parametrize(("players", "cycle", "holds"), [(2, 3, False), (3, 3, True), (2, 4, True)])
def test_alternating_colours_free_states(players: int, cycle: int, holds: bool) -> None:
    """Catches owners of indifferent states fixed too early: an odd cycle needs three players."""
    shape = [2] * players

    def filled(depth: int, leaf: Any) -> Any:
        return leaf if depth == 0 else [filled(depth - 1, leaf) for _ in range(shape[depth - 1])]

    rows = [
        filled(players, [int(t == (s + 1) % cycle) for t in range(cycle)]) for s in range(cycle)
    ]
    pay = [[filled(players, 0) for _ in range(cycle)] for _ in range(players)]
    still = [[[1, 0]] * cycle for _ in range(players)]
    parts = Parts(rows, pay, [1] + [0] * (cycle - 1), still, still)
    (alternating,) = parse_assumptions("alternating")
    assert alternating.holds(parts.model()).holds is holds


def test_alternating_respects_owners_that_are_fixed() -> None:
    """Catches a colouring that ignores who matters: two neighbours of one owner."""
    parts = ring()
    parts.rewards[0][1] = [[0, 0], [F(1, 4), F(1, 4)]]
    parts.rewards[1][1] = [[0, 0], [0, 0]]
    (turns,), (alternating,) = parse_assumptions("turn-based"), parse_assumptions("alternating")
    assert turns.holds(parts.model()).holds is True
    assert alternating.holds(parts.model()).holds is False


def test_floats_decide_supports_only() -> None:
    """Catches an equality that rounding decided."""
    parts = side_street()
    game = MarkovGame(parts.transition, parts.rewards, parts.start, parts.discount).as_float()
    expert, learner = (ProductPolicy(p).as_float() for p in (parts.expert, parts.learner))
    model = Reading(game, expert, learner)
    for kind in known().values():
        assumption = kind if isinstance(kind, Assumption) else kind.at(F(0))
        answer = assumption.holds(model)
        by_supports = {"deterministic": False, "full-support": False, "pure": False}
        assert answer.holds is by_supports.get(kind.name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nas", "did you mean 'nash'"),
        ("Nash", "did you mean 'nash'"),
        ("match_rho", "did you mean 'match-rho'"),
        ("nash;pure", "no assumption is called"),
        ("frobnicate", "names out of alternating"),
        (",", "an empty name"),
        ("nash,", "an empty name"),
        ("nash,nash", "'nash' is given 2 times"),
        ("margin=1,margin=2", "'margin' is given 2 times"),
        ("margin", "'margin' without a parameter"),
        ("margin=", "given margin="),
        ("margin=x", "given margin=x"),
        ("margin=-1", "given margin=-1"),
        ("margin=1/0", "given margin=1/0"),
        ("margin=1e", "given margin=1e"),
        ("margin=1e-999", "given margin=1e-999"),
        ("margin=-1e-3", "given margin=-1/1000"),
        ("margin=nan", "given margin=nan"),
        ("margin=1/2/3", "given margin=1/2/3"),
        ("margin=" + "9" * 5000, "given margin=999"),
        ("reset=3/2", "b in [0, 1]"),
        ("entry=1.01", "b in [0, 1]"),
        ("nash=1", "'nash' without a parameter"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(text: str, message: str) -> None:
    """Catches a list that is misread, and a message that does not say what exists."""
    with pytest.raises(BadInput) as refusal:
        parse_assumptions(text)
    assert message in str(refusal.value)
    assert str(refusal.value).startswith("assumptions: ")
    assert len(str(refusal.value)) < 500


def test_lists_are_read_exactly_and_in_order() -> None:
    """Catches decimals read as floats, spaces kept, and an order lost."""
    read = parse_assumptions(" pure , margin = 0.1, reset=1/3,nash,entry=5e-3,match-bc=.5")
    written = [a.text for a in read]
    assert written == ["pure", "margin=1/10", "reset=1/3", "nash", "entry=1/200", "match-bc=1/2"]
    assert parse_assumptions(written) == read
    assert parse_assumptions("margin=1e-99")[0].parameter == F(1, 10**99)
    assert parse_assumptions("") == parse_assumptions("  ") == parse_assumptions([]) == ()
    assert parse_assumptions(["nash", "pure"]) == parse_assumptions("nash,pure")


@pytest.mark.parametrize("kind", known().values(), ids=list(known()))
def test_every_assumption_states_itself(kind: Assumption | Family) -> None:
    """Conformance: a sentence, LaTeX with balanced braces, and equality by content."""
    assert kind.statement
    assert kind.latex.count("{") == kind.latex.count("}")
    if isinstance(kind, Family):
        assert kind.at(F(1, 3)) == kind.at(F(1, 3)) != kind.at(F(1, 4))
        assert rf"{kind.symbol}=\tfrac{{1}}{{3}}" in kind.at(F(1, 3)).latex
        assert kind.at(F(1, 3)).text == f"{kind.name}=1/3"
    else:
        assert parse_assumptions(kind.text) == (kind,)
