r"""The checker of "given" certificates: kernel and start are given, policies are given or pure.

Like `nashgap.search.checker`, whose reading of numbers it shares: the standard library alone. A
certificate states that in no game of its class with the given parts some player gains more than
\(c\) (strict), or \(c\) or more, over the learner's policy.

**The argument.** At each state each player's row is given, or it is one of \(A_i\) pure rows, for
expert and learner: finitely many pairs. \(n^\pi_s(t,a)\), the discounted number of times that
\(a\) is played at \(t\) from \(s\), solves \(n=e_s+\gamma nP^\pi\), and \(V_i^\pi(s)=\sum
n^\pi_s(t,a)\,r_i(t,a)\) is linear in the rewards. Some best response is pure. So for each pair of
the class, each player and each pure \(b\) the gain is a form \(\sum_xc_xr_x\). What the class says
of the rewards of such a pair are rows \(\sum_xa_xr_x\le\beta\), see below. With multipliers
\(y\ge0\): \(\sum_xc_xr_x\le\sum_x|c_x-\sum_ky_ka_{kx}|+\sum_ky_k\beta_k\), as \(|r_x|\le1\); a
reward that is given counts as what it is. Entries of the rewards that the class makes equal,
opposite or zero are one variable. Every pair, player and \(b\) is gone through here; a "leaf" of
the certificate says which multipliers a gain needs, and without one they are 0.

Pairs are left out where the occupancies (`match-rho`, `match-mu`), the errors
\((1-\gamma)\sum_sn(s)\lVert\pi^E_i-\pi_i\rVert_1\) (`match-bc`) or the visited states
(`full-support`, `visited`, `entry`, `uniform-off-support`) are not those of the class; all, where
the kernel is not (`deterministic`, `reset`, `symmetric`). With `turn-based` each state's owner is a
player on whose action alone its rows depend, in every way (with `alternating`, such that steps
change the owner); its rewards then depend on that action alone.

Rows. "nash i b": \(V_i^{(b,e_{-i})}(\nu)\le V_i^e(\nu)\), \(e\) the expert, also where
`strict-nash`, `subgame-perfect` or `team-optimal` is said. "perfect i s a" (`subgame-perfect`):
\(r_i+\gamma PV_i^e\le V_i^e(s)\) for the action a at s, less the margin where a is another action
than a pure expert's. "margin i s a b" (`margin` at a visited s): for such an action,
\(r_i+\gamma PV_i^{(b,e_{-i})}\le V_i^e(s)-m\), because the optimal values are \(V_i^e\) at s and at
least \(V_i^{(b,e_{-i})}\). "team p" (`team-optimal`): \(V_0^p(\nu)\le V_0^e(\nu)\) for a pure joint
policy p. "against i o b" (`dominant`): \(V_i^{(b,o)}(\nu)\le V_i^{(e_i,o)}(\nu)\) for pure o of the
others, which is needed and not enough. Policies are written as one number a state, joined by dots:
an action, or the place of a joint action in the order of counting, where the last player's action
changes fastest.
"""

from collections.abc import Mapping
from fractions import Fraction

from ..checker import FORMAT, MalformedError, _list, _object
from .rows import Rows
from .scene import Scene
from .statement import Profile, Statement

ENCODING = "given"
__all__ = ["ENCODING", "check"]


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate at all.
    """
    top = _object(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT or top["encoding"] != ENCODING:
        raise MalformedError(f"format, encoding: needed {FORMAT!r}, {ENCODING!r}")
    said = Statement(top)
    leaves: dict[object, list[Mapping[str, Fraction]]] = {}
    for number, item in enumerate(_list(top["cases"], "cases")):
        key, y = said.leaf(item, f"cases[{number}]")
        leaves.setdefault(key, []).append(y)
    reasons: list[str] = []
    for owners in said.owners():
        scene = Scene(said, owners)
        for expert in said.profiles("expert"):
            rows = Rows(scene, expert)
            for learner in said.profiles("learner"):
                if not scene.has(expert, learner):
                    continue
                for i in said.players:
                    known = leaves.pop((owners, expert, learner, i), [])
                    if not all(rows.show(gain, known) for gain in scene.gains(learner, i)):
                        pair = f"expert {_actions(expert)} and learner {_actions(learner)}"
                        reasons.append(f"a gain of player {i} is not bounded for {pair}")
    if leaves:
        reasons.append("a leaf is of no pair of the class")
    return tuple(reasons[:9])


def _actions(profile: Profile) -> list[list[int]]:
    return [[row.index(max(row)) for row in table] for table in profile]
