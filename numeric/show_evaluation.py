"""Everything about one game, as text and as HTML."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from nashgap.theory.display import relation_html
from nashgap.theory.html import status as status_word
from nashgap.theory.html import table as html_table
from nashgap.theory.html import words

from .plain import number, table

if TYPE_CHECKING:
    from .evaluate import Evaluation


def evaluation_lines(found: "Evaluation") -> list[str]:
    """Every quantity, assumption and bound, for a terminal."""
    return [
        "",
        *table(_quantities(found)),
        "",
        *table(
            [("value of player", *map(str, range(len(found.values["expert"])))), *_values(found)]
        ),
        "",
        "assumptions",
        *table(_assumptions(found)),
        "",
        "bounds",
        *table(_bounds(found)),
    ]


def _quantities(found: "Evaluation") -> list[Sequence[str]]:
    return [
        ("NashGap", number(found.nash_gap), _each(found.nash_gap_per_player)),
        ("ValueGap", number(found.value_gap), ""),
        ("eps_BC", number(found.eps_bc), _each(found.eps_bc_per_player)),
        ("eps_mu", number(found.eps_mu), ""),
        ("eps_rho", number(found.eps_rho), ""),
        ("delta", _delta(found), ""),
        ("C", number(found.C), _each(found.C_per_player)),
        ("the expert's NashGap", number(found.expert_nash_gap), ""),
    ]


def _each(numbers: Sequence[Any]) -> str:
    return "each player: " + ", ".join(number(x) for x in numbers)


def _delta(found: "Evaluation") -> str:
    if found.delta is not None:
        return number(found.delta)
    low, high = found.delta_bounds
    return f"undecided, from {number(low)} to {number(high)}"


def _values(found: "Evaluation") -> list[Sequence[str]]:
    return [(role, *(number(v) for v in row)) for role, row in found.values.items()]


def _assumptions(found: "Evaluation") -> list[Sequence[str]]:
    words = {True: "yes", False: "no", None: "undecided"}
    order = (True, None, False)
    rows = sorted(found.assumptions.items(), key=lambda item: order.index(item[1]))
    return [(words[holds], name, found.reasons[name]) for name, holds in rows]


def _bounds(found: "Evaluation") -> list[Sequence[str]]:
    words = {True: "applies", False: "does not", None: "undecided"}
    rows: list[Sequence[str]] = [("", "", "value", "slack", "")]
    for bound in sorted(found.bounds, key=lambda b: (b.applies is not True, b.label)):
        worth = (_worth(bound.value), _worth(bound.slack)) if bound.applies else ("", "")
        why = bound.statement if bound.applies else bound.reason
        rows.append((words[bound.applies], bound.label, *worth, why))
    return rows


def _worth(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(number(x) for x in value)})"
    return number(value)


def evaluation_html(found: "Evaluation") -> str:
    """The same as tables, for notebooks and reports."""
    quantities = [
        [f"<b>{escape(name)}</b>", *map(escape, cells)] for name, *cells in _quantities(found)
    ]
    values = [[role, *(escape(number(v)) for v in row)] for role, row in found.values.items()]
    players = [f"player {i}" for i in range(len(found.values["expert"]))]
    return "".join(
        [
            '<div class="nashgap">',
            html_table(quantities, caption="Quantities"),
            html_table(values, ["", *players], caption="Values, as discounted sums"),
            html_table(
                (
                    [_answer(word), escape(name), words(why)]
                    for word, name, why in _assumptions(found)
                ),
                caption="Assumptions",
            ),
            *_bound_tables(found),
            "</div>",
        ]
    )


def _bound_tables(found: "Evaluation") -> list[str]:
    """The bounds that apply, with their statements as formulas; the others folded, with reasons."""
    statements = {bound.label: bound.statement for bound in found.bounds}
    rows = [(row[0] == "applies", row[1:]) for row in _bounds(found)[1:]]
    apply = [
        [
            *(escape(cell).replace(" ", "\u00a0") for cell in row[:3]),
            relation_html(statements[row[0]]),
        ]
        for does, row in rows
        if does
    ]
    others = [[escape(row[0]), escape(row[-1])] for does, row in rows if not does]
    folded = html_table(others, ["bound", "why it does not apply"])
    return [
        html_table(apply, ["bound", "value", "slack", "statement"], caption="Bounds"),
        f"<details><summary>{len(others)} bounds do not apply</summary>{folded}</details>",
    ]


def _answer(word: str) -> str:
    return status_word(word, {"yes": "valid", "no": "invalid"}.get(word, "undecided"))
