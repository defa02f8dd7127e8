"""What the figures share: the width of one column, type, colours that everyone can tell apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nashgap.theory.errors import BadInput, NashgapError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMN = 3.25
"""The width of one column, in inches."""

INK = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
"""Okabe and Ito's colours, which people with any colour vision tell apart; darkest first."""

DASHES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (6, 1.2, 1.2, 1.2)), (0, (3, 1, 1, 1, 1, 1)))
"""Dots alone stay for what limits every line."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
SUFFIXES = (".pdf", ".png", ".svg")

_STYLE = {
    "font.size": 8,
    "axes.labelsize": 8,
    "axes.titlesize": 8,
    "legend.fontsize": 7,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "font.family": "serif",
    "font.serif": ["STIXGeneral", "DejaVu Serif"],
    "mathtext.fontset": "stix",
    "lines.linewidth": 1.2,
    "lines.markersize": 3.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.linewidth": 0.4,
    "grid.color": "#DDDDDD",
    "axes.axisbelow": True,
    "legend.frameon": False,
    "legend.handlelength": 2.2,
    "pdf.fonttype": 42,
    "svg.fonttype": "path",  # not every reader has the fonts that the layout is made for
    "svg.hashsalt": "nashgap",
    "savefig.dpi": 300,
}


@contextmanager
def paper() -> Iterator[None]:
    """Matplotlib with this style, and as it was before afterwards.

    Raises:
        NashgapError: Matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
    except ImportError:
        raise NashgapError(
            "figures need matplotlib, which is not installed: pip install 'nashgap[plots]'"
        ) from None
    style: Any = _STYLE
    with rc_context(style):
        yield


def panels(count: int, height: float) -> "tuple[Figure, list[Axes]]":
    """A figure of one column with panels one above the other, each of this height in inches."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(COLUMN, height * count), layout="constrained")
    found = figure.subplots(count, 1, squeeze=False)
    return figure, [row[0] for row in found]


def look(k: int) -> dict[str, Any]:
    """Colour and dashes of the k-th line; they differ in grey too."""
    return {"color": INK[k % len(INK)], "linestyle": DASHES[k % len(DASHES)]}


def save(figure: "Figure", path: str | Path) -> None:
    """Writes a figure; what it becomes, the name says: .pdf, .svg (vectors) or .png (300 dpi).

    Raises:
        BadInput: another ending, or a place that cannot be written.
    """
    check_name(path)
    try:
        with paper():
            figure.savefig(str(path), metadata=_without_date(path))
    except OSError as error:
        raise BadInput(
            str(path), f"cannot be written ({error.strerror})", "a writable file"
        ) from None


def check_name(path: str | Path) -> None:
    """Refuses names of files that no figure can become.

    Raises:
        BadInput: another ending than `SUFFIXES`.
    """
    if Path(path).suffix.lower() not in SUFFIXES:
        raise BadInput(str(path), "an ending that no figure has", f"one of {', '.join(SUFFIXES)}")


def _without_date(path: str | Path) -> dict[str, Any]:
    """The same figure is the same file whenever it is drawn."""
    keys = {".pdf": "CreationDate", ".svg": "Date"}
    suffix = Path(path).suffix.lower()
    return {keys[suffix]: None} if suffix in keys else {}
