"""Random games by class, with an expert of a wanted kind and a learner."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from nashgap.theory.errors import BadInput
from nashgap.theory.model import Number

from ..numbers import exact as read_exact
from ..policy import ProductPolicy
from ._draft import Shape, draw_draft
from ._drawing import draw_policy
from ._experts import dominant_by_rewards, nash_by_rewards
from ._learners import matched_learner, perturbed_learner
from ._named import Instance
from ._solved import needs_solving, pure_equilibrium, team_optimum
from ._table import LARGEST

GAME_KINDS = (
    "zero-sum",
    "common-payoff",
    "symmetric",
    "turn-based",
    "alternating",
    "state-rewards",
    "own-rewards",
    "deterministic",
    "full-support",
)
POLICY_KINDS = ("nash", "subgame-perfect", "dominant", "team-optimal", "match-rho", "pure")
DRAWS = 40
"""Games drawn before the search for a pure equilibrium is given up."""


def random_game(
    seed: int,
    assume: str | Sequence[str] = "",
    *,
    players: int = 2,
    states: int = 3,
    actions: int | Sequence[int] = 2,
    discount: object = "9/10",
    eps: object = None,
    exact: bool = True,
) -> Instance:
    r"""A random game with expert and learner, the same for the same arguments.

    Args:
        seed: any int; there is no other source of randomness.
        assume: what must hold, as a comma-separated list or a sequence of names: for the game
            zero-sum, common-payoff, symmetric, turn-based, alternating, state-rewards, own-rewards,
            deterministic, full-support (the start has mass everywhere); for the expert nash,
            subgame-perfect, dominant, team-optimal; for the learner match-rho; for both pure.
        players: how many, \(n\).
        states: how many, \(S\).
        actions: one count for all players, or one for each.
        discount: \(\gamma\in[0,1)\).
        eps: makes the learner the expert with \(\epsilon_{BC,i}\) exactly this for every player
            that has two actions; without it (and without match-rho) the learner is drawn freely.
        exact: entries with small denominators; otherwise the nearest floats, in which an
            equilibrium holds only up to rounding.

    Returns:
        An `Instance`; `assumptions` holds what was demanded, true by construction.

    Raises:
        BadInput: an unknown name, demands that exclude each other, a size beyond reach.

    Example:
        >>> made = random_game(7, "zero-sum,nash,match-rho", states=4)
        >>> from nashgap.numeric.gaps import nash_gap
        >>> from nashgap.numeric.matching import eps_rho
        >>> nash_gap(made.game, made.expert), eps_rho(made.game, made.expert, made.learner)
        (Fraction(0, 1), Fraction(0, 1))
    """
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise BadInput("seed", f"given {seed!r:.60}", "an integer")
    shape = _shape(assume, players, states, actions, discount)
    error = None if eps is None else read_exact(eps, "eps")
    if error is not None and not 0 <= error <= 2:
        raise BadInput("eps", f"given {error}", "a number in [0, 2]")
    if error is not None and shape.has("pure", "match-rho"):
        raise BadInput("eps", "given together with pure or match-rho", "one or the other")
    made = _draw(Random(seed), shape, error)  # noqa: S311 - nothing here is secret
    if exact:
        return made
    return Instance(
        made.game.as_float(),
        made.expert.as_float(),
        made.learner.as_float(),
        {key: float(number) for key, number in made.expected.items()},
        made.assumptions,
    )


def _draw(rng: Random, shape: Shape, eps: Fraction | None) -> Instance:
    draft = draw_draft(rng, shape)
    expert: ProductPolicy | None
    if shape.has("dominant"):
        expert = dominant_by_rewards(rng, draft)
    elif shape.has("common-payoff") and shape.has("nash", "subgame-perfect", "team-optimal"):
        expert = team_optimum(draft.game())
    elif shape.has("nash", "subgame-perfect") and needs_solving(shape):
        expert = pure_equilibrium(rng, draft.game())
        for _ in range(DRAWS):
            if expert is None:
                draft = draw_draft(rng, shape)
                expert = pure_equilibrium(rng, draft.game())
    elif shape.has("nash", "subgame-perfect"):
        expert = nash_by_rewards(rng, draft)
    else:
        pure = shape.has("pure")
        expert = ProductPolicy(draw_policy(rng, shape.states, shape.actions, pure=pure))
    if expert is None:
        given = f"no pure equilibrium in {DRAWS} draws"
        raise BadInput("assume", given, "another seed, fewer actions or a wider class")
    game = draft.game()
    expected: dict[str, Number] = {}
    if eps is not None:
        learner = perturbed_learner(rng, game, expert, eps)
        expected["eps_bc"] = eps
    elif shape.has("match-rho"):
        learner = matched_learner(rng, game, expert, pure=shape.has("pure"))
        expected |= {"eps_rho": Fraction(0), "eps_mu": Fraction(0), "eps_bc": Fraction(0)}
    else:
        pure = shape.has("pure")
        learner = ProductPolicy(draw_policy(rng, shape.states, shape.actions, pure=pure))
    return Instance(game, expert, learner, expected, dict.fromkeys(sorted(shape.kinds), True))


def _shape(
    assume: str | Sequence[str],
    players: int,
    states: int,
    actions: int | Sequence[int],
    discount: object,
) -> Shape:
    for where, count in (("players", players), ("states", states)):
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            raise BadInput(where, f"given {count!r:.60}", "an integer of at least 1")
    if players > 20:
        raise BadInput("players", f"given {players}", "at most 20")
    counts = tuple([actions] * players if isinstance(actions, int) else actions)
    if len(counts) != players or not all(isinstance(k, int) and k >= 1 for k in counts):
        needed = f"a count of at least 1, or {players} of them"
        raise BadInput("actions", f"given {actions!r:.60}", needed)
    size = states * states
    for count in counts:
        size *= count
    if size > LARGEST:
        raise BadInput("states, actions", f"{size} kernel entries", f"at most {LARGEST}")
    gamma = read_exact(discount, "discount")
    if not 0 <= gamma < 1:
        raise BadInput("discount", f"given {discount!r:.60}", "a number in [0, 1)")
    shape = Shape(players, states, counts, gamma, _kinds(assume))
    _check(shape)
    return shape


def _kinds(assume: str | Sequence[str]) -> frozenset[str]:
    items = assume.split(",") if isinstance(assume, str) else assume
    names = [item.strip() for item in items]
    names = [] if names == [""] else names
    for name in names:
        if name not in GAME_KINDS + POLICY_KINDS:
            known = ", ".join(GAME_KINDS + POLICY_KINDS)
            raise BadInput("assume", f"cannot draw {name!r:.60}", f"names out of {known}")
    implied = {"team-optimal": "common-payoff", "alternating": "turn-based"}
    return frozenset(names) | {implied[name] for name in names if name in implied}


def _check(shape: Shape) -> None:
    if shape.has("zero-sum", "symmetric") and shape.players != 2:
        raise BadInput("players", f"given {shape.players}", "2 for zero-sum and symmetric")
    if shape.has("symmetric") and shape.actions[0] != shape.actions[1]:
        raise BadInput("actions", f"given {shape.actions}", "equal counts for symmetric")
    if shape.has("alternating") and min(shape.players, shape.states) < 2:
        raise BadInput("assume", "alternating", "at least 2 players and 2 states for it")
    if shape.has("zero-sum") and shape.has("common-payoff"):
        raise BadInput("assume", "zero-sum with common-payoff", "one of them")
    if shape.has("dominant") and shape.has("state-rewards"):
        raise BadInput("assume", "dominant with state-rewards", "one of them")
    if (
        shape.has("dominant")
        and shape.has("own-rewards")
        and shape.has("zero-sum", "common-payoff")
    ):
        raise BadInput("assume", "dominant with own-rewards and shared payoffs", "two of them")
    if shape.has("dominant") and shape.has("team-optimal"):
        raise BadInput("assume", "dominant with team-optimal", "one of them")
