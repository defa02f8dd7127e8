r"""The checker of "bc-two-states" certificates: small errors, a dominant expert, two states.

Terms and statement are those of `common`; `match-bc=x` and `dominant`, at most two states. (One
state is two of which the second is never visited.) The argument from the class to the inequalities:

1. *Profiles.* \(C=(e_i,e_{-i})\) the expert, \(B=(p_i,p_{-i})\) the learner, \(A=(e_i,p_{-i})\): as
   the expert is dominant, \(e_i\) is a best response to \(p_{-i}\), and the gain is
   \(V^A(\nu)-V^B(\nu)\), all values being i's. \(H=2/(1-\gamma)\) is the largest difference of two
   values.
2. *Together.* At a common state s draw for each player j, apart from the others, an action for
   \(e_j\) and one for \(p_j\) so that they agree with probability \(1-\lVert p_j-e_j\rVert_1/2\).
   \(a_s\): i's draws disagree; \(q_s\): those of at least one other do. Where i's agree, A and B
   play the same joint action; where all agree, so does C, and the next state is common to all
   three.
3. *One step.* Let \(w(s)=(V^A-V^B)(s)/H\le1\), \(\bar w=\max(0,\max_sw(s))\). Where i's draws agree
   rewards cancel and the next state is common; else what is left differs by at most H: \(w(s)\le
   a_s+(1-a_s)\gamma \bar w\). At the better state this gives \(\bar w\le\varphi(\max_sa_s)\),
   \(\varphi(a)=a/(1-\gamma+\gamma a)\), which increases.
4. *Visits.* \(N_s\): \(1-\gamma\) times the discounted expected visits to s before any
   disagreement. All agree with probability \(k_s=(1-a_s)(1-q_s)\), so \(\sum_sN_s(1-\gamma
   k_s)=1-\gamma\). From the first disagreement on: if i's, at most H; if only others', the same
   joint action, then \(\gamma\bar w\): \(w(\nu) \le\sum_sN_sf_s\), \(f_s=[a_s+(1-a_s)q_s\gamma\bar
   w]/(1-\gamma)\).
5. *Errors.* \(\mu_s\ge N_s\), as C is there while all agree; \(\sum_s\mu_s=1\). \(\sum_s\mu_sa_s\le
   x/2\), and \(\sum_s\mu_sq_s\le mx/2\) with \(m\) others that have two actions, as \(q_s\) is at
   most the sum of their probabilities. Who has one action never disagrees. The expert has no third
   state to go to, where errors would cost nothing: this is what is gained here.
6. *If A visits one state s only* ("one state"): then \(\nu\) is at s, and C stays there while the
   others agree, so \(\mu_s\ge(1-\gamma)/(1-\gamma(1-q_s))\). With \(o=mx/(2(1-\gamma))\) 5 gives
   \(q_s\le o(1-\gamma)/(1-\gamma o)\) for o < 1, then \(a_s\le(1-\gamma+\gamma
   q_s)x/(2(1-\gamma))\), and 3, at s alone, \(w(\nu)\le\varphi(a_s)\). From here on A visits both
   states.
7. *Regrets.* \(z_s=1/2-V^A(s)/H\in[0,1]\), \(z=\min_sz_s\) ("least"), \(d_s=z_{1-s}-z_s\) ("drop"
   is \(d_0\)), so \(z_s=z+(-d_s)^+\). As \(e_i\) is optimal against \(p_{-i}\) from the start, each
   of its actions at a state that A visits is worth \(V^A(s)\) against \(p_{-i}\). So where i's
   draws disagree at s, A has \(V^A(s)\) on average, while B has \(-H/2\) or more: at most \(1-z_s\)
   for 1 in 3 and 4 (in units of H). Also, B has a reward of -1 or more, then
   \(V^B(t)=H(1/2-z_t-w(t))\) from some t on: at most
   \(1-z_s-\gamma(1-z_t-w(t))\le(1-\gamma)(1-z_s)+\gamma d_s^++\gamma\bar w\). With the least of
   both in 3, \(\bar w\le\max_s\min(\varphi(a_s)(1-z_s),a_s(1-z_s+\gamma d_s^+/(1-\gamma)))\).
8. *Who stays.* Let \(d_s>0\), so \(z_s=z\). For an action of \(e_i\) at s let y be the probability
   that the others agree and it leads away from s. It is worth \(V^A(s)\), and rewards are at most
   1: \(z_s\ge\gamma(z_s+ yd_s)\), so \(y\le\kappa_s=(1-\gamma)z/(\gamma d_s)\) ("leaving"; 1 if
   that is more, or \(d_s\le0\)). \(L_s= \mu_s-N_s\): the expert's visits to s after some
   disagreement. Those that come from s, others' draws agreeing, give
   \(L_s\ge\gamma(L_s+N_sa_s)(1-q_s-\kappa_s)\) ("stay"), which is also true where the last factor
   is negative.
9. *The proof* is a tree. It splits the range of \(a_s\) ("own"), \(q_s\) ("others"), or of "least"
   or "drop" (with state 0), into "below" and "above" a number; ranges begin as \([0,1]\), or 0
   alone for those who have one action, and \([-1,1]\) for "drop". States may be named so that
   \(a_0\ge a_1\), so a range of \(a_0\) is cut off below that of \(a_1\), and that of \(a_1\) above
   that of \(a_0\); where nothing is left nothing is to be shown. 6 is looked at apart from the
   tree.
10. *A leaf* gives numbers "flow" \(\alpha\), "mass" \(\beta\), and, at least 0, "own" \(\lambda\),
   "others" \(\omega\), "stay s" \(\tau_s\) (0 if left out) with, in either state and at all
   \((a,q)\) of its ranges,
   \[f-\tau ak'\le\alpha(1-\gamma k)+\beta+\lambda a+\omega q,\qquad\tau(1-k')\le\beta+\lambda
   a+\omega q,\] \(k'=\gamma(1-q-\kappa)\), f and \(\kappa\) at the ends of the ranges where they
   are greatest. Weighed by \(N_s\) and \(L_s\) and added up, by 4, 5 and 8 they say
   \(w(\nu)\le\alpha(1-\gamma)+\beta+(\lambda+\omega m)x/2\). Times H this must be c (strict), or
   less. As both are affine in \(a\) and in \(q\), the four corners of the ranges are all that needs
   to be looked at.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from .common import ONE, ZERO, MalformedError, Statement, integer, number, object_, statement
from .sums import check_cases

ENCODING = "bc-two-states"
KINDS = ("own", "others")
STAYS = ("stay 0", "stay 1")
Interval = tuple[Fraction, Fraction]
Ranges = dict[tuple[str, int], Interval]
REGRETS: Ranges = {("least", 0): (ZERO, ONE), ("drop", 0): (-ONE, ONE)}


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    said = statement(raw, ENCODING)
    if said.states > 2 or not {"dominant", "match-bc"} <= said.names.keys():
        raise MalformedError("class: needed at most two states, dominant and match-bc=x")

    def faults(
        one: tuple[int, int], which: tuple[()], case: dict[str, Any], where: str
    ) -> Iterator[str]:
        return _Tree(said, *one).faults(case["tree"], f"{where}.tree")

    def kind(player: int) -> tuple[int, int]:
        return int(said.actions[player] > 1), sum(count > 1 for count in said.others(player))

    missing: set[tuple[Any, ...]] = {(player,) for player in said.players}
    return check_cases(said, missing, {"tree"}, lambda *_: (), kind, faults)


class _Tree:
    """The proof for a player: how many have two actions, the player (0 or 1) and the others (m)."""

    def __init__(self, said: Statement, able: int, others: int) -> None:
        self.said, self.g = said, said.discount
        self.able = {"own": able, "others": others}
        half = said.names["match-bc"] / 2
        self.budgets = {kind: count * half for kind, count in self.able.items()}

    def faults(self, tree: object, where: str) -> Iterator[str]:
        """Walks the tree, without recursion, and checks its leaves; yields what is wrong."""
        own, others = (self.budgets[kind] / (1 - self.g) for kind in KINDS)
        alone = 2 * one_state(self.g, own, others) / (1 - self.g)
        if alone > self.said.gap or (alone == self.said.gap and not self.said.strict):
            yield f"{where}: a game where A visits one state only may have more"
        tops = {kind: (ZERO, Fraction(min(self.able[kind], 1))) for kind in KINDS}
        start: Ranges = {(kind, s): tops[kind] for kind in KINDS for s in (0, 1)}
        todo: list[tuple[object, Ranges, str]] = [(tree, start | REGRETS, where)]
        while todo:
            node, ranges, at = todo.pop()
            if isinstance(node, dict) and "leaf" in node:
                leaf = object_(node, at, {"leaf"})["leaf"]
                if fault := self.fault(ordered(ranges), leaf, f"{at}.leaf"):
                    yield f"{at}: {fault}"
                continue
            split = object_(node, at, {"of", "state", "at", "below", "above"})
            place = str(split["of"]), integer(split["state"], f"{at}.state")
            if place not in ranges:
                raise MalformedError(f"{at}: needed a range that there is")
            (low, high), middle = ranges[place], number(split["at"], f"{at}.at")
            if not low < middle < high:
                yield f"{at}: {middle} does not split [{low}, {high}]"
                continue
            todo.append((split["below"], {**ranges, place: (low, middle)}, f"{at}.below"))
            todo.append((split["above"], {**ranges, place: (middle, high)}, f"{at}.above"))

    def fault(self, ranges: Ranges | None, given: object, where: str) -> str | None:
        """Why the numbers of a leaf do not prove it; None if they do (10)."""
        leaf = object_(given, where, set(), {"flow", "mass", *KINDS, *STAYS})
        y = {name: number(written, f"{where}.{name}") for name, written in leaf.items()}
        if ranges is None:
            return None
        flow, mass, own, others, *stays = (y.get(x, ZERO) for x in ("flow", "mass", *KINDS, *STAYS))
        if min(own, others, *stays) < 0:
            return "a multiplier of an inequality is negative"
        g = self.g
        worth, later = worths(ranges, g)
        for s, stay in enumerate(stays):
            away = leaving(ranges, g, s)
            for a, q in product(ranges["own", s], ranges["others", s]):
                f = (a * worth[s] + (1 - a) * q * g * later) / (1 - g)
                k, kept = (1 - a) * (1 - q), g * (1 - q - away)
                price = mass + own * a + others * q
                if f - stay * a * kept > flow * (1 - g * k) + price or stay * (1 - kept) > price:
                    return f"the inequalities fail in state {s} at a={a}, q={q}"
        errors = own * self.budgets["own"] + others * self.budgets["others"]
        total = 2 * (flow * (1 - g) + mass + errors) / (1 - g)
        if total == self.said.gap if self.said.strict else total < self.said.gap:
            return None
        return f"it proves {total}, not {self.said.gap}"


def ordered(ranges: Ranges) -> Ranges | None:
    """The ranges where state 0 has the greater own errors; None if that is nowhere (9)."""
    (low, high), (least, most) = ranges["own", 0], ranges["own", 1]
    if high < least:
        return None
    return {**ranges, ("own", 0): (max(low, least), high), ("own", 1): (least, min(most, high))}


def later_worth(most: Fraction, g: Fraction) -> Fraction:
    r"""\(\varphi\), what a common state is worth where each own error is worth 1 (3)."""
    return most / (1 - g + g * most) if most else most


def drop(ranges: Ranges, s: int) -> Interval:
    """By how much A's value is less in the other state."""
    low, high = ranges["drop", 0]
    return (-high, -low) if s else (low, high)


