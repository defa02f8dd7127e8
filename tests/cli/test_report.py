"""Reports: what they say is recomputed, they load nothing, and they render in a real browser."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import nashgap as ng
from nashgap.numeric.games import random_game
from nashgap.numeric.io import game_object
from nashgap.reports import report
from nashgap.reports.page import Section, page
from nashgap.theory.errors import BadInput

from .browser import measured, needs_browser
from .conftest import Run


def entry(gamma: str, supremum: str | None, *, attained: bool | None) -> dict[str, Any]:
    """An entry as `nashgap atlas --json` prints it."""
    said = {"players": 2, "states": 2, "actions": [2, 2], "discount": gamma}
    said |= {"assumptions": ["match-rho", "nash"]}
    low, high = (supremum or "1"), (supremum or "2")
    found = {"name": f"rho/nash/{gamma}", "class": said, "supremum": supremum, "lower": low}
    return {**found, "upper": high, "attained": attained}


ATLAS = {
    "status": "done",
    "versions": {},
    "entries": [
        entry("1/2", "2", attained=True),
        entry("3/4", "17/3", attained=False),
        entry("9/10", None, attained=None),
    ],
    "families": [
        {"entries": ["rho/nash/1/2", "rho/nash/3/4"], "formula": {"text": "b/(1 - gamma)"}}
    ],
}


@pytest.fixture(scope="module")
def evidence() -> dict[str, dict[str, Any]]:
    """One file of every kind."""
    verdict = ng.search(ng.Query(), sup=True)
    assert isinstance(verdict, ng.RuledOut)
    assert verdict.witness is not None
    made = ng.games.catalogue()["w6"].build()
    crowded = random_game(1, "deterministic", states=6)
    seen = ng.simulate(made.game, made.expert, 40, 30, seed=0)
    certified = ng.certify(made.game, seen, assume="dominant", target_gap="1")
    return {
        "game": game_object(crowded.game, crowded.expert, crowded.learner),
        "bare": game_object(made.game),
        "witness": verdict.witness.json(),
        "certificate": verdict.certificate.json(),
        "derivation": dict(ng.bounds()["T1"].derivation_object()),
        "certify": {**certified.json(), "status": certified.status, "versions": {}},
        "atlas": ATLAS,
        "search": {**verdict.json(), "claim": "NashGap <= 18", "versions": {}},
    }


def test_every_kind_says_what_it_found(evidence: dict[str, dict[str, Any]]) -> None:
    found = {kind: report(raw, f"{kind}.json") for kind, raw in evidence.items()}
    assert {kind: made.status for kind, made in found.items()} == {
        "game": "valid",
        "bare": "valid",
        "witness": "valid",
        "certificate": "valid",
        "derivation": "proved",
        "certify": "done",
        "atlas": "done",
        "search": "ruled_out",
    }
    assert "Nash gap 18" in found["witness"].title
    assert found["certificate"].title == "No game of the class has a Nash gap > 18"
    assert "nashgap verify witness.json" in found["witness"].html
    for made in found.values():
        assert "bergerault2026matching" in made.html
        assert not re.search(
            r"<(?:script|link|img|iframe|object)\b|\bsrc=|@import|url\(", made.html
        )
        assert not re.search(r"\son\w+=", made.html)


def test_the_atlas_is_one_row_a_class() -> None:
    shown = report(ATLAS, "atlas.json").html
    assert re.search(r"<h1>3 suprema of the Nash gap, 2 of them decided", shown)
    assert len(re.findall(r"<tr><td[^>]*>rho</td>", shown)) == 1
    assert "2 ●" in shown
    assert re.search(r'title="17/3">5\.667 ○', shown)
    assert ">1 to 2</td>" in shown
    assert "<mfrac><mi>b</mi>" in shown


def test_a_false_witness_is_told_to_be_false(evidence: dict[str, dict[str, Any]]) -> None:
    false = json.loads(json.dumps(evidence["witness"]))
    false["witness"]["numbers"]["nash_gap"] = "19"
    found = report(false, "false.json")
    assert found.status == "invalid"
    assert "does not hold" in found.title
    assert "NOT true" in found.html


def test_a_false_certificate_and_a_false_derivation(evidence: dict[str, dict[str, Any]]) -> None:
    lower = json.loads(json.dumps(evidence["certificate"]))
    lower["excludes"]["gap"] = "17"
    assert report(lower, "x.json").status == "invalid"
    sharper = json.loads(json.dumps(evidence["derivation"]))
    sharper["claim"] = "NashGap <= eps_BC/(1-gamma)**2"
    assert report(sharper, "x.json").status == "invalid"
    outcome = {**evidence["search"], "certificate": lower}
    assert report(outcome, "x.json").status == "invalid"


def test_text_of_the_file_cannot_become_markup(evidence: dict[str, dict[str, Any]]) -> None:
    strange = json.loads(json.dumps(evidence["derivation"]))
    strange["label"] = strange["source"] = "<script>alert(1)</script>"
    made = report(strange, "<b>.json", source="<script>x</script>")
    assert "<script" not in made.html
    assert "<b>.json" not in made.html


def fraction(evidence: dict[str, dict[str, Any]], gap: str) -> dict[str, Any]:
    """A true certificate of a weaker statement."""
    raw = evidence["certificate"]
    return {**raw, "excludes": {"gap": gap, "strict": True}}


@pytest.mark.parametrize(
    ("gap", "ends"),
    [("18", "> 18"), ("37/2", "> 37/2 = 18.5"), ("56/3", "> 56/3 ≈ 18.667")],
)
def test_a_fraction_has_its_decimal_beside_it(
    evidence: dict[str, dict[str, Any]], gap: str, ends: str
) -> None:
    found = report(fraction(evidence, gap))
    assert found.title.endswith(f"a Nash gap {ends}")
    assert f"a Nash gap &gt; {gap}" in found.html


def test_a_long_fraction_stands_below_the_title(evidence: dict[str, dict[str, Any]]) -> None:
    gap = f"{18 * 10**30 + 1}/{10**30}"
    found = report(fraction(evidence, gap))
    assert found.title.endswith("a Nash gap > a fraction ≈ 18")
    assert gap in found.html


def test_what_is_given_is_part_of_the_class(run: Run, tmp_path: Path) -> None:
    made = ng.games.catalogue()["w3"].build()
    game = {**game_object(made.game), "rewards": None}
    (tmp_path / "g.json").write_text(json.dumps(game))
    done = run("search", "--fix", "g.json", "--assume", "nash,pure", "--sup", "-o", "c.json")
    assert done.code == 0
    page = report(json.loads((tmp_path / "c.json").read_text())).html
    assert "the games that have what the file gives: start, transition; otherwise" in page
    counts = re.findall(r"(?:in a contradiction|of linear rows)</b></td><td>(\d+)", page)
    assert len(counts) == 2
    assert "0" not in counts


def test_an_empty_class_is_said_to_be_empty(run: Run, tmp_path: Path) -> None:
    asked = ["--assume", "nash,zero-sum,common-payoff,margin=2", "--gap-at-least", "0"]
    run("search", *asked, "-o", "c.json")
    found = report(json.loads((tmp_path / "c.json").read_text()))
    assert found.title == "The class is empty: its assumptions exclude each other"
    assert "linear rows" not in found.html


def test_what_is_ruled_out_is_a_game_that_breaks_the_claim(
    evidence: dict[str, dict[str, Any]],
) -> None:
    outcome = {"status": "ruled_out", "claim": "NashGap <= 18", "attained": False, "versions": {}}
    found = report({**outcome, "certificate": evidence["certificate"]})
    assert found.title == "ruled_out: no game of the class breaks NashGap <= 18"
    assert "False" not in found.html.partition("The file")[0]


def test_the_status_word_is_said_once(
    evidence: dict[str, dict[str, Any]], run: Run, tmp_path: Path
) -> None:
    outcome = {"status": "refuted", "claim": "NashGap <= 9", "versions": {}}
    (tmp_path / "c.json").write_text(json.dumps({**outcome, "witness": evidence["witness"]}))
    done = run("report", "c.json", "-o", "c.html")
    assert done.out.splitlines()[0] == "refuted: NashGap <= 9"
    (tmp_path / "w.json").write_text(json.dumps(evidence["witness"]))
    assert run("report", "w.json", "-o", "w.html").out.startswith("valid  ")


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({}, "format"),
        ({"format": "nashgap/game/9"}, "format"),
        ({"status": "undecided", "versions": {}}, "evidence"),
        ({"guarantees": [], "coverage": {}, "status": "done"}, "certify"),
        ({"guarantees": 3, "coverage": 4}, "certify"),
        ({"entries": [3], "families": []}, "atlas"),
    ],
)
def test_what_no_report_can_be_made_of(raw: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput, match=place):
        report(raw, "x.json")


def test_the_command_writes_the_page_and_ends_with_its_truth(run: Run, tmp_path: Path) -> None:
    assert run("games", "w3", "-o", "w3.json").code == 0
    assert run("report", "w3.json", "-o", "w3.html").code == 0
    assert (tmp_path / "w3.html").read_text().startswith("<!DOCTYPE html>")
    assert run("report", "w3.json").out.startswith("<!DOCTYPE html>")
    told = run("report", "w3.json", "--json").json
    assert told["status"] == "done"
    assert told["html"].startswith("<!DOCTYPE html>")
    assert run("search", "--sup", "-o", "sup.json").code == 0
    raw = json.loads((tmp_path / "sup.json").read_text())
    raw["excludes"]["gap"] = "1"
    (tmp_path / "false.json").write_text(json.dumps(raw))
    assert run("report", "false.json", "-o", "false.html").code == 1
    assert "does not hold" in (tmp_path / "false.html").read_text()


@needs_browser
def test_pages_render_without_overflow(evidence: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    pages = {kind: report(raw, f"{kind}.json").html for kind, raw in evidence.items()}
    wide = f'<div style="width:700px">{"x" * 20}</div>'
    pages["too wide"] = page("t", "valid", "", [Section("s", wide)])
    found = measured(pages, (1200, 400), tmp_path)
    assert found.pop(("too wide", 400))["needs"] > 400  # what the measurement would catch
    assert found.pop(("too wide", 1200))["needs"] <= 1200
    for (kind, width), seen in found.items():
        assert seen["width"] <= width
        assert seen["needs"] <= seen["width"], (kind, width)
        assert seen["letters"] > 500, kind
        assert seen["outside"] == [], (kind, width)
        assert seen["formulas"] == 0, (kind, width)  # none collapsed to nothing
    assert found["witness", 400]["svgs"] == 3


@needs_browser
def test_a_dark_scheme_is_followed_and_pictures_keep_their_white_ground(
    evidence: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    pages = {"witness": report(evidence["witness"], "witness.json").html}
    light = measured(pages, (400,), tmp_path)["witness", 400]
    dark = measured(pages, (400,), tmp_path, dark=True)["witness", 400]
    assert brightness(light["ground"]) - brightness(light["ink"]) > 150
    assert brightness(dark["ink"]) - brightness(dark["ground"]) > 150
    assert dark["grounds"] == ["rgb(255, 255, 255)"] * 3


def brightness(colour: str) -> int:
    """The darkest channel of a colour as the browser says it."""
    return min(int(part) for part in re.findall(r"\d+", colour))
