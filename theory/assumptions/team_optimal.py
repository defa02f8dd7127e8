r"""Common payoff, and no joint policy earns more: \(V_0^{\pi^E}(\nu)=\max_\pi V_0^\pi(\nu)\)."""

from ..model import Answer, Model, brief
from . import common_payoff
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    common = common_payoff.ASSUMPTION.holds(model)
    if common.holds is not True:
        return common
    loss = model.team_best_value() - model.value("expert", 0)
    if loss > 0:
        return Answer(False, f"the best joint policy earns {brief(loss)} more from the start")
    return Answer(True, "no joint policy earns more from the start")


ASSUMPTION = Assumption(
    "team-optimal",
    None,
    "all players have the same rewards and the expert earns the most possible from the start",
    r"r_1=\dots=r_n,\quad V^{\pi^E}(\nu)=\max_{\pi}V^{\pi}(\nu)",
    _check,
)
