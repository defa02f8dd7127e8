"""`-v` on every command: what is being done, with times, on stderr."""

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

Verbose = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        show_default=False,
        metavar="",
        help="Say on stderr what is being done; -vv also files read and solver calls.",
    ),
]

_NAME = "nashgap -v"


def with_verbose(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the option `-v`, which sets logging up before anything is done.

    Its examples are kept on lines of their own in the help.
    """

    @functools.wraps(command)
    def run(*, verbose: int = 0, **options: Any) -> None:
        start(verbose)
        command(**options)

    signature = inspect.signature(command)
    added = inspect.Parameter(
        "verbose", inspect.Parameter.KEYWORD_ONLY, default=0, annotation=Verbose
    )
    parameters = [p.replace(kind=p.KEYWORD_ONLY) for p in signature.parameters.values()]
    run.__signature__ = signature.replace(parameters=[*parameters, added])  # type: ignore[attr-defined]
    run.__doc__ = _unwrapped(command.__doc__ or "")
    run.__annotations__ = {**command.__annotations__, "verbose": Verbose}
    return run


def _unwrapped(doc: str) -> str:
    """Paragraphs of examples marked so that the help does not fill their lines."""
    parts = inspect.cleandoc(doc).split("\n\n")
    return "\n\n".join(f"\b\n{p}" if p.startswith("Example:") else p for p in parts)


def start(verbose: int) -> None:
    """Sends what the package logs to stderr: from INFO on with 1, from DEBUG on with 2."""
    import logging

    logger = logging.getLogger("nashgap")
    for old in [h for h in logger.handlers if h.get_name() == _NAME]:
        logger.removeHandler(old)
    logger.setLevel(logging.NOTSET)
    if not verbose:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name(_NAME)
    handler.setFormatter(
        logging.Formatter("%(relativeCreated)8.0f ms  %(levelname)-5s  %(name)s  %(message)s")
    )
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if verbose == 1 else logging.DEBUG)
    from .output import versions

    logger.info("running %s", " ".join(sys.argv[1:]) or "nashgap")
    logger.debug("versions %s", ", ".join(f"{k} {v}" for k, v in versions().items()))


def is_on() -> bool:
    """Whether `-v` was given, so that no line on stderr is overwritten."""
    import logging

    return any(h.get_name() == _NAME for h in logging.getLogger("nashgap").handlers)
