"""Conditions on symbols, against the exact checks on concrete games and by hand."""

import os
import random
import shutil
import subprocess
from collections import Counter
from copy import deepcopy
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

from nashgap.numeric.dominance import dominance
from nashgap.numeric.io import parse_game
from nashgap.numeric.reading import Reading
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.conditions import (
    Conditions,
    concepts,
    conditions,
    continuity,
    largest,
    latex,
    latex_largest,
    parse_symbolic,
    plain,
    python,
)
from nashgap.theory.errors import BadInput
from nashgap.theory.latex import document

from ._symbolic import SYMBOLS, one_state, point, random_symbolic

SHAPES = ((1, (2, 2)), (2, (2, 2)), (1, (2, 3)), (2, (2, 3)), (1, (3, 3)), (1, (2, 2, 2)))
LARGER = ((2, (2, 2, 2)), (3, (2, 2)), (2, (3, 2)))
CHECKED = ("nash", "strict-nash", "subgame-perfect", "dominant")


def truth(raw: dict[str, Any], concept: str) -> bool | None:
    """What the exact checks on the concrete game say, which share no code with the conditions."""
    loaded = parse_game(raw)
    assert loaded.expert is not None
    if concept != "dominant":
        (assumption,) = parse_assumptions(concept)
        return assumption.holds(Reading(loaded.game, loaded.expert, loaded.expert)).holds
    answers = [dominance(loaded.game, loaded.expert, i).holds for i in range(loaded.game.players)]
    return None if None in answers and False not in answers else False not in answers


def agree(seeds: range, shapes: Any, points: int) -> Counter[tuple[str, bool | None, bool | None]]:
    seen: Counter[tuple[str, bool | None, bool | None]] = Counter()
    for seed in seeds:
        rng = random.Random(seed)
        states, actions = shapes[seed % len(shapes)]
        game = random_symbolic(seed, states, actions, mixed=seed % 3 == 0)
        for concept in CHECKED:
            found = conditions(game, concept)
            function = predicate(found)
            for _ in range(points):
                values = point(rng)
                wanted, got = truth(game.at(values), concept), found.decide(values)
                seen[concept, wanted, got] += 1
                assert None in (wanted, got) or wanted == got, (seed, concept, values)
                assert function(**values) == (got is True)
    return seen


def predicate(found: Conditions) -> Any:
    space: dict[str, Any] = {}
    exec(python(found), space)
    return space[found.concept.replace("-", "_")]


def test_random_instances_agree_with_the_exact_checks() -> None:
    seen = agree(range(12), SHAPES, 4)
    assert sum(seen.values()) == 12 * 4 * 4
    for concept in CHECKED:
        assert seen[concept, True, True] >= 1
        assert seen[concept, False, False] >= 1
    assert not any(None in (wanted, got) for _, wanted, got in seen)


@pytest.mark.slow
def test_five_hundred_random_instances_agree_with_the_exact_checks() -> None:
    seen = agree(range(100, 163), (*SHAPES, *LARGER), 2)
    assert sum(seen.values()) >= 500
    undecided = sum(n for (_, wanted, got), n in seen.items() if None in (wanted, got))
    assert undecided <= 25


UNIT = ["-1", "1"]


def test_a_matrix_game_by_hand() -> None:
    game = parse_symbolic(one_state([["x", "y"], ["0", "1/2"]], x=UNIT, y=UNIT))
    expected = {"nash": "x >= 0", "strict-nash": "x > 0", "dominant": "x >= 0\n  y >= 1/2"}
    for concept, told in expected.items():
        found = conditions(game, concept, players=[0])
        assert plain(found) == f"necessary and sufficient:\n  {told}"
    strict = plain(conditions(game, "strictly-dominant", players=[0]))
    assert strict == "necessary and sufficient:\n  x > 0\n  y > 1/2"
    assert "never" in plain(conditions(game, "strictly-dominant"))


REVISITED: dict[str, Any] = {
    "discount": "g",
    "start": ["1", "0"],
    "symbols": {"g": ["0", "1"], "y": ["0", "1"]},
    "transition": [
        [[["1", "0"], ["0", "1"]], [["0", "1"], ["0", "1"]]],
        [[["0", "1"], ["0", "1"]], [["0", "1"], ["0", "1"]]],
    ],
    "rewards": [[[["1 - g", "0"], ["y", "0"]], [["0", "0"]] * 2], [[["0", "0"]] * 2] * 2],
    "policies": {"expert": [[["1", "0"]] * 2] * 2},
}


def test_dominance_is_not_a_matter_of_deterministic_opponents() -> None:
    game = parse_symbolic(REVISITED)
    assert plain(conditions(game, "nash")) == (
        "necessary and sufficient:\n  no condition: it always holds"
    )
    # Help with probability p is worth p(1-g)/(1-gp) to who stays and py to who leaves.
    assert plain(conditions(game, "dominant")) == "necessary and sufficient:\n  y <= 1 - g"


