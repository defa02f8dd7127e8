"""LaTeX: it compiles without a line that is too long, and says what was proved."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nashgap.theory.catalogue import bounds, check
from nashgap.theory.chain import derivation
from nashgap.theory.latex import bibtex, bound_latex, derivation_latex, document, escape


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_the_catalogue_compiles_without_overfull_lines(tmp_path: Path) -> None:
    (tmp_path / "all.tex").write_text(document(list(bounds().values())))
    for _ in range(2):
        done = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"],
            cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in done.stdout
    assert "undefined" not in done.stdout.lower()


@pytest.mark.parametrize("label", sorted(bounds()))
def test_environments_and_braces_are_balanced(label: str) -> None:
    shown = bound_latex(bounds()[label])
    begun, ended = (re.findall(rf"\\{word}\{{(\w+\*?)\}}", shown) for word in ("begin", "end"))
    assert sorted(begun) == sorted(ended)
    assert shown.count("{") == shown.count("}")
    assert shown.count("$") % 2 == 0
    assert bounds()[label].claim.latex() in shown


def test_t1_line_by_line() -> None:
    shown = bound_latex(bounds()["T1"])
    chain = shown[shown.index(r"\begin{align*}") : shown.index(r"\end{align*}")].splitlines()[1:]
    assert chain == [
        r"& \mathrm{NashGap}(\pi) \\",
        r"&\quad\overset{(1)}{=} \mathrm{NashGap}_i(\pi) \\",
        r"&\quad\overset{(2)}{\le} \frac{\varepsilon_i + \gamma\,\sum_{j\ne i}\varepsilon_j}"
        r"{(1 - \gamma)^{2}} \\",
        r"&\quad\overset{(3)}{\le} \frac{(1 + (n - 1)\,\gamma)\,\varepsilon_{\mathrm{BC}}}"
        r"{(1 - \gamma)^{2}}",
    ]
    assert r"\textsc{proved}" in shown


def test_only_standard_packages_are_used() -> None:
    used = re.findall(r"\\usepackage(?:\[[^]]*\])?\{([^}]*)\}", document([bounds()["T1"]]))
    assert set(",".join(used).split(",")) == {"geometry", "amsmath", "amsthm", "booktabs", "tikz"}


def test_an_unproved_step_is_shown_as_such() -> None:
    wrong = derivation("wrong").start("eps_BC").eq("2*eps_BC", by="algebra")
    shown = derivation_latex(wrong, check(wrong))
    assert r"\textsc{undecided}" in shown
    assert r"\textsc{proved}" not in shown


def test_sources_are_cited_once() -> None:
    everything = list(bounds().values())
    assert bibtex(everything).count("@inproceedings{bergerault2026matching,") == 1
    assert document(everything).count(r"\bibitem") == 1
    assert bibtex([bounds()["T1"]]) == ""


def test_escaping() -> None:
    assert escape("a_b & $c_d$ `eps_BC >= 0`") == r"a\_b \& $c_d$ $\varepsilon_{\mathrm{BC}} \ge 0$"
