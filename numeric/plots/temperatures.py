r"""The regularisation argument in a figure: \(\delta\), Nash gap and bound against temperature.

Above, how far best responses move when opponents err by e: at most \(\delta_\tau(e)\) when they are
regularised, as far as they like when not. Below, what follows for the learners' Nash gap: the bound
has its least value where the first term, which falls with the temperature, meets the second,
\(\tau\log|A|/(1-\gamma)\), which rises with it.
"""

from typing import TYPE_CHECKING

from ..modulus import TemperatureCurve
from .style import INK, look, panels, paper

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def plot_temperatures(curve: TemperatureCurve) -> "Figure":
    r"""Two panels over \(\tau\): moves of best responses, and Nash gaps with their bound.

    Raises:
        NashgapError: Matplotlib is not installed.
    """
    order = curve.temperatures.argsort()
    tau = curve.temperatures[order]
    with paper():
        figure, (above, below) = panels(2, 2.0)
        above.plot(tau, curve.explicit[order], label=r"$\delta_\tau(e)$, explicit", **look(0))
        above.plot(tau, curve.soft_moves[order], "s", color=INK[0], label="regularised, seen")
        above.plot(tau, curve.hard_moves[order], "^", color=INK[1], label="unregularised, seen")
        above.set_ylim(-0.08, 2.2)
        above.set_ylabel("move of best responses")
        below.plot(tau, curve.bounds[order], label="bound", **look(0))
        below.axhline(
            2 / (1 - curve.discount), color="#555555", linewidth=0.8, linestyle=":", label="trivial"
        )
        below.plot(
            tau, curve.learner_gaps[order], "^-", color=INK[1], label="learners, largest seen"
        )
        # What lies far below the bound need not be told apart.
        bottom = curve.bounds.min() / 1e5
        experts = curve.expert_gaps[order]
        if (experts > bottom).any():
            below.plot(tau, experts, "o-", color=INK[2], label="expert")
        else:
            below.plot([], [], " ", label="expert: below the axis")
        below.set_yscale("log")
        below.set_ylim(bottom=bottom)
        below.set_ylabel("Nash gap")
        below.set_xlabel(r"temperature $\tau$")
        above.set_xscale("log")
        below.set_xscale("log")
        above.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=2)
        below.legend(loc="upper center", bbox_to_anchor=(0.5, -0.3), ncols=2)
        above.set_title(rf"opponents err by $e={curve.eps:g}$ at every state")
    return figure
