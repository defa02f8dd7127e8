"""The inference rules of the kernel that are not plain substitution or exact algebra."""

from ._kinds import Ground


def _rule(name: str, statement: str, proof: str) -> Ground:
    return Ground(name, "inference", statement, proof)


INFERENCES = (
    _rule(
        "linearity",
        r"Finite sums, expectations, $\nu\cdot$, $P$, $K$ and $(I-\gamma P^{\pi^E})^{-1}$ are "
        r"linear; an "
        r"expectation of 1 is 1 and commutes with a finite sum",
        r"Each is a finite sum with fixed weights or a matrix.",
    ),
    _rule(
        "signs",
        r"A polynomial that has only non-negative coefficients in $t,m$ after $\gamma=t/(1+t)$, "
        r"$n=1+m$ and "
        r"multiplication by a power of $1+t$ is non-negative for $0\le\gamma<1$, $n\ge1$",
        r"The substitution maps $t,m\ge0$ onto the range, $1+t>0$, and a sum of non-negative terms "
        r"is "
        r"non-negative.",
    ),
    _rule(
        "products",
        r"If $b-a=\sum_kc_k\prod_lf_{kl}$ identically, with $c_k\ge0$ and $f_{kl}\ge0$, then $a\le "
        r"b$",
        r"Products and sums of non-negative numbers are non-negative.",
    ),
    _rule(
        "formal sums",
        r"$\sum_{a_i,a_o}f(a_i)g(a_o)=\sum_{a_i}f(a_i)\sum_{a_o}g(a_o)$, and an identity between "
        r"sums over "
        r"$a$ whose summands agree as polynomials in the symbols of $a_i$, $a_o$, $a$ holds for "
        r"every number "
        r"of players and of actions",
        r"Distributivity; equal summands have equal sums, however many there are.",
    ),
    _rule(
        "resolvent",
        r"If $W\le c+KW$ at every state and $c\ge0$, then "
        r"$\nu\cdot W\le\nu(I-\gamma P^{\pi^E})^{-1}c$",
        r"$0\le K\le\gamma P^{\pi^E}$ entrywise, because $0\le m_im_o\le\pi^E_i\pi^E_{-i}$. Row "
        r"sums are at "
        r"most $\gamma<1$, so $(I-K)^{-1}=\sum_tK^t\ge0$. Multiplying $(I-K)W\le c$ by it gives "
        r"$W\le\sum_tK^tc\le\sum_t(\gamma P^{\pi^E})^tc=(I-\gamma P^{\pi^E})^{-1}c$, the second "
        r"inequality "
        r"because $c\ge0$. Then $\nu\ge0$.",
    ),
    _rule(
        "induction over the opponents",
        r"What holds for the empty set of opponents, and passes from a set to the set with one "
        r"more, holds "
        r"for all the opponents",
        r"There are finitely many, and sums and products over a set grow by one term or factor.",
    ),
    _rule(
        "sum over the opponents",
        r"If $f_j\le B$ for every $j\ne i$, with $B$ free of $j$, then $\sum_{j\ne i}f_j\le(n-1)B$",
        r"There are $n-1$ opponents.",
    ),
    _rule(
        "least of several bounds",
        r"If $x\le a_k$ for every $k$, then $x\le\min_ka_k$",
        r"The minimum is one of the $a_k$.",
    ),
    _rule(
        "attained maximum",
        r"$\max_if_i=f_i$ for a player $i$ that attains it; what then holds for that $i$ and does "
        r"not name "
        r"it, holds",
        r"A maximum over finitely many players is attained.",
    ),
)
