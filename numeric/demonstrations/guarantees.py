r"""What each bound of the catalogue guarantees of the clone, given a bound on its error.

A bound \(\mathrm{NashGap}\le f(\epsilon_{BC},\gamma,n)\) is read with the largest value of f over
all errors up to the bound on \(\epsilon_{BC}\), by interval arithmetic in exact numbers. So it
holds with the confidence of that bound, if the assumptions hold. What an assumption says of the
game alone is checked where the game is known; what it says of the expert is taken on trust, unless
the expert is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from nashgap.theory.expression import Name, nodes
from nashgap.theory.model import Answer, Model

from ..bounds_on import steps
from ..numbers import text
from .interval import Interval, UnboundedError, enclosure

if TYPE_CHECKING:
    from nashgap.theory.assumptions import Assumption
    from nashgap.theory.bound import Bound
    from nashgap.theory.expression import Expression

Standing = Literal["checked", "on trust", "fails"]
OF_THE_GAME = frozenset(
    {
        "alternating",
        "common-payoff",
        "deterministic",
        "own-rewards",
        "reset",
        "state-rewards",
        "symmetric",
        "turn-based",
        "zero-sum",
    }
)
"""The assumptions that say nothing of the expert."""
_NEEDS_OF_THE_GAME = {"team-optimal": "common-payoff"}
_GAPS = ("NashGap", "NashGap_i", "ValueGap")
_ERRORS = ("eps_BC", "eps_BC_i")
_ALL_ERRORS = frozenset({*_ERRORS, "eps_mu", "eps_rho"})
NOT_READ = "demonstrations do not bound "
"""How a reason begins where a bound speaks of what demonstrations do not show."""


@dataclass(frozen=True)
class Guarantee:
    """One bound of the catalogue, read for the clone.

    Attributes:
        label: in the catalogue.
        statement: the claim.
        gap: what it bounds, "NashGap" or "ValueGap".
        value: with the confidence of the error bound the gap is at most this, if the assumptions
            hold; None where the bound cannot be read from demonstrations.
        standing: "checked", every assumption was verified; "on trust", some rest on the unknown
            expert; "fails", one is false here or the bound cannot be read.
        checked: the assumptions that were verified.
        trusted: those that were not.
        reason: why, in a sentence.
        vacuous: whether the value is no smaller than any gap can be, 2/(1-gamma).
    """

    label: str
    statement: str
    gap: str
    value: Fraction | None
    standing: Standing
    checked: tuple[str, ...]
    trusted: tuple[str, ...]
    reason: str
    vacuous: bool

    def json(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "label": self.label,
            "statement": self.statement,
            "gap": self.gap,
            "value": None if self.value is None else text(self.value),
            "standing": self.standing,
            "checked": list(self.checked),
            "trusted": list(self.trusted),
            "reason": self.reason,
            "vacuous": self.vacuous,
        }


@dataclass(frozen=True)
class Setting:
    """What the bounds are read in.

    Attributes:
        players: n.
        discount: gamma, exactly.
        model: the game with the expert, or with the clone in its place; None where it is unknown.
        expert_known: whether that is the expert.
        assumed: assumptions that the user vouches for.
    """

    players: int
    discount: Fraction
    model: Model | None
    expert_known: bool
    assumed: Sequence["Assumption"] = ()


def guarantees(errors: Sequence[Fraction], setting: Setting) -> tuple[Guarantee, ...]:
    """Every bound of the catalogue on a gap, the strongest first among those that stand.

    Args:
        errors: an upper bound on each player's error, in [0, 2].
        setting: game and expert, as far as they are known.

    Example:
        >>> found = guarantees([Fraction(1, 100)] * 2, Setting(2, Fraction(1, 2), None, False))
        >>> [(g.label, g.standing, str(g.value)) for g in found if g.label in ("T1", "value_gap")]
        [('value_gap', 'checked', '2/25'), ('T1', 'on trust', '3/50')]
    """
    from nashgap.theory.catalogue import bounds

    order = ("checked", "on trust", "fails")
    found = [_read(b, errors, setting) for b in bounds().values() if not steps(b)]
    listed = [g for g in found if g is not None]
    return tuple(
        sorted(listed, key=lambda g: (order.index(g.standing), g.value is None, g.value or 0))
    )


def gap_at_most(bound: "Bound", errors: Sequence[Fraction], setting: Setting) -> Fraction | None:
    """The largest gap that a bound allows while each error is at most its own; None if unbounded.

    Raises:
        LookupError: it names something that demonstrations do not bound.
    """
    solved = _solved(bound)
    if solved is None:
        raise LookupError("it is not a bound on a gap")
    left, factors = solved
    other = (bound.claim.names - {left}) - {*_ERRORS, "gamma", "n"}
    if other:
        raise LookupError(NOT_READ + ", ".join(sorted(other)))
    per_player = range(setting.players) if bound.claim.is_per_player else (None,)
    try:
        return max(
            _value(bound.claim.right, factors, _names(errors, setting, i)) for i in per_player
        )
    except UnboundedError:
        return None


def _read(bound: "Bound", errors: Sequence[Fraction], setting: Setting) -> Guarantee | None:
    solved = _solved(bound)
    if solved is None or not _speaks_of_an_error(bound):
        return None
    gap = "ValueGap" if solved[0] == "ValueGap" else "NashGap"
    checked, trusted, failed = [], [], None
    for assumption in bound.assumptions:
        answer = _answer(assumption, setting)
        if answer.holds:
            checked.append(assumption.text)
        elif answer.holds is None:
            trusted.append(assumption.text)
        else:
            failed = failed or f"{assumption.text}: {answer.reason}"
    value = None
    try:
        value = gap_at_most(bound, errors, setting)
    except LookupError as why:
        failed = failed or str(why)
    standing: Standing = (
        "fails" if failed or value is None else "on trust" if trusted else "checked"
    )
    reason = failed or _reason(checked, trusted, setting)
    return Guarantee(
        bound.label,
        bound.statement,
        gap,
        value,
        standing,
        tuple(checked),
        tuple(trusted),
        reason,
        value is not None and value >= 2 / (1 - setting.discount),
    )


def _speaks_of_an_error(bound: "Bound") -> bool:
    """Else it says the same of every clone, or only of one that matches exactly."""
    names = {part.name for part in nodes(bound.claim.right) if isinstance(part, Name)}
    return bool(names & _ALL_ERRORS)


def _answer(assumption: "Assumption", setting: Setting) -> Answer:
    about_expert = assumption.name not in OF_THE_GAME
    if setting.model is None:
        return Answer(None, "not known")
    if about_expert and not setting.expert_known:
        return _refuted_by_the_game(assumption, setting.model) or Answer(None, "not known")
    return assumption.holds(setting.model)


def _refuted_by_the_game(assumption: "Assumption", model: Model) -> Answer | None:
    """No, whoever the expert is, where the game lacks what the assumption needs."""
    from nashgap.theory.assumptions import parse_assumptions

    need = _NEEDS_OF_THE_GAME.get(assumption.name)
    answer = None if need is None else parse_assumptions(need)[0].holds(model)
    return answer if answer is not None and answer.holds is False else None


def _reason(checked: Sequence[str], trusted: Sequence[str], setting: Setting) -> str:
    if not checked and not trusted:
        return "it assumes nothing"
    parts = [f"verified: {', '.join(checked)}"] if checked else []
    vouched = {a.text for a in setting.assumed}
    yours = [name for name in trusted if name in vouched]
    open_ones = [name for name in trusted if name not in vouched]
    parts += [f"on your word: {', '.join(yours)}"] if yours else []
    parts += [f"taken on trust: {', '.join(open_ones)}"] if open_ones else []
    return "; ".join(parts)


def _solved(bound: "Bound") -> tuple[str, Sequence[tuple[bool, "Expression"]]] | None:
    """The gap on the smaller side, and the factors that multiply it there."""
    from nashgap.theory.expression import Name, Product, nodes

    claim = bound.claim
    if claim.relation not in ("<=", "<"):
        return None
    left = claim.left
    factors = left.factors if isinstance(left, Product) else ((False, left),)
    gaps = [f for over, f in factors if not over and isinstance(f, Name) and f.name in _GAPS]
    rest = [(over, f) for over, f in factors if not (isinstance(f, Name) and f.name in _GAPS)]
    named = {n.name for _, f in rest for n in nodes(f) if isinstance(n, Name)}
    if len(gaps) != 1 or len(rest) != len(factors) - 1 or not named <= {"gamma", "n"}:
        return None
    gap = gaps[0]
    assert isinstance(gap, Name)
    return gap.name, rest


def _value(
    right: "Expression",
    factors: Sequence[tuple[bool, "Expression"]],
    names: Mapping[str, Interval],
) -> Fraction:
    worth = enclosure(right, names)
    for over, factor in factors:
        size = enclosure(factor, names)
        if size.low <= 0:
            raise UnboundedError("a factor of the gap may be 0")
        worth = worth * size if over else worth / size
    return worth.high


def _names(errors: Sequence[Fraction], setting: Setting, player: int | None) -> dict[str, Interval]:
    zero = Fraction(0)
    found = {
        "gamma": Interval(setting.discount, setting.discount),
        "n": Interval(Fraction(setting.players), Fraction(setting.players)),
        "eps_BC": Interval(zero, max(errors)),
    }
    if player is not None:
        found["eps_BC_i"] = Interval(zero, errors[player])
    return found
