"""Every result of the paper is found from its label alone, in any spelling, with its verdict."""

from fractions import Fraction

import pytest

import nashgap as ng
from nashgap.finding import CITED, COMPUTED, chosen, lookup
from nashgap.theory.catalogue import bounds
from nashgap.theory.errors import BadInput
from nashgap.theory.rows import PAPER, THEORY, row_of, rows

from .conftest import Run

VERDICTS = {
    "Theorem 1": "proved",
    "Corollary 1": "proved",
    "eps relations": "proved",
    "Lemma 1": "found",
    "Theorem 2": "found",
    "Definition 5": COMPUTED,
    "Theorem 3": CITED,
    "Corollary 2": CITED,
    "Definition 6": COMPUTED,
    "Lemma 2": "found",
    "value gap": "proved",
    "Lemma 3": "proved",
    "Corollary 3": "proved",
    "Lemma 4": "proved",
    "regularisation": COMPUTED,
    "Tang et al. (2024)": "proved",
    "Freihaut et al. (2025)": "proved",
}
SPELLINGS = {
    "Lemma 3": ("lemma 3", "LEMMA-3", "lemma_3", "Lem. 3", "lem 3", "Lemma3"),
    "Theorem 2": ("Thm 2", "thm. 2", "theorem_2", "theorem-2", "th 2"),
    "Corollary 1": ("Cor. 1", "cor 1", "corollary_1"),
    "Definition 6": ("Def 6", "def. 6", "definition_6", "delta-continuity"),
    "regularisation": ("regularization", "Entropy"),
    "value gap": ("Value gap", "value_gap"),
    "eps relations": ("eps_relations",),
    "Tang et al. (2024)": ("tang", "Tang et al. 2024", "tang_2024"),
}


@pytest.mark.parametrize("label", [row.label for row in PAPER])
def test_each_result_of_the_paper_has_its_verdict(label: str, run: Run) -> None:
    shown = run("show", label, "--json")
    assert shown.code == 0
    (found,) = shown.json["results"]
    assert (found["label"], found["verdict"]) == (label, VERDICTS[label])
    assert found["finding"]
    assert found["formula"] or found["bounds"]
    assert found["commands"] or found["verdict"] == CITED
    assert {one["status"] for one in (*found["bounds"], *found["sharper"])} <= {"proved"}


def test_the_text_holds_what_the_object_holds(run: Run) -> None:
    text = run("show", "Lemma 3").out
    assert text.startswith("Lemma 3\n")
    found = lookup("Lemma 3")
    assert f"verdict  {found.verdict}" in text
    for one in (*found.bounds, *found.sharper):
        assert f"{one.label}: {one.status}" in text
        assert one.claim.split(" <= ")[1][:40] in text
    assert found.commands[0] in text


@pytest.mark.parametrize("label", SPELLINGS)
def test_a_label_is_found_in_any_spelling(label: str) -> None:
    for spelling in SPELLINGS[label]:
        found = row_of(spelling)
        assert found is not None
        assert found.label == label


def test_labels_need_no_quotes(run: Run) -> None:
    assert run("show", "Thm", "2", "T1").out.startswith("Theorem 2\n")
    assert run("bounds", "Lemma", "3").out == run("bounds", "lemma_3").out
    assert run("check", "Lemma", "3").code == 0
    assert run("games", "Lemma", "1", "gamma=1/2").out.startswith("lemma-1:")
    assert "as published" in run("latex", "Lemma 3", "--fragment").out


def test_what_is_no_bound_is_said_to_be_elsewhere(run: Run) -> None:
    for command in ("bounds", "check"):
        refused = run(command, "Theorem 2")
        assert refused.code == 2
        assert "nashgap show 'Theorem 2'" in refused.err


def test_every_label_of_the_theory_and_every_name_is_found() -> None:
    for row in THEORY:
        assert row_of(row.label) is row
    for label in bounds():
        assert label in chosen(label).names
    assert lookup("w6").games[0].name == "w6"
    assert lookup("eps_BC").formula
    assert lookup("dominant").formula


def test_no_two_statements_share_a_spelling() -> None:
    from nashgap.theory.labels import canonical

    spelt = [canonical(name) for row in rows() for name in {row.label, *row.also}]
    assert len(set(spelt)) == len(spelt)


def test_what_is_sharper_is_sharper_by_the_factor_that_is_shown() -> None:
    found = lookup("Lemma 3")
    sharp = next(one for one in found.sharper if one.label == "T1")
    n, gamma = 3, Fraction(9, 10)
    factor = Fraction(2 * n, 1) / (1 + (n - 1) * gamma)
    assert eval(sharp.factor, {}, {"n": n, "gamma": gamma}) == factor


def test_numbers_of_the_games_are_those_of_evaluate() -> None:
    shown = {game.name: game for row in PAPER for game in lookup(row.label).games}
    assert {"lemma-1", "theorem-2", "lemma-2", "w3"} <= set(shown)
    for name in ("lemma-1", "theorem-2", "lemma-2"):
        made = ng.games.catalogue()[name].build()
        found = ng.evaluate(made.game, made.expert, made.learner)
        assert all(getattr(found, key) == value for key, value in shown[name].numbers.items())


def test_commands_that_are_shown_run(run: Run) -> None:
    from shlex import split

    asked = {command for row in PAPER for command in row.commands if "temperature" not in command}
    for line in sorted(asked, key=lambda line: " -o " not in line):
        done = run(*split(line)[1:])
        assert done.code in (0, 3), (line, done.err)


def test_an_unknown_label_is_one_line_that_helps(run: Run) -> None:
    refused = run("show", "Lemma", "33")
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert "did you mean 'Lemma 3'" in refused.err
    with pytest.raises(BadInput, match="LABEL"):
        lookup("")


def test_it_shows_itself_in_a_notebook() -> None:
    shown = lookup("Lemma 3")._repr_html_()
    assert "proved" in shown
    assert "<math" in shown
    assert "T1" in shown
