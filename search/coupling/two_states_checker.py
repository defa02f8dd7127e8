r"""The checker of certificates for small errors in two states: no solver, no search.

A certificate states that in no game of its class some player \(i\) gains more than \(c\) (strict),
or \(c\) or more, over the learner's policy. The class: at most two states, a dominant expert, any
kernel, any stationary product policies, rewards in \([-1,1]\), any start, and each \(\mathbb
E_{\mu_{\pi^E}}\|p_j-e_j\|_1\le\varepsilon\). What its reader must follow is this hand argument.

Profiles, values and the way they run together are those of `nashgap.search.coupling.checker`:
\(C=(e_i,e_o)\), \(B=(p_i,p_o)\), \(A=(e_i,p_o)\), as \(e_i\) is a best response; at a common state
\(s\) the draws of \(e_j\) and \(p_j\) agree as often as they can, independently over the players.
Player i disagrees with probability \(a_s\), at least one other one with probability \(q_s\).

1. *The gain.* Let \(w(s)=(V^A-V^B)(s)/H\), \(H=2/(1-\gamma)\), so \(|w|\le1\). If i's draws agree,
   A and B play the same joint action, since both have \(p_o\): the rewards cancel and the next
   state is common. Else they differ by at most H. So \(\bar w=\max(0,\max_sw(s))\) has \(\bar w\le
   a_s+(1-a_s)\gamma\bar w\) at the better state, and \(\bar w\le\varphi(\max_sa_s)\), where
   \(\varphi(x)=x/(1-\gamma+\gamma x)\) increases.
2. *Together.* While all agree, A, B, C stay at a common state; let \(N_s\) be \(1-\gamma\) times
   the discounted expected visits to s till then. As all agree with probability
   \(k_s=(1-a_s)(1-q_s)\), summing over both states \(\sum_sN_s(1-\gamma k_s)=1-\gamma\). With the
   bound of 1 from where others alone disagree, \(w(\nu)\le\sum_sN_sf_s\),
   \(f_s=[a_s+(1-a_s)q_s\gamma\varphi]/(1-\gamma)\).
3. *The errors.* The expert's occupancy \(\mu\) has \(\mu_s\ge N_s\), \(\sum_s\mu_s=1\). As
   \(a_s\) is half of i's distance at s, and \(q_s\) at most half of the sum of the others',
   \(\sum_s\mu_sa_s\le\varepsilon/2\) and \(\sum_s\mu_sq_s\le m\varepsilon/2\), m the number of
   others with two actions. With two states the expert has nowhere else to go, where errors would
   cost nothing: this is what is gained here.

4. *Regrets.* All of the above holds without dominance, but for \(b_i=e_i\). It also gives: where A
   goes, each action of \(e_i\) is worth \(V^A(s)\) against \(p_o\). If A visits one state only,
   the expert stays there while the others agree, so \(\mu_s\ge(1-\gamma)/(1-\gamma(1-q_s))\),
   which bounds \(q_s\), then \(a_s\), then the gain by \(\varphi(a_s)\) ("one state"). Else let
   \(z_s=1/2-(1-\gamma)V^A(s)/2\ge0\) be A's regret, \(z=\min_sz_s\) ("least"), \(d_s=z_{1-s}-z_s\)
   ("drop": \(d_0\)). An own error at s makes B play on from some state t, where its value is
   \(V^A-Hw\), so it is worth at most \(1-z_s\), and at most \(1-z_s-\gamma(1-z_t-w(t))\le
   (1-\gamma)(1-z_s)+\gamma d_s^++\gamma\bar w\): this takes the place of 1 in 1 and 2, whence
   \(\bar w\le\max_s\min(\varphi(a_s)(1-z_s),\,a_s(1-z_s+\gamma d_s^+/(1-\gamma)))\). If \(d_s>0\),
   so \(z_s=z\), let \(x\) be the probability that the others agree and an action of \(e_i\) leads
   away from s: \(z_s\ge\gamma z_s+\gamma xd_s\) for each, so \(x\le\kappa_s=(1-\gamma)z/(\gamma
   d_s)\) ("leaving"). Hence the expert's visits \(L_s=\mu_s-N_s\) to s after some disagreement
   have \(L_s\ge\gamma(L_s+N_sa_s)(1-q_s-\kappa_s)\) ("stay"): those that come from s, the others
   agreeing. (If A does not visit s, \(N_s=0\) and it is true.)

A proof is a tree. It splits the range of \(a_s\) ("own"), \(q_s\) ("others") of one state, or of
"least" or "drop" (with state 0), into "below" and "above" a number; ranges begin as \([0,1]\), or
0 alone for those who have one action, and \([-1,1]\) for "drop". States may be named so that
\(a_0\ge a_1\), so a range of \(a_0\) is cut off below that of \(a_1\), and that of \(a_1\) above
that of \(a_0\); where nothing is left nothing is to be shown. A leaf gives numbers "flow"
\(\alpha\), "mass" \(\beta\), and, at least 0, "own" \(\lambda\), "others" \(\omega\), "stay s"
\(\tau_s\) (0 if left out) with, in either state and at all \((a,q)\) of its ranges, f and
\(\kappa\) being those at the ends of the ranges where they are greatest, and
\(k'=\gamma(1-q-\kappa)\),

\[f-\tau ak'\le\alpha(1-\gamma k)+\beta+\lambda a+\omega q,\qquad
\tau(1-k')\le\beta+\lambda a+\omega q.\]

Weighed by \(N_s\) and \(L_s\) these add up to \(w(\nu)\le\alpha(1-\gamma)+\beta+
\lambda\varepsilon/2+\omega m\varepsilon/2\). This must be \(c/H\) (strict), or less than it. Both
inequalities are affine in \(a\) and in \(q\), so the checker looks at the four corners of the
ranges only.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from ..checker import FORMAT, MalformedError, _integer, _list, _number, _object
from .checker import _Statement

ENCODING = "bc-two-states"
KINDS = ("own", "others")
REGRETS: "Ranges" = {
    ("least", 0): (Fraction(0), Fraction(1)),
    ("drop", 0): (Fraction(-1), Fraction(1)),
}
STAYS = ("stay 0", "stay 1")
Interval = tuple[Fraction, Fraction]
Ranges = dict[tuple[str, int], Interval]


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    top = _object(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT:
        raise MalformedError(f"format: needed {FORMAT!r}")
    said = _TwoStates(top)
    missing = set(said.players)
    reasons: list[str] = []
    for number, item in enumerate(_list(top["cases"], "cases")):
        where = f"cases[{number}]"
        case = _object(item, where, {"players", "tree"})
        shown: dict[tuple[int, ...], tuple[str, ...]] = {}
        for written in _list(case["players"], f"{where}.players"):
            player = _integer(written, f"{where}.players")
            if player not in missing:
                reasons.append(f"{where}: player {player} is not to be shown")
                continue
            missing.discard(player)
            able = tuple(said.able(player).values())  # all that a tree asks about its player
            if able not in shown:
                shown[able] = tuple(said.faults(player, case["tree"], f"{where}.tree"))
            found = shown[able]
            reasons += [f"{where}, player {player}: {fault}" for fault in found]
    reasons += [f"player {player} is not covered" for player in sorted(missing)[:9]]
    return tuple(reasons)


class _TwoStates(_Statement):
    """The class and the threshold, with the numbers of the argument."""

    NEEDED: Mapping[str, str] = {ENCODING: "match-bc"}

    def __init__(self, top: Mapping[str, Any]) -> None:
        super().__init__(top)
        if self.states > 2:
            raise MalformedError("class.states: this argument is for at most two states")
        if "dominant" not in self.names:
            raise MalformedError("class.assumptions: this argument is for a dominant expert")
        self.error = self.names["match-bc"] or Fraction(0)
        if self.names["match-bc"] is None or self.error < 0:
            raise MalformedError("class.assumptions: needed match-bc=e with e at least 0")

    def faults(self, player: int, tree: object, where: str) -> Iterator[str]:
        """Walks the tree, without recursion, and checks its leaves."""
        alone = 2 * self.one_state(player) / (1 - self.discount)
        if alone > self.gap or (alone == self.gap and not self.strict):
            yield f"{where}: a game where A visits one state only may have more"
        able = self.able(player)
        top = {
            (kind, s): (Fraction(0), Fraction(min(able[kind], 1))) for kind in KINDS for s in (0, 1)
        } | REGRETS
        todo: list[tuple[object, Ranges, str]] = [(tree, top, where)]
        while todo:
            node, ranges, at = todo.pop()
            if isinstance(node, dict) and "leaf" in node:
                leaf = _object(node, at, {"leaf"})["leaf"]
                fault = self.fault(player, ordered(ranges), leaf, f"{at}.leaf")
                if fault:
                    yield f"{at}: {fault}"
                continue
            split = _object(node, at, {"of", "state", "at", "below", "above"})
            place = str(split["of"]), _integer(split["state"], f"{at}.state")
            if place not in ranges:
                raise MalformedError(f"{at}: no such range")
            (low, high), middle = ranges[place], _number(split["at"], f"{at}.at")
            if not low < middle < high:
                yield f"{at}: {middle} does not split [{low}, {high}]"
                continue
            todo.append((split["below"], {**ranges, place: (low, middle)}, f"{at}.below"))
            todo.append((split["above"], {**ranges, place: (middle, high)}, f"{at}.above"))

    def able(self, player: int) -> dict[str, int]:
        """How many have two actions: the player, the others."""
        able = [count > 1 for count in self.actions]
        return {"own": int(able[player]), "others": sum(able) - able[player]}

    def one_state(self, player: int) -> Fraction:
        """The bound where A visits one state only."""
        able, c = self.able(player), self.error / 2 / (1 - self.discount)
        return one_state(self.discount, able["own"] * c, able["others"] * c)

    def fault(self, player: int, ranges: Ranges | None, given: object, where: str) -> str | None:
        """Why the multipliers of a leaf do not prove it; None if they do."""
        leaf = _object(given, where, set(), {"flow", "mass", *KINDS, *STAYS})
        y = {name: _number(written, f"{where}.{name}") for name, written in leaf.items()}
        if ranges is None:
            return None
        flow, mass, own, others, *stays = (
            y.get(x, Fraction(0)) for x in ("flow", "mass", *KINDS, *STAYS)
        )
        if min(own, others, *stays) < 0:
            return "a multiplier of an inequality is negative"
        g = self.discount
        worth, later = worths(ranges, g)
        for s, stay in enumerate(stays):
            away = leaving(ranges, g, s)
            for a, q in product(ranges["own", s], ranges["others", s]):
                f = (a * worth[s] + (1 - a) * q * g * later) / (1 - g)
                k, kept = (1 - a) * (1 - q), g * (1 - q - away)
                price = mass + own * a + others * q
                if f - stay * a * kept > flow * (1 - g * k) + price or stay * (1 - kept) > price:
                    return f"the inequalities fail in state {s} at a={a}, q={q}"
        able, half = self.able(player), self.error / 2
        errors = own * able["own"] * half + others * able["others"] * half
        total = 2 * (flow * (1 - g) + mass + errors) / (1 - g)
        if total == self.gap if self.strict else total < self.gap:
            return None
        return f"it proves {total}, not {self.gap}"


def ordered(ranges: Ranges) -> Ranges | None:
    """The ranges where state 0 has the greater own errors; None if that is nowhere."""
    (low, high), (least, most) = ranges["own", 0], ranges["own", 1]
    if high < least:
        return None
    return {**ranges, ("own", 0): (max(low, least), high), ("own", 1): (least, min(most, high))}


def later_worth(most: Fraction, g: Fraction) -> Fraction:
    r"""\(\varphi\), what a common state is worth where each own error is worth 1."""
    return most / (1 - g + g * most) if most else most


def drop(ranges: Ranges, s: int) -> Interval:
    """By how much A's value is less in the other state."""
    low, high = ranges["drop", 0]
    return (-high, -low) if s else (low, high)


