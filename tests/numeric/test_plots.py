"""Figures: what the lines and bands say is what was proved, and files are of paper size."""

import re
from collections.abc import Callable
from fractions import Fraction as F
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection

from nashgap.numeric.games import catalogue
from nashgap.numeric.modulus import Modulus, TemperatureCurve, by_temperature, modulus
from nashgap.numeric.plots import (
    plot_gaps,
    plot_moduli,
    plot_temperatures,
    plot_tightness,
    plot_values,
    save,
)
from nashgap.numeric.plots.style import COLUMN
from nashgap.numeric.tightness import Tightness, named_cases, tightness
from nashgap.search.learners import largest_gap_curve
from nashgap.theory.errors import BadInput, NashgapError


class Bounds(NamedTuple):
    eps: F
    lower: F
    upper: F


def pennies() -> Any:
    return catalogue()["matching-pennies"].build(gamma="1/2")


def gaps() -> Any:
    rising = [Bounds(F(0), F(1), F(1)), Bounds(F(1), F(2), F(3)), Bounds(F(2), F(4), F(4))]
    return plot_gaps(rising)


@cache
def rare_state() -> list[Modulus]:
    made = catalogue()["lemma-2"].build()
    return [modulus(made.game, made.expert, i) for i in (0, 1)]


def moduli() -> Any:
    return plot_moduli(rare_state(), most=F(1, 100))


@cache
def warm() -> TemperatureCurve:
    return by_temperature(pennies().game, 0.1, [0.1, 1.0], samples=2)


def temperatures() -> Any:
    return plot_temperatures(warm())


@cache
def measured() -> Tightness:
    return tightness("T1", named_cases(["w1"], {"gamma": ["1/2"], "n": ["1", "3"]})[0])


def tight() -> Any:
    return plot_tightness(measured())


@pytest.mark.parametrize(
    ("draw", "suffix"),
    [
        (gaps, ".pdf"),
        (gaps, ".png"),
        (gaps, ".svg"),
        (moduli, ".pdf"),
        (temperatures, ".pdf"),
        (tight, ".pdf"),
    ],
)
def test_figures_are_files_of_one_column(
    draw: Callable[[], Any], suffix: str, tmp_path: Path
) -> None:
    figure = draw()
    path = tmp_path / f"figure{suffix}"
    save(figure, path)
    content = path.read_bytes()
    assert figure.get_size_inches()[0] == COLUMN
    if suffix == ".pdf":
        found = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ", content)
        assert found is not None
        assert float(found.group(1)) == pytest.approx(72 * COLUMN)
    # Vectors, type that can be searched, and no date: the same figure is the same file.
    assert content.startswith({".pdf": b"%PDF", ".png": b"\x89PNG", ".svg": b"<?xml"}[suffix])
    assert b"CreationDate" not in content
    assert b"/FontType 3" not in content


def test_nothing_is_cut_off_and_no_text_lies_on_other_text() -> None:
    for draw in (gaps, moduli, temperatures, tight):
        figure = draw()
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        page = figure.bbox
        for axes in figure.axes:
            titles = (axes.xaxis.label, axes.yaxis.label, axes.title, *figure.texts)
            boxes = [text.get_window_extent(renderer) for text in titles if text.get_text()]
            assert all(page.x0 <= b.x0 and b.x1 <= page.x1 for b in boxes)
            assert all(page.y0 <= b.y0 and b.y1 <= page.y1 for b in boxes)
            # Ticks beyond the ends of an axis have labels too, which are not drawn.
            ticks = [t.get_window_extent(renderer) for t in axes.get_xticklabels() if t.get_text()]
            own = axes.get_window_extent(renderer)
            shown = sorted(t.x0 for t in ticks if own.x0 <= (t.x0 + t.x1) / 2 <= own.x1)
            widest = max(t.width for t in ticks)
            assert all(b - a >= widest for a, b in pairwise(shown))


def test_the_band_is_what_bounds_at_its_ends_imply() -> None:
    rising = [Bounds(F(0), F(1), F(1)), Bounds(F(1), F(2), F(3)), Bounds(F(2), F(4), F(4))]
    falling = [Bounds(b.eps, 5 - b.upper, 5 - b.lower) for b in rising]
    axes: Any = plot_gaps(rising, falling).axes[0]
    bands = [part for part in axes.collections if isinstance(part, PolyCollection)]
    up, down = (band.get_paths()[0].vertices for band in bands)

    def span(vertices: Any, x: float) -> tuple[float, float]:
        own = vertices[np.abs(vertices[:, 0] - x) < 1e-9][:, 1]
        return own.min(), own.max()

    # Between errors 1 and 2, M is at least 2 (known at 1) and at most 4 (known at 2).
    inside_up, inside_down = span(up, 2.0), span(down, 2.0)
    assert inside_up == (2, 4)
    assert inside_down == (1, 3)


def test_the_exact_curve_and_its_kinks() -> None:
    made = pennies()
    axes: Any = plot_gaps(largest_gap_curve(made.game, made.expert), most=F(2)).axes[0]
    line, kinks = axes.lines[0], axes.lines[1]
    x, y = np.array(line.get_xdata()), np.array(line.get_ydata())
    assert np.allclose(y, np.where(x < 1, 2 * x * (1 + x), 4))
    assert (list(kinks.get_xdata()), list(kinks.get_ydata())) == ([1.0], [4.0])


