"""How certificates and verdicts show themselves in terminals and notebooks."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from nashgap.numeric.plain import number, table
from nashgap.theory.html import facts, status, words

from .witness_display import witness_html, witness_text

if TYPE_CHECKING:
    from .certificate import Certificate
    from .verdict import Found, RuledOut, Unknown

_ATTAINED = {True: "attained", False: "not attained", None: "not known to be attained"}


def class_rows(said: dict[str, Any]) -> list[tuple[str, str]]:
    """A class of games, as a certificate names it, in rows of HTML."""
    names = said["assumptions"]
    kernel = "deterministic kernels" if "deterministic" in names else "any kernel"
    policies = "pure policies" if "pure" in names else "any stationary product policies"
    low, high = said["rewards"]
    over = f"{kernel}, {policies}, rewards in [{escape(low)}, {escape(high)}], any start"
    if "given" in said:
        over = f"the games that have what the file gives: {_given(said['given'])}; otherwise {over}"
    return [
        ("players", escape(str(said["players"]))),
        ("states", escape(str(said["states"]))),
        ("actions", escape(" × ".join(map(str, said["actions"])))),
        ("discount", escape(str(said["discount"]))),
        ("assuming", escape(", ".join(names)) or "nothing"),
        ("over", over),
    ]


def _given(parts: Mapping[str, Any]) -> str:
    return ", ".join(escape(str(name)) for name in parts)


def certificate_html(certificate: "Certificate") -> str:
    """What no game of which class does."""
    raw = certificate.json()
    said = f"No game of the class has {certificate.shown}."
    return f'<div class="nashgap"><p>{words(said)}</p>{facts(class_rows(raw["class"]))}</div>'


def verdict_text(verdict: "Found | RuledOut | Unknown") -> str:
    """Status, what is known, evidence, and the witness in full."""
    rows = [(name, value) for name, value in _known(verdict) if value]
    found = verdict.witness
    shown = [] if found is None else ["", witness_text(found)]
    return "\n".join([*table([(verdict.status, ""), *rows], indent=""), *shown])


def verdict_html(verdict: "Found | RuledOut | Unknown") -> str:
    """The same for a notebook."""
    rows = [(name, escape(value)) for name, value in _known(verdict) if value]
    certificate = getattr(verdict, "certificate", None)
    parts = [
        f"<p>{status(verdict.status)}</p>{facts(rows)}",
        "" if certificate is None else certificate_html(certificate),
        "" if verdict.witness is None else witness_html(verdict.witness),
    ]
    return f'<div class="nashgap">{"".join(parts)}</div>'


def _known(verdict: "Found | RuledOut | Unknown") -> list[tuple[str, str]]:
    supremum = getattr(verdict, "supremum", None)
    attained = _ATTAINED[getattr(verdict, "attained", None)]
    lower, upper = getattr(verdict, "lower", None), getattr(verdict, "upper", None)
    certificate = getattr(verdict, "certificate", None)
    return [
        ("excluded", certificate.shown if certificate is not None else ""),
        ("supremum", f"{number(supremum)}, {attained}" if supremum is not None else ""),
        ("at least", number(lower) if lower is not None else ""),
        ("at most", number(upper) if upper is not None else ""),
        ("evidence", getattr(verdict, "evidence", "")),
        ("reason", getattr(verdict, "reason", "")),
    ]
