"""The pieces that schemas are made of: each is a JSON Schema."""

from collections.abc import Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLOAT: Schema = {"type": "number"}
ANY: Schema = {}
EXACT: Schema = {
    "type": "string",
    "pattern": r"^-?[0-9]+(/[0-9]+)?$",
    "description": 'an exact rational, "p/q" or an integer',
}
NUMBER: Schema = {
    "anyOf": [EXACT, FLOAT, {"const": "inf"}],
    "description": "exact as a string when the input is exact, a JSON number when it is in floats",
}
WRITTEN: Schema = {
    "anyOf": [{"type": "string", "pattern": r"^[ ]*[-+]?[0-9.]+([eE][-+]?[0-9]+)?(/[0-9]+)?[ ]*$"},
              FLOAT],
    "description": "a number as one may write it: rational, decimal string or JSON number",
}  # fmt: skip
STATUS: Schema = {
    "enum": ["proved", "ruled_out", "found", "valid", "done", "refuted", "invalid", "supported",
             "undecided"]
}  # fmt: skip


def listed(item: Schema, least: int = 0) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": item, **({"minItems": least} if least else {})}


def nested(leaf: Schema, depth: int) -> Schema:
    """Lists within lists; depth 0 is the leaf."""
    return leaf if depth == 0 else listed(nested(leaf, depth - 1), 1)


def mapped(value: Schema) -> Schema:
    """An object with any keys and such values."""
    return {"type": "object", "additionalProperties": value}


def maybe(given: Schema) -> Schema:
    """Such a value, or null."""
    return {"anyOf": [given, {"type": "null"}]}


def record(
    needed: Mapping[str, Schema],
    further: Mapping[str, Schema] | None = None,
    *,
    open_: bool = False,
) -> Schema:
    """An object with these keys, perhaps the further ones, and no others unless it is open."""
    return {
        "type": "object",
        "properties": {**needed, **(further or {})},
        "required": list(needed),
        "additionalProperties": open_,
    }


def one_of(values: Sequence[str]) -> Schema:
    """One of these words."""
    return {"enum": list(values)}
