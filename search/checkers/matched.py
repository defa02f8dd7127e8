r"""The checker of "any-kernel" and "deterministic" certificates: the learner matches \(\rho\).

Terms and statement are those of `common`. The argument from the class to the rows:

1. *One player.* Let \(i\) gain by \(b\), pure and optimal from every state. Equal \(\rho\) means
   the same visited states \(S_+\), \(k=|S_+|\), which neither policy leaves, and there \(p=e\). So
   \(V_i^p(\nu)=V_i^e(\nu)\).
2. *Two value functions.* \(W\): \(i\)'s optimal values against \(p_{-i}\), those of \(b\). \(U\):
   its optimal values against \(e_{-i}\) if the expert is Nash, or if \(i\) has one action; else
   \(V_i^e\). Nash: what is optimal against \(e_{-i}\) is worth no more than \(e_i\) from the start,
   hence no more at any visited state: \(U=V_i^e\) on \(S_+\) in all cases. So the gain is
   \(\sum_s\nu(s)(W-U)(s)\), at most \(W(s_0)-U(s_0)\) at some \(s_0\) with \(\nu(s_0)>0\).
3. *Names.* Number the states: \(S_+=\{0,\dots,k-1\}\), \(s_0=0\). To be contradicted: "asked",
   \(W_0-U_0\ge c\) (> c if strict). "low x", "high x": \(|U|,|W|\le1/(1-\gamma)\).
4. *One step at a visited s*, \(U\) optimal. There \(e_{-i}=p_{-i}\), so \(b\)'s action has one
   expected reward \(q\) and one distribution \(P\) against both: \(W_s=q+\gamma PW\), \(U_s\ge
   q+\gamma PU\), whence \(W_s-U_s\le\gamma P(W-U)\). Let the choice "move s" be a \(t\) with
   \(P(t)>0\) at which \(W-U\) is greatest. "step s t": \(W_s-U_s\le\gamma(W_t-U_t)\). If i has one
   action, \(b=e_i\) there and \(t<k\). These are the rows of "any-kernel".
5. *"deterministic"*, only if kernel and policies are assumed so. Each step leads to one state:
   "move s" is where \(b\) leads against \(p_{-i}\); at visited s "expert s" is where \(e\) does,
   \(t<k\); at unvisited u "against u" is where the policy whose values \(U\) are does against
   \(e_{-i}\). With rewards \(q_s,r_s\in[-1,1]\) of these steps: "move s t": \(W_s=q_s+\gamma W_t\);
   "expert s t", "against s t": \(U_s=r_s+\gamma U_t\); "optimal s t" for visited s, \(U\) optimal:
   \(U_s\ge q_s+\gamma U_t\), as in 4. If i has one action, "move s" stays in \(S_+\) for visited s.
6. *Nobody else can differ:* if all others have one action and \(U\) is optimal, \(U\) and \(W\) are
   the optimal values of one problem. "same u", for unvisited u: \(W_u=U_u\).
7. *`strict-nash`.* \(e_i\) is pure on \(S_+\): else it could play one of the actions that it mixes
   at no loss. Let \(t\ge k\) follow \(b\)'s action at \(s<k\). That action is then not \(e_i(s)\),
   which stays in \(S_+\). Were it optimal, i.e. \(U_s=q+\gamma PU\), then playing it at s and what
   is optimal elsewhere would be worth \(U\) too: a deviation at a visited state at no loss. So
   \(U_s>q+\gamma PU\), and "step s t" and "optimal s t" are strict for \(t\ge k\).
8. *Symmetry.* Rows and choices do not change when visited states other than 0 are renamed, or
   unvisited ones. So those that the path does not name are interchangeable; roles are visited, not.
9. *All of it.* To be shown: every player in question, and every \(k\) that the class allows. Rows
   depend on the player by two facts only: whether it has two actions, and whether another one has.
"""

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from .common import ONE, ZERO, MalformedError, Statement, integer, object_, statement
from .sums import Path, Row, check_cases, fault_of, faults_of

ENCODINGS = ("any-kernel", "deterministic")
MOST = 10**6


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    said = statement(raw, *ENCODINGS)
    if "match-rho" not in said.names:
        raise MalformedError("class.assumptions: needed match-rho")
    if said.encoding == "deterministic" and not {"deterministic", "pure"} <= said.names.keys():
        raise MalformedError("encoding: needed the assumptions deterministic and pure")
    if said.states * len(said.players) > MOST:
        raise MalformedError("class: needed a smaller one")

    def kind(player: int) -> tuple[bool, bool]:
        return said.actions[player] > 1, max(said.others(player), default=1) > 1

    def faults(
        one: tuple[bool, bool], which: tuple[int], case: dict[str, Any], where: str
    ) -> Iterator[str]:
        return faults_of(Matched(said, *which, *one), case["tree"], f"{where}.tree")

    missing = {(player, k) for player in said.players for k in said.sizes()}
    return check_cases(said, missing, {"visited", "tree"}, _visited, kind, faults)


