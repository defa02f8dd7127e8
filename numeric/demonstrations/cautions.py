"""Where the theory promises nothing, or the data do not bear it, in plain sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..game import MarkovGame
from .confidence import ErrorBound
from .coverage import Coverage
from .guarantees import Guarantee, Setting
from .known import Known
from .trajectories import Demonstrations

_MUCH_HIDDEN = 0.05
_SHOWN = 8


@dataclass(frozen=True, eq=False)
class Findings:
    """What there is to be cautious about."""

    demonstrations: Demonstrations
    coverage: Coverage
    error: ErrorBound
    guarantees: Sequence[Guarantee]
    known: Known | None
    contradicted: Sequence[str]
    setting: Setting


def cautions(found: Findings) -> tuple[str, ...]:
    """Every warning, the gravest first."""
    kinds = (_contradictions, _against_expert, _dominance, _unvisited, _vacuous, _hidden, _starts)
    return tuple(sentence for kind in kinds for sentence in kind(found))


def _contradictions(found: Findings) -> Iterator[str]:
    if found.contradicted:
        yield (
            f"The clone's gap is larger than {_listed(found.contradicted)} would allow. Either an "
            "assumption taken on trust is false of this expert, or the demonstrations are not "
            "independent runs of one stationary expert, or these are among the few data sets for "
            "which the error bound fails. Do not rely on these bounds."
        )


def _against_expert(found: Findings) -> Iterator[str]:
    known, model = found.known, found.setting.model
    if known is None or known.errors is None or model is None:
        return
    limits = found.error.per_player
    wrong = [i for i, e in enumerate(known.errors) if float(e) > float(limits[i]) + 1e-9]
    if wrong:
        yield (
            f"The error against the given expert exceeds its confidence bound for player "
            f"{_listed([str(i) for i in wrong])}: these demonstrations are among the few for which "
            "it fails, or they are not this expert's."
        )
    for i, counts in enumerate(found.demonstrations.counts):
        for s in range(model.num_states):
            for a in np.flatnonzero(counts[s]).tolist():
                if model.policy("expert", i, s)[a] == 0:
                    space = found.demonstrations.space
                    yield (
                        f"At {space.states[s]} player {i} was seen to play {space.actions[i][a]}, "
                        "which the given expert never does: the demonstrations are not its own."
                    )
                    return


def _dominance(found: Findings) -> Iterator[str]:
    gaps = [g for g in found.guarantees if g.gap == "NashGap"]
    if any(g.standing == "checked" and not g.vacuous for g in gaps):
        return
    if not found.setting.expert_known:
        vouched = {a.text for a in found.setting.assumed}
        if any(g.standing == "on trust" and set(g.trusted) <= vouched for g in gaps):
            return
        yield (
            "No bound on the Nash gap stands by itself: each assumes something of the expert, such "
            "as dominance (its policy is best for each player whatever the others do), that "
            "demonstrations cannot show. Being an equilibrium alone leaves a gap of up to "
            "2*gamma/(1-gamma)."
        )
    else:
        yield (
            "No bound of the catalogue on the Nash gap applies to this expert with a number below "
            "2/(1-gamma): it is not dominant, nor optimal for a team, as far as this could be "
            "decided."
        )


def _unvisited(found: Findings) -> Iterator[str]:
    missing = found.coverage.reachable_unvisited
    where = found.coverage.unvisited if missing is None else missing
    if not where:
        return
    names = _listed([found.demonstrations.space.states[s] for s in where])
    reached = "" if missing is None else " that players can reach"
    yield (
        f"{len(where)} of {len(found.coverage.visits)} states{reached} have no demonstration "
        f"({names}). There the clone plays its default. For an expert that is only an equilibrium "
        "the theory promises nothing beyond this region: a deviation that leads there can gain up "
        "to 2*gamma/(1-gamma), however well the rest is matched."
    )


def _vacuous(found: Findings) -> Iterator[str]:
    vacuous = [g.label for g in found.guarantees if g.vacuous and g.standing != "fails"]
    if vacuous:
        yield (
            f"{_listed(vacuous)}: with so few demonstrations the number is no smaller than "
            "2/(1-gamma), which no gap exceeds. It says nothing."
        )


def _hidden(found: Findings) -> Iterator[str]:
    hidden = found.error.hidden
    if hidden > _MUCH_HIDDEN:
        remedy = (
            "The known kernel makes up for part of it."
            if found.error.consistent is not None
            else "Longer trajectories help more than further ones."
        )
        yield (
            f"{100 * hidden:.2g} % of the discounted weight lies after the ends of the "
            f"trajectories, where nothing was seen. {remedy}"
        )


def _starts(found: Findings) -> Iterator[str]:
    space = found.demonstrations.space
    if isinstance(space, MarkovGame) and found.error.sampled is None:
        yield (
            "Some trajectories begin where the game does not start. Their actions count, but how "
            "often states are visited was taken from the kernel alone."
        )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
