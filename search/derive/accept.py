"""What a chain has to pass before anything is called proved."""

from collections.abc import Mapping
from typing import Any

from nashgap.theory.bound import Report, check_derivation
from nashgap.theory.chain import Derivation
from nashgap.theory.claim import Claim, parse_claim
from nashgap.theory.errors import BadInput
from nashgap.theory.evidence import Evidence
from nashgap.theory.export import derivation_object
from nashgap.theory.kernel import closure
from nashgap.theory.library import library
from nashgap.theory.verify import verify_derivation

_SOURCE = "found by linear programs over one-step inequalities, facts and lemmas"


def accepted(chain: Derivation, said: str) -> tuple[Report, Mapping[str, Any]] | str:
    """Report and file of a chain, or why it is not accepted.

    The kernel checks every step in two independent arithmetics, and the file once more.

    Args:
        chain: the chain.
        said: what it is to prove, in the claim language where that has words for it.
    """
    claim = _claim(said)
    report = check_derivation(chain, claim=claim, label=chain.name)
    if report.status is not Evidence.PROVED:
        weakest = report.weakest
        return f"the kernel does not accept it: {weakest.note if weakest else ''}"
    lemmas, _ = closure(chain, library())
    raw = derivation_object(chain, lemmas, claim, label=chain.name, source=_SOURCE)
    verified = verify_derivation(raw)
    return (report, raw) if verified.valid else f"its file is not accepted: {verified.reasons[0]}"


def _claim(source: str) -> Claim | None:
    try:
        return parse_claim(source)
    except BadInput:
        return None
