"""Trees for all cases of a class, put together: a certificate."""

from collections.abc import Sequence

from ..certificate import Certificate, written
from ..checkers import any_expert, pair
from ..checkers.common import FORMAT
from ..problem import Threshold
from ..prover import Tree
from ..query import GameClass
from .cases import Case


def certificate_of(
    said: GameClass,
    player: int | None,
    excluded: Threshold,
    proved: Sequence[tuple[Case, Tree]],
) -> Certificate:
    """The certificate that these trees make; nothing of it is checked yet.

    Args:
        said: the class.
        player: the one whose gap counts, or None.
        excluded: what no game of the class meets.
        proved: every case with its tree.
    """
    excludes: dict[str, object] = {"gap": f"{excluded.value}", "strict": excluded.strict}
    if player is not None:
        excludes["player"] = player
    is_nash = all(case.program.rules.is_nash for case, _ in proved)
    return Certificate(
        {
            "format": FORMAT,
            "class": said.certified(),
            "excludes": excludes,
            "encoding": (pair if is_nash else any_expert).ENCODING,
            "cases": [_case(case, tree) for case, tree in proved],
        }
    )


def _case(case: Case, tree: Tree) -> dict[str, object]:
    shape = case.program.shape
    owned = {} if shape.mine is None else {"mine": sorted(shape.mine)}
    return {
        "players": list(case.players), "visited": shape.visited, **owned, "tree": written(tree),
    }  # fmt: skip
