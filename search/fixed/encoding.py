r"""A given kernel and start as guarded linear rows: the policies are the choices.

Per state one choice of the expert's joint action, one of the learner's, one of the deviation's
action. Rewards are variables, tied by the class; B and W are the learner's and the deviation's
values: "learner" and "deviate" are their Bellman equations under the choices taken, and the
objective is \(\nu\cdot(W-B)\). What the expert concept asks stands in `concepts`, the rest of the
class in `classes`. The rows say what the class says, no more and no less, with two exceptions that
no closed linear rows can avoid: of `strict-nash` they ask that deviations be worse by a given
amount, and of `dominant` either what is enough or what is needed.
"""

from collections.abc import Iterator
from fractions import Fraction

from ..parts import Parts
from ..problem import Box, Choice, Problem
from ..query import GameClass
from ..rewards.scene import ONE, ZERO
from .classes import add_classes, more_choices
from .concepts import add_concepts
from .draft import Draft, Terms, turned


def build(
    said: GameClass,
    parts: Parts,
    player: int,
    *,
    least: Fraction = ZERO,
    needed: bool = False,
) -> Problem:
    """The problem of one exploiting player.

    Args:
        said: the class.
        parts: with kernel and start in full; policies that are known are pure.
        player: who exploits.
        least: with `strict-nash`, how much worse a deviation must be at least.
        needed: with `dominant`, only what is needed, instead of what is enough.
    """
    draft = Draft(said, parts, player)
    for s in range(said.states):
        _learner(draft, s)
    add_concepts(draft, least, needed=needed)
    add_classes(draft)
    _known(draft)
    objective: Terms = {}
    for s, p in draft.start.items():
        draft.put(objective, f"W {s}", p)
        draft.put(objective, f"B {s}", -p)
    roles = tuple(str(k) for k in range(max(len(draft.joints), said.states, 2)))
    choices = (*_choices(draft), *more_choices(draft))
    terms = tuple(objective.items())
    return Problem(draft.boxes, choices, tuple(draft.rows), terms, roles, min(draft.start))


def _choices(draft: Draft) -> Iterator[Choice]:
    for s in range(draft.said.states):
        yield Choice(f"deviate {s}", s, tuple(range(draft.said.actions[draft.player])))
        for role in ("expert", "learner"):
            options = [k for k, joint in enumerate(draft.joints) if draft.is_open(role, s, joint)]
            yield Choice(f"{role} {s}", s, tuple(options), follow=role == "expert")


def _learner(draft: Draft, s: int) -> None:
    for k, joint in enumerate(draft.joints):
        if not draft.is_open("learner", s, joint):
            continue
        own = (f"learner {s}", k)
        draft.add(f"learner {s} {k}", draft.bellman("B", draft.player, s, joint), "==", ZERO, own)
        for a in range(draft.said.actions[draft.player]):
            terms = draft.bellman("W", draft.player, s, turned(joint, draft.player, a))
            draft.add(f"deviate {s} {k} {a}", terms, "==", ZERO, own, (f"deviate {s}", a))


def _known(draft: Draft) -> None:
    for (i, s, joint), value in draft.parts.rewards.items():
        name, sign = draft.ties.of(i, s, joint)
        word = f"known {i} {s} {'.'.join(map(str, joint))}"
        if sign:
            draft.boxes.setdefault(name, Box(-ONE, ONE))
            draft.add(word, {name: ONE}, "==", sign * value)
        elif value:
            draft.never(word)
