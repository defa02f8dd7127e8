"""Figures among the files that commands write."""

from importlib.util import find_spec
from pathlib import Path

from nashgap.theory.errors import NashgapError

from .output import writable

SUFFIXES = (".pdf", ".png", ".svg")


def is_figure(path: str) -> bool:
    """Whether a file of this name is a figure."""
    return Path(path).suffix.lower() in SUFFIXES


def prepare(path: str | None, *sources: str) -> None:
    """Checks before the work that its result can be written, and drawn if it is a figure.

    Args:
        path: of the result, if one is to be written.
        sources: the files that are read.

    Raises:
        BadInput: the file cannot be written, or is one of those that are read.
        NashgapError: Matplotlib is not installed.
    """
    if path is None:
        return
    writable(path, *sources)
    if is_figure(path) and find_spec("matplotlib") is None:
        raise NashgapError(
            f"{path}: figures need matplotlib, which is not installed; pip install 'nashgap[plots]'"
        )
