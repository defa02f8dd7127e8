"""The case trees: complete, contradictory at every leaf, small by symmetry; honest without one."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from nashgap.search import lp
from nashgap.search.encodings import Case, encodings
from nashgap.search.problem import Box, Choice, Picks, Problem, Row, Threshold
from nashgap.search.prover import (
    GaveUp,
    Leaf,
    Open,
    Split,
    Tree,
    next_choice,
    prove,
    representatives,
)
from nashgap.theory.errors import BadInput

F = Fraction
BUILD = {name: encoding.build for name, encoding in encodings().items()}


def leaves(tree: Tree) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
        return
    assert isinstance(tree, Split)
    for _, below in tree.branches:
        yield from leaves(below)


def full_support(name: str, states: int) -> Problem:
    return BUILD[name](Case(states, states, F(9, 10), True, True, True))


@pytest.mark.parametrize("name", sorted(BUILD))
@pytest.mark.parametrize("states", [1, 2, 3, 6])
def test_symmetry_leaves_a_triangle_of_leaves(name: str, states: int) -> None:
    """Without symmetry the deviator has S**S ways; up to renaming it closes a cycle in S(S+1)/2."""
    tree = prove(full_support(name, states), Threshold(F(0), strict=True))
    assert isinstance(tree, Split)
    assert len(list(leaves(tree))) == states * (states + 1) // 2


def test_symmetry_loses_no_case() -> None:
    """The same threshold with a branch for every option instead of representatives."""
    problem = full_support("any-kernel", 3)
    asked = Threshold(F(0), strict=True)

    def every(picks: Picks) -> bool:
        best = lp.maximise(problem.objective, problem.active(picks), problem.boxes)
        assert isinstance(best, lp.Optimum)
        if not asked.met_by(best.value):
            return True
        choice = next_choice(problem, picks)
        return choice is not None and all(
            every({**picks, choice.name: option}) for option in choice.options
        )

    assert every({})
    assert isinstance(prove(problem, asked), Split)


def test_representatives_are_named_states_and_one_of_each_role() -> None:
    problem = BUILD["deterministic"](Case(6, 3, F(1, 2), True, True, True))
    first = problem.followed[0]
    assert list(representatives(problem, first, {})) == [0, 1, 5]
    second = problem.followed[1]
    assert list(representatives(problem, second, {"move 0": 1})) == [0, 1, 2, 5]
    other = problem.followed[5]
    assert list(representatives(problem, other, {"move 0": 1, "move 1": 5})) == [0, 1, 2, 5, 4]


def test_the_path_of_the_deviator_is_followed() -> None:
    problem = BUILD["deterministic"](Case(3, 2, F(1, 2), True, True, True))

    def name(picks: Picks) -> str | None:
        found = next_choice(problem, picks)
        return None if found is None else found.name

    assert name({}) == "move 0"
    assert name({"move 0": 2}) == "move 2"
    assert name({"move 0": 2, "move 2": 0}) == "expert 0"
    everything = {c.name: c.options[0] for c in problem.choices}
    assert name(everything) is None


def test_open_shows_a_solution_that_meets_the_threshold() -> None:
    problem = BUILD["deterministic"](Case(2, 1, F(9, 10), True, True, True))
    found = prove(problem, Threshold(F(18)))
    assert isinstance(found, Open)
    assert found.optimum.value == 18
    assert set(found.picks) == {choice.name for choice in problem.choices}


def test_a_budget_ends_in_gave_up() -> None:
    found = prove(full_support("any-kernel", 6), Threshold(F(0), strict=True), most_nodes=5)
    assert isinstance(found, GaveUp)


def test_infeasible_cases_are_leaves_too() -> None:
    boxes = {"x": Box(F(0), F(1))}
    rows = (
        Row("high enough", (("x", F(1)),), "==", F(2), (("way 0", 0),)),
        Row("low enough", (("x", F(2)),), "<=", F(1), (("way 0", 1),)),
    )
    choice = Choice("way 0", 0, (0, 1), follow=True)
    problem = Problem(boxes, (choice,), rows, (("x", F(1)),), ("visited", "unvisited"))
    tree = prove(problem, Threshold(F(3, 4)))
    assert isinstance(tree, Split)
    first, second = leaves(tree)
    assert "asked" not in first.multipliers
    assert second.multipliers == {"low enough": F(1, 2), "asked": F(1)}


def test_problems_name_only_what_is_there() -> None:
    box = {"x": Box(F(0), F(1))}
    row = Row("a", (("y", F(1)),), "<=", F(0))
    with pytest.raises(BadInput, match="'y'"):
        Problem(box, (), (row,), (("x", F(1)),), ("visited",))
    guarded = Row("a", (("x", F(1)),), "<=", F(0), (("way 0", 3),))
    with pytest.raises(BadInput, match="way 0"):
        Problem(box, (Choice("way 0", 0, (0,)),), (guarded,), (("x", F(1)),), ("visited",))
