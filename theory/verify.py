"""Re-checks a derivation file from its bare text: no SymPy, no linear program, no solver.

Every expression is parsed anew, every identity expanded, every sign proved by coefficients, every
lemma checked before it is used; what the file says it rests on and what its chains state are
compared with what was found. The free texts `label`, `source` and the name of the proof are not
looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .assumptions import parse_assumptions
from .chain import Derivation, Step, is_name
from .claim import Claim, parse_claim
from .errors import BadInput
from .evidence import Evidence
from .export import FORMAT
from .kernel import FIRST_OPINION, Checked, check_chain
from .parsing import parse_expression, parse_relation
from .reasons import read_reason
from .shapes import fields, list_of, text_of, texts_of
from .verification import Verification
from .words import Level, line_vocabulary

FREE_TEXT = (("label",), ("source",), ("proof", "name"))
_KEYS = ("format", "label", "source", "assumptions", "claim", "lemmas", "proof", "rests_on")


def verify_derivation(raw: Mapping[str, object]) -> Verification:
    """Checks a `nashgap/derivation/1` object.

    Args:
        raw: the parsed JSON.

    Returns:
        Valid only if every step of every chain follows by its reason, and the last one gives the
        claim under exactly the assumptions that the file lists.

    Raises:
        BadInput: it is not such an object: a key is missing or unknown, a value of a wrong type, an
            expression that does not parse.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> verify_derivation(bounds()["T1"].derivation_object()).valid
        True
    """
    read = parse_derivation(raw)
    claim, lemmas, proof = read.claim, read.lemmas, read.proof
    assumed, stated = read.assumptions, read.rests_on
    checked = read.checked()
    reasons = [
        f"{step.derivation}, step {step.number}: {step.note}"
        for step in checked.steps
        if step.status is not Evidence.PROVED
    ]
    reasons += [
        f"{chain.name}: the statement {said!r} is not what the chain says"
        for chain, said in (*lemmas, proof)
        if not _says(chain, said)
    ]
    if set(assumed) != set(proof[0].assumptions) or len(set(assumed)) != len(assumed):
        reasons.append("the assumptions of the file are not those of its proof")
    if stated != checked.rests_on:
        reasons.append("the grounds that the file states are not those that its steps use")
    if reasons:
        return Verification(False, tuple(reasons))
    under = f" under {', '.join(assumed)}" if assumed else ""
    grounds = ", ".join(checked.rests_on)
    return Verification(
        True, (f"{len(checked.steps)} steps prove {claim.text}{under}", f"rests on: {grounds}")
    )


@dataclass(frozen=True)
class Written:
    """What a derivation file says; nothing of it is believed.

    Attributes:
        label: free text.
        source: free text.
        claim: what is to be proved.
        assumptions: under what.
        lemmas: each chain with what the file says that it states.
        proof: the chain of the claim, likewise.
        rests_on: the grounds that the file names.
    """

    label: str
    source: str
    claim: Claim
    assumptions: tuple[str, ...]
    lemmas: tuple[tuple[Derivation, str], ...]
    proof: tuple[Derivation, str]
    rests_on: tuple[str, ...]

    @property
    def derivation(self) -> Derivation:
        """The proof, its lemmas by its side; no lemma of the library is needed for it."""
        before: tuple[Derivation, ...] = ()
        for lemma, _ in self.lemmas:
            before = (*before, replace(lemma, uses=before))
        return replace(self.proof[0], uses=before)

    def checked(self) -> Checked:
        """Every step, checked by the arithmetic of this package."""
        lemmas = [lemma for lemma, _ in self.lemmas]
        return check_chain(self.proof[0], lemmas, self.claim, FIRST_OPINION)


def parse_derivation(raw: Mapping[str, object]) -> Written:
    """Reads a `nashgap/derivation/1` object.

    Raises:
        BadInput: as `verify_derivation`.
    """
    found = fields(raw, "derivation", *_KEYS)
    if found["format"] != FORMAT:
        raise BadInput("derivation.format", repr(found["format"])[:60], repr(FORMAT))
    return Written(
        text_of(found["label"], "derivation.label"),
        text_of(found["source"], "derivation.source"),
        _claim(text_of(found["claim"], "derivation.claim")),
        texts_of(found["assumptions"], "derivation.assumptions"),
        list_of(found["lemmas"], "derivation.lemmas", _chain),
        _chain(found["proof"], "derivation.proof"),
        texts_of(found["rests_on"], "derivation.rests_on"),
    )


def _claim(source: str) -> Claim:
    """A claim; a user's derivation may also state it in the words of a derivation."""
    try:
        return parse_claim(source)
    except BadInput:
        left, relation, right = parse_relation(source, line_vocabulary(), "derivation.claim")
        return Claim(left, relation, right, source)


def _chain(raw: object, where: str) -> tuple[Derivation, str]:
    found = fields(raw, where, "name", "level", "assumptions", "statement", "start", "steps")
    level = text_of(found["level"], f"{where}.level")
    if level not in ("scalar", "state"):
        raise BadInput(f"{where}.level", repr(level)[:60], "'scalar' or 'state'")
    known: Level = "scalar" if level == "scalar" else "state"
    assumptions = texts_of(found["assumptions"], f"{where}.assumptions")
    parse_assumptions(assumptions)
    start = text_of(found["start"], f"{where}.start")
    name = text_of(found["name"], f"{where}.name")
    if not is_name(name):
        raise BadInput(f"{where}.name", repr(name)[:60], "letters, digits and underscores")
    chain = Derivation(
        name,
        known,
        assumptions,
        parse_expression(start, line_vocabulary(), f"{where}.start"),
        list_of(found["steps"], f"{where}.steps", _step),
    )
    return chain, text_of(found["statement"], f"{where}.statement")


def _step(raw: object, where: str) -> Step:
    found = fields(raw, where, "relation", "right", "reason")
    relation = text_of(found["relation"], f"{where}.relation")
    if relation not in ("<=", "=="):
        raise BadInput(f"{where}.relation", repr(relation)[:60], "'<=' or '=='")
    right = text_of(found["right"], f"{where}.right")
    return Step(
        relation,
        parse_expression(right, line_vocabulary(), f"{where}.right"),
        read_reason(found["reason"], f"{where}.reason"),
    )


def _says(chain: Derivation, said: str) -> bool:
    return said == chain.text