def worths(ranges: Ranges, g: Fraction) -> tuple[tuple[Fraction, Fraction], Fraction]:
    """What an own error is worth in either state, and what a common state is, at the most."""
    zero = Fraction(0)
    most = [ranges["own", s][1] for s in (0, 1)]
    down = [max(zero, drop(ranges, s)[1]) for s in (0, 1)]
    left = [1 - ranges["least", 0][0] - max(zero, -drop(ranges, s)[1]) for s in (0, 1)]
    later = max(
        min(later_worth(most[s], g) * left[s], most[s] * (left[s] + g * down[s] / (1 - g)))
        for s in (0, 1)
    )
    first, second = (min(left[s], (1 - g) * left[s] + g * (down[s] + later)) for s in (0, 1))
    return (first, second), later


def leaving(ranges: Ranges, g: Fraction, s: int) -> Fraction:
    """How likely A leaves a state at the most, others agreeing, if the other one is worse."""
    lost = drop(ranges, s)[0]
    if lost <= 0 or not g:
        return Fraction(1)
    return min(Fraction(1), (1 - g) * ranges["least", 0][1] / (g * lost))


def one_state(g: Fraction, own: Fraction, others: Fraction) -> Fraction:
    r"""The bound where A visits one state only.

    From \(c=\varepsilon/(2(1-\gamma))\), 0 for those who have one action, summed over the others.
    """
    q = others * (1 - g) / (1 - g * others) if others < 1 else Fraction(1)
    return later_worth(min(own * (1 - g + g * q), Fraction(1)), g)
