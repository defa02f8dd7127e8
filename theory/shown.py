"""Values that terminals show in full."""

from typing import Any


class Shown:
    """A value whose `str` is for people: IPython's terminal prints that, not the short `repr`."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("..." if cycle else str(self))
