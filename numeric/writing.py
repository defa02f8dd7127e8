"""Files that are written whole or not at all."""

import os
import shutil
from pathlib import Path

from nashgap.theory.errors import BadInput


def write_text(path: str | Path, content: str) -> None:
    """Writes a text file in UTF-8; what it held before is lost only once all is written.

    Raises:
        BadInput: it cannot be written.
    """
    try:
        _write(Path(path), content)
    except OSError as error:
        given = f"cannot be written ({error.strerror})"
        raise BadInput(str(path), given, "a file in a folder that exists, with room") from None


def _write(file: Path, content: str) -> None:
    if (file.exists() and not file.is_file()) or not os.access(file.parent, os.W_OK):
        file.write_text(content, encoding="utf-8")  # a device, or where no file can be added
        return
    file = file.resolve()  # a link goes on pointing where it does
    beside = file.with_name(f".nashgap-{os.getpid()}")
    try:
        beside.write_text(content, encoding="utf-8")
        if file.exists():
            shutil.copymode(file, beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
