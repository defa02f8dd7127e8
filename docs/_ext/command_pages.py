"""One page for each command: its help, as it prints it."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

from pages import table, toc, write

from nashgap.cli import main
from nashgap.cli.app import app


def write_commands(folder: Path) -> None:
    """One page a command, and their index."""
    names = sorted(command.name for command in app.registered_commands if command.name)
    rows = []
    for name in names:
        shown = _help(name)
        lines = [f"# nashgap {name}", "", "```text", shown, "```"]
        write(folder / f"{name}.md", lines)
        rows.append((f"[{name}]({name}.md)", _does(shown)))
    lines = ["# Commands", "", "Every command takes `--json`, `--quiet` and `-v`."]
    write(folder / "index.md", [*lines, *table(("command", "does"), rows), *toc(names)])


def _does(shown: str) -> str:
    """The first sentence of a help, below its usage; a word that is split at a hyphen is whole."""
    paragraph = shown.split("\n\n")[1]
    joined = " ".join(line.strip() for line in paragraph.splitlines())
    said = joined.replace("re- ", "re-").replace("<", "\\<")
    return re.sub(r"(?<!\S)--\w+", r"`\g<0>`", said)


def _help(name: str) -> str:
    caught = io.StringIO()
    with redirect_stdout(caught):
        main([name, "--help"])
    return caught.getvalue().rstrip()
