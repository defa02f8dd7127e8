"""Writes a derivation and everything it rests on as a `nashgap/derivation/1` object."""

from collections.abc import Sequence

from .chain import Derivation
from .claim import Claim
from .expression import text
from .kernel import FIRST_OPINION, check_chain

FORMAT = "nashgap/derivation/1"


def derivation_object(
    derivation: Derivation,
    lemmas: Sequence[Derivation],
    claim: Claim | None = None,
    *,
    label: str = "",
    source: str = "",
) -> dict[str, object]:
    """The object: assumptions, claim, lemmas, steps, and the grounds they rest on, in plain text.

    Args:
        derivation: the chain of the claim.
        lemmas: what it rests on, in the order of proof.
        claim: the claim in the claim language; by default the statement of the chain.
        label: free text.
        source: free text.
    """
    return {
        "format": FORMAT,
        "label": label or derivation.name,
        "source": source,
        "assumptions": list(derivation.assumptions),
        "claim": claim.text if claim is not None else derivation.text,
        "lemmas": [_chain(lemma) for lemma in lemmas],
        "proof": _chain(derivation),
        "rests_on": list(check_chain(derivation, lemmas, claim, FIRST_OPINION).rests_on),
    }


def _chain(derivation: Derivation) -> dict[str, object]:
    return {
        "name": derivation.name,
        "level": derivation.level,
        "assumptions": list(derivation.assumptions),
        "statement": derivation.text,
        "start": text(derivation.lines[0]),
        "steps": [
            {
                "relation": step.relation,
                "right": text(step.right),
                "reason": {"kind": step.reason.kind, **step.reason.raw()},
            }
            for step in derivation.steps
        ],
    }
