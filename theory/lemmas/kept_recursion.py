r"""What player i loses by actions that the expert never plays, as a recursion.

\(W\le c+\gamma\sum_as_i\pi_{-i}\,P[W]\) at every state, with
\(W=V^{(\bar\pi_i,\pi_{-i})}-V^{\pi}\) and \(c=\tfrac2{1-\gamma}\bar h_i\).
"""

from ._sharing import Sharing

LEMMA = Sharing(
    first=("kept", "learner"),
    second=("learner", "learner"),
    played=("(s_i + l_i)*p_o", "(s_i + o_i)*p_o"),
    part=("s_i", "p_o"),
    rests=(("l_i", "p_o"), ("o_i", "p_o")),
    lost="out_i",
    split=("split by s_i",),
).recursion("kept_recursion")
