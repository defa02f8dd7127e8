r"""A quantity, a lemma, a bound and a game of one's own, for every command.

nashgap check half_of_lemma_3 --load examples/own_things.py
nashgap conjecture "mean_error <= eps_BC" --load examples/own_things.py
nashgap games one-choice --load examples/own_things.py
"""

from fractions import Fraction

from nashgap.numeric.games import Instance, NamedGame, Parameter, build_game, choose, profile, stay
from nashgap.numeric.numbers import exact
from nashgap.theory.bound import Bound, Source
from nashgap.theory.chain import derivation
from nashgap.theory.meaning import Meaning
from nashgap.theory.reasons import ByLemma, Combination, Term

MEANING = Meaning(
    "mean_error",
    r"\bar\varepsilon",
    "the mean over the players of the behavioural cloning error",
    r"\tfrac1n\sum_i\varepsilon_i",
    lambda model, _: sum(map(model.policy_error, range(model.players))) / model.players,
)

LEMMA = (
    derivation("expert_instead_of_learner")
    .start("V(expert, learner) - V(learner)")
    .le(
        "n*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1", ("disagreement_le_bc_error",)),
                Term("(n - 1)/(1 - gamma)", ("eps_BC >= 0",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("half_of_lemma_3",),
    title="Half of Lemma 3",
    source=Source("an example"),
    statement="NashGap <= n*eps_BC/(1-gamma)**2",
    derivation=derivation("half_of_lemma_3", assume="dominant", uses=(LEMMA,))
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by="definition")
    .eq("V(expert, learner) - V(learner)", by="dominance")
    .le("n*eps_BC/(1 - gamma)**2", by=ByLemma("expert_instead_of_learner")),
    witness="",
    sharpness="not sharp: T1 is smaller whenever `n > 1`",
)


def _make(gamma: Fraction) -> Instance:
    """One player who errs once and pays for ever."""
    table = {"start": choose(0, (1, "G"), (-1, "L")), "G": stay("G", 1), "L": stay("L", -1)}
    game = build_game(table, [["0", "1"]], gamma, {"start": Fraction(1)})
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(0, "start"): 1}),
        expected={"nash_gap": 2 / (1 - gamma)},
        assumptions={"nash": True},
    )


GAME = NamedGame(
    "one-choice",
    "One choice",
    "an example",
    "A single error that costs all there is",
    {"gamma": Parameter("9/10", "discount", "in [0, 1)", exact)},
    _make,
)
