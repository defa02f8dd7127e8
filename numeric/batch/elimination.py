r"""Linear systems \(V=GV+r\) of a whole batch, solved by eliminating one state after the other.

Here \(G=\gamma P\ge0\) with row sums \(\gamma<1\), so \(I-G\) is strictly row diagonally dominant
and no pivoting is needed: once the states before k are eliminated, row s reads
\(V_s=\sum_{t\ge k}G_{st}V_t+r_s\) with \(G\ge0\) and row sums below 1 still. Row k gives
\(V_k=\sum_{t>k}\frac{G_{kt}}{1-G_{kk}}V_t+\frac{r_k}{1-G_{kk}}\), which is put into the rows after
it. On G only non-negative numbers are added, so nothing cancels. This is Gaussian elimination of
\(I-G\), and in the words of Markov chains the process watched only outside the eliminated states
(Grassmann, Taksar, Heyman, Operations Research 33, 1985).
"""

from .arrays import Array, average, namespace


def fixed_point(table: Array) -> Array:
    r"""Solves \(V=GV+r\) for every game and every right-hand side.

    The same holds for column sums below 1: the transposed system has the same pivots.

    Args:
        table: \((G\mid r)\), shape [S, S+m, B], with \(G\ge0\) of row (or column) sums below 1.

    Returns:
        V, shape [S, m, B].
    """
    xp = namespace(table)
    states, columns, size = table.shape
    heads = []
    for _ in range(states):
        heads.append(table[0, 1:, :] / (1 - table[0, 0, :]))
        reduced = table[1:, :1, :] * heads[-1]
        reduced += table[1:, 1:, :]
        table = reduced
    values = xp.empty((states, columns - states, size), dtype=table.dtype, device=table.device)
    values[-1, ...] = heads[-1]
    for state in reversed(range(states - 1)):
        later = states - 1 - state
        head = heads[state]
        ahead = average(values[None, state + 1 :, ...], head[None, :later, :], 1)[0, ...]
        values[state, ...] = ahead + head[later:, :]
    return values
