"""The words of a derivation are all explained, and where the words are a formula it is true."""

import pytest

from nashgap.theory.chain import as_expression
from nashgap.theory.errors import BadInput
from nashgap.theory.glossary import explained, glossary
from nashgap.theory.interpretation import At, Interpretation
from nashgap.theory.words import OPERATORS, PROFILES, ROLES, words

from ._games import random_readings


def test_every_word_is_explained_and_nothing_else() -> None:
    assert set(glossary()) == {*words(), *ROLES, *OPERATORS, *PROFILES}
    assert all(said and said == said.strip() for said in glossary().values())


def _formulas() -> list[str]:
    found = []
    for word, said in glossary().items():
        try:
            as_expression(said)
        except BadInput:
            continue
        found.append(word)
    return found


@pytest.mark.parametrize("word", _formulas())
def test_what_is_a_formula_is_true_on_games(word: str) -> None:
    left, right = as_expression(word), as_expression(glossary()[word])
    seen = 0
    for model in random_readings(6):
        reader = Interpretation(model)
        for i in range(model.players):
            for s in range(model.num_states):
                for a in model.joint_actions():
                    at = At(i, s, a)
                    assert reader.read(left, at) == reader.read(right, at)
                    seen += 1
    assert seen > 20


def test_there_are_formulas() -> None:
    assert {"x_i", "n_i", "t_i", "r_i", "g_o", "m_i"} <= set(_formulas())


def test_the_words_of_a_step_are_found() -> None:
    found = dict(explained(["E_mu(lost_i) <= 2", "right - left = [TV_o <= 1]"]))
    assert set(found) == {"[a <= b]", "E_mu", "lost_i", "TV_o"}
