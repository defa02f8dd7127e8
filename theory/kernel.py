r"""The kernel: checks a derivation and everything it rests on, step by step.

A chain is worth its weakest step. `proved` is said when every step follows by its reason, every
lemma that a step names is proved before, the assumptions are exactly those that are used, and the
last line is the claim's right side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .chain import Derivation, Step
from .claim import Claim
from .domain import FINITE_C, FULL_SUPPORT, names_c
from .errors import NashgapError
from .evidence import Evidence
from .expression import text
from .ledger import BrokenStepError, Coefficients, Ledger, Opinion, Place, Statement, check_line
from .normal import MalformedError, normal
from .polynomial import TooLargeError

FIRST_OPINION: tuple[Opinion, ...] = (Coefficients(),)


@dataclass(frozen=True)
class CheckedStep:
    """One step and what is known about it.

    Attributes:
        derivation: the derivation or lemma it belongs to.
        number: its number there, from 1; 0 for a finding about the derivation as a whole.
        relation: "left <= right" in plain text.
        reason: in a few words.
        status: proved, undecided when it does not follow by its reason, refuted by a game.
        note: why it is not proved, or "".
    """

    derivation: str
    number: int
    relation: str
    reason: str
    status: Evidence
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """What the kernel found.

    Attributes:
        steps: every step, lemmas first, in the order of proof.
        rests_on: the names of the grounds used.
        statements: what each lemma says, by name.
    """

    steps: tuple[CheckedStep, ...]
    rests_on: tuple[str, ...]
    statements: Mapping[str, Statement]

    @property
    def status(self) -> Evidence:
        """The weakest step."""
        return Evidence.weakest(step.status for step in self.steps)


def closure(
    derivation: Derivation, library: Mapping[str, Derivation]
) -> tuple[tuple[Derivation, ...], tuple[str, ...]]:
    """The lemmas below a derivation in the order of proof, and the names that were not found."""
    order: dict[str, Derivation] = {}
    missing: list[str] = []

    def visit(current: Derivation, open_names: frozenset[str]) -> None:
        own = {used.name: used for used in current.uses}
        for name in current.lemmas():
            found = own.get(name) or library.get(name)
            if found is None or name in open_names:
                missing.append(name)
            elif name not in order:
                visit(found, open_names | {name})
                order[name] = found

    visit(derivation, frozenset({derivation.name}))
    return tuple(order.values()), tuple(dict.fromkeys(missing))


def check_chain(
    derivation: Derivation,
    lemmas: Sequence[Derivation],
    claim: Claim | None = None,
    opinions: Sequence[Opinion] = FIRST_OPINION,
) -> Checked:
    """Checks a derivation after its lemmas.

    Args:
        derivation: the chain in question.
        lemmas: what it rests on, in the order of proof.
        claim: what it is to prove, where that is said apart.
        opinions: the independent ways to decide identities and signs; all must agree.
    """
    known: dict[str, Statement] = {}
    beneath: dict[str, frozenset[str]] = {}
    rests: set[str] = set()
    used: set[str] = set()
    steps: list[CheckedStep] = []
    for current in (*lemmas, derivation):
        named = dict.fromkeys(current.lemmas())
        given = tuple((name, known[name], beneath[name]) for name in named if name in known)
        alone = _check_alone(current, tuple(opinions), given)
        found = list(alone.steps)
        if current.name in known:
            found.append(_finding(current, "a second lemma of the same name"))
        if not found:
            found.append(_finding(current, "no step"))
        steps += found
        rests |= alone.rests_on
        used |= alone.lemmas
        if all(step.status is Evidence.PROVED for step in found):
            known = {**known, current.name: current.statement}
            below = (beneath[name] for name in alone.lemmas)
            beneath = {**beneath, current.name: alone.rests_on.union(*below)}
    for lemma in lemmas:
        if lemma.name not in used:
            steps.append(_finding(lemma, "a lemma that no later step uses"))
    if claim is not None and derivation.first is not None:
        steps += _check_claim(derivation, claim, opinions)
    return Checked(tuple(steps), tuple(sorted(rests)), known)


@dataclass(frozen=True)
class _Alone:
    """What checking one chain found, its lemmas given: its steps, and what they use."""

    steps: tuple[CheckedStep, ...]
    rests_on: frozenset[str]
    lemmas: frozenset[str]


@lru_cache(maxsize=4096)
def _check_alone(
    current: Derivation,
    opinions: tuple[Opinion, ...],
    given: tuple[tuple[str, Statement, frozenset[str]], ...],
) -> _Alone:
    """Checks one chain by the statements of its lemmas and what these rest on."""
    statements = {name: statement for name, statement, _ in given}
    beneath = {name: below for name, _, below in given}
    ledger = Ledger(opinions, _assumed(current), statements, beneath)
    found = [*_check_lines(current), *_check_steps(current, ledger)]
    found += _check_whole(current, ledger)
    return _Alone(tuple(found), frozenset(ledger.rests_on), frozenset(ledger.used_lemmas))


def _assumed(current: Derivation) -> frozenset[str]:
    """The assumptions of a chain, with what its statement takes for granted."""
    return current.statement.assumptions if current.first is not None else frozenset()


def _check_lines(current: Derivation) -> list[CheckedStep]:
    if current.first is None:
        return [_finding(current, "no first line")]
    try:
        for line in current.lines:
            check_line(line, current.level)
    except (BrokenStepError, MalformedError, TooLargeError) as error:
        return [_finding(current, str(error))]
    return []


def _check_steps(current: Derivation, ledger: Ledger) -> list[CheckedStep]:
    if current.first is None:
        return []
    found, left, last = [], current.first, current.lines[-1]
    for number, step in enumerate(current.steps, 1):
        place = Place(left, step.relation, step.right, current.level, number == 1, last)
        found.append(_check_step(current, number, step, place, ledger))
        left = step.right
    return found


def _check_step(
    current: Derivation, number: int, step: Step, place: Place, ledger: Ledger
) -> CheckedStep:
    shown = f"{text(place.left)} {step.relation} {text(step.right)}"
    status, note = Evidence.PROVED, ""
    try:
        if step.relation not in ("<=", "=="):
            raise BrokenStepError(f"the relation {step.relation!r}; a chain has '<=' and '=='")
        if step.reason.kind != "algebra" and normal(place.left) == normal(place.right):
            raise BrokenStepError("both lines are the same, so that the reason gives nothing")
        step.reason.check(place, ledger)
    except NashgapError as error:  # also a text inside a reason that does not parse
        status, note = Evidence.UNDECIDED, str(error)
    return CheckedStep(current.name, number, shown, step.reason.words(), status, note)


def _check_whole(current: Derivation, ledger: Ledger) -> list[CheckedStep]:
    used = set(ledger.used_assumptions)
    if FINITE_C in used and not (current.first and names_c(current.first, current.lines[-1])):
        used.add(FULL_SUPPORT)
    idle = sorted(set(current.assumptions) - used)
    return [_finding(current, f"{name!r} is assumed but not used") for name in idle]


def _check_claim(
    derivation: Derivation, claim: Claim, opinions: Sequence[Opinion]
) -> list[CheckedStep]:
    said = derivation.statement
    if (derivation.level, claim.relation) != ("scalar", said.relation):
        return [_finding(derivation, f"the claim {claim.text!r} is not the statement of the chain")]
    try:
        for opinion in opinions:
            for mine, wanted in ((said.left, claim.left), (said.right, claim.right)):
                if not opinion.identical(mine, wanted):
                    note = f"the claim's {text(wanted)} is not the chain's {text(mine)}"
                    return [_finding(derivation, note)]
    except (MalformedError, TooLargeError) as error:
        return [_finding(derivation, str(error))]
    return []


def _finding(current: Derivation, note: str) -> CheckedStep:
    return CheckedStep(current.name, 0, "", "", Evidence.UNDECIDED, note)
