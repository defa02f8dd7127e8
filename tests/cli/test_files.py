"""Files and pipes: standard input, several files, nothing lost, each option once."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

import nashgap as ng
from nashgap.numeric.writing import write_text
from nashgap.theory.errors import BadInput

from .conftest import Run


@pytest.fixture
def game(run: Run) -> str:
    """The text of a game file, which is also at g.json in the folder of the test."""
    assert run("games", "matching-pennies", "-o", "g.json", "-q").code == 0
    return Path("g.json").read_text()


def typed(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts something on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


COMMANDS = [
    *("evaluate -", "verify -", "verify - g.json", "report -", "latex -", "delta -"),
    *("learners - --eps 0", "equilibrium -", "tightness T1 -"),
]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_dash_is_standard_input(
    line: str, run: Run, game: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(b"\xef\xbb\xbf" + game.replace("\n", "\r\n").encode(), monkeypatch)
    piped = run(*line.split(), "--json")
    assert piped.code == 0, piped.err
    Path("same.json").write_text(game)
    read = run(*("same.json" if word == "-" else word for word in line.split()), "--json")
    assert read.json.keys() == piped.json.keys()


def test_a_derivation_and_a_witness_through_a_pipe(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = run("check", "value_gap", "--json").json
    for line in ("verify -", "latex -"):
        typed(json.dumps(found["derivation"]).encode(), monkeypatch)
        assert run(*line.split()).code == 0
    typed(b"", monkeypatch)
    refused = run("verify", "-")
    assert (refused.code, refused.out) == (2, "")
    assert "standard input, line 1" in refused.err


def test_the_whole_object_of_a_command_is_no_file_and_the_message_says_which_part_is(
    run: Run,
) -> None:
    Path("all.json").write_text(run("games", "w1", "--json").out)
    for line in ("evaluate all.json", "verify all.json"):
        refused = run(*line.split())
        assert refused.code == 2
        assert "all.json, format: missing" in refused.err
        assert "the part 'game'" in refused.err


def test_verify_takes_several_files_and_one_that_is_false_counts(run: Run, game: str) -> None:
    assert run("check", "value_gap", "-o", "d.json", "-q").code == 0
    found = run("verify", "g.json", "d.json", "--json")
    assert found.code == 0
    assert [(one["file"], one["valid"]) for one in found.json["results"]] == [
        ("g.json", True),
        ("d.json", True),
    ]
    bent = Path("d.json").read_text().replace("2/(1 - gamma)", "1/(1 - gamma)")
    Path("bent.json").write_text(bent)
    told = run("verify", "g.json", "bent.json", "d.json")
    assert told.code == 1
    heads = [line.split()[0] for line in told.out.splitlines() if line[0] != " "]
    assert heads == ["valid", "invalid", "valid"]
    Path("no.json").write_text("{}")
    refused = run("verify", "g.json", "no.json")
    assert (refused.code, refused.out) == (2, "")
    assert "no.json, format" in refused.err


def test_verify_interrupted_calls_nothing_valid_that_was_not_read(
    run: Run, game: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nashgap.cli import verify

    once = verify._verify

    def stopped(file: str) -> verify.Checked:
        if file == "later.json":
            raise KeyboardInterrupt
        return once(file)

    monkeypatch.setattr(verify, "_verify", stopped)
    found = run("verify", "g.json", "later.json", "--json")
    assert (found.code, found.json["status"], found.json["valid"]) == (130, "undecided", None)
    assert run("verify", "later.json").code == 130


LOSSES = [
    *("equilibrium g.json -o g.json", "learners g.json -o g.json", "report g.json -o g.json"),
    *("check mine.py -o mine.py", "latex g.json -o g.json", "convert g.json g.json"),
    *("conditions g.json -o g.json", "search --sup --fix g.json -o g.json"),
    *("search --sup --store g.json -o g.json", "atlas --data g.json -o g.json"),
]


@pytest.mark.parametrize("line", LOSSES)
def test_what_is_read_is_not_written_over(line: str, run: Run, game: str) -> None:
    Path("mine.py").write_text("precious = 1\n")
    refused = run(*line.split())
    assert (refused.code, refused.out) == (2, "")
    assert "is read and would be lost" in refused.err
    assert Path("g.json").read_text() == game
    assert Path("mine.py").read_text() == "precious = 1\n"


def test_a_file_is_written_whole_or_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, link = tmp_path / "f.json", tmp_path / "link.json"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_text(link, "new")
    assert (file.read_text(), link.is_symlink()) == ("new", True)
    assert file.stat().st_mode & 0o777 == 0o640

    def full(self: Path, content: str, encoding: str) -> int:
        with self.open("w") as out:
            out.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(BadInput, match="No space left"):
        write_text(file, "newer")
    assert file.read_text() == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["f.json", "link.json"]


def test_a_dash_is_no_file_to_write_to(run: Run) -> None:
    refused = run("games", "w1", "-o", "-")
    assert refused.code == 2
    assert "standard output" in refused.err
    assert not Path("-").exists()


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("search --sup --assume nash --assume zero-sum", "--assume: given 2 times.*commas"),
        ("search --sup --states 2 --states=3", "--states: given 2 times; needed: once"),
        ("games w1 -o a.json --output b.json", "--output: given 2 times"),
        ("evaluate g.json --seconds 1 --seconds 2 --seconds 3", "--seconds: given 3 times"),
    ],
)
def test_no_value_is_dropped_in_silence(line: str, needed: str, run: Run, game: str) -> None:
    """Catches the last value winning: `--assume nash --assume zero-sum` assumed zero-sum alone."""
    refused = run(*line.split())
    assert (refused.code, refused.out) == (2, "")
    assert re.search(needed, refused.err)
    assert not Path("b.json").exists()


def test_flags_and_lists_may_be_repeated(run: Run) -> None:
    assert run("show", "T1", "--quiet", "--quiet", "-v", "-v").code == 0
    twice = ("--symbol", r"gamma=\beta", "--symbol", "n=m")
    assert r"\beta" in run("latex", "T1", *twice).out


def test_messages_name_what_was_meant(run: Run) -> None:
    assert "`nashgap games w1 -o w1.json` writes that game" in run("evaluate", "w1").err
    assert "did you mean 'w3-rare'?" in run("games", "w3_rar").err
    assert "did you mean 'witness'?" in run("schema", "witnes").err
    Path("utf16.json").write_text("{}", encoding="utf-16")
    assert "saved as UTF-8" in run("evaluate", "utf16.json").err


def test_show_lists_and_finds_assumptions(run: Run) -> None:
    listed = run("show")
    for name in ("margin=m", "zero-sum", "expert_gap", "Lemma 3"):
        assert f"  {name} " in listed.out
    assert run("show", "--json").json["assumptions"][-1] == "zero-sum"
    assert run("show", "margin=1/3").out == run("show", "margin").out
    assert run("show", "nosuch=1").code == 2


def test_the_version_ends_the_line(run: Run) -> None:
    assert run("--version", "evaluate").out == run("--version").out == f"{ng.__version__}\n"
