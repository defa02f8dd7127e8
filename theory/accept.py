"""What a chain that a search has found must pass before anything is called proved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .bound import Report, check_derivation
from .chain import Derivation
from .claim import Claim, parse_claim
from .errors import BadInput
from .evidence import Evidence
from .export import derivation_object
from .kernel import closure
from .library import library
from .verify import verify_derivation


@dataclass(frozen=True)
class Accepted:
    """A chain that the kernel accepts, and whose file is accepted once more.

    Attributes:
        said: what it proves, in the claim language where that has words for it.
        report: what the kernel says of every step, by two independent arithmetics.
        derivation: the complete `nashgap/derivation/1` object.
    """

    said: str
    report: Report
    derivation: Mapping[str, Any]


def accepted(chain: Derivation, said: str, source: str) -> Accepted | str:
    """The chain with report and file, or why it is not accepted.

    Args:
        chain: the chain.
        said: what it is to prove, in the claim language where that has words for it.
        source: who found it, for the file.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> found = accepted(bounds()["T1"].derivation, bounds()["T1"].claim.text, "catalogue")
        >>> found.report.status.word, found.derivation["format"]
        ('proved', 'nashgap/derivation/1')
    """
    claim = _claim(said)
    report = check_derivation(chain, claim=claim, label=chain.name)
    if report.status is not Evidence.PROVED:
        weakest = report.weakest
        return f"the kernel does not accept the chain: {weakest.note if weakest else ''}"
    lemmas, _ = closure(chain, library())
    written = derivation_object(chain, lemmas, claim, label=chain.name, source=source)
    verified = verify_derivation(written)
    if not verified.valid:
        return f"the file is not accepted: {verified.reasons[0]}"
    return Accepted(chain.text if claim is None else claim.text, report, written)


def _claim(source: str) -> Claim | None:
    """In the claim language; None for a chain whose last line has words of its own."""
    try:
        return parse_claim(source)
    except BadInput:
        return None
