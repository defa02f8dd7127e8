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


def test_improvements_as_text_json_and_latex(run: Run, tmp_path: Path) -> None:
    ran = run("bounds", "--improvements", "--json", "-o", "table.tex")
    assert ran.code == 0
    rows = ran.json["improvements"]
    first = rows[0]
    assert (first["published"], first["label"]) == ("lemma_3", "T1")
    assert first["factor"] == "2*n/(gamma*(n - 1) + 1)"
    assert (tmp_path / "table.tex").read_text().startswith(r"\begin{tabular}")
    assert "lemma_3 -> T1: factor 2*n/(gamma*(n - 1) + 1)" in run("bounds", "--improvements").out


def test_what_is_open_and_where_each_statement_is(run: Run) -> None:
    found = run("bounds", "--open", "--json").json["questions"]
    assert {one["status"] for one in found} == {"open", "settled"}
    rows = {row["label"]: row for row in run("bounds", "--rows", "--json").json["rows"]}
    assert rows["Lemma 3"]["names"] == ["lemma_3"]
    assert rows["T10"]["kind"] == "bound"


def test_one_table_at_a_time(run: Run) -> None:
    for arguments in (("--open", "--rows"), ("T1", "--open"), ("-o", "x.tex")):
        ran = run("bounds", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_check_names_weakest_step_sharpness_and_local_steps(run: Run) -> None:
    said = " ".join(run("check", "T2_kappa").out.split())
    assert "weakest step: proved" in said
    assert "sharp attained by the family w2" in said
    assert "moved_response_recursion (20/40/90/80)" in said
    assert "N steps holds of N undiscounted steps" in said
