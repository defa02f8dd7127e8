r"""The cloning error of player i.

\(\varepsilon_i=\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1\),
in \([0,2]\).
"""

from ..meaning import Meaning, of_player

MEANING = Meaning(
    "eps_BC_i",
    r"\varepsilon_i",
    "the behavioural cloning error of player i over the states that the expert visits",
    r"\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1",
    of_player(lambda model, i: model.policy_error(i)),
    per_player=True,
)
