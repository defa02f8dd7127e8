"""The notebooks run from top to bottom, each within a minute, and are kept without outputs."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

RUNNER = Path(__file__).parent / "notebook.py"
FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LIMIT = 60.0


def test_there_are_seven_and_they_are_numbered() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{k}-" for k in range(1, 8)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_in_a_form_that_diffs_well(path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == json.dumps(raw, indent=1, ensure_ascii=False) + "\n"
    assert [cell["id"] for cell in raw["cells"]] == [
        f"cell-{k:02d}" for k in range(len(raw["cells"]))
    ]
    for cell in raw["cells"]:
        assert cell["metadata"] == {}
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert raw["cells"][0]["cell_type"] == "markdown"
    assert "".join(raw["cells"][0]["source"]).startswith("# ")


def spent() -> float:
    """Seconds of processor time that finished child processes took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path) -> None:
    used = spent()
    done = subprocess.run(
        [sys.executable, str(RUNNER), str(path)],
        cwd=FOLDER,
        env={**os.environ, "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 3
    assert spent() - used < LIMIT
