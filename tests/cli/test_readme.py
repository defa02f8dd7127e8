"""The README's outputs are real: its commands are run, its Python is a doctest.

A line `...` in an output stands for any lines.
"""

import doctest
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, str]]:
    """Each command with the output that the README shows."""
    for block in re.findall(r"^```console\n(.*?)^```$", README, re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def agrees(shown: str, real: str) -> bool:
    pattern = re.escape(shown).replace(re.escape("...\n"), r"(?:.*\n)*?")
    return re.fullmatch(pattern, real) is not None


def test_every_command_prints_what_the_readme_shows(run: Callable[..., Any]) -> None:
    listed = list(commands())
    assert len(listed) >= 7
    Path("examples").symlink_to(ROOT / "examples")
    for command, output in listed:
        program, *arguments = shlex.split(command)
        assert program == "nashgap"
        ran = run(*arguments)
        assert ran.code == (1 if output.startswith("refuted") else 0), command
        assert agrees(output, ran.out), f"{command}\n{ran.out}"


def test_the_python_of_the_readme_runs() -> None:
    found = doctest.DocTestParser().get_doctest(
        "\n".join(re.findall(r"^```python\n(.*?)^```$", README, re.M | re.S)), {}, "README", None, 0
    )
    assert found.examples
    assert doctest.DocTestRunner().run(found).failed == 0
