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

TYPE_CHECKING = False  # as in typing, which takes longer to load than the rest of this file

if TYPE_CHECKING:
    from nashgap.finding import lookup as lookup
    from nashgap.numeric import games as games
    from nashgap.numeric import pictures as pictures
    from nashgap.numeric.best_response import best_response as best_response
    from nashgap.numeric.demonstrations import Outline as Outline
    from nashgap.numeric.demonstrations import certify as certify
    from nashgap.numeric.demonstrations import load_demonstrations as load_demonstrations
    from nashgap.numeric.demonstrations import simulate as simulate
    from nashgap.numeric.equilibria import equilibrium as equilibrium
    from nashgap.numeric.equilibria import finite_horizon as finite_horizon
    from nashgap.numeric.evaluate import evaluate as evaluate
    from nashgap.numeric.game import MarkovGame as MarkovGame
    from nashgap.numeric.gaps import gaps as gaps
    from nashgap.numeric.gaps import nash_gap as nash_gap
    from nashgap.numeric.io import load as load
    from nashgap.numeric.io import save as save
    from nashgap.numeric.modulus import by_temperature as by_temperature
    from nashgap.numeric.modulus import modulus as modulus
    from nashgap.numeric.occupancy import occupancy as occupancy
    from nashgap.numeric.plots import plot_gaps as plot_gaps
    from nashgap.numeric.plots import plot_moduli as plot_moduli
    from nashgap.numeric.plots import plot_region as plot_region
    from nashgap.numeric.plots import plot_temperatures as plot_temperatures
    from nashgap.numeric.plots import plot_tightness as plot_tightness
    from nashgap.numeric.plots import plot_values as plot_values
    from nashgap.numeric.policy import ProductPolicy as ProductPolicy
    from nashgap.numeric.tightness import tightness as tightness
    from nashgap.numeric.value import value as value
    from nashgap.printing import coq as coq
    from nashgap.printing import latex as latex
    from nashgap.reports import report as report
    from nashgap.search.conjecture import conjecture as conjecture
    from nashgap.search.derive import derive as derive
    from nashgap.search.engine import search as search
    from nashgap.search.learners import extremes_along as extremes_along
    from nashgap.search.learners import largest_gap as largest_gap
    from nashgap.search.learners import largest_gap_curve as largest_gap_curve
    from nashgap.search.learners import smallest_gap as smallest_gap
    from nashgap.search.query import Query as Query
    from nashgap.search.scrutiny import check as check
    from nashgap.search.verdict import Found as Found
    from nashgap.search.verdict import RuledOut as RuledOut
    from nashgap.search.verdict import Unknown as Unknown
    from nashgap.search.verify import verify as verify
    from nashgap.theory.catalogue import bounds as bounds
    from nashgap.theory.chain import derivation as derivation
    from nashgap.theory.conditions import conditions as conditions
    from nashgap.theory.conditions import continuity as continuity
    from nashgap.theory.conditions import parse_symbolic as parse_symbolic
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
    "by_temperature": "numeric.modulus",
    "certify": "numeric.demonstrations",
    "check": "search.scrutiny",
    "conditions": "theory.conditions",
    "conjecture": "search.conjecture",
    "continuity": "theory.conditions",
    "coq": "printing",
    "derivation": "theory.chain",
    "derive": "search.derive",
    "equilibrium": "numeric.equilibria",
    "evaluate": "numeric.evaluate",
    "extremes_along": "search.learners",
    "finite_horizon": "numeric.equilibria",
    "games": "numeric",
    "gaps": "numeric.gaps",
    "largest_gap": "search.learners",
    "largest_gap_curve": "search.learners",
    "latex": "printing",
    "load": "numeric.io",
    "load_demonstrations": "numeric.demonstrations",
    "lookup": "finding",
    "modulus": "numeric.modulus",
    "nash_gap": "numeric.gaps",
    "occupancy": "numeric.occupancy",
    "pictures": "numeric",
    "parse_symbolic": "theory.conditions",
    "plot_gaps": "numeric.plots",
    "plot_moduli": "numeric.plots",
    "plot_region": "numeric.plots",
    "plot_temperatures": "numeric.plots",
    "plot_tightness": "numeric.plots",
    "plot_values": "numeric.plots",
    "report": "reports",
    "save": "numeric.io",
    "simulate": "numeric.demonstrations",
    "smallest_gap": "search.learners",
    "tightness": "numeric.tightness",
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
    "by_temperature",
    "certify",
    "check",
    "conditions",
    "conjecture",
    "continuity",
    "coq",
    "derivation",
    "derive",
    "equilibrium",
    "evaluate",
    "extremes_along",
    "finite_horizon",
    "games",
    "gaps",
    "largest_gap",
    "largest_gap_curve",
    "latex",
    "load",
    "load_demonstrations",
    "lookup",
    "modulus",
    "nash_gap",
    "occupancy",
    "parse_symbolic",
    "pictures",
    "plot_gaps",
    "plot_moduli",
    "plot_region",
    "plot_temperatures",
    "plot_tightness",
    "plot_values",
    "report",
    "save",
    "search",
    "simulate",
    "smallest_gap",
    "tightness",
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
