"""The page around a report: one file, no script, nothing loaded from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from nashgap import __version__
from nashgap.theory.colours import STATUS
from nashgap.theory.html import Cell, status

_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, 'DejaVu Sans', Arial, sans-serif; color: #1a1a1a;
  background: #fff; max-width: 62rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.5rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid #ccc; }
.verdict { border-left: 0.4rem solid #5a5a5a; padding: 0.25rem 0 0.25rem 0.75rem; }
.status { letter-spacing: 0.02em; }
table.nashgap { display: block; overflow-x: auto; max-width: 100%; border-collapse: collapse;
  font-size: 0.9rem; margin: 0.5rem 0 1rem; overflow-wrap: normal; }
table.nashgap td, table.nashgap th { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left;
  vertical-align: top; }
table.nashgap tbody tr { border-top: 1px solid #e5e5e5; }
table.nashgap caption { text-align: left; font-weight: 600; padding: 0.2rem 0; }
figure { margin: 0.5rem 0; }
table.nashgap td math { font-size: 1.25em; }
svg { max-width: 100%; height: auto; }
pre { overflow-x: auto; max-width: 100%; background: #f5f5f5; padding: 0.6rem; font-size: 0.8rem; }
code { font-size: 0.9em; }
details > summary { cursor: pointer; font-weight: 600; }
small { color: #444; }
footer { margin-top: 2rem; border-top: 1px solid #ccc; color: #444; font-size: 0.85rem; }
@media (max-width: 600px) {
  table.nashgap thead { display: none; }
  table.nashgap :is(tbody, tr, td, caption) { display: block; }
  table.nashgap td { padding: 0.1rem 0; }
  table.nashgap td:empty { display: none; }
  table.nashgap tr:has(td:nth-child(3)) td:not([data-head]):not(:last-child) { display: inline;
    margin-right: 0.5rem; }
  table.nashgap td[data-head]:not(:first-child)::before { content: attr(data-head) ": ";
    color: #444; font-size: 0.85em; }
  table.nashgap td math { font-size: 1.1em; math-style: compact; }
}
@media (prefers-color-scheme: dark) {
  body { color: #e8e8e8; background: #15171b; }
  h2, footer { border-color: #555; }
  table.nashgap tbody tr { border-color: #3a3d42; }
  pre { background: #23262c; }
  small, footer, table.nashgap td[data-head]:not(:first-child)::before { color: #b8b8b8; }
  svg { background: #fff; border-radius: 4px; }
  [style^="color:"] { filter: brightness(1.7); }
  [style^="background:"] { color: #000; }
}
@media print { details { display: block; } }
"""


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, as HTML."""

    title: str
    content: Cell


def page(title: str, word: str, head: Cell, sections: Sequence[Section], *, when: str = "") -> str:
    """A whole HTML document.

    Args:
        title: what the file says, in plain text.
        word: the status word.
        head: the outcome of checking the file, as HTML.
        sections: the rest.
        when: the time of the check, "" to leave it out.
    """
    body = "".join(f"<section><h2>{escape(s.title)}</h2>{s.content}</section>" for s in sections)
    colour = STATUS.get(word, "#5a5a5a")
    made = f"nashgap {escape(__version__)}{', ' + escape(when) if when else ''}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1>"
        f'<div class="verdict" style="border-color:{colour}">{status(word)} {head}</div></header>'
        f"\n<main>{body}</main>\n<footer><p>Made by {made}. This page loads nothing and runs "
        "nothing.</p></footer>\n</body>\n</html>\n"
    )
