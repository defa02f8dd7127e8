"""The atlas as a file: compressed JSON, shipped with the package."""

import json
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nashgap.theory.errors import BadInput

from .entry import Entry, entry_of
from .family import Family, families, family_of

FORMAT = "nashgap/atlas/1"
SHIPPED = Path(__file__).with_name("data") / "atlas.json.xz"
_LARGEST = 200_000_000


@dataclass(frozen=True)
class Atlas:
    """All entries.

    Attributes:
        entries: in the order of the plan.
        families: of the entries, with their formulas.
        versions: of what computed them.
    """

    entries: tuple[Entry, ...]
    families: tuple[Family, ...]
    versions: Mapping[str, str]

    @cached_property
    def by_name(self) -> Mapping[str, Entry]:
        """The entries by name."""
        return {entry.name: entry for entry in self.entries}


def atlas(path: str | Path | None = None) -> Atlas:
    """The atlas that is shipped with the package, or the one in a file.

    Raises:
        BadInput: the file cannot be read, or is no atlas.
    """
    source = SHIPPED if path is None else Path(path)
    try:
        with lzma.open(source) as file:
            raw = json.loads(file.read(_LARGEST))
        if raw["format"] != FORMAT:
            raise BadInput(str(source), f"format {raw['format']!r:.40}", FORMAT)
        entries = tuple(entry_of(one) for one in raw["entries"])
        by_name = {entry.name: entry for entry in entries}
        groups = tuple(family_of(one, by_name) for one in raw["families"])
        return Atlas(entries, groups, raw["versions"])
    except OSError as error:
        raise BadInput(str(source), f"cannot be read ({error})", "an atlas file") from None
    except (lzma.LZMAError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            str(source),
            f"is no atlas ({error!r:.80})",
            "a file that `nashgap atlas --rebuild` has written",
        ) from None


def built(entries: Iterable[Entry], versions: Mapping[str, str]) -> Atlas:
    """An atlas of entries: their families are formed and their formulas fitted."""
    listed = tuple(entries)
    return Atlas(listed, tuple(families(listed)), versions)


def write(whole: Atlas, path: str | Path) -> None:
    """Writes an atlas; equal entries make equal files.

    Raises:
        BadInput: the file cannot be written.
    """
    raw: dict[str, Any] = {
        "format": FORMAT,
        "versions": dict(whole.versions),
        "families": [family.json() for family in whole.families],
        "entries": [entry.json() for entry in whole.entries],
    }
    packed = lzma.compress(json.dumps(raw, separators=(",", ":")).encode(), preset=9)
    try:
        Path(path).write_bytes(packed)
    except OSError as error:
        given = f"cannot be written ({error.strerror})"
        raise BadInput(str(path), given, "a writable file, with -o FILE") from None
