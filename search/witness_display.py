"""How a witness shows itself in terminals and notebooks."""

from html import escape
from typing import TYPE_CHECKING

from nashgap.numeric.plain import WIDTH, number, table
from nashgap.theory.html import facts

from .problem import Threshold

if TYPE_CHECKING:
    from .witness import Witness

MEANINGS = {
    "nash_gap": "the learner's Nash gap",
    "gap_of_player": "what the exploiting player gains",
    "expert_value": "its value when all play the expert",
    "learner_value": "its value when all play the learner",
    "deviation_value": "its value when it deviates from the learner",
    "expert_nash_gap": "the expert's own Nash gap",
    "eps_rho": "distance of the state-action occupancies",
}
"""The numbers of a witness, in words."""


def witness_sentence(witness: "Witness") -> str:
    """What the game shows, in a sentence."""
    assumed = ", ".join(a.text for a in witness.assumptions) or "no assumptions"
    shown = (
        f"which breaks {witness.shows}"
        if isinstance(witness.shows, str)
        else f"which is {_asked(witness.shows)}"
    )
    return (
        f"A game ({assumed}) whose learner has Nash gap {number(witness.numbers['nash_gap'])}, "
        f"{shown}: player {witness.player} gains by deviating."
    )


def _asked(threshold: Threshold) -> str:
    return f"{'more than' if threshold.strict else 'at least'} {number(threshold.value)}"


def witness_text(witness: "Witness") -> str:
    """The game, the policies, the deviation and every exact number, for a terminal."""
    from nashgap.numeric.show import show_game

    deviation = witness.learner.replace(witness.player, witness.deviation)
    shown = show_game(witness.game, witness.expert, witness.learner, deviation, width=WIDTH)
    numbers = [(name, number(value)) for name, value in witness.numbers.items()]
    return "\n".join([witness_sentence(witness), "", shown, "", *table(numbers, indent="")])


def witness_html(witness: "Witness") -> str:
    """The sentence, the numbers, and the game with its picture."""
    from nashgap.numeric.pictures import game_html

    deviation = witness.learner.replace(witness.player, witness.deviation)
    game = game_html(witness.game, witness.expert, witness.learner, deviation)
    said = f"<p>{escape(witness_sentence(witness))}</p>"
    return f'<div class="nashgap">{said}{numbers_html(witness)}{game}</div>'


def numbers_html(witness: "Witness") -> str:
    """Every number that the witness states, with what it is."""
    rows = ((MEANINGS[name], escape(number(value))) for name, value in witness.numbers.items())
    return facts([("exploiting player", str(witness.player)), *rows])
