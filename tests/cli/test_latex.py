"""`nashgap latex` and `ng.latex`: bounds, games and witnesses, compiled where TeX is installed."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import nashgap as ng
from nashgap.search.atlas import atlas

NAMES = "eps_BC,gamma,n"
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


IN_CI = os.environ.get("CI") == "true"
needs_tex = pytest.mark.skipif(
    shutil.which("pdflatex") is None and not IN_CI, reason="no TeX is installed"
)


def compiles(name: str) -> None:
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", name],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in done.stdout, re.findall(r"Overfull.*", done.stdout)


@needs_tex
@pytest.mark.parametrize("things", [["T1", "w.json"], ["w1.json"], ["lemma_3", "value_gap"]])
def test_it_compiles(run: Run, files: list[str], things: list[str]) -> None:
    assert run("latex", *things, "-o", "t.tex").code == 0
    compiles("t.tex")


@needs_tex
@pytest.mark.slow
def test_every_game_table_and_derivation_compiles(run: Run) -> None:
    """All named games with expert and learner, a search's witness, the atlas, what derive finds."""
    assert run("search", "--gap-at-least", "18", "-o", "found.json", "-q").code == 0
    assert run("check", "T2_kappa", "-o", "proof.json", "-q").code == 0
    asked = ("NashGap", "--assume", "dominant", "--in", NAMES)
    assert run("derive", *asked, "-o", "d.json", "-q").code == 0
    named = [game.build() for game in ng.games.catalogue().values()]
    more = ("NashGap_i", "--assume", "nash", "--in", "eps_BC_i,delta,gamma,n")
    assert run("derive", *more, "-o", "e.json", "-q").code == 0
    for name in ("found", "proof", "d", "e"):
        assert run("latex", f"{name}.json", "-o", f"{name}.tex", "-q").code == 0
        compiles(f"{name}.tex")
    Path("games.tex").write_text(ng.latex(*named, standalone=True))
    compiles("games.tex")
    Path("table.tex").write_text(ng.latex(*atlas().entries, standalone=True))
    compiles("table.tex")


BROKEN = [
    ("min((1+(n-1)*gamma)*eps_BC/(1-gamma)**2, (gamma+eps_BC)/(1-gamma), 2/(1-gamma))", "dominant"),
    ("2*gamma/(1-gamma) - (1+(n-1)*(2-gamma))*eps_BC/(1-gamma)**2 + expert_gap", ""),
    ("((1+(n-1)*gamma)*eps_BC + (1-gamma*(1-gamma)/(1+gamma))*delta)/(1-gamma)**2", "nash"),
]
"""Long claims that games break."""


@needs_tex
@pytest.mark.parametrize(
    "claims", [BROKEN[1:2], pytest.param(BROKEN, marks=pytest.mark.slow, id="all")]
)
def test_games_that_break_long_claims_compile(run: Run, claims: list[tuple[str, str]]) -> None:
    """The claim stands in a display of its own, in rows where it must."""
    found = [ng.conjecture(f"NashGap <= {claim}", assume=assumed) for claim, assumed in claims]
    assert [one.status for one in found] == ["refuted"] * len(claims)
    source = ng.latex(*(one.witness for one in found if one.witness), standalone=True)
    assert source.count("which breaks\n\\") == len(claims)
    assert "A game ()" not in source
    Path("broken.tex").write_text(source)
    compiles("broken.tex")


def test_a_derivation_file_prints_like_its_bound(run: Run) -> None:
    assert run("check", "T2_kappa", "-o", "proof.json", "-q").code == 0
    mine = run("latex", "proof.json", "--fragment").out
    chain = mine[mine.index(r"\begin{proof}") : mine.index(r"\end{proof}")]
    assert chain in ng.latex("T2_kappa")


def test_sources_are_written_beside(run: Run) -> None:
    ran = run("latex", "lemma_3", "T1", "-o", "l.tex", "--json")
    assert Path("l.bib").read_text() == ran.json["bibtex"]
    assert "@inproceedings{bergerault2026matching," in ran.json["bibtex"]
    assert run("latex", "T1", "-o", "t.tex", "-q").code == 0
    assert not Path("t.bib").exists()


def test_own_symbols(run: Run) -> None:
    shown = run("latex", "T1", "--fragment", "--symbol", r"gamma=\beta", "--symbol", "n=N").out
    assert r"\frac{(1 + (N - 1)\,\beta)\,\varepsilon_{\mathrm{BC}}}{(1 - \beta)^{2}}" in shown
    assert r"\gamma" not in shown


def test_entries_of_the_atlas_make_one_table() -> None:
    shown = ng.latex(*atlas().entries[:40])
    assert shown.count(r"\toprule") == 2
    assert shown.count(r" \\" + "\n") == 42
