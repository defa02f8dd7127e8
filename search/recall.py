"""Verdicts as JSON and back. A verdict that is read is believed only after it was checked again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar, assert_never

from nashgap.numeric.numbers import exact
from nashgap.numeric.root import Root
from nashgap.theory.errors import BadInput

from .certificate import Certificate
from .checkers.common import MalformedError
from .limit import Limit
from .univariate import poly, roots
from .verdict import Found, RuledOut, Unknown, Verdict
from .verify import parse_witness
from .witness import Witness

_Proof = TypeVar("_Proof", Witness, Certificate)


def written(verdict: Verdict) -> dict[str, Any]:
    """A verdict as a JSON object that `recalled` reads."""
    found = verdict.json()
    if isinstance(verdict, Unknown):
        found |= {"interrupted": verdict.interrupted, "conflict": verdict.conflict}
    return found


def recalled(raw: Mapping[str, Any], where: str) -> Verdict:
    """The verdict, after its witness and its certificate have passed their checks again.

    Args:
        raw: what `written` made.
        where: the file it was kept in, for the message.

    Raises:
        BadInput: it is not what `written` makes, or it states something that is false.
    """
    try:
        return _recalled(raw)
    except (KeyError, TypeError, ValueError, AttributeError, MalformedError) as error:
        raise _refused(where, f"holds a verdict that cannot be read ({error!r:.80})") from None
    except _Untrue as reason:
        raise _refused(where, f"holds a verdict that is not true ({reason})") from None


class _Untrue(Exception):  # noqa: N818 - it carries a reason, not a fault of this program
    """A stored verdict fails its own check."""


def _refused(where: str, given: str) -> BadInput:
    return BadInput(where, given, "a store that nobody changed: move it away, then start again")


def _recalled(raw: Mapping[str, Any]) -> Verdict:
    shown = None if raw.get("witness") is None else _checked(parse_witness(raw["witness"]))
    proof = None if raw.get("certificate") is None else _checked(Certificate(raw["certificate"]))
    match raw["status"]:
        case "found" if shown is not None:
            return Found(shown, raw["evidence"])
        case "ruled_out" if proof is not None:
            top = _number(raw.get("supremum"))
            limit = None if raw.get("limit") is None else _limit(raw["limit"], shown, top)
            _check_supremum(top, raw.get("attained"), shown, proof, limit)
            return RuledOut(proof, shown, top, raw.get("attained"), raw["evidence"], limit)
        case "undecided":
            lower, upper = _number(raw["lower"]), _number(raw["upper"])
            _check_bounds(lower, upper, shown, proof)
            stops = {"interrupted": raw["interrupted"], "conflict": raw["conflict"]}
            root = None if raw.get("algebraic") is None else _root(raw["algebraic"], lower, upper)
            return Unknown(raw["reason"], lower, upper, shown, proof, **stops, root=root)
        case other:
            raise _Untrue(f"{other!r:.20} without what shows it")


def _check_supremum(
    top: Fraction | None,
    attained: bool | None,
    shown: Witness | None,
    proof: Certificate,
    limit: Limit | None,
) -> None:
    """Whether the parts show the supremum: a certificate at it, and a game or a limit of games."""
    if top is None:
        return
    if exact(proof.raw["excludes"]["gap"], "gap") != top:
        raise _Untrue("the certificate excludes another gap than the supremum")
    reached = shown is not None and top in _gaps(shown)
    if not reached and limit is None:
        raise _Untrue("no game attains the supremum, and none are shown to come near it")
    if attained and not reached:
        raise _Untrue("no game attains the supremum")
    if attained is False and proof.raw["excludes"]["strict"]:
        raise _Untrue("the certificate does not exclude that the supremum is attained")


def _check_bounds(
    lower: Fraction | None, upper: Fraction | None, shown: Witness | None, proof: Certificate | None
) -> None:
    """Whether the game and the certificate, where they are there, show the bounds."""
    if lower is not None and shown is not None and lower > max(_gaps(shown)):
        raise _Untrue("the game has a smaller gap than the lower bound")
    if _below(upper, None if proof is None else exact(proof.raw["excludes"]["gap"], "gap")):
        raise _Untrue("the certificate does not exclude what exceeds the upper bound")


def _gaps(shown: Witness) -> set[Fraction]:
    return {shown.nash_gap, shown.numbers["gap_of_player"]}


def _root(raw: Mapping[str, Any], lower: Fraction | None, upper: Fraction | None) -> Root:
    low, high = exact(raw["low"], "verdict"), exact(raw["high"], "verdict")
    found = Root(tuple(int(c) for c in raw["polynomial"]), low, high)
    if lower is None or upper is None or not lower <= high <= upper:
        raise _Untrue("the root is not between the bounds")
    if not low < high or roots(poly(*found.polynomial), low, high) != 1:
        raise _Untrue("the interval does not isolate a root")
    return found


def _number(given: Any) -> Fraction | None:
    return None if given is None else exact(given, "verdict")


def _checked(found: _Proof) -> _Proof:
    checked = found.verify()
    if not checked.valid:
        raise _Untrue(checked.reasons[0])
    return found


def _limit(raw: Mapping[str, Any], shown: Witness | None, top: Fraction | None) -> Limit:
    if shown is None:
        raise _Untrue("a limit of no game")
    found = Limit(shown, _checked(parse_witness(raw)))
    faults = (*found.faults(), *(["another value"] if found.value != top else []))
    if faults:
        raise _Untrue(f"the limit shows nothing: {faults[0]}")
    return found


@dataclass(frozen=True)
class Range:
    """What a verdict says of the supremum.

    Attributes:
        low: at least this much, or None.
        high: at most this much, or None.
    """

    low: Fraction | None = None
    high: Fraction | None = None

    def contradicts(self, other: "Range") -> bool:
        """Whether no number is in both."""
        return _below(self.high, other.low) or _below(other.high, self.low)


def _below(high: Fraction | None, low: Fraction | None) -> bool:
    return high is not None and low is not None and high < low


def said(verdict: Mapping[str, Any]) -> Range:
    """What a written verdict says of the supremum; nothing, if a gap or a claim was asked."""
    if "supremum" in verdict:
        return Range(_number(verdict["supremum"]), _number(verdict["supremum"]))
    return Range(_number(verdict.get("lower")), _number(verdict.get("upper")))


def agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two written verdicts on one question can both be true; their proofs may differ.

    Example:
        >>> left = {"status": "undecided", "lower": "3", "upper": "20"}
        >>> done = {"status": "ruled_out", "supremum": "18", "attained": True}
        >>> agree(left, done), agree({**left, "upper": "4"}, done)
        (True, False)
    """
    if {one["status"], other["status"]} == {"found", "ruled_out"}:
        return False
    attained = {one.get("attained"), other.get("attained")}
    return attained != {True, False} and not said(one).contradicts(said(other))


def better(one: Verdict, known: Unknown | None) -> Verdict:
    """A verdict; if it is still open, with the better bounds of what was known before."""
    match one:
        case Found() | RuledOut():
            return one
        case Unknown():
            if known is None:
                return one
            if known.lower is not None and (one.lower is None or one.lower < known.lower):
                one = replace(one, lower=known.lower, witness=known.witness)
            if known.upper is not None and (one.upper is None or known.upper < one.upper):
                one = replace(one, upper=known.upper, certificate=known.certificate)
            return one
        case _:
            assert_never(one)
