"""The class without the parts that are given: what holds of all its games holds of those with them.

What the parts imply is asked of the wider class as well, so that it is no wider than need be.
"""

from dataclasses import dataclass, replace
from math import prod

from ..parts import Parts
from ..query import Query


@dataclass(frozen=True)
class Wider:
    """A query without its parts.

    Attributes:
        query: with them. parts: what is given.
    """

    query: Query
    parts: Parts

    @property
    def implied(self) -> list[str]:
        """Assumptions that the parts make true."""
        said, parts = self.query.game_class, self.parts
        whole = len(parts.rows) == said.states * prod(said.actions)
        found = {
            "full-support": parts.start is not None and min(parts.start) > 0,
            "deterministic": whole and all(max(row) == 1 for row in parts.rows.values()),
            "pure": parts.policies_known(said.states, said.players) and parts.is_pure,
        }
        return [name for name, holds in found.items() if holds and name not in said.names]

    @property
    def question(self) -> Query:
        """The query without the parts, with what they imply."""
        assume = ",".join(filter(None, [str(self.query.assume), *self.implied]))
        return replace(self.query, fix=None, assume=assume)

    @property
    def evidence(self) -> str:
        """What a certificate from there is of, in words."""
        more = f" but with {', '.join(self.implied)}, which they imply" if self.implied else ""
        return f"a certificate for the class without the given parts{more}"
