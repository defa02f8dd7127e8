"""The commands by what one wants, as `nashgap --help` and the documentation list them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer import Abort
from typer.core import TyperGroup

GROUPS = {
    "Start here": ("demo", "show", "doctor"),
    "A game and its learners": (
        *("evaluate", "certify", "learners", "delta", "temperature", "equilibrium", "conditions"),
    ),
    "Claims and bounds": ("check", "conjecture", "derive", "bounds", "tightness"),
    "All games of a class": ("search", "atlas", "verify"),
    "Files, papers and pages": ("games", "convert", "latex", "coq", "report", "schema"),
}
"""Every command once."""

_WHOLE = 200


@contextmanager
def _aborting() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise Abort from None


class Grouped(TyperGroup):
    """Help whose commands stand in groups, each with its whole first sentence.

    An interrupt while a line is read or a command runs aborts; Typer alone would end with 130 and
    say nothing.
    """

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Reads a line."""
        with _aborting():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Runs a command."""
        with _aborting():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of the groups."""
        return [name for names in GROUPS.values() for name in names]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes one section a group."""
        for group, names in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl([(name, self._summary(ctx, name)) for name in names])

    def _summary(self, ctx: Any, name: str) -> str:
        command = self.get_command(ctx, name)
        return "" if command is None else command.get_short_help_str(_WHOLE)
