r"""What player i loses by its own errors, as a recursion on what the learner visits.

\(W\le c+\gamma\sum_am_i\pi_{-i}\,P[W]\) at every state, with
\(W=V^{(\pi^E_i,\pi_{-i})}-V^{\pi}\) and \(c=\tfrac2{1-\gamma}h_i\).
"""

from ._sharing import Sharing

LEMMA = Sharing(
    first=("expert", "learner"),
    second=("learner", "learner"),
    played=("e_i*p_o", "p_i*p_o"),
    part=("m_i", "p_o"),
    rests=(("x_i", "p_o"), ("y_i", "p_o")),
    lost="TV_i",
).recursion("disagreement_recursion_for_learner")
