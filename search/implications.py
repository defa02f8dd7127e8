r"""Which assumptions follow from which, each with its reason.

A bound of the catalogue applies to a conjecture when all that it assumes is assumed there, or
follows from what is. Parametric assumptions follow from a stronger parameter of their own:
`margin=m` and `reset=b` from a larger one, `entry=b` and `match-bc=e` from a smaller one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nashgap.theory.assumptions import Assumption, known, parse_assumptions


@dataclass(frozen=True)
class Implication:
    """What holds wherever all of some assumptions hold.

    Attributes:
        given: their names; with a parameter where only that one will do.
        gives: what follows, as in a list of assumptions.
        reason: why, in one sentence.
    """

    given: frozenset[str]
    gives: str
    reason: str


def _rule(given: str, gives: str, reason: str) -> Implication:
    return Implication(frozenset(given.split(",")), gives, reason)


IMPLICATIONS = (
    _rule(
        "dominant",
        "nash",
        "a best response to every stationary product of the others is one to the expert's own",
    ),
    _rule(
        "strict-nash",
        "nash",
        "a deviation that agrees with the expert on visited states earns the same, any other less",
    ),
    _rule(
        "subgame-perfect",
        "nash",
        "what is optimal from every state is optimal from the start, an average of states",
    ),
    _rule(
        "team-optimal",
        "nash",
        "with a common payoff, what one player gains by deviating the team gains",
    ),
    _rule("team-optimal", "common-payoff", "it is part of the definition"),
    _rule(
        "margin",
        "nash",
        "the expert's actions attain the optimal Q at all visited states, which the expert never "
        "leaves, so that its value there is optimal",
    ),
    _rule(
        "nash,full-support",
        "subgame-perfect",
        "a Nash expert is optimal at every visited state, and here these are all states",
    ),
    _rule("match-rho", "match-mu", "the state occupancy is a marginal of the state-action one"),
    _rule(
        "match-rho",
        "match-bc=0",
        "equal state-action occupancies mean equal policies wherever the expert comes",
    ),
    _rule(
        "match-bc=0",
        "match-rho",
        "equal policies wherever the expert comes mean equal paths, hence equal occupancies",
    ),
    _rule("match-bc=0", "one-matched", "every player is matched"),
    _rule("alternating", "turn-based", "it is part of the definition"),
    _rule("state-rewards", "own-rewards", "a reward of the state alone depends on no action"),
    _rule("full-support", "uniform-off-support", "no state is unvisited"),
    _rule("full-support", "entry=0", "there is no unvisited state to enter"),
)


def consequences(given: Iterable[Assumption]) -> Mapping[str, tuple[str, ...]]:
    """All that follows from some assumptions, with the steps by which it does.

    Example:
        >>> found = consequences(parse_assumptions("team-optimal"))
        >>> sorted(found)
        ['common-payoff', 'nash', 'team-optimal']
        >>> found["common-payoff"]
        ('team-optimal gives common-payoff: it is part of the definition',)
    """
    found: dict[str, tuple[str, ...]] = {a.text: () for a in given}
    grew = True
    while grew:
        grew = False
        for rule in IMPLICATIONS:
            premises = [_premise(name, found) for name in sorted(rule.given)]
            if rule.gives in found or None in premises or _name(rule.gives) not in known():
                continue
            before = tuple(step for p in premises if p is not None for step in found[p])
            step = f"{' and '.join(sorted(rule.given))} gives {rule.gives}: {rule.reason}"
            found[rule.gives] = tuple(dict.fromkeys((*before, step)))
            grew = True
    return found


def why(wanted: Assumption, given: Iterable[Assumption]) -> tuple[str, ...] | None:
    """The steps by which an assumption follows, or None if they are not known to give it.

    Example:
        >>> nash, weak = parse_assumptions("nash,entry=1/2")
        >>> (strong,) = parse_assumptions("entry=1/3")
        >>> why(weak, [strong]), why(strong, [weak]), why(nash, [nash])
        (('entry=1/3 gives entry=1/2: it asks for more',), None, ())
    """
    found = consequences(given)
    if wanted.text in found:
        return found[wanted.text]
    for text, steps in found.items():
        if wanted.parameter is not None and _name(text) == wanted.name:
            (strong,) = parse_assumptions([text])
            if _asks_for_more(strong, wanted):
                return (*steps, f"{text} gives {wanted.text}: it asks for more")
    return None


def _premise(wanted: str, found: Mapping[str, object]) -> str | None:
    return next((text for text in found if wanted in (text, _name(text))), None)


def _name(text: str) -> str:
    return text.partition("=")[0]


def _asks_for_more(strong: Assumption, weak: Assumption) -> bool:
    kind = known()[strong.name]
    if strong.parameter is None or weak.parameter is None or isinstance(kind, Assumption):
        return False
    match kind.extreme:
        case "largest":
            return strong.parameter >= weak.parameter
        case "smallest":
            return strong.parameter <= weak.parameter
        case _:
            return strong.parameter == weak.parameter
