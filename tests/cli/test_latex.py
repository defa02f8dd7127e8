"""`nashgap latex` and `ng.latex`: bounds, games and witnesses, compiled where TeX is installed."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import nashgap as ng

Run = Callable[..., Any]


@pytest.fixture
def files(run: Run) -> list[str]:
    assert run("search", "--claim", "NashGap <= 9", "-o", "w.json", "-q").code == 0
    assert run("games", "w1", "-o", "w1.json", "-q").code == 0
    return ["w.json", "w1.json"]


def test_fragment_and_document(run: Run, files: list[str]) -> None:
    whole = run("latex", "T1", *files).out
    assert whole.startswith(r"\documentclass")
    assert whole.rstrip().endswith(r"\end{document}")
    assert whole.count(r"\end{document}") == 1
    assert whole.count(r"\begin{tikzpicture}") == 2
    assert "which breaks" in whole
    part = run("latex", "T1", *files, "--fragment").out
    assert r"\documentclass" not in part
    assert r"\begin{theorem}" in part


def test_output_and_json(run: Run, tmp_path: Path) -> None:
    ran = run("latex", "lemma_3", "-o", "l.tex", "--json")
    assert ran.code == 0
    assert ran.json["latex"] == (tmp_path / "l.tex").read_text()


def test_what_python_prints_is_what_the_command_prints(run: Run) -> None:
    assert ng.latex("T1") == run("latex", "T1", "--fragment").out.rstrip("\n") + "\n"
    verdict = ng.search(ng.Query(gap_at_least=18))
    assert isinstance(verdict, ng.Found)
    assert ng.latex(verdict) == ng.latex(verdict.witness)
    with pytest.raises(ng.BadInput, match="RuledOut"):
        ng.latex(ng.search(ng.Query(gap_at_least=18, strict=True)))


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX is installed")
@pytest.mark.parametrize("things", [["T1", "w.json"], ["w1.json"], ["lemma_3", "value_gap"]])
def test_it_compiles(run: Run, files: list[str], tmp_path: Path, things: list[str]) -> None:
    assert run("latex", *things, "-o", "t.tex").code == 0
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert (tmp_path / "t.pdf").stat().st_size > 1000
