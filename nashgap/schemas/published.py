"""A schema by name: of a file format, or of what a command prints with `--json`."""

from typing import Any

from nashgap.theory.errors import BadInput
from nashgap.theory.nearest import hint

from .commands import COMMON, FURTHER, INTERRUPTED, NEEDED
from .formats import FORMATS
from .parts import STATUS, record

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def names() -> tuple[str, ...]:
    """Every schema: the formats, then the commands.

    Example:
        >>> names()[:4]
        ('game', 'witness', 'certificate', 'derivation')
    """
    return (*FORMATS, *NEEDED)


def schema(name: str) -> dict[str, Any]:
    """One schema, self-contained.

    Args:
        name: a file format as "witness", or a command as "search".

    Raises:
        BadInput: no schema has the name.

    Example:
        >>> schema("verify")["properties"]["reasons"]
        {'type': 'array', 'items': {'type': 'string'}}
    """
    if name in FORMATS:
        return {"$schema": DRAFT, "title": f"nashgap/{name}/1", **FORMATS[name]}
    if name not in NEEDED:
        given = f"given {name!r:.60}{hint(name, names())}"
        raise BadInput("NAME", given, f"one of {', '.join(names())}")
    further = {**FURTHER.get(name, {}), "interrupted": INTERRUPTED}
    printed = record({**COMMON, **NEEDED[name]}, further, open_=True)
    evidence = {kind: given for kind, given in FORMATS.items() if kind != "game"}
    return {
        "$schema": DRAFT,
        "title": f"nashgap {name} --json",
        **printed,
        "$defs": {"status": STATUS, **evidence},
    }
