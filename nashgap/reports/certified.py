"""A result of `certify --json` as a page: the demonstrations, their error, what follows."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from nashgap.theory.errors import BadInput
from nashgap.theory.html import facts, status, table, words

from .page import Section

if TYPE_CHECKING:
    from .kinds import Told

_STANDING = {
    "checked": ("valid", "every assumption verified"),
    "on trust": ("supported", "if the assumptions on the expert hold"),
    "fails": ("undecided", "not available"),
}


def certified(raw: Mapping[str, Any], name: str) -> "Told":
    """The parts of the page.

    Raises:
        BadInput: a key of such a result is missing or of another kind.
    """
    from .kinds import Told

    try:
        sections = tuple(_sections(raw))
        target = raw.get("target")
        title = (
            f"Demonstrations: is the Nash gap at most {target['gap']}?"
            if target
            else "What demonstrations guarantee of their clone"
        )
        said = target["reason"] if target else raw.get("evidence") or ""
        word = str(raw["status"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        given = f"{type(error).__name__}: {error}"
        needed = "the object that `nashgap certify --json` prints"
        raise BadInput(name, f"malformed ({given})"[:200], needed) from None
    how = (
        "This page repeats what the command computed; it holds no demonstrations, so nothing was "
        "computed anew. Run it again on the same data"
    )
    commands = ("nashgap certify GAME.json --demonstrations DATA",)
    return Told(title, word, escape(str(said)), sections, how, commands)


def _sections(raw: Mapping[str, Any]) -> list[Section]:
    return [
        Section("The demonstrations", _coverage(raw["coverage"])),
        Section("The clone's error", _error(raw["eps_bc"])),
        *([Section("The clone's gap, computed", _exact(raw["exact"]))] if raw["exact"] else []),
        Section("What the theory guarantees", _guarantees(raw)),
        *([Section("The target", _target(raw["target"]))] if raw.get("target") else []),
        Section("Warnings", _warnings(raw["warnings"])),
    ]


def _coverage(found: Mapping[str, Any]) -> str:
    visits = sorted(found["visits"].items(), key=lambda item: -int(item[1]))
    shown = ", ".join(f"{state} {count}" for state, count in visits[:20])
    more = f", and {len(visits) - 20} more" if len(visits) > 20 else ""
    return facts(
        [
            ("trajectories", escape(str(found["trajectories"]))),
            ("joint actions", escape(str(found["steps"]))),
            ("steps of each", escape(f"{found['shortest']} to {found['longest']}")),
            ("visits", escape(shown + more)),
            ("never visited", escape(", ".join(found["unvisited"])) or "no state"),
        ]
    )


def _error(found: Mapping[str, Any]) -> str:
    each = ", ".join(_number(x) for x in found["upper_per_player"])
    return facts(
        [
            ("with confidence", escape(str(found["confidence"]))),
            ("eps_BC is at most", f"<b>{_number(found['upper'])}</b> (the scale ends at 2)"),
            ("each player", each),
        ]
    )


def _exact(found: Mapping[str, Any]) -> str:
    kind = "computed exactly" if found["is_exact"] else "computed in floats"
    each = ", ".join(_number(x) for x in found["nash_gap_per_player"])
    rows = [("Nash gap", f"<b>{_number(found['nash_gap'])}</b>, {kind}"), ("each player", each)]
    for key, said in (("expert_nash_gap", "the expert's own"), ("value_gap", "loss of value")):
        if found.get(key) is not None:
            rows.append((said, _number(found[key])))
    return facts(rows)


def _guarantees(raw: Mapping[str, Any]) -> str:
    rows = []
    for given in raw["guarantees"]:
        word, meaning = _STANDING[given["standing"]]
        value = "" if given["value"] is None else _number(given["value"])
        value += " (says nothing)" if given["vacuous"] else ""
        broken = " (contradicted)" if given["label"] in raw["contradicted"] else ""
        why = words(given["reason"])
        rows.append([status(meaning, word), escape(given["label"]) + broken, value, why])
    return table(rows, ["", "bound", "at most", "why"])


def _target(found: Mapping[str, Any]) -> str:
    rows = [
        [
            escape(plan["label"]),
            "" if plan["eps_bc"] is None else _number(plan["eps_bc"]),
            "" if plan["trajectories"] is None else escape(str(plan["trajectories"])),
            words(plan["reason"]),
        ]
        for plan in found["plans"]
    ]
    heads = ["bound", "needs eps_BC at most", "trajectories, about", ""]
    said = f"<p>{words(found['reason'])}</p>"
    return said + (table(rows, heads, caption="What each bound would need") if rows else "")


def _warnings(found: list[str]) -> str:
    if not found:
        return "<p>None.</p>"
    return f"<ul>{''.join(f'<li>{words(sentence)}</li>' for sentence in found)}</ul>"


def _number(given: Any) -> str:
    """An exact number with a decimal beside it."""
    from fractions import Fraction

    from nashgap.numeric.plain import number

    if isinstance(given, str) and given not in ("inf", "-inf"):
        return escape(number(Fraction(given)))
    return escape(str(given))
