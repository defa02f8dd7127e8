r"""What a bound supposes of the expert, and its form for an expert that is only nearly that.

A bound holds for every expert, or it supposes an exact equilibrium and names its robust form: a
bound of the catalogue for every expert, with what the expert lacks as a term, that is no larger
where the expert lacks nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bound import Bound

LACKS: Mapping[str, str] = MappingProxyType(
    {
        "nash": "expert_gap",
        "strict-nash": "expert_gap",
        "subgame-perfect": "expert_gap",
        "dominant": "dominance_gap",
        "team-optimal": "team_gap",
        "quantal": "quantal_error",
    }
)
"""What is supposed of an expert -> the quantity that says how far another expert is from it."""


def supposed(bound: "Bound") -> tuple[str, ...]:
    """What it supposes the expert to be, exactly.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> supposed(bounds()["T8"]), supposed(bounds()["T8_approximate"])
        (('nash',), ())
    """
    return tuple(a.name for a in bound.assumptions if a.name in LACKS)


def lacking(bound: "Bound") -> tuple[str, ...]:
    """The terms of its claim that say what the expert lacks itself.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> lacking(bounds()["T8"]), lacking(bounds()["T8_approximate"])
        ((), ('expert_gap',))
    """
    return tuple(gap for gap in dict.fromkeys(LACKS.values()) if gap in bound.claim.names)


def robust_form_of(bound: "Bound") -> tuple[str, ...]:
    """The labels of the bounds whose robust form it is.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> robust_form_of(bounds()["T8_approximate"])
        ('T8', 'freihaut_2025')
    """
    from .catalogue import bounds

    return tuple(other.label for other in bounds().values() if other.robust == bound.label)


def expert_words(bound: "Bound") -> str:
    """For which experts it holds, in a few words.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> for label in ("value_gap", "T8_approximate", "T8", "T6_pure"):
        ...     print(expert_words(bounds()[label]))
        holds for every expert
        holds for every expert, with its expert_gap as a term; the robust form of T8, freihaut_2025
        supposed to be exactly Nash; robust form T8_approximate
        holds for every expert that meets the assumptions, with its dominance_gap as a term
    """
    exactly = supposed(bound)
    if exactly:
        form = f"robust form {bound.robust}" if bound.robust else "no robust form is known"
        named = " and ".join(exactly).replace("nash", "Nash")
        return f"supposed to be exactly {named}; {form}"
    which = "every expert that meets the assumptions" if bound.assumptions else "every expert"
    terms = "".join(f", with its {gap} as a term" for gap in lacking(bound))
    of = ", ".join(robust_form_of(bound))
    return f"holds for {which}{terms}" + (f"; the robust form of {of}" if of else "")
