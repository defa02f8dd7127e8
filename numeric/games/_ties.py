"""Entries of a table that a class of games ties together: equal, or equal up to sign."""

from collections.abc import Hashable
from fractions import Fraction


class Ties:
    """Union-find with signs.

    Tied entries have equal or opposite values; an entry tied to its own opposite is 0. Any
    combination of symmetries is thus respected, without a case for each.

    Example:
        >>> ties = Ties()
        >>> ties.tie("a", "b", -1)
        >>> ties.find("a")[0] == ties.find("b")[0], ties.find("a")[1] * ties.find("b")[1]
        (True, -1)
    """

    def __init__(self) -> None:
        self._parent: dict[Hashable, tuple[Hashable, int]] = {}
        self._zero: set[Hashable] = set()

    def find(self, entry: Hashable) -> tuple[Hashable, int]:
        """The representative of an entry, and the entry's sign relative to it."""
        path = []
        at = entry
        while (link := self._parent.get(at)) is not None:
            path.append(at)
            at = link[0]
        sign = 1
        for step in reversed(path):
            sign *= self._parent[step][1]
            self._parent[step] = (at, sign)
        return at, sign

    def tie(self, first: Hashable, second: Hashable, sign: int = 1) -> None:
        """Demands that `first` equals `sign` times `second`."""
        (one, a), (two, b) = self.find(first), self.find(second)
        if one == two:
            if a != sign * b:
                self._zero.add(one)
            return
        self._parent[one] = (two, a * sign * b)
        if one in self._zero:
            self._zero.add(two)

    def value(self, entry: Hashable, drawn: dict[Hashable, Fraction]) -> Fraction:
        """The entry's value when the representatives have the values `drawn`."""
        root, sign = self.find(entry)
        return Fraction(0) if root in self._zero else sign * drawn[root]
