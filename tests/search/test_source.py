"""Answers of other sources are asked again: nothing an older encoder said is taken for new."""

import re
from pathlib import Path

import pytest

from nashgap.search import question
from nashgap.search.query import Query
from nashgap.search.question import Question
from nashgap.search.source import ONLY_ASK, digest, source, sources
from nashgap.search.store import Store
from nashgap.search.stored import answer

SUP = Question(Query(), sup=True)


def test_the_digest_changes_with_any_byte_and_any_name(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    (tmp_path / "b.py").write_text("x = 2")
    files = [("a", tmp_path / "a.py"), ("b", tmp_path / "b.py")]
    first = digest(iter(files))
    assert digest(iter(files)) == first
    assert digest(iter(files[:1])) != first
    assert digest(iter([("c", files[0][1]), files[1]])) != first
    (tmp_path / "b.py").write_text("x = 3")
    assert digest(iter(files)) != first


def test_what_decides_answers_is_digested() -> None:
    names = {name for name, _ in sources()}
    assert {
        "search/checkers/pair.py",
        "search/prover.py",
        "search/pair/nodes.py",
        "search/encodings/rho_any_kernel.py",
        "assumptions/nash.py",
        "theory/claim.py",
    } <= names
    assert re.fullmatch("[0-9a-f]{64}", source())


def test_nothing_that_answers_imports_what_only_asks() -> None:
    folders = "|".join(ONLY_ASK)
    here = Path(question.__file__).parent
    asking = {"scrutiny.py"}  # answers derivations, through conjecture
    for path in here.rglob("*.py"):
        inside = path.relative_to(here)
        if inside.parts[0] not in ONLY_ASK | asking:
            found = re.search(rf"(from|import) [\w.]*\b({folders})\b", path.read_text())
            assert found is None, inside


def test_an_old_answer_is_asked_again_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "s") as store:
        with monkeypatch.context() as old:
            old.setattr(question, "source", lambda: "older")
            assert not answer(SUP, store).was_kept
            assert answer(SUP, store).was_kept
            assert store.outdated([SUP.task]) == 0
        before = list(store.results())
        assert store.outdated([SUP.task]) == 1
        assert not answer(SUP, store).was_kept
        assert store.outdated([SUP.task]) == 0
        assert [row for row in store.results() if row in before] == before
        assert len(list(store.results())) == 2 * len(before)
