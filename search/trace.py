r"""What a certificate's rows come from, among the assumptions of its class.

A checker makes every row anew from the named class. Without an assumption some rows cannot be made,
or fewer cases are covered: what the checker then says is how the proof rests on it. Where it says
nothing, the same proof holds of the larger class. The bounds on rewards are what the rows "low"
and "high" come from, rows in which a reward stands at an end of its range, and every row of an
encoding whose variables are shares of the largest difference of two values.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from .certificate import Certificate
from .checkers.common import MalformedError

REWARDS = "rewards in [-1, 1]"
"""How the bounds on rewards are called among the assumptions."""
_BOUNDED = frozenset({"low", "high"})
_AT_AN_END = frozenset({"learner", "against", "other", "deviate"})
"""Rows of the pair encoding in which a reward may be put at the end of its range."""


def trace(proof: Certificate) -> dict[str, str]:
    """The assumptions on which a certificate rests, each with what fails without it.

    Args:
        proof: a certificate that its checker accepts.

    Example:
        >>> from .engine import search
        >>> from .query import Query
        >>> asked = Query(assume="nash,zero-sum", gamma="1/2", gap_at_least=5)
        >>> list(trace(search(asked).certificate))
        ['match-rho', 'rewards in [-1, 1]']
    """
    named = [str(a) for a in proof.raw["class"]["assumptions"]]
    found: dict[str, str] = {}
    for name in named:
        fault = fault_of(weakened(proof, [a for a in named if a != name]))
        if fault is not None:
            found[name] = fault
    if rests_on_rewards(proof):
        found[REWARDS] = "rows of the proof bound rewards or values"
    return found


def weakened(proof: Certificate, assumptions: list[str]) -> Certificate:
    """The same proof, said of the class with these assumptions."""
    return Certificate({**proof.raw, "class": {**proof.raw["class"], "assumptions": assumptions}})


def fault_of(proof: Certificate) -> str | None:
    """Why the checker refuses a certificate; None if it accepts it."""
    try:
        checked = proof.verify()
    except MalformedError as error:
        return str(error)
    return None if checked.valid else checked.reasons[0]


def rests_on_rewards(proof: Certificate) -> bool:
    """Whether a proof uses that rewards are bounded."""
    names = {str(a).partition("=")[0] for a in proof.raw["class"]["assumptions"]}
    match proof.raw["encoding"]:
        case "any-kernel" | "deterministic":
            bounded = _BOUNDED
        case "pair":
            bounded = _BOUNDED if "state-rewards" in names else _BOUNDED | _AT_AN_END
        case "empty":  # a margin of 1 is not too large for bounded rewards
            named = [str(a) for a in proof.raw["class"]["assumptions"]]
            small = ["margin=1" if a.startswith("margin=") and _above(a) else a for a in named]
            return fault_of(weakened(proof, small)) is not None
        case _:
            return True
    return any(row.split(" ")[0] in bounded for leaf in _leaves(proof.raw["cases"]) for row in leaf)


def _above(margin: str) -> bool:
    return Fraction(margin.partition("=")[2]) > 1


def _leaves(tree: Any) -> Iterator[Mapping[str, Any]]:
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, dict) and isinstance(node.get("leaf"), dict):
            yield node["leaf"]
        elif isinstance(node, dict | list):
            todo += node.values() if isinstance(node, dict) else node
