r"""Games of N steps: what is proved for discounted games, read with \(\gamma=1-1/N\).

Values are undiscounted sums over the N steps, occupancies averages over them, \(\nu\) the start.
Policies, deviations and dominance may depend on the step, so a state is one of
\(S\times\{0,\dots, N-1\}\), and after the last step every function of the state is 0. Lines of a
derivation are read with \(\gamma=1-1/N\), \(1/(1-\gamma)=N\), and \(P/\gamma\) for P, so that
\(\gamma P\) is the step to the next layer. Then a derivation whose every ground holds in this
reading proves its statement of games of N steps.

That a kernel does not lengthen \(x=\rho_\pi-\rho_{\pi^E}\) holds there for a reason of its own.
With \(a_t=\|x_t\|_1\) at step t, \(\|x_tP\|_1\le a_t\), and \(\|x_tP\|_1\le a_{t+1}\) because
\(x_tP\) is a marginal of \(x_{t+1}\). So \(\sum_{t<N-1}\|x_tP\|_1\) is at most the sum of all
\(a_t\) but the largest, hence at most \((1-1/N)\sum_ta_t\).
"""

from collections.abc import Iterable

HOLD_FOR_STEPS = frozenset(
    {
        # arithmetic, sums and maxima: nothing of the game is spoken of
        *("linearity", "signs", "products", "formal sums", "attained maximum", "horizon"),
        *("least of several bounds", "induction over the opponents", "sum over the opponents"),
        *("triangle inequality", "means are monotone"),
        # definitions, layer by layer
        *("NashGap_i", "ValueGap_i", "V", "V_at", "Q", "K", "eps_BC_i", "deviation", "loss_i"),
        *("split by n_i", "split by d_i", "split by s_i", "split by c_o", "split by n_i and m_i"),
        *("overlaps", "eps_mu", "eps_rho", "rho", "weighted norms", "sums weighted by visits"),
        # the policies of one state
        *("errors are non-negative", "the largest error", "total variation", "masses of the parts"),
        *("three overlap less than two", "the opponents together", "a marginal is no farther"),
        "joint policies share the product of the overlaps",
        # at most N steps are left, and at most N - 1 after this one
        *("values are bounded", "continuation values are bounded"),
        *("values from the start are bounded", "the same action costs a discount"),
        *("rewards are bounded", "values by occupancy"),
        # the kernel between layers is nilpotent: I - K has the inverse I + K + ... + K^(N-1)
        *("resolvent", "parts of the kernel", "two recursions", "visitation"),
        *("the start is visited", "start from visits"),
        *("flow of visits", "a kernel does not lengthen"),
        # maxima over policies that may depend on the step
        *("a best response is best", "what the expert lacks", "what the team lacks"),
        *("the least shift", "what a deviation meets", "what the expert loses by a step"),
        *("assumption nash", "assumption dominant", "assumption team-optimal"),
        *("a Nash expert has no gap", "a dominant expert has no gap against the learner"),
        *("a team-optimal expert has no gap", "the expert is one joint policy"),
        *("the largest gap", "gaps are differences of values", "policies are at most 2 apart"),
        *("assumption match-mu", "assumption match-bc", "one of two loses nothing less"),
        *(
            "who gains where the other loses",
            "a dominant expert is a best response that does not move",
        ),
        *("assumption match-rho", "optimal actions are kept", "finite concentrability"),
        *("concentrability and the flow of visits", "a pure policy is kept"),
        "assumption one-matched",
        *("concentrability and coverage", "actions outside the support"),
        "errors where the other goes",
        "player i's marginal is no farther",
        # soft best responses, layer by layer; after the last step every value is 0
        *("Vtau", "Qtau", "soft_move_i", "soft numbers are non-negative"),
        *("temperature and its inverse", "an entropy is at most the logarithm"),
        *("a soft response is best", "a mean is at most the largest"),
        *("the largest error at a state", "a difference of probabilities"),
        *("odds of soft responses", "by way of the expert's own soft response"),
        *("what the expert lacks of a quantal response", "the hyperbolic tangent"),
        "assumption quantal",
        # at most N rewards and N - 1 later entropies are left
        "regularised values are bounded",
        # from the last step back, W is at most c times the steps that are left
        "constant costs",
        *("any policy in the place of the deviation", "a largest value"),
        *("division", "tanh is increasing", "tanh is below its tangent"),
    }
)
"""The grounds that hold in games of N steps, each tested on exact games of N steps."""

FAIL_FOR_STEPS = frozenset(
    {
        # the next layer differs by as much as the largest, where that is not the first one
        "the same action costs a discounted difference of regularised values",
    }
)
"""The grounds that do not, each broken by a game of N steps in the tests."""


def fail_for_steps(rests_on: Iterable[str]) -> tuple[str, ...]:
    """Those of the grounds that are not known to hold in games of N steps.

    Example:
        >>> fail_for_steps(["visitation", "a ground of one's own"])
        ("a ground of one's own",)
    """
    return tuple(sorted(set(rests_on) - HOLD_FOR_STEPS))