def test_steps_are_closed_on_the_left() -> None:
    axes: Any = moduli().axes[0]
    points = [line for line in axes.lines if line.get_marker() == "o"]
    filled = [p for p in points if p.get_markerfacecolor() != "white"]
    hollow = [p for p in points if p.get_markerfacecolor() == "white"]
    # The jump of the rare-state game: 0 at 1/1000 itself, 97/50 beyond.
    assert [(p.get_xdata()[0], p.get_ydata()[0]) for p in filled] == [(0.001, 0.0)]
    assert [(p.get_xdata()[0], p.get_ydata()[0]) for p in hollow] == [(0.001, 1.94)]


def test_what_is_open_is_hatched() -> None:
    half_known = Modulus(0, (), ((F(1), F(0)), (F(2), F(1))))
    axes: Any = plot_moduli([half_known]).axes[0]
    (band,) = axes.collections
    assert band.get_hatch() == "////"
    assert band.get_paths()[0].vertices[:, 0].min() == 1.0


def test_the_bound_stays_above_what_was_seen() -> None:
    above, below = temperatures().axes
    by_name = {
        line.get_label(): np.array(line.get_ydata()) for line in (*above.lines, *below.lines)
    }
    assert (by_name["regularised, seen"] <= by_name[r"$\delta_\tau(e)$, explicit"] + 1e-12).all()
    assert (by_name["learners, largest seen"] <= by_name["bound"]).all()


def test_a_line_that_a_logarithm_cannot_show_is_not_named_as_if_it_were_there() -> None:
    """The expert of matching pennies has the gap 0 at every temperature."""
    figure = temperatures()
    empty = {line.get_label() for line in figure.axes[1].lines if not np.size(line.get_xdata())}
    assert empty == {"expert: below the axis"}


def test_no_legend_of_moves_lies_on_marks() -> None:
    figure = temperatures()
    FigureCanvasAgg(figure).draw()
    for axes in figure.axes:
        legend = axes.get_legend().get_window_extent()
        assert legend.y1 <= axes.get_window_extent().y0


def test_what_is_beyond_the_top_has_an_arrow() -> None:
    """W2's expert is no dominant one: T1 does not apply, and is broken."""
    cases = named_cases(["w1", "w2"], {"gamma": ["1/2"]})[0]
    found = tightness("T1", cases)
    beyond = sum(float(row.ratio or 0) > 1.25 for row in found.rows)
    figure = plot_tightness(found)
    axes = figure.axes[0]
    arrows = [np.size(x.get_xdata()) for x in axes.lines if x.get_marker() == r"$\uparrow$"]
    assert 0 < sum(arrows) <= beyond
    assert "arrows: beyond 1.25" in figure.get_suptitle()
    met = [x for x in tight().axes[0].lines if x.get_marker() == r"$\uparrow$"]
    assert not any(np.size(x.get_xdata()) for x in met)


def test_panels_are_those_of_what_varies_and_families_are_joined() -> None:
    figure = tight()
    assert [axes.get_xlabel().split()[0] for axes in figure.axes] == ["discount", "players"]
    line = next(x for x in figure.axes[1].lines if len(x.get_xdata()) == 3)
    assert list(line.get_xdata()) == [1, 2, 3]
    assert max(line.get_ydata()) == 1


def test_misuse_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="nothing to draw"):
        plot_gaps([])
    with pytest.raises(BadInput, match="nothing to draw"):
        plot_moduli([])
    with pytest.raises(BadInput, match="do not rise"):
        plot_gaps([Bounds(F(1), F(0), F(0)), Bounds(F(0), F(0), F(0))])
    with pytest.raises(BadInput, match=r"one of \.pdf"):
        save(gaps(), tmp_path / "figure.txt")
    with pytest.raises(BadInput, match="cannot be written"):
        save(gaps(), tmp_path / "missing" / "figure.pdf")
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(NashgapError, match=r"nashgap\[plots\]"):
        gaps()


def test_values_are_those_of_games_and_bounds() -> None:
    cases = named_cases(["w1"], {"n": ["1", "2", "3"]}, {"eps": "1/50"})[0]
    found = [tightness(label, cases) for label in ("T1", "lemma_3")]
    (axes,) = plot_values(found, "n").axes
    lines: dict[object, Any] = {line.get_label(): line for line in axes.lines}
    assert list(lines["game w1"].get_xdata()) == [1, 2, 3]  # 2 is the default
    for label, one in zip(("T1", "lemma_3"), found, strict=True):
        promised = sorted((r.case.game.players, float(cast(F, r.promised))) for r in one.rows)
        assert list(lines[label].get_ydata()) == [y for _, y in promised]
    reached = sorted((r.case.game.players, float(cast(F, r.reached))) for r in found[0].rows)
    assert list(lines["game w1"].get_ydata()) == [y for _, y in reached]
    assert list(lines[r"$2/(1-\gamma)$"].get_ydata()) == pytest.approx([20.0] * 3)
    with pytest.raises(BadInput, match="no game moved along 'gamma'"):
        plot_values(found, "gamma")
