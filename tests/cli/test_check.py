"""`nashgap check` and `nashgap bounds`: derivations, step by step, and their files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nashgap.theory.catalogue import bounds

Run = Callable[..., Any]


def test_one_label(run: Run, tmp_path: Path) -> None:
    ran = run("check", "lemma_3", "--json")
    assert ran.code == 0
    found = ran.json
    assert found["status"] == "proved"
    assert found["claim"] == "NashGap <= 2*n*eps_BC/(1-gamma)**2"
    (result,) = found["results"]
    assert result["label"] == "lemma_3"
    assert result["status"] == "proved"
    assert all(set(step) >= {"relation", "reason", "status"} for step in result["steps"])
    assert {step["status"] for step in result["steps"]} == {"proved"}
    (tmp_path / "d.json").write_text(json.dumps(found["derivation"]))
    assert run("verify", "d.json").code == 0


def test_a_changed_constant_in_the_derivation_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("check", "T1", "-o", "T1.json").code == 0
    assert run("verify", "T1.json").code == 0
    path = tmp_path / "T1.json"
    written = path.read_text()
    assert "(1+(n-1)*gamma)*eps_BC" in written
    path.write_text(written.replace("(1+(n-1)*gamma)*eps_BC", "(n-1)*gamma*eps_BC"))
    ran = run("verify", "T1.json", "--json")
    assert ran.code == 1
    assert ran.json["valid"] is False


def test_all(run: Run) -> None:
    ran = run("check", "--all", "--json")
    assert ran.code == 0
    assert [result["label"] for result in ran.json["results"]] == list(bounds())


def test_other_names_of_a_bound(run: Run) -> None:
    assert run("check", "T4", "--json").json["results"][0]["label"] == "value_gap"


def test_text_shows_every_step_with_its_reason(run: Run) -> None:
    ran = run("check", "T1", "--stress")
    assert ran.out.startswith("proved  T1  NashGap <= ")
    for part in ("by assumption: dominant", "rests on", "sharp", "tested on every named game"):
        assert part in " ".join(ran.out.split())
    assert max(map(len, ran.out.splitlines())) <= 100


def test_bounds_lists_the_catalogue(run: Run) -> None:
    ran = run("bounds")
    assert ran.code == 0
    assert all(f"\n{label}" in ran.out for label in bounds())
    listed = run("bounds", "--json").json["bounds"]
    assert [bound["label"] for bound in listed] == list(bounds())
    assert run("bounds", "T1", "--json").json["bounds"][0]["witness"] == "w1"
