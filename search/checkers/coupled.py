r"""The checker of certificates for matched states and for small errors, in any number of states.

Terms and statement are those of `common`. The profiles: \(C=(e_i,e_{-i})\) the expert,
\(B=(p_i,p_{-i})\) the learner, \(A=(b,p_{-i})\) with a pure best response \(b\) of player \(i\) to
the learner's others. The gain is \(V^A(\nu)-V^B(\nu)\), all values being i's. One leaf is a sum of
rows for each player in question; the rows depend on a player by whether it has two actions
("alone": it has one) and on the number \(m\) of others that have.

**"mu-any-kernel"**, `match-mu`. Variables: \(W=V^A(\nu)\), \(V=V^B(\nu)\), and "Wn", "Vn", their
means one step later. "low x", "high x": all lie in \([-1/(1-\gamma),1/(1-\gamma)]\). "asked":
\(W-V\ge c\) (> c if strict).

0. Rewards depend on the state alone with `state-rewards`, and with `own-rewards` if two players or
   more have common or opposite ones, as one function depends on each action alone.
1. "alone": \(W=V\) if i has one action. Also if rewards depend on the state alone and \(V^A(\nu)\le
   V^C(\nu)\), for then \(V^B(\nu)=\sum_s\mu(s)r(s)/(1-\gamma)=V^C(\nu)\). So it is if the expert is
   team-optimal, or if it is Nash and \(m=0\), as then \(p_{-i}=e_{-i}\).
2. "next": if rewards depend on the state alone the first ones are equal: \(W-V=\gamma(Wn-Vn)\).

**"bc-any-kernel"**, `match-bc=x`. Let \(H=2/(1-\gamma)\), the largest difference of two values, and
\(u=x/(2(1-\gamma))\). "gain" is the gain divided by H; all variables lie in \([0,1]\). "asked": H
gain \(\ge c\) (> c if strict). "alone": gain = 0 if i has one action.

3. *Together.* Run A, B, C from one start. At a common state s draw for each player j, apart from
   the others, an action for \(e_j\) and one for \(p_j\) so that they agree with probability
   \(1-\lVert p_j-e_j\rVert_1/2\), the greatest possible. While all agree, B and C stay together, on
   the expert's own path. The weight of an event is the sum over t of \(\gamma^t\) times its
   probability at time t. "The first disagreement is j's" has weight at most \(\sum_t\gamma^t\mathbb
   E\lVert p_j-e_j\rVert_1/2\) along the expert's path, so at most u; for one of the others, at most
   \(mu\). Events of which at most one can happen first, and once, have weights that sum to at most
   1.
4. *`dominant`:* \(b=e_i\), so A plays i's draw of \(e_i\) and is with B and C while all agree. x: i
   disagrees first (perhaps others too); what is left of A and B differs by at most H. y: others do,
   i agrees: A and B play the same joint action, then differ by at most \(\gamma H\). "gain
   dominant": gain \(\le x+\gamma y\).
5. *`team-optimal`, or Nash with \(m=0\):* \(V^A(\nu)\le V^C(\nu)\), and C and B differ by at most H
   from the first disagreement on. "gain expert": gain \(\le x+y\).
6. For 4 and 5: "own": \(x\le u\); "others": \(y\le mu\); "first": \(x+y\le1\).
7. *Nash.* A plays \(b\). Until the first of these events A, B, C are together at a state s that the
   expert visits: x1: i's \(e,p\) disagree; then at most H. y1: i's agree with b's action, others
   disagree: A and B play the same, then at most \(\gamma H\). d, z: i's agree on another action
   than b's ("b departs"), while the others agree (d), or not (z).
8. *Where b departs.* Let \(Q\) be i's optimal value of an action at s against \(e_{-i}\), a the
   action that i's draws agree on. a is played by the Nash expert at a visited state, so \(Q(b)\le
   Q(a)=\) the best, and the rest of A minus that of B is at most [rest of A - Q(b)] + [Q(a) - rest
   of B]. The others' draws do not depend on a: average over them. First bracket: in d one joint
   action for both, so at most \(\gamma H\); in z, H. Second: in z at most H; in d B and the expert
   play one joint action, and go to a state that the expert visits, where the optimal value is C's:
   there C and B differ by at most H from their next disagreement on: x2 if it is i's, y2 if it is
   the others'. So "gain nash": gain \(\le x_1+\gamma y_1+\gamma d+2z+x_2+y_2\).
9. x1 and x2, together, are first disagreements of \(e\) and \(p\) that are i's, as \(e,p\) agree in
   d; y1, z and y2 the others': "own nash": \(x_1+x_2\le u\); "others nash": \(y_1+z+y_2\le mu\).
   "first nash": \(x_1+y_1+d+z\le1\). x2 and y2 come after d by one step or more: "after":
   \(x_2+y_2\le\gamma d\).
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .common import ONE, ZERO, MalformedError, Statement, statement
from .sums import Form, Row, check_cases, fault_of

NEEDED = {"mu-any-kernel": "match-mu", "bc-any-kernel": "match-bc"}
"""Encodings, and the assumption that each is for."""
ENCODINGS = tuple(NEEDED)


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    said = statement(raw, *ENCODINGS)
    if NEEDED[said.encoding] not in said.names:
        raise MalformedError(f"class.assumptions: needed {NEEDED[said.encoding]}")

    def faults(
        one: tuple[bool, int], which: tuple[()], case: dict[str, Any], where: str
    ) -> Iterator[str]:
        fault = fault_of(rows(said, *one).get, case["leaf"], f"{where}.leaf")
        yield from [f"{where}: {fault}"] if fault else []

    missing: set[tuple[Any, ...]] = {(player,) for player in said.players}
    return check_cases(said, missing, {"leaf"}, lambda *_: (), lambda i: kind(said, i), faults)


def kind(said: Statement, player: int) -> tuple[bool, int]:
    """Whether a player has one action, and how many others have two."""
    return said.actions[player] == 1, sum(count > 1 for count in said.others(player))


def rows(said: Statement, alone: bool, others: int) -> dict[str, Row]:
    """Every row in force for an exploiting player."""
    optimal = "team-optimal" in said.names or (said.is_nash and not others)
    return (mu_rows if said.encoding == "mu-any-kernel" else bc_rows)(said, alone, others, optimal)


def mu_rows(said: Statement, alone: bool, others: int, optimal: bool) -> dict[str, Row]:
    """Those of 1 and 2."""
    g, most = said.discount, 1 / (1 - said.discount)
    shared = said.names.keys() & {"common-payoff", "team-optimal", "zero-sum"}
    own = "own-rewards" in said.names and len(said.actions) > 1
    by_state = "state-rewards" in said.names or bool(own and shared)
    found = box(("W", "V", "Wn", "Vn"), -most, most)
    found["asked"] = Row({"W": -ONE, "V": ONE, "": said.gap}, is_strict=said.strict)
    if alone or (by_state and optimal):
        found["alone"] = Row({"W": ONE, "V": -ONE}, is_equation=True)
    if by_state:
        found["next"] = Row({"W": ONE, "V": -ONE, "Wn": -g, "Vn": g}, is_equation=True)
    return found


def bc_rows(said: Statement, alone: bool, others: int, optimal: bool) -> dict[str, Row]:
    """Those of 3 to 9."""
    g = said.discount
    u = said.names["match-bc"] / (2 * (1 - g))
    found = box(("gain", "x", "y", "x1", "y1", "d", "z", "x2", "y2"), ZERO, ONE)
    found["asked"] = Row({"gain": -2 / (1 - g), "": said.gap}, is_strict=said.strict)
    if alone:
        found["alone"] = Row({"gain": ONE}, is_equation=True)
    found["own"] = at_most(u, x=ONE)
    found["others"] = at_most(others * u, y=ONE)
    found["first"] = at_most(ONE, x=ONE, y=ONE)
    if "dominant" in said.names:
        found["gain dominant"] = at_most(ZERO, gain=ONE, x=-ONE, y=-g)
    if optimal:
        found["gain expert"] = at_most(ZERO, gain=ONE, x=-ONE, y=-ONE)
    if said.is_nash:
        found["gain nash"] = at_most(
            ZERO, gain=ONE, x1=-ONE, y1=-g, d=-g, z=Fraction(-2), x2=-ONE, y2=-ONE
        )
        found["own nash"] = at_most(u, x1=ONE, x2=ONE)
        found["others nash"] = at_most(others * u, y1=ONE, z=ONE, y2=ONE)
        found["first nash"] = at_most(ONE, x1=ONE, y1=ONE, d=ONE, z=ONE)
        found["after"] = at_most(ZERO, x2=ONE, y2=ONE, d=-g)
    return found


def at_most(bound: Fraction, **terms: Fraction) -> Row:
    """The sum of the terms is at most the bound."""
    form: Form = {**terms, "": -bound}
    return Row(form)


def box(variables: tuple[str, ...], low: Fraction, high: Fraction) -> dict[str, Row]:
    """What bounds single variables."""
    lows = {f"low {x}": Row({x: -ONE, "": low}) for x in variables}
    return lows | {f"high {x}": Row({x: ONE, "": -high}) for x in variables}
