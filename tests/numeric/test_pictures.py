"""SVG pictures and heat maps: well formed, whole, self-contained, the same every time."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from nashgap.numeric import plain_math
from nashgap.numeric.best_response import best_response
from nashgap.numeric.drawing import MOST_ARROWS, draw
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import Instance, catalogue, random_game
from nashgap.numeric.gaps import gaps
from nashgap.numeric.pictures import game_html, game_svg, occupancy_svg, policy_svg
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.rows import merged_rows
from nashgap.theory.colours import PROFILES
from nashgap.theory.errors import BadInput

SVG = "{http://www.w3.org/2000/svg}"
COLUMN = 8.6
"""One column in cm, with a little for the arrow heads."""


def all_profiles(made: Instance) -> tuple[MarkovGame, ProductPolicy, ProductPolicy, ProductPolicy]:
    player = int(gaps(made.game, made.learner).argmax())
    table = best_response(made.game, made.learner, player).table
    return made.game, made.expert, made.learner, made.learner.replace(player, table)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def box(svg: str) -> tuple[float, float, float, float]:
    x, y, width, height = map(float, parsed(svg).attrib["viewBox"].split())
    return x, y, x + width, y + height


@pytest.mark.parametrize("name", list(catalogue()))
def test_everything_drawn_lies_inside_the_picture_and_in_one_column(name: str) -> None:
    svg = game_svg(*all_profiles(catalogue()[name].build()))
    left, top, right, bottom = box(svg)
    assert right - left <= COLUMN
    inside = 0
    for line in parsed(svg).iter(f"{SVG}text"):
        size, anchor = float(line.attrib["font-size"]), line.attrib["text-anchor"]
        for span in line:
            wide = plain_math.width(span.text or "") * size / 0.25
            x, y = float(span.attrib["x"]), float(span.attrib["y"])
            start = x - (wide / 2 if anchor == "middle" else 0)
            assert left - 0.05 <= start, span.text
            assert start + wide <= right + 0.05, span.text
            assert top <= y - 0.7 * size, span.text
            assert y + 0.2 * size <= bottom, span.text
            inside += 1
    for circle in parsed(svg).iter(f"{SVG}circle"):
        x, y, r = (float(circle.attrib[key]) for key in ("cx", "cy", "r"))
        assert left <= x - r < x + r <= right
        assert top <= y - r < y + r <= bottom
    for path in parsed(svg).iter(f"{SVG}path"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.attrib["d"])]
        for x, y in ((numbers[0], numbers[1]), (numbers[-2], numbers[-1])):
            assert left <= x <= right
            assert top <= y <= bottom
    assert inside > 3


def test_paths_are_what_the_profiles_do() -> None:
    # W3: the expert stays at s0, the learner too, and the deviation goes to s1 and stays there.
    game, expert, learner, deviation = all_profiles(catalogue()["w3"].build())
    profiles = {"expert": expert, "learner": learner, "deviation": deviation}
    paths = draw(game, profiles, plain_math).paths
    assert {role: sorted(path) for role, path in paths.items()} == {
        "expert": [(0, 0)],
        "learner": [(0, 0)],
        "deviation": [(0, 1), (1, 1)],
    }
    svg = game_svg(game, expert, learner, deviation)
    strokes = [path.attrib["stroke"] for path in parsed(svg).iter(f"{SVG}path")]
    # One line an arrow and role, and one each in the legend.
    expected = {"expert": 2, "learner": 2, "deviation": 3}
    assert {role: strokes.count(PROFILES[role]) for role in PROFILES} == expected


def test_without_profiles_every_arrow_is_grey_and_there_is_no_legend() -> None:
    svg = game_svg(catalogue()["w3"].build().game)
    assert not any(colour in svg for colour in PROFILES.values())
    assert "expert" not in svg


@pytest.mark.parametrize("states", [6, 12])
def test_crowded_games_are_thinned_out_and_say_so(states: int) -> None:
    made = random_game(1, states=states)
    rows = [row for at in merged_rows(made.game) for row in at]
    everything = {(row.state, t) for row in rows for t, _ in row.to}
    drawing = draw(made.game, {"expert": made.expert}, plain_math)
    assert drawing.is_numbered
    assert len(drawing.labels) == min(MOST_ARROWS, len(everything))
    assert drawing.left_out == len(everything) - len(drawing.labels)
    if drawing.left_out:
        assert f"{drawing.left_out} least likely" in game_html(made.game, made.expert)


def test_row_numbers_are_those_of_the_table() -> None:
    made = random_game(1, "deterministic", states=6)
    drawing = draw(made.game, {}, plain_math)
    rows = [row for at in merged_rows(made.game) for row in at]
    for (source, target), lines in drawing.labels.items():
        for part in ",".join(lines).replace(",,", ",").split(","):
            first, _, last = part.partition("–")
            for number in range(int(first), int(last or first) + 1):
                row = rows[number - 1]
                assert row.state == source
                assert target in dict(row.to)


def test_names_are_escaped_and_nothing_is_loaded_from_elsewhere() -> None:
    made = catalogue()["w3"].build()
    names = ['<script>alert("x")</script>', "a&b"]
    game = MarkovGame(
        made.game.transition, made.game.rewards, made.game.start, made.game.discount, names
    )
    page = game_html(game, made.expert) + policy_svg(game, made.expert)
    assert "<script" not in page
    assert "a&amp;b" in page
    assert not re.search(r"(?:src|href|url)\s*[=(]", page)


def test_a_game_too_large_to_draw_still_has_its_table() -> None:
    made = random_game(0, "deterministic", states=13)
    assert game_svg(made.game, made.expert) == ""
    assert game_html(made.game, made.expert).count("<tr>") > 13


def test_pictures_are_the_same_every_time() -> None:
    given = all_profiles(random_game(5, "deterministic", states=5))
    assert game_svg(*given) == game_svg(*given)


def test_heat_maps_show_every_number_and_shade_by_it() -> None:
    game, expert, learner, deviation = all_profiles(catalogue()["w6"].build())
    cells = parsed(policy_svg(game, expert, learner, deviation)).iter(f"{SVG}rect")
    fills = [cell.attrib["fill"] for cell in cells][1:]
    assert len(fills) == 3 * game.players * game.num_states * 2
    assert {"#ffffff", "#004478"} <= set(fills)
    written = [
        span.text
        for span in parsed(occupancy_svg(game, expert, learner, deviation)).iter(f"{SVG}tspan")
    ]
    assert [text for text in written if text in ("expert", "learner", "deviation")] == [
        "expert",
        "learner",
        "deviation",
    ]
    assert written.count("9/10") == 1  # only the deviation is at G with probability 9/10


def test_what_is_less_than_one_is_not_shown_as_one() -> None:
    game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
    for rare, shown in (("9/27509", "0.999673"), ("1/1001", "0.999"), ("0", "1")):
        often = str(1 - Fraction(rare))
        drawn = policy_svg(game, ProductPolicy([[[often, rare]]]))
        assert f">{shown}</" in drawn


def test_heat_maps_of_floats() -> None:
    made = random_game(2, exact=False)
    assert "<svg" in policy_svg(made.game, made.expert, made.learner)
    assert "<svg" in occupancy_svg(made.game, made.expert)


def test_a_profile_of_another_game_is_refused() -> None:
    made = catalogue()["w3"].build()
    for draw_it in (game_svg, game_html, policy_svg, occupancy_svg):
        with pytest.raises(BadInput, match="learner"):
            draw_it(made.game, None, catalogue()["w6"].build().learner)
