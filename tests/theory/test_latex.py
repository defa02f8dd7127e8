"""LaTeX: it compiles without a line that is too long, and says what was proved."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nashgap.theory.catalogue import bounds, check
from nashgap.theory.chain import derivation
from nashgap.theory.errors import BadInput
from nashgap.theory.latex import (
    bibtex,
    bound_latex,
    derivation_latex,
    document,
    escape,
    rows_latex,
)
from nashgap.theory.notation import renamed

IN_CI = os.environ.get("CI") == "true"
needs_tex = pytest.mark.skipif(
    shutil.which("pdflatex") is None and not IN_CI, reason="pdflatex is not installed"
)
GOLDEN = Path(__file__).parent / "golden"


def compiled(source: str, folder: Path) -> str:
    """What pdflatex says the second time."""
    (folder / "it.tex").write_text(source)
    for _ in range(2):
        done = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "it.tex"],
            cwd=folder, capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:]
    return done.stdout


@needs_tex
@pytest.mark.parametrize(
    "labels",
    [
        ("T1", "lemma_4", "T1_modulus"),
        pytest.param(tuple(bounds()), marks=pytest.mark.slow, id="all"),
    ],
)
def test_the_catalogue_compiles_without_overfull_lines(
    labels: tuple[str, ...], tmp_path: Path
) -> None:
    said = compiled(document([bounds()[label] for label in labels]), tmp_path)
    assert "Overfull" not in said
    assert "undefined" not in said.lower()


@pytest.mark.parametrize("label", ["T1", "lemma_3", "T6"])
def test_golden(label: str) -> None:
    """Word for word; where a change is meant, write the new text to the file and read it."""
    assert bound_latex(bounds()[label]) == (GOLDEN / f"{label}.tex").read_text()


@needs_tex
def test_a_papers_own_symbols(tmp_path: Path) -> None:
    own = {
        "eps_BC": r"\epsilon_{\text{bc}}",
        "gamma": r"\beta",
        "expert": r"\mu^\star",
        "learner": r"\hat\pi",
        "n": "N",
        "NashGap": r"\mathcal{E}",
        "eps": "e",
        "eps_mu": "e_1",
        "eps_rho": "e_2",
    }
    shown = renamed(document([bounds()["lemma_3"]]), own)
    proofs = shown[: shown.index(r"\begin{thebibliography}")]
    for symbol in (r"\gamma", r"\pi^E", r"\varepsilon", r"\mathrm{NashGap}"):
        assert symbol not in proofs
    assert r"\frac{2\,N\,\epsilon_{\text{bc}}}{(1 - \beta)^{2}}" in shown
    assert "players and" in shown
    assert "Overfull" not in compiled(shown, tmp_path)


@pytest.mark.parametrize(
    ("symbols", "message"),
    [
        ({"lambda": "x"}, "NashGap"),
        ({"gamma": "{"}, "braces"),
        ({"gamma": "}x{"}, "braces"),
        ({"gamma": "$x$"}, "dollar"),
        ({"gamma": ""}, "one symbol"),
        ({"gamma": "x\\"}, "one symbol"),
    ],
)
def test_symbols_that_are_refused(symbols: dict[str, str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        renamed("$x$", symbols)


def test_only_formulas_are_renamed() -> None:
    source = r"an $n$, gamma: $\gamma n\,\text{in n}\,\mathrm{En}\nu_n$ \[ n \] n \cite{n}"
    assert renamed(source, {"n": "N", "gamma": r"\beta"}) == (
        r"an $N$, gamma: $\beta N\,\text{in n}\,\mathrm{En}\nu_N$ \[ N \] n \cite{n}"
    )
    assert renamed(source, {}) == source


@pytest.mark.parametrize("label", sorted(bounds()))
def test_environments_and_braces_are_balanced(label: str) -> None:
    shown = bound_latex(bounds()[label])
    begun, ended = (re.findall(rf"\\{word}\{{(\w+\*?)\}}", shown) for word in ("begin", "end"))
    assert sorted(begun) == sorted(ended)
    assert shown.count("{") == shown.count("}")
    assert shown.count("$") % 2 == 0
    claim = bounds()[label].claim
    assert claim.latex() in shown or all(row in shown for row in rows_latex(claim.right))


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
    keys = {bound.source.key for bound in everything} - {""}
    shown = document(everything)
    assert shown.count(r"\bibitem") == len(keys) == bibtex(everything).count("\n}")
    assert r"Volkan Cevher and Negar Mehr. \emph{Matching Multiple Experts" in shown
    assert bibtex([bounds()["T1"]]) == ""


def test_escaping() -> None:
    assert escape("`2*tanh(x_1/2)`") == r"\texttt{2*tanh(x\_1/2)}"
    assert escape("a_b & $c_d$ `eps_BC >= 0`") == r"a\_b \& $c_d$ $\varepsilon_{\mathrm{BC}} \ge 0$"
