"""A file of evidence as a page: what it says, whether it is true, how to check and cite it."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from nashgap.theory.errors import BadInput

from .cite import citation
from .kinds import Told, tell
from .page import Section, page

LARGEST_SHOWN = 100_000
"""Characters of a file beyond which the page does not hold it."""


@dataclass(frozen=True)
class Report:
    """A page, and what it says at the top.

    Attributes:
        title: what the file says, in plain text.
        status: the status word; "invalid" where the file does not say the truth.
        html: the page.
    """

    title: str
    status: str
    html: str

    def _repr_html_(self) -> str:
        shown = escape(self.html)
        return f'<iframe srcdoc="{shown}" style="width:100%;height:40em;border:0"></iframe>'


def report(
    raw: Mapping[str, Any],
    name: str = "FILE.json",
    *,
    source: str = "",
    when: str | None = None,
    tolerance: Fraction | None = None,
) -> Report:
    """One self-contained HTML page.

    Args:
        raw: a game with policies, a witness, a certificate or a derivation, as a JSON object; or
            what a command printed with `--json`.
        name: of the file, for the commands that re-check it.
        source: the file's text, where that is known.
        when: what to print as the time of the check; by default the time now.
        tolerance: rows of a game file may miss 1 by this, and are then renormalised, with a note.

    Returns:
        The page, which loads nothing. Everything in the file is recomputed for it; results of
        `certify` need their data for that, and the page says so.

    Raises:
        BadInput: another kind of object, or a malformed one.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> page = report(bounds()["T1"].derivation_object(), "T1.json")
        >>> page.status, "<script" in page.html
        ('proved', False)
    """
    if not isinstance(raw, Mapping):
        raise BadInput(name, f"given a {type(raw).__name__}", "a JSON object")
    told = tell(raw, name, tolerance)
    written = source or json.dumps(raw, indent=1) + "\n"
    sections = [*told.sections, _recheck(told), _cite(told), _file(written, name)]
    stamp = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()) if when is None else when
    html = page(told.title, told.status, told.head, sections, when=stamp)
    return Report(told.title, told.status, html)


def _recheck(told: Told) -> Section:
    lines = "".join(f"<pre>{line}</pre>" for line in told.commands)
    return Section("How to re-check", f"<p>{told.how}:</p>{lines}")


def _cite(told: Told) -> Section:
    return Section("How to cite", citation(told.bibtex))


def _file(source: str, name: str) -> Section:
    digest = hashlib.sha256(source.encode()).hexdigest()
    said = f"<p>{len(source)} characters, SHA-256 <code>{digest}</code></p>"
    if len(source) > LARGEST_SHOWN:
        return Section("The file", f"{said}<p>It is too long to be shown here.</p>")
    shown = f"<details><summary>{escape(name)}</summary><pre>{escape(source)}</pre></details>"
    return Section("The file", said + shown)