def worths(ranges: Ranges, g: Fraction) -> tuple[tuple[Fraction, Fraction], Fraction]:
    """What an own error is worth in either state, and what a common state is, at the most (7)."""
    most = [ranges["own", s][1] for s in (0, 1)]
    down = [max(ZERO, drop(ranges, s)[1]) for s in (0, 1)]
    left = [1 - ranges["least", 0][0] - max(ZERO, -drop(ranges, s)[1]) for s in (0, 1)]
    later = max(
        min(later_worth(most[s], g) * left[s], most[s] * (left[s] + g * down[s] / (1 - g)))
        for s in (0, 1)
    )
    first, second = (min(left[s], (1 - g) * left[s] + g * (down[s] + later)) for s in (0, 1))
    return (first, second), later


def leaving(ranges: Ranges, g: Fraction, s: int) -> Fraction:
    """How likely A leaves a state at the most, others agreeing, if the other one is worse (8)."""
    lost = drop(ranges, s)[0]
    if lost <= 0 or not g:
        return ONE
    return min(ONE, (1 - g) * ranges["least", 0][1] / (g * lost))


def one_state(g: Fraction, own: Fraction, others: Fraction) -> Fraction:
    r"""The bound where A visits one state only (6).

    From \(x/(2(1-\gamma))\), 0 for those who have one action, summed over the others.
    """
    q = others * (1 - g) / (1 - g * others) if others < 1 else ONE
    return later_worth(min(own * (1 - g + g * q), ONE), g)
