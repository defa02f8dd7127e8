"""Search over all games of a class: an exact witness, a certificate, a supremum, or "unknown".

The package is also the function: `nashgap.search(query)` is `nashgap.search.engine.search`.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .query import Query
    from .verdict import Verdict


class _Callable(ModuleType):
    """A folder and a function of one name, whichever of the two was imported first."""

    def __call__(self, query: "Query", **options: Any) -> "Verdict":
        """`nashgap.search.engine.search`, which see."""
        from .engine import search

        return search(query, **options)


sys.modules[__name__].__class__ = _Callable
