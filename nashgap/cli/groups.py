"""The commands by what one wants, as `nashgap --help` and the documentation list them."""

from typing import Any

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


class Grouped(TyperGroup):
    """Help whose commands stand in groups, each with its whole first sentence."""

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
