"""The commands under one roof, and what is common to all: exit codes, one-line errors, interrupts.

Exit codes: 0 true, found, ruled out or proved; 1 refuted or false; 2 misuse or bad input, with one
line on stderr and nothing on stdout; 3 supported or undecided; 130 interrupted.
"""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from nashgap import __version__
from nashgap.theory.errors import NashgapError

from . import (
    atlas,
    bounds,
    certify,
    check,
    conditions,
    conjecture,
    convert,
    coq,
    delta,
    demo,
    derive,
    doctor,
    equilibrium,
    evaluate,
    games,
    latex,
    learners,
    report,
    schema,
    search,
    show,
    temperature,
    tightness,
    verify,
)
from .groups import Grouped
from .loading import take
from .logs import with_verbose
from .once import Once
from .output import say

MISUSE = 2

app = typer.Typer(
    cls=Grouped,
    help="How exploitable is what a multi-agent imitation learner learned?",
    epilog="Start with `nashgap demo`; each `nashgap COMMAND --help` has an example. Exit codes: "
    "0 yes, 1 refuted or false, 2 misuse, 3 undecided, 130 interrupted.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for module in (
    demo,
    evaluate,
    certify,
    learners,
    delta,
    temperature,
    tightness,
    equilibrium,
    conditions,
    convert,
    check,
    conjecture,
    derive,
    search,
    atlas,
    verify,
    show,
    bounds,
    games,
    latex,
    coq,
    report,
    schema,
    doctor,
):
    app.command(module.NAME, cls=Once)(with_verbose(module.command))


@app.callback(invoke_without_command=True)
def _face(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    load: Annotated[
        list[str] | None,
        typer.Option(
            "--load",
            metavar="FILE.py",
            help="Add lemmas, quantities, games and backends of your own; with any command, "
            "anywhere on the line.",
        ),
    ] = None,
) -> None:
    if version:
        say(__version__)
        raise typer.Exit(0)
    if context.invoked_subcommand is None:
        say(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; see `nashgap.cli.main`.

    Raises:
        KeyboardInterrupt: interrupted, in a command that had nothing to keep.
    """
    command = typer.main.get_command(app)
    given = list(sys.argv[1:] if arguments is None else arguments)
    loaded: list[object] = []
    try:
        given, files = take(given)
        if files:
            from nashgap.extensions import load_file

            for file in files:
                loaded += load_file(file)
        found = command.main(given, prog_name="nashgap", standalone_mode=False)
    except typer.TyperException as error:
        return _refuse(f"{error.format_message().rstrip('.')}{_help_of(given)}")
    except NashgapError as error:
        return _refuse(str(error))
    except typer.Abort:
        raise KeyboardInterrupt from None
    finally:
        if loaded:
            from nashgap.theory import discovery

            discovery.remove(loaded)
    return found if isinstance(found, int) else 0


def _help_of(given: Sequence[str]) -> str:
    """Where to look, after a command line that cannot be read."""
    named = [word for word in given[:1] if word in {c.name for c in app.registered_commands}]
    return f"; `{' '.join(['nashgap', *named, '--help'])}` shows what there is"


def _refuse(message: str) -> int:
    """One line on stderr, whatever the message holds."""
    print(f"nashgap: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201
    return MISUSE
