"""What the pages tell people to type: every command exists, its options do, and it runs."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

import nashgap as ng

from .conftest import Run

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))


def commands(page: Path) -> list[str]:
    """The lines after a prompt, in order."""
    blocks = re.findall(r"^```console\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def everywhere() -> list[tuple[str, str]]:
    return [(page.stem, line) for page in PAGES for line in commands(page)]


@pytest.fixture
def files(tmp_path: Path) -> None:
    """The files of the reader's own that the pages speak of."""
    made = ng.games.catalogue()["w6"].build()
    ng.save(tmp_path / "game.json", made.game, made.expert, made.learner)
    seen = ng.simulate(made.game, made.expert, 20, 20, seed=0)
    rows = (
        {"states": [int(s) for s in t.states], "actions": [[int(a) for a in j] for j in t.actions]}
        for t in seen.trajectories
    )
    (tmp_path / "data.jsonl").write_text("\n".join(map(json.dumps, rows)))
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "examples" / "my_lemma.py", tmp_path / "my_proof.py")
    raw = json.loads((tmp_path / "game.json").read_text())
    street = {key: raw[key] for key in ("format", "discount", "start", "transition")}
    (tmp_path / "street.json").write_text(json.dumps({**street, "rewards": None}))


def test_the_pages_have_commands() -> None:
    assert len(everywhere()) >= 25
    assert {page for page, _ in everywhere()} >= {"tutorial", "how-to"}


@pytest.mark.parametrize("line", sorted({line for _, line in everywhere()}))
def test_a_command_and_its_options_exist(line: str, run: Run) -> None:
    program, name, *words = shlex.split(line)
    assert program == "nashgap"
    shown = run(name, "--help")
    assert shown.code == 0
    for word in words:
        if word.startswith("-"):
            assert re.search(rf"(?<!\w){re.escape(word)}(?![\w-])", shown.out), word


@pytest.mark.slow
@pytest.mark.parametrize("page", [page.stem for page in PAGES if commands(page)])
@pytest.mark.usefixtures("files")
def test_every_command_of_a_page_runs_in_order(page: str, run: Run) -> None:
    for line in commands(ROOT / "docs" / f"{page}.md"):
        done = run(*shlex.split(line)[1:])
        assert done.code in (0, 1, 3), (line, done.err)
        assert done.out, line
