"""Pages that are written from the package itself, so that they cannot fall behind it."""

import shutil
from pathlib import Path
from typing import Any

from atlas_pages import write_atlas
from bounds_pages import write_bounds
from command_pages import write_commands
from figure_pages import write_figures
from game_pages import write_first, write_gallery
from name_pages import write_names
from paper_pages import write_paper
from word_pages import write_grounds, write_words


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
    write_first(target / "first.html")
    write_gallery(target / "games")
    write_bounds(target / "bounds")
    write_paper(target / "verdicts.md")
    write_words(target / "words.md")
    write_grounds(target / "grounds.md")
    write_atlas(target)
    write_figures(target)
    write_commands(target / "commands")
    write_names(target / "python")
