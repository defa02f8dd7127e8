"""Commands that take each option once, and say how they are called in the words of this tool.

Nothing that was typed is dropped in silence.
"""

from typing import Any

from typer.core import TyperCommand

from nashgap.theory.errors import BadInput


class Once(TyperCommand):
    """Refuses a second value of an option where otherwise the last would win."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads the line.

        Raises:
            BadInput: an option with a value is given more than once.
        """
        if not ctx.resilient_parsing:
            _, _, order = self.make_parser(ctx).parse_args(args=list(args))
            for one in order:
                if _takes_one_value(one) and order.count(one) > 1:
                    given = f"given {order.count(one)} times"
                    raise BadInput(one.opts[0], given, _needed(one.metavar or ""))
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The arguments as they are spelt: what may be left out has its brackets already."""
        arguments = [p for p in self.get_params(ctx) if p.param_type_name == "argument"]
        return [self.options_metavar or "", *(str(p.metavar) for p in arguments)]


def _takes_one_value(parameter: Any) -> bool:
    if parameter.param_type_name != "option" or parameter.multiple:
        return False
    return not (parameter.is_flag or parameter.count)


def _needed(metavar: str) -> str:
    return "once, with commas between its parts" if "," in metavar else "once"
