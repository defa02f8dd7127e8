"""Re-evaluates a witness from the definitions, exactly; shares nothing with the solvers."""

from collections.abc import Iterator

from nashgap.numeric.numbers import text
from nashgap.theory.claim import parse_claim
from nashgap.theory.verification import Verification

from .problem import Threshold
from .witness import Witness, numbers_of


def recheck(witness: Witness) -> Verification:
    """Whether the assumptions hold, the gap is reached or the claim broken, the numbers right.

    An assumption that cannot be decided counts against the witness.
    """
    if not witness.game.is_exact:
        return Verification(False, ("the game is in floats, which decide nothing",))
    faults = tuple(_faults(witness))
    if faults:
        return Verification(False, faults)
    named = ", ".join(a.text for a in witness.assumptions) or "none"
    what = witness.shows if isinstance(witness.shows, str) else f"NashGap {witness.shows}"
    verb = "broken" if isinstance(witness.shows, str) else "reached"
    return Verification(
        True,
        (
            f"{what}: {verb}, the Nash gap is {text(witness.nash_gap)}",
            f"assumptions, all recomputed: {named}",
            f"numbers, all recomputed: {', '.join(witness.numbers)}",
        ),
    )


def _faults(witness: Witness) -> Iterator[str]:
    model = witness.model
    for assumption in witness.assumptions:
        answer = assumption.holds(model)
        if answer.holds is not True:
            word = "does not hold" if answer.holds is False else "could not be decided"
            yield f"{assumption.text} {word}: {answer.reason}"
    found = numbers_of(model, witness.player, witness.deviation)
    if isinstance(witness.shows, Threshold):
        if not witness.shows.met_by(found["gap_of_player"]):
            gap = text(found["gap_of_player"])
            yield f"the deviation of player {witness.player} gains {gap}, not {witness.shows}"
    else:
        answer = parse_claim(witness.shows).holds(model)
        if answer.holds is not False:
            yield f"the claim {witness.shows!r} is not broken: {answer.reason}"
    for name, stated in witness.numbers.items():
        if found[name] != stated:
            yield f"witness.numbers.{name}: given {text(stated)}, it is {text(found[name])}"