def test_off_path_threats_are_tried() -> None:
    """Leaving s0 pays x once and then the best of two actions that the policy never takes."""
    raw = deepcopy(REVISITED)
    raw["symbols"] = {"g": ["0", "1"], "x": UNIT, "z": UNIT}
    raw["transition"][0] = [[["1", "0"]] * 2, [["0", "1"]] * 2]
    raw["rewards"][0] = [[["0", "0"], ["x", "x"]], [["-1/2", "-1/2"], ["z", "z"]]]
    game = parse_symbolic(raw)
    clauses = {
        line.strip() for line in plain(conditions(game, "nash", players=[0])).splitlines()[1:]
    }
    assert clauses == {"x <= -g*z/(1 - g)", "x <= g/(2*(1 - g))"}
    perfect = plain(conditions(game, "subgame-perfect", players=[0]))
    assert "z <= -1/2" in perfect


def test_several_opponents_have_two_sides_where_they_must() -> None:
    """Three players of one state: copositive along lines, Bernstein on products."""
    seen = agree(range(5, 60, 6), ((1, (2, 2, 2)),) * 6, 3)
    assert sum(seen.values()) == 10 * 4 * 3


def test_latex_and_python_say_the_same() -> None:
    found = conditions(parse_symbolic(REVISITED), "dominant")
    assert r"y \le 1 - g" in latex(found)
    holds = predicate(found)
    assert holds(F(1, 2), F(1, 2))
    assert not holds(F(1, 2), F(51, 100))


@pytest.mark.skipif(
    shutil.which("pdflatex") is None and os.environ.get("CI") != "true", reason="no pdflatex"
)
@pytest.mark.parametrize(
    "seeds", [(0, 3, 4), pytest.param(tuple(range(5, 40)), marks=pytest.mark.slow)]
)
def test_long_conditions_compile_without_overfull_lines(
    seeds: tuple[int, ...], tmp_path: Path
) -> None:
    """Polynomials of several rows, alternatives, sentences of what never holds, and errors."""
    shown = []
    for seed in seeds:
        game = random_symbolic(seed, 2, (2, 2), mixed=seed % 2 == 1)
        shown += [latex(conditions(game, concept)) for concept in sorted(concepts())]
        stays = continuity(game, 0, "p")
        shown += [latex(stays), latex_largest(largest(stays, "p"))]
    text = "\n".join(shown)
    assert r"\qquad" in text
    assert "never" in text
    head, end = document([]).split(r"\begin{document}")[0], r"\end{document}"
    (tmp_path / "it.tex").write_text(f"{head}\\begin{{document}}\n{text}\n{end}\n")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "it.tex"],
        cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in done.stdout, done.stdout


def test_every_concept_says_what_it_means_and_why() -> None:
    for concept in concepts().values():
        assert len(concept.statement) > 20
        assert len(concept.argument) > 20


def change(**parts: Any) -> dict[str, Any]:
    raw = deepcopy(REVISITED)
    raw.update(parts)
    return raw


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (change(discount="1"), "discount"),
        (change(discount="g + y"), "discount"),
        (change(symbols={}), "no symbols"),
        (change(symbols={"g": ["0", "1"]}), "did you mean|one of the names"),
        (change(symbols={"g": ["1", "0"], "y": ["0", "1"]}), "below the upper"),
        (change(symbols={"g": ["0", "nan"], "y": ["0", "1"]}), "rational"),
        (change(start=["1/2", "1/3"]), "sums to 5/6"),
        (change(start=["3/2", "-1/2"]), "positive on the whole range"),
        (change(start=["1"]), "row of 2"),
        (change(rewards=[[[["1/g", "0"], ["y", "0"]], [["0", "0"]] * 2]] * 2), "division"),
        (change(constraints=["g >= y"]), "strict"),
        (change(policies={}), "no expert"),
        (change(transition=[]), "transition: 0 entries"),
        ({k: v for k, v in REVISITED.items() if k != "transition"}, "transition"),
    ],
)
def test_bad_input_is_refused(raw: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        parse_symbolic(raw)


def test_a_constraint_between_symbols_makes_a_row() -> None:
    raw = one_state([["p", "q"], ["0", "0"]], p=["0", "1"], q=["0", "1"])
    raw["start"] = ["p", "q", "1 - p - q"]
    raw["transition"] = [[[["p", "q", "1 - p - q"]] * 2] * 2] * 3
    raw["rewards"] = [[[["p", "q"], ["0", "0"]]] * 3, [[["0", "0"]] * 2] * 3]
    raw["policies"] = {"expert": [[["1", "0"]] * 3] * 2}
    with pytest.raises(BadInput, match="constraints"):
        parse_symbolic(raw)
    game = parse_symbolic({**raw, "constraints": ["p + q < 1"]})
    assert conditions(game, "nash").decide({"p": F(1, 3), "q": F(1, 3)}) is True
    with pytest.raises(BadInput, match="symbols' values"):
        game.at({"p": F(2, 3), "q": F(2, 3)})


def test_unknown_concepts_and_players_are_refused() -> None:
    game = parse_symbolic(REVISITED)
    with pytest.raises(BadInput, match="one of dominant"):
        conditions(game, "correlated")
    with pytest.raises(BadInput, match="player"):
        conditions(game, "nash", players=[2])
    assert set(SYMBOLS) == {"g", "p", "x", "y"}
