"""How exploitable is what a multi-agent imitation learner learned? Bounds, games, certificates.

Everything that users need is a name of this module. The names load their home when first used, so
that `import nashgap` costs next to nothing.

Example:
    >>> import nashgap as ng
    >>> game = ng.MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
    >>> ng.nash_gap(game, ng.ProductPolicy([[["0", "1"]]]))
    Fraction(10, 1)
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nashgap.numeric import games as games
    from nashgap.numeric.best_response import best_response as best_response
    from nashgap.numeric.demonstrations import Outline as Outline
    from nashgap.numeric.demonstrations import certify as certify
    from nashgap.numeric.demonstrations import load_demonstrations as load_demonstrations
    from nashgap.numeric.demonstrations import simulate as simulate
    from nashgap.numeric.evaluate import evaluate as evaluate
    from nashgap.numeric.game import MarkovGame as MarkovGame
    from nashgap.numeric.gaps import gaps as gaps
    from nashgap.numeric.gaps import nash_gap as nash_gap
    from nashgap.numeric.io import load as load
    from nashgap.numeric.io import save as save
    from nashgap.numeric.modulus import modulus as modulus
    from nashgap.numeric.occupancy import occupancy as occupancy
    from nashgap.numeric.policy import ProductPolicy as ProductPolicy
    from nashgap.numeric.value import value as value
    from nashgap.printing import coq as coq
    from nashgap.printing import latex as latex
    from nashgap.search.conjecture import conjecture as conjecture
    from nashgap.search.derive import derive as derive
    from nashgap.search.engine import search as search
    from nashgap.search.learners import largest_gap as largest_gap
    from nashgap.search.learners import smallest_gap as smallest_gap
    from nashgap.search.query import Query as Query
    from nashgap.search.verdict import Found as Found
    from nashgap.search.verdict import RuledOut as RuledOut
    from nashgap.search.verdict import Unknown as Unknown
    from nashgap.search.verify import verify as verify
    from nashgap.theory.catalogue import bounds as bounds
    from nashgap.theory.catalogue import check as check
    from nashgap.theory.chain import derivation as derivation
    from nashgap.theory.errors import BadInput as BadInput
    from nashgap.theory.errors import NashgapError as NashgapError

__version__ = "0.1.0"

_HOME = {
    "BadInput": "theory.errors",
    "Found": "search.verdict",
    "MarkovGame": "numeric.game",
    "NashgapError": "theory.errors",
    "Outline": "numeric.demonstrations",
    "ProductPolicy": "numeric.policy",
    "Query": "search.query",
    "RuledOut": "search.verdict",
    "Unknown": "search.verdict",
    "best_response": "numeric.best_response",
    "bounds": "theory.catalogue",
    "certify": "numeric.demonstrations",
    "check": "theory.catalogue",
    "conjecture": "search.conjecture",
    "coq": "printing",
    "derivation": "theory.chain",
    "derive": "search.derive",
    "evaluate": "numeric.evaluate",
    "games": "numeric",
    "gaps": "numeric.gaps",
    "largest_gap": "search.learners",
    "latex": "printing",
    "load": "numeric.io",
    "load_demonstrations": "numeric.demonstrations",
    "modulus": "numeric.modulus",
    "nash_gap": "numeric.gaps",
    "occupancy": "numeric.occupancy",
    "save": "numeric.io",
    "simulate": "numeric.demonstrations",
    "smallest_gap": "search.learners",
    "value": "numeric.value",
    "verify": "search.verify",
}

_PACKAGES = {"numeric", "search", "theory"}  # `search` is callable

__all__ = [
    "BadInput",
    "Found",
    "MarkovGame",
    "NashgapError",
    "Outline",
    "ProductPolicy",
    "Query",
    "RuledOut",
    "Unknown",
    "__version__",
    "best_response",
    "bounds",
    "certify",
    "check",
    "conjecture",
    "coq",
    "derivation",
    "derive",
    "evaluate",
    "games",
    "gaps",
    "largest_gap",
    "latex",
    "load",
    "load_demonstrations",
    "modulus",
    "nash_gap",
    "occupancy",
    "save",
    "search",
    "simulate",
    "smallest_gap",
    "value",
    "verify",
]


def __getattr__(name: str) -> object:
    if name in _PACKAGES:
        return import_module(f"nashgap.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'nashgap' has no attribute {name!r}")
    found: object = getattr(import_module(f"nashgap.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
