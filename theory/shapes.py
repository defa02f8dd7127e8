"""Reads raw JSON strictly: exact keys, exact types, bounded sizes."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from .errors import BadInput

T = TypeVar("T")
MAX_ITEMS = 1_000
MAX_TEXT = 10_000


def fields(raw: object, where: str, *names: str) -> Mapping[str, object]:
    """An object with exactly these keys.

    Raises:
        BadInput: it is no object, a key is missing or unknown.
    """
    if not isinstance(raw, Mapping):
        raise BadInput(where, f"a value of type {type(raw).__name__}", "an object")
    for name in names:
        if name not in raw:
            raise BadInput(where, f"no key {name!r}", f"the keys {', '.join(names)}")
    for key in raw:
        if key not in names:
            raise BadInput(
                where, f"an unknown key {str(key)[:60]!r}", f"the keys {', '.join(names)} only"
            )
    return raw


def text_of(raw: object, where: str) -> str:
    """A text.

    Raises:
        BadInput: it is none, or too long.
    """
    if not isinstance(raw, str):
        raise BadInput(where, f"a value of type {type(raw).__name__}", "a text")
    if len(raw) > MAX_TEXT:
        raise BadInput(where, f"{len(raw)} characters", f"at most {MAX_TEXT}")
    return raw


def list_of(raw: object, where: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    """A list, item by item.

    Raises:
        BadInput: it is none, or too long.
    """
    if not isinstance(raw, (list, tuple)):
        raise BadInput(where, f"a value of type {type(raw).__name__}", "a list")
    if len(raw) > MAX_ITEMS:
        raise BadInput(where, f"{len(raw)} items", f"at most {MAX_ITEMS}")
    return tuple(read(item, f"{where}[{k}]") for k, item in enumerate(raw))


def texts_of(raw: object, where: str) -> tuple[str, ...]:
    """A list of texts."""
    return list_of(raw, where, text_of)
