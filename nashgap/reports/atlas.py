"""The atlas of suprema as a table that one can scan: a row a class, a column a discount."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

from nashgap.theory.errors import BadInput
from nashgap.theory.html import table

from .page import Section

if TYPE_CHECKING:
    from .kinds import Told

_LOW, _HIGH = (255, 255, 255), (0, 114, 178)
_MARKS = {"True": " ●", "False": " ○"}
_CEILING = "2/(1-gamma)"

Row = tuple[str, tuple[str, ...], str]
"""Matching, further assumptions, shape."""


def atlas(raw: Mapping[str, Any], name: str) -> "Told":
    """The parts of the page.

    Raises:
        BadInput: it is not what `nashgap atlas --json` prints.
    """
    from .kinds import Told

    try:
        entries, families = list(raw["entries"]), list(raw["families"])
        shown = _table(entries, families)
        decided = sum(entry["supremum"] is not None for entry in entries)
    except (KeyError, TypeError, AttributeError, ValueError, ZeroDivisionError) as error:
        given = f"malformed ({type(error).__name__}: {error})"[:200]
        raise BadInput(name, given, "the object that `nashgap atlas --json` prints") from None
    key = (
        f"The largest Nash gap over all games of a class. ● attained, ○ approached and not "
        f"attained; a pair of numbers where it is not decided. Shade: the share of "
        f"<code>{_CEILING}</code>, which no game exceeds. Formulas are fitted to some of the exact "
        f"values and hold at the others; they are no theorems."
    )
    sections = (Section("Suprema", f"<p>{key}</p>{shown}"),)
    how = (
        "This page repeats what the command printed. The entries that are shipped with the package "
        "have their certificates and games with them; they are checked again by"
    )
    title = f"{len(entries)} suprema of the Nash gap, {decided} of them decided"
    commands = ("nashgap atlas --verify",)
    return Told(
        title, str(raw["status"]), escape(str(raw.get("evidence") or "")), sections, how, commands
    )


def _table(entries: Sequence[Mapping[str, Any]], families: Sequence[Mapping[str, Any]]) -> str:
    cells: dict[Row, dict[str, str]] = {}
    for entry in entries:
        cells.setdefault(_row(entry["class"]), {})[entry["class"]["discount"]] = _cell(entry)
    common, rare = _columns(list(cells.values()))
    found = {entry: family for family in families for entry in family["entries"]}
    known = {_row(e["class"]): found[e["name"]] for e in entries if e["name"] in found}
    body = []
    for row in sorted(cells, key=lambda row: (row[0], len(row[1]), row[1:])):
        matching, assumptions, shape = row
        named = escape(", ".join(assumptions)).replace("-", "\u2011")
        others = [f"γ={g}: {cells[row][g]}" for g in rare if g in cells[row]]
        shown = [cells[row].get(gamma, "") for gamma in common]
        body.append(
            [escape(matching), named, escape(shape), _formula(known.get(row)), *shown, *others]
        )
    width = max(len(row) for row in body)
    heads = ["match", "assuming", "shape", "formula", *(f"γ={escape(g)}" for g in common)]
    return table([row + [""] * (width - len(row)) for row in body], heads)


def _columns(rows: Sequence[Mapping[str, str]]) -> tuple[list[str], list[str]]:
    """The discounts that many classes have in common, and the others; each in order."""
    gammas = sorted({gamma for row in rows for gamma in row}, key=Fraction)
    common = [g for g in gammas if 4 * sum(g in row for row in rows) >= len(rows)]
    return common, [g for g in gammas if g not in common]


def _row(said: Mapping[str, Any]) -> Row:
    names = [str(name) for name in said["assumptions"]]
    matching = next((n for n in names if n.startswith("match-")), "")
    others = tuple(n for n in names if n != matching)
    actions = "×".join(map(str, said["actions"]))
    return matching.removeprefix("match-"), others, f"S={said['states']}, A={actions}"


def _cell(entry: Mapping[str, Any]) -> str:
    """One supremum, shaded by its share of the ceiling."""
    discount = Fraction(entry["class"]["discount"])
    if entry["supremum"] is None:
        low, high = (_decimal(entry[key]) for key in ("lower", "upper"))
        return f"{low} to {high}" if low != high else f"≈ {low}"
    share = _value(entry["supremum"]) * float(1 - discount) / 2
    weight = 0.6 * min(max(share, 0.0), 1.0)
    red, green, blue = (round(a + weight * (b - a)) for a, b in zip(_LOW, _HIGH, strict=True))
    mark = _MARKS.get(str(entry.get("attained")), "")
    style = f"background:#{red:02x}{green:02x}{blue:02x};padding:0 0.3em;white-space:nowrap"
    exact = escape(str(entry["supremum"]))
    return f'<span style="{style}" title="{exact}">{_decimal(entry["supremum"])}{mark}</span>'


def _value(given: Any) -> float:
    return float(Fraction(given)) if isinstance(given, str) else float(given)


def _decimal(given: Any) -> str:
    if given is None:
        return "?"
    try:
        value = Fraction(given)
    except ValueError:
        return escape(str(given))
    return str(value) if value.denominator == 1 else f"{float(value):.4g}"


def _formula(family: Mapping[str, Any] | None) -> str:
    """A family's formula, where its values have one; its pieces one below the other."""
    from nashgap.theory.display import expression_html, pieces

    if family is None or not isinstance(family.get("formula"), Mapping):
        return ""
    return "<br>".join(
        expression_html(piece)
        + (f" <small>γ from {escape(low)} to {escape(high)}</small>" * bool(low))
        for piece, low, high in pieces(str(family["formula"]["text"]))
    )
