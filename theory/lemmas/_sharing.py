r"""Two profiles that play alike on a part of both: the recursion of the difference of their values.

\(W\le c+\gamma\sum_auv\,P[W]\) at every state, where \(W=V^X-V^Y\), \(uv\) is the part that \(X\)
and \(Y\) share, and \(c=\tfrac2{1-\gamma}h\) with the mass \(h\) of what is left of each: on the
part the same joint action is played, and the reward cancels.
"""

from dataclasses import dataclass

from ..chain import Derivation, derivation
from ..reasons import Local, LocalTerm, Unfold

Pair = tuple[str, str]


@dataclass(frozen=True)
class Sharing:
    r"""Who plays, what they share, and what is left of each.

    Attributes:
        first: X, who player i and who the opponents play as, for example ("kept", "learner").
        second: Y, alike.
        played: what X and Y play, written with the part that they share.
        part: u and v.
        rests: of X and of Y, player i's and the opponents' factor.
        lost: h, their mass.
        split: the splits of policies that `played` uses.
    """

    first: Pair
    second: Pair
    played: Pair
    part: Pair
    rests: tuple[Pair, Pair]
    lost: str
    split: tuple[str, ...] = ()

    def recursion(self, name: str) -> Derivation:
        """The lemma of that name."""
        first, second = (f"Q({', '.join(profile)})" for profile in (self.first, self.second))
        gap = f"V_at({', '.join(self.first)}) - V_at({', '.join(self.second)})"
        part, cost = "*".join(self.part), f"2/(1 - gamma)*{self.lost}"
        mine, yours = self.played
        return (
            derivation(name, level="state")
            .start(gap)
            .eq(
                f"sum_a({mine}*{first}) - sum_a({yours}*{second})",
                by=Unfold(("V_at", *self.split)),
            )
            .le(
                f"{cost} + sum_a({part}*({first} - {second}))",
                by=Local(
                    (
                        LocalTerm("1", self.rests[0], f"{first} <= 1/(1 - gamma)"),
                        LocalTerm("1", self.rests[1], f"-{second} <= 1/(1 - gamma)"),
                    )
                ),
            )
            .eq(f"{cost} + gamma*sum_a({part}*next({gap}))", by=Unfold(("Q",)))
        )
