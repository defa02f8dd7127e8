r"""How two profiles are compared at a state: what they share, and what each has beside it.

Player i plays as one role in the first profile and as another, or the same, in the second; so do
the opponents. The shared part is one that the theory knows to be part of both policies.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nashgap.theory.overlaps import OF_OTHERS, OF_PLAYER, Overlap
from nashgap.theory.reasons.kernel_part import INSIDE
from nashgap.theory.words import LETTERS, OWN_LETTERS

_M = Overlap("m_i", {"e_i": "x_i", "p_i": "y_i"}, "TV_i", r"m_i=\min(\pi_i,\pi^E_i)")
OVERLAPS = (_M, *OF_PLAYER, *OF_OTHERS)
WRITTEN_OUT = frozenset(o.common for o in (*OF_PLAYER, *OF_OTHERS))
"""Overlaps whose split is a definition of its own; the others a local step knows by itself."""

LOST: Mapping[str, str] = MappingProxyType(
    {rest: o.lost for o in OVERLAPS for rest in o.rests.values()}
)
KEPT: Mapping[str, str] = MappingProxyType({o.common: o.lost for o in OVERLAPS})


@dataclass(frozen=True)
class Split:
    """Two policies, of player i or of the opponents, taken apart.

    Attributes:
        common: what both contain.
        first: the rest of the policy in the first profile, None if there is none.
        second: the same for the second.
        whole: the two policies, as letters.
    """

    common: str
    first: str | None
    second: str | None
    whole: tuple[str, str]

    @property
    def definition(self) -> str | None:
        """The definition that a step unfolds to write the parts out."""
        return f"split by {self.common}" if self.common in WRITTEN_OUT else None

    def parts(self, place: int) -> tuple[str, ...]:
        """The parts of the policy in the first profile (0) or in the second (1)."""
        rest = (self.first, self.second)[place]
        return (self.common,) if rest is None else (self.common, rest)

    def line(self, place: int) -> str:
        """The policy as a line writes it."""
        if self.definition is None:
            return self.whole[place]
        return f"({' + '.join(self.parts(place))})"


def splits(first: str, second: str, suffix: str) -> Iterator[Split]:
    """The ways to compare two roles.

    Args:
        first: a role such as "expert".
        second: another one, or the same.
        suffix: "_i" for player i, "_o" for the opponents.

    Example:
        >>> [s.common for s in splits("deviation", "learner", "_i")]
        ['n_i']
        >>> [s.common for s in splits("learner", "learner", "_o")]
        ['p_o', 'c_o']
    """
    letters = OWN_LETTERS if suffix == "_i" else LETTERS
    one, two = letters[first] + suffix, letters[second] + suffix
    if one == two:
        yield Split(one, None, None, (one, two))
    for overlap in OVERLAPS:
        if one in overlap.rests and two in overlap.rests:
            yield Split(overlap.common, overlap.rests[one], overlap.rests[two], (one, two))


def means(own: str, others: str) -> tuple[str, ...]:
    """The means over visits whose profile contains a part of player i and one of the opponents."""
    return tuple(
        mean for mean, (mine, theirs) in INSIDE.items() if own in mine and others in theirs
    )
