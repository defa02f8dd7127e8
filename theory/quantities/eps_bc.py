r"""\(\varepsilon_{\mathrm{BC}}=\max_i\varepsilon_i\in[0,2]\), the largest error of a player."""

from ..meaning import Meaning, over_players

MEANING = Meaning(
    "eps_BC",
    r"\varepsilon_{\mathrm{BC}}",
    "the largest behavioural cloning error of a player over the states that the expert visits",
    r"\max_i\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1",
    over_players(lambda model, i: model.policy_error(i)),
)
