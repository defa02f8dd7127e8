r"""\(C=\max_iC_i\), \(C_i=\max\big(1,\sup_{b_i,s}\mu_{(b_i,\pi^E_{-i})}(s)/\mu_{\pi^E}(s)\big)\).

The supremum is over stationary deviations and over the states with an error of an opponent; 0/0 is
0. Where C is infinite the model is outside the domain of a claim that names C.
"""

from ..meaning import Meaning, over_players

MEANING = Meaning(
    "C",
    r"C",
    "how much more often one player's deviation against the expert visits a state with an "
    "opponent's error than the expert does, at least 1",
    r"\max\Big(1,\max_i\sup_{b_i,s}\frac{\mu_{(b_i,\pi^E_{-i})}(s)}{\mu_{\pi^E}(s)}\Big)",
    over_players(lambda model, i: model.concentrability(i)),
)
