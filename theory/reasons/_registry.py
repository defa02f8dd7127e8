"""What every reason can do, and the reasons that exist."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import ClassVar, Protocol, Self, cast

from ..discovery import found
from ..errors import BadInput
from ..ledger import Ledger, Place
from ..shapes import text_of


class Reason(Protocol):
    """Why one line of a chain follows from the line before."""

    kind: ClassVar[str]

    def check(self, place: Place, ledger: Ledger) -> None:
        """Checks the step and books what it uses.

        Raises:
            BrokenStepError: the step does not follow by this reason.
            MalformedError: a part of the reason means nothing.
        """
        ...

    def words(self) -> str:
        """The reason in a few plain words."""
        ...

    def latex(self) -> str:
        """The reason in a few words with formulas between dollar signs."""
        ...

    def lemmas(self) -> tuple[str, ...]:
        """The lemmas that it uses."""
        ...

    def raw(self) -> dict[str, object]:
        """As it is written in a derivation file, without its kind."""
        ...

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> Self:
        """From a derivation file, strictly."""
        ...


@cache
def kinds() -> Mapping[str, type[Reason]]:
    """Every kind of reason by its name.

    Example:
        >>> sorted(kinds())[:3]
        ['algebra', 'assumption', 'attained']
    """
    classes = [cast("type[Reason]", r) for r in found(__name__.rpartition(".")[0], "REASON")]
    return MappingProxyType({reason.kind: reason for reason in classes})


def read_reason(raw: object, where: str) -> Reason:
    """Reads a reason from a derivation file.

    Raises:
        BadInput: an unknown kind, missing or unknown keys, values of a wrong type.
    """
    if not isinstance(raw, Mapping):
        raise BadInput(where, f"a value of type {type(raw).__name__}", "an object with a kind")
    kind = text_of(raw.get("kind"), f"{where}.kind")
    if kind not in kinds():
        raise BadInput(f"{where}.kind", f"{kind[:60]!r}", f"one of {', '.join(sorted(kinds()))}")
    return kinds()[kind].read({k: v for k, v in raw.items() if k != "kind"}, where)
