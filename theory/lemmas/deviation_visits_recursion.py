r"""What the opponents' errors are worth to a deviation, where it visits them.

\(W\le c+\gamma\sum_a\pi^*_ic_o\,P[W]\) at every state, with
\(W=V^{(\pi^*_i,\pi_{-i})}-V^{(\pi^*_i,\pi^E_{-i})}\) and \(c=\tfrac2{1-\gamma}h_o\).
"""

from ._sharing import Sharing

LEMMA = Sharing(
    first=("deviation", "learner"),
    second=("deviation", "expert"),
    played=("b_i*(c_o + g_o)", "b_i*(c_o + f_o)"),
    part=("b_i", "c_o"),
    rests=(("b_i", "g_o"), ("b_i", "f_o")),
    lost="TV_o",
    split=("split by c_o",),
).recursion("deviation_visits_recursion")
