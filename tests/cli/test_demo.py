"""`nashgap demo`: the parts, the file, and that nobody's file is overwritten."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
STATUSES = ["proved", "proved", "refuted", "ruled_out", "done"]


def test_the_tour(run: Run, tmp_path: Path) -> None:
    started = time.perf_counter()
    ran = run("demo")
    assert time.perf_counter() - started < 10
    assert ran.code == 0
    assert ran.err == ""
    for part in (
        "Lemma 3",
        "proved: all",
        "met exactly",
        "refuted: the learner copies the expert exactly",
        "NashGap 18",
        "re-checked from the definitions",
        "ruled_out  no game of the class has a Nash gap > 18",
        "written to nashgap-demo.tex",
    ):
        assert part in ran.out
    assert "NOT" not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100
    source = (tmp_path / "nashgap-demo.tex").read_text()
    assert source.count(r"\begin{document}") == source.count(r"\end{document}") == 1
    assert "tikzpicture" in source


def test_json_and_the_files_in_it(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "--json", "-o", "tour.tex")
    assert ran.code == 0
    parts = ran.json["parts"]
    assert [part["status"] for part in parts] == STATUSES
    for number, key in ((2, "witness"), (3, "certificate")):
        (tmp_path / "file.json").write_text(json.dumps(parts[number][key]))
        assert run("verify", "file.json").code == 0


def test_its_own_file_is_written_again_and_a_foreign_one_is_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "nashgap-demo.tex"
    path.write_text("my thesis\n")
    ran = run("demo")
    assert ran.code == 2
    assert ran.out == ""
    assert "nashgap-demo.tex" in ran.err
    assert path.read_text() == "my thesis\n"
    path.write_text("% Written by `nashgap demo`.\nan earlier tour")
    assert run("demo", "-q").code == 0
    assert "an earlier tour" not in path.read_text()
