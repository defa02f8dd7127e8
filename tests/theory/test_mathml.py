"""MathML of everything that the package prints as LaTeX: well formed, with the right structure."""

from xml.etree import ElementTree

import pytest

from nashgap.theory.assumptions import known
from nashgap.theory.catalogue import bounds
from nashgap.theory.errors import BadInput
from nashgap.theory.grounds import grounds
from nashgap.theory.mathml import mathml, wrapping


def shape(latex: str) -> list[str]:
    return [node.tag for node in ElementTree.fromstring(mathml(latex)).iter()]


def written(latex: str) -> str:
    return "".join(ElementTree.fromstring(mathml(latex)).itertext())


@pytest.mark.parametrize("label", list(bounds()))
def test_every_formula_of_the_catalogue_can_be_set(label: str) -> None:
    claim = bounds()[label].claim.latex()
    assert claim.count(r"\frac") == mathml(claim).count("<mfrac>")
    assert "\\" not in mathml(claim)
    for derivation in (bounds()[label].derivation, *bounds()[label].lemmas):
        assert "\\" not in mathml(derivation.latex())


def test_every_assumption_can_be_set() -> None:
    for assumption in known().values():
        found = mathml(assumption.latex)
        ElementTree.fromstring(found)
        assert "\\" not in found


def test_scripts_fractions_and_fences() -> None:
    assert shape(r"Q_i^{\pi^E}") == ["math", "msubsup", "mi", "mi", "msup", "mi", "mi"]
    assert "mspace" in shape(r"V_i^\pi")  # V leans into what stands above it
    assert shape(r"\tfrac12\|x\|_1") == shape(r"\frac{1}{2}\|x\|_1")
    assert mathml(r"\lVert x\rVert") == mathml(r"\|x\|")
    assert [mathml(x).count("prefix") for x in ("[-1,1]", "-a+b", "a-b", r"a\le-b")] == [1, 1, 0, 1]
    assert shape(r"\frac{1}{(1-\gamma)^{2}}").count("mfrac") == 1
    assert shape(r"\sum_{j\ne i}x")[1] == "munder"
    assert shape(r"\max_{i}x")[1] == "munder"
    assert written(r"\mathrm{NashGap}(\pi) \le 2\,n") == "NashGap(π)≤2n"
    assert written(r"x\ \text{for all } i") == "xfor all\u00a0i"
    assert written("a < b & c") == "a<b&c"


@pytest.mark.parametrize("latex", [r"\frac{1", r"\href{x}{y}", "{", r"\frac", "x^", "a}"])
def test_what_is_not_ours_is_refused(latex: str) -> None:
    with pytest.raises(BadInput, match="formula"):
        mathml(latex)


def test_every_ground_can_be_set() -> None:
    for ground in grounds().values():
        for part in (*ground.statement.split("$")[1::2], *ground.proof.split("$")[1::2]):
            assert "\\" not in mathml(part)


_FENCES = str.maketrans("", "", "()/")


@pytest.mark.parametrize("label", list(bounds()))
def test_pieces_say_the_same_and_are_short(label: str) -> None:
    """Would catch a lost part, a cut inside a script, and a formula that cannot wrap."""
    claim = bounds()[label].claim.latex()
    tree = ElementTree.fromstring(f"<p>{wrapping(claim, block=True)}</p>")
    said = "".join(tree.itertext())
    assert "/" in said or said == written(claim)
    assert sorted(said.translate(_FENCES)) == sorted(written(claim).translate(_FENCES))
    assert all(len("".join(piece.itertext())) < 60 for piece in tree.iter("math"))


def test_words_are_set_outside_of_formulas() -> None:
    shown = wrapping(r"\text{the temperature $\tau$ is at least}\;\gamma")
    assert shown.startswith("the temperature <wbr/><math>")
    assert "mtext" not in shown
