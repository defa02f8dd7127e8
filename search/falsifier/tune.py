r"""The last of the error: a learner that errs a little more, and the best start for it, in turn.

With game and start fixed, player j's error \(\sum_s\mu_{\pi^E}(s)\|\pi_j-\pi_j^E\|_1(s)\) grows
linearly as mass moves away from the expert's action, so what is left of the bound says how much
may move. A better start changes the occupancies, and something is left again.
"""

from fractions import Fraction

from nashgap.numeric.best_response import best_response
from nashgap.numeric.gaps import gaps
from nashgap.numeric.matching import eps_bc_per_player
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.value import state_values

from ..candidate import Candidate
from ..rewards.scene import ONE, ZERO, Scene
from .frame import Frame
from .start import best_start

ROUNDS = 4
FINE = 10**4
"""The largest denominator of a probability that is moved."""


def tuned(frame: Frame, made: Candidate) -> Candidate:
    """A game at least as good, in which the learner errs as much as it may; nothing is believed."""
    best, gain = made, _gain(made)
    for _ in range(ROUNDS):
        before = gain
        for other in (*_erring(frame, best), _started(frame, best)):
            if other is not None and _gain(other) > gain:
                best, gain = other, _gain(other)
        if gain == before:
            break
    return best


def _erring(frame: Frame, made: Candidate) -> list[Candidate]:
    """The learner with more of an error that it makes already, one place at a time."""
    most = frame.parameter("match-bc")
    if most is None:
        return []
    errors = eps_bc_per_player(made.game, made.expert, made.learner)
    visits, _ = occupancy(made.game, made.expert)
    found = []
    for i in range(made.game.players):
        for s in range(made.game.num_states):
            row, own = list(made.learner[i][s]), list(made.expert[i][s])
            kept = [a for a, p in enumerate(own) if p == 1 and row[a]]
            wrong = [a for a, p in enumerate(row) if p and not own[a]]
            left = most - Fraction(errors[i])
            if len(kept) != 1 or len(wrong) != 1 or left <= 0 or not visits[s]:
                continue
            room = min(Fraction(row[kept[0]]), left / (2 * Fraction(visits[s])))
            total = _below(Fraction(row[wrong[0]]) + room)
            row[wrong[0]], row[kept[0]] = total, ONE - total
            table = made.learner[i].copy()
            table[s] = row
            learner = made.learner.replace(i, table)
            found.append(Candidate(made.game, made.expert, learner, made.player))
    return found


def _started(frame: Frame, made: Candidate) -> Candidate | None:
    """The best start for the same game and policies."""
    if not frame.free_start:
        return None
    scene = Scene.of(made.game, made.expert, made.learner)
    deviating = best_response(made.game, made.learner, made.player).state_values
    own = state_values(made.game, made.learner)[made.player]
    gains = [Fraction(w) - Fraction(v) for w, v in zip(deviating, own, strict=True)]
    start = best_start(frame, scene, gains)
    if start is None:
        return None
    game = scene.with_start(start).game(made.game.rewards)
    return Candidate(game, made.expert, made.learner, made.player)


def _gain(made: Candidate) -> Fraction:
    return Fraction(gaps(made.game, made.learner)[made.player])


def _below(share: Fraction) -> Fraction:
    """A fraction with a small denominator, not above."""
    near = share.limit_denominator(FINE)
    return max(near if near <= share else Fraction(int(share * FINE), FINE), ZERO)
