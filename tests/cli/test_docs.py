"""What the pages tell people to type: every command exists, its options do, and it runs."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

import nashgap as ng

from .conftest import Run
from .test_readme import agrees

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))


def shown(page: Path) -> list[tuple[str, str]]:
    """The lines after a prompt, in order, each with the output that the page shows of it."""
    blocks = re.findall(r"^```console\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.M)[1:]]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def commands(page: Path) -> list[str]:
    """The lines after a prompt, in order."""
    return [command for command, _ in shown(page)]


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
    told = run(name, "--help")
    assert told.code == 0
    for word in words:
        if word.startswith("-"):
            assert re.search(rf"(?<!\w){re.escape(word)}(?![\w-])", told.out), word


@pytest.mark.slow
@pytest.mark.parametrize("page", [page.stem for page in PAGES if commands(page)])
@pytest.mark.usefixtures("files")
def test_every_command_of_a_page_runs_in_order(page: str, run: Run) -> None:
    for line, output in shown(ROOT / "docs" / f"{page}.md"):
        done = run(*shlex.split(line)[1:])
        assert done.code in (0, 1, 3), (line, done.err)
        assert done.out or "--quiet" in line, line
        assert not output or agrees(output, done.out), (line, done.out)
