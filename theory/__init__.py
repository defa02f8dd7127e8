r"""What is said: quantities, assumptions, claims, derivations and the bounds that they prove.

The names load their home when first used; only the symbols load SymPy.

Example:
    >>> from nashgap.theory import NashGap, V, eps_BC, gamma, n, best_response, expert, learner
    >>> from nashgap.theory import check, derivation
    >>> proof = (
    ...     derivation("my_lemma", assume="dominant")
    ...     .start(NashGap(learner))
    ...     .eq(V(best_response, learner) - V(learner), by="definition")
    ...     .eq(V(expert, learner) - V(learner), by="dominance")
    ...     .le((1 + (n - 1) * gamma) * eps_BC / (1 - gamma) ** 2, by="disagreement_le_bc_error")
    ... )
    >>> check(proof).status.word
    'proved'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bound import Bound as Bound
    from .bound import Report as Report
    from .catalogue import bounds as bounds
    from .catalogue import check as check
    from .chain import Derivation as Derivation
    from .chain import derivation as derivation
    from .claim import Claim as Claim
    from .claim import parse_claim as parse_claim
    from .evidence import Evidence as Evidence
    from .reasons import Combination as Combination
    from .reasons import Local as Local
    from .reasons import LocalTerm as LocalTerm
    from .reasons import Term as Term
    from .symbols import C as C
    from .symbols import NashGap as NashGap
    from .symbols import NashGap_i as NashGap_i
    from .symbols import Others as Others
    from .symbols import V as V
    from .symbols import ValueGap as ValueGap
    from .symbols import best_response as best_response
    from .symbols import delta as delta
    from .symbols import eps_BC as eps_BC
    from .symbols import eps_BC_i as eps_BC_i
    from .symbols import eps_mu as eps_mu
    from .symbols import eps_rho as eps_rho
    from .symbols import expert as expert
    from .symbols import gamma as gamma
    from .symbols import learner as learner
    from .symbols import n as n
    from .verify import verify_derivation as verify_derivation

_SYMBOLS = (
    *("C", "NashGap", "NashGap_i", "Others", "V", "ValueGap", "best_response", "delta", "eps_BC"),
    *("eps_BC_i", "eps_mu", "eps_rho", "expert", "gamma", "learner", "n"),
)
_HOME = {
    **dict.fromkeys(_SYMBOLS, "symbols"),
    **dict.fromkeys(("Combination", "Local", "LocalTerm", "Term"), "reasons"),
    **dict.fromkeys(("Derivation", "derivation"), "chain"),
    **dict.fromkeys(("Bound", "Report"), "bound"),
    **dict.fromkeys(("bounds", "check"), "catalogue"),
    **dict.fromkeys(("Claim", "parse_claim"), "claim"),
    "Evidence": "evidence",
    "verify_derivation": "verify",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'nashgap.theory' has no attribute {name!r}")
    found: object = getattr(import_module(f"nashgap.theory.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
