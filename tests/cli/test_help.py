"""Help: every command has an example, and every example runs; completion; `-v`."""

import inspect
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import nashgap as ng
from nashgap.cli.app import app

from .conftest import Run

SLOW = {"conjecture", "demo", "derive", "tightness"}
"""Commands whose example takes seconds."""
ABSENT = {"coqc"}
"""Programs of others that an example may end with."""


def commands() -> dict[str, Callable[..., None]]:
    found = {}
    for info in app.registered_commands:
        assert info.name is not None
        assert info.callback is not None
        found[info.name] = info.callback
    return found


def examples(name: str) -> list[str]:
    """The lines of a command's examples, joined where they end in a backslash."""
    parts = inspect.cleandoc(commands()[name].__doc__ or "").split("\n\n")
    shown = [p.removeprefix("\b\n") for p in parts if p.removeprefix("\b\n").startswith("Example:")]
    lines = [part.removeprefix("Example:").replace("\\\n", " ") for part in shown]
    return [line.strip() for part in lines for line in part.splitlines() if line.strip()]


@pytest.fixture
def prepared(tmp_path: Path) -> None:
    """The files of the user's own that examples speak of."""
    made = ng.games.catalogue()["w6"].build()
    ng.save(tmp_path / "game.json", made.game, made.expert)
    seen = ng.simulate(made.game, made.expert, 20, 20, seed=0)
    rows = (
        {"states": [int(s) for s in t.states], "actions": [[int(a) for a in j] for j in t.actions]}
        for t in seen.trajectories
    )
    (tmp_path / "demonstrations.jsonl").write_text("\n".join(map(json.dumps, rows)))
    ng.save(tmp_path / "witness.json", made.game, made.expert, made.learner)
    (tmp_path / "examples").symlink_to(Path(__file__).parents[2] / "examples")


@pytest.mark.parametrize("name", list(commands()))
def test_usage_brackets_what_may_be_left_out_once(name: str, run: Run) -> None:
    usage = run(name, "--help").out.split("\n\n")[0]
    assert usage.startswith(f"Usage: nashgap {name} [OPTIONS]")
    assert re.search(r"\[\[|\]\]|\{|\.\.\.\]|None", usage) is None


def test_usage_shows_what_is_needed_and_what_is_not(run: Run) -> None:
    assert run("verify", "--help").out.startswith("Usage: nashgap verify [OPTIONS] FILE.json...")
    assert run("show", "--help").out.startswith("Usage: nashgap show [OPTIONS] [LABEL]...\n")


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_has_an_example_that_its_help_shows_whole(name: str, run: Run) -> None:
    shown = run(name, "--help")
    assert shown.code == 0
    assert "--json" in shown.out
    assert "--quiet" in shown.out
    assert "--verbose" in shown.out
    assert examples(name)
    for example in examples(name):
        assert f"nashgap {name}" in example
        assert example.split("  ")[0] in shown.out


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in commands()],
)
@pytest.mark.usefixtures("prepared")
def test_every_example_runs(name: str, run: Run) -> None:
    for example in examples(name):
        for part in example.split("&&"):
            program, *arguments = shlex.split(part)
            if program in ABSENT:
                continue
            assert program == "nashgap"
            done = run(*arguments)
            assert done.code in (0, 1, 3), done.err
            assert done.err == ""
            assert done.out


def test_the_help_has_every_command_once_with_its_whole_first_sentence(run: Run) -> None:
    from nashgap.cli.groups import GROUPS

    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(commands())
    shown = " ".join(run("--help").out.split())
    for group in GROUPS:
        assert f"{group}:" in shown
    for name, command in commands().items():
        first = inspect.cleandoc(command.__doc__ or "").split("\n\n")[0]
        assert f"{name} {' '.join(first.split()).removesuffix('.')}" in shown


def test_completion_knows_commands_and_options() -> None:
    def completed(words: str) -> list[str]:
        asked = {"_NASHGAP_COMPLETE": "complete_bash", "COMP_WORDS": words}
        asked["COMP_CWORD"] = str(len(words.split(" ")) - 1)
        done = subprocess.run(
            [sys.executable, "-c", "from nashgap.cli import main; main()"],
            env={**os.environ, **asked},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.split()

    assert completed("nashgap se") == ["search"]
    assert {"--match", "--sup", "--verbose"} <= set(completed("nashgap search --"))


def test_verbose_says_on_stderr_what_is_done_and_leaves_stdout_alone(run: Run) -> None:
    plain = run("bounds", "T1")
    assert plain.err == ""
    loud = run("bounds", "T1", "-v")
    assert loud.out == plain.out
    assert re.search(r"INFO +nashgap +done, after", loud.err)
    assert "DEBUG" not in loud.err
    assert run("games", "w3", "-o", "w3.json").err == ""  # the next command is quiet again
    assert re.search(
        r"DEBUG +nashgap\.numeric\.io +read w3\.json", run("evaluate", "w3.json", "-vv").err
    )


def test_verbose_logs_each_command_once(run: Run) -> None:
    for _ in range(2):
        assert run("bounds", "T1", "-v").err.count("after") == 1


def test_doctor_finds_what_is_there_and_says_how_to_get_the_rest(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = run("doctor", "--json")
    assert found.code == 0
    by_name = {f["name"]: f for f in found.json["findings"]}
    assert by_name["numpy"]["standing"] == by_name["z3"]["standing"] == "ok"
    assert by_name["numpy"]["version"]
    assert found.json["machine"]["nashgap"].startswith(ng.__version__)
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = {f["name"]: f for f in run("doctor", "--json").json["findings"]}["coqc"]
    assert missing["standing"] == "missing"
    assert "apt-get install coq" in missing["mend"]


def test_doctor_ends_with_1_when_something_required_is_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    found = run("doctor")
    assert found.code == 1
    assert "broken  highspy" in found.out
    assert "not well: highspy" in found.out


TALKS = {"demo", "schema"}
"""The tour prints as it goes; a schema is read from a table."""


def test_every_command_shows_progress_on_a_terminal() -> None:
    """Catches a command that may take seconds without a word."""
    for name, command in commands().items():
        module = inspect.getmodule(inspect.unwrap(command))
        assert module is not None
        assert ("with progress(" in inspect.getsource(module)) != (name in TALKS), name


def test_an_option_of_several_commands_takes_the_same_in_all() -> None:
    """Catches one name for two things, and numbers that are told in two ways."""
    found: dict[str, set[str]] = {}
    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        for one in command.params:
            if one.param_type_name == "option" and not one.count:
                found.setdefault(one.opts[0], set()).add("" if one.is_flag else one.metavar)
    assert {name: kinds for name, kinds in found.items() if len(kinds) > 1} == {
        "--actions": {"K", "K|K1,K2"},  # the entries of the atlas have as many for every player
        "--horizon": {"", "H"},  # for N steps, whatever N is, or for H of them
    }