def _visited(case: dict[str, Any], where: str) -> tuple[int]:
    return (integer(case["visited"], f"{where}.visited"),)


class Matched:
    """The rows and choices of one case."""

    def __init__(self, said: Statement, k: int, can_deviate: bool, others_differ: bool) -> None:
        self.said, self.k = said, k
        self.can_deviate, self.others_differ = can_deviate, others_differ
        self.is_optimal = said.is_nash or not can_deviate
        self.is_detailed = said.encoding == "deterministic"

    def options(self, choice: str, path: Path) -> Mapping[int, Hashable] | None:
        """The states that a choice may lead to, visited or not (4, 5)."""
        name, s = self.words(choice)
        inside = s < self.k
        if s >= self.said.states or not {
            "move": self.is_detailed or (inside and self.is_optimal),
            "expert": self.is_detailed and inside,
            "against": self.is_detailed and not inside,
        }.get(name):
            return None
        stays = inside and (name == "expert" or not self.can_deviate)
        return {t: t < self.k for t in range(self.k if stays else self.said.states)}

    def named(self, choice: str, option: int) -> set[int]:
        """The states that a choice and its option name."""
        return {self.words(choice)[1], option}

    def words(self, text: str) -> tuple[str, int]:
        """A word and a state."""
        name, _, s = text.partition(" ")
        return name, integer(s, f"{text:.60}")

    def leaf(self, node: object, path: Path, where: str) -> str | None:
        """Why the multipliers of a leaf are no contradiction; None if they are one."""
        given = object_(node, where, {"leaf"})["leaf"]
        return fault_of(lambda name: self.row(name, path), given, where)

    def row(self, name: str, path: Path) -> Row | None:
        """The row of that name, if it is in force."""
        g = self.said.discount
        match name.split(" "):
            case ["asked"]:
                return Row({"W 0": -ONE, "U 0": ONE, "": self.said.gap}, is_strict=self.said.strict)
            case ["low" | "high" as side, kind, state]:
                size = self.box(kind, integer(state, name))
                sign = ONE if side == "high" else -ONE
                return None if size is None else Row({f"{kind} {state}": sign, "": -size})
            case ["same", state]:
                s = integer(state, name)
                alike = self.k <= s < self.said.states and not self.others_differ
                form = {f"W {s}": ONE, f"U {s}": -ONE}
                return Row(form, is_equation=True) if alike and self.is_optimal else None
            case [kind, state, to]:
                s, t = integer(state, name), integer(to, name)
                choice = "move" if kind in ("step", "optimal") else kind
                return self.step(kind, s, t, g) if path.get(f"{choice} {s}") == t else None
        raise MalformedError(f"row: needed another name than {name!r:.60}")

    def step(self, kind: str, s: int, t: int, g: Fraction) -> Row | None:
        """The row of one step from s to t, where that is chosen."""
        better = self.is_optimal and s < self.k
        strict = "strict-nash" in self.said.names and t >= self.k and kind in ("step", "optimal")
        terms: list[tuple[str, Fraction]]
        match kind:
            case "step" if better and not self.is_detailed:
                terms = [(f"W {s}", ONE), (f"U {s}", -ONE), (f"W {t}", -g), (f"U {t}", g)]
            case "optimal" if better and self.is_detailed:
                terms = [(f"q {s}", ONE), (f"U {t}", g), (f"U {s}", -ONE)]
            case "expert" | "against" if self.is_detailed:
                terms = [(f"U {s}", ONE), (f"r {s}", -ONE), (f"U {t}", -g)]
            case "move" if self.is_detailed:
                terms = [(f"W {s}", ONE), (f"q {s}", -ONE), (f"W {t}", -g)]
            case _:
                return None
        form: dict[str, Fraction] = {}
        for x, c in terms:  # s and t may be one state
            form[x] = form.get(x, ZERO) + c
        return Row(form, kind in ("expert", "against", "move"), strict)

    def box(self, kind: str, s: int) -> Fraction | None:
        """The largest size of a variable, or None if there is no such variable."""
        if s >= self.said.states:
            return None
        if kind in ("U", "W"):
            return 1 / (1 - self.said.discount)
        return ONE if kind in ("r", "q") and self.is_detailed else None
