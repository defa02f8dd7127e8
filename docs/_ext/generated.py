"""Pages that are written from the package itself, so that they cannot fall behind it."""

import shutil
from pathlib import Path
from typing import Any

from bounds_pages import write_bounds, write_verdicts
from command_pages import write_commands
from game_pages import write_gallery
from name_pages import write_names


def setup(app: Any) -> dict[str, Any]:
    """Writes the pages before Sphinx looks for documents."""
    app.connect("config-inited", _write)
    return {"parallel_read_safe": True}


def _write(app: Any, config: Any) -> None:
    source = Path(app.srcdir)
    target = source / "generated"
    shutil.rmtree(target, ignore_errors=True)
    for folder in ("games", "bounds", "commands", "python", "notebooks"):
        (target / folder).mkdir(parents=True)
    for notebook in sorted((source.parent / "notebooks").glob("*.ipynb")):
        shutil.copy(notebook, target / "notebooks")
    write_gallery(target / "games")
    write_bounds(target / "bounds")
    write_verdicts(target / "verdicts.md")
    write_commands(target / "commands")
    write_names(target / "python")
