r"""Tabular behavioural cloning: \(\hat\pi_i(a\mid s)\) is the share of a among i's actions at s.

At states without a demonstration the clone plays a stated default.
"""

from fractions import Fraction

from nashgap.theory.errors import BadInput

from ..policy import ProductPolicy
from .trajectories import Demonstrations


def clone(demonstrations: Demonstrations, unseen: ProductPolicy | None = None) -> ProductPolicy:
    """The cloned policy, in exact fractions of counts.

    Args:
        demonstrations: the trajectories.
        unseen: what to play at states without a demonstration; uniform by default.

    Raises:
        BadInput: the default has other states or actions.

    Example:
        >>> from nashgap.numeric.demonstrations import Outline
        >>> shown = Demonstrations(Outline(2, [2], "9/10"), [([0, 0, 0], [[1], [0], [1]])])
        >>> [[str(x) for x in row] for row in clone(shown)[0]]
        [['1/3', '2/3'], ['1/2', '1/2']]
    """
    size = (demonstrations.num_states, demonstrations.num_actions)
    if unseen is not None and (unseen.num_states, unseen.num_actions) != size:
        given = f"{unseen.num_states} states, actions {unseen.num_actions}"
        raise BadInput("unseen", given, f"{size[0]} states, actions {size[1]}")
    default = None if unseen is None else unseen.as_exact()
    tables = []
    for i, counts in enumerate(demonstrations.counts):
        rows = counts.tolist()
        uniform = [Fraction(1, len(rows[0]))] * len(rows[0])
        tables.append(
            [
                [Fraction(k, sum(row)) for k in row]
                if any(row)
                else (uniform if default is None else default[i][s].tolist())
                for s, row in enumerate(rows)
            ]
        )
    return ProductPolicy(tables)
