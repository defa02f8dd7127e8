"""Rows by their names: forms that are at most 0."""

import re
from fractions import Fraction

from ..checker import MalformedError, _integer
from .nodes import Bounded, Form, Nodes, Path, add_to
from .statement import ONE


class Rows(Nodes):
    """The rows of one case: those of its nodes, and what bounds single variables."""

    def row(self, name: str, path: Path) -> Form | None:
        """The form that is at most 0, if a row of that name is in force."""
        if name == "asked":
            return {"W 0": -ONE, "U 0": ONE, "": self.said.gap}
        words = name.split(" ")
        match words:
            case ["low" | "high" as side, *rest]:
                size = self.box(rest)
                sign = ONE if side == "high" else -ONE
                return None if size is None else {" ".join(rest): sign, "": -size}
            case ["copy" | "level" as kind, state] if self.rules.level:
                s = _integer(state, name)
                if s not in self.states:
                    return None
                if kind == "copy":
                    return {f"U {s}": -ONE}
                zero = s < self.k or self.rules.level == "everywhere"
                return {f"U {s}": ONE} if zero else None
            case [kind, state, *branch, "=", what]:
                s = _integer(state, name)
                node = self.node(kind, s, branch, path) if s in self.states else None
                to = path.get(" ".join(["to", kind, state, *branch]))
                found = None if node is None or to is None else shared(node, [to, to], what)
                return None if found is None else found[0]
            case ["above" | "reached" as kind, alpha, beta, support, *rest]:
                a, b = direction(alpha, beta)
                states, top = self.support(support), f"{alpha} {beta} {support}"
                if kind == "above" and len(rest) == 1:
                    t: int | None = _integer(rest[0], name)
                else:
                    t = path.get(f"top {top}") if kind == "reached" and not rest else None
                if states is None or t not in states:
                    return None
                form = {f"W {t}": Fraction(a), f"U {t}": Fraction(b), f"M {top}": -ONE}
                return form if kind == "above" else {x: -c for x, c in form.items()}
            case [kind, state, *branch, "|", alpha, beta]:
                s = _integer(state, name)
                node = self.node(kind, s, branch, path) if s in self.states else None
                return None if node is None else self.directed(node, alpha, beta)
        return None

    def box(self, words: list[str]) -> Fraction | None:
        """The largest size of a variable, or None if there is no such variable."""
        most = 1 / (1 - self.said.discount)
        match words:
            case ["U" | "W" | "Z" | "r" | "q" as kind, state]:
                if _integer(state, "variable") not in self.states:
                    return None
                return (ONE if not self.rules.is_void else Fraction(0)) if kind in "rq" else most
            case ["M", alpha, beta, support] if self.support(support) is not None:
                return most * sum(map(abs, direction(alpha, beta)))
        return None

    def directed(self, node: Bounded, alpha: str, beta: str) -> Form | None:
        """The node's row in a direction."""
        a, b = direction(alpha, beta)
        if (a and node.w is None) or (b and node.u is None) or (b > 0 and not node.most):
            return None
        form: Form = {}
        add_to(form, node.w or {}, Fraction(a))
        add_to(form, node.u or {}, Fraction(b))
        for share, support in node.shares:
            if support:
                add_to(form, {f"M {alpha} {beta} {support}": ONE}, -node.scale * share)
            else:
                add_to(form, {"W 0": Fraction(a), "U 0": Fraction(b)}, -node.scale * share)
        return form


def shared(node: Bounded, ends: list[int], kind: str) -> tuple[Form, Form] | None:
    """The node's row at shares (1 - x, x) of the ends: the part without x, and what x multiplies.

    "w" bounds w; "most" and "least" bound u from above and below.
    """
    form = node.w if kind == "w" else node.u
    if form is None or kind not in ("w", "most", "least") or (kind == "most" and not node.most):
        return None
    letter, sign = ("W" if kind == "w" else "U"), (-ONE if kind == "least" else ONE)
    plain: Form = {}
    add_to(plain, form, sign)
    add_to(plain, {f"{letter} {ends[0]}": -node.scale}, sign)
    one, two = f"{letter} {ends[0]}", f"{letter} {ends[1]}"
    return plain, {one: sign * node.scale, two: -sign * node.scale}


def direction(alpha: str, beta: str) -> tuple[int, int]:
    """Two integers, the first from 0."""
    if re.fullmatch(r"0|[1-9][0-9]{0,39}", alpha) and re.fullmatch(r"0|-?[1-9][0-9]{0,39}", beta):
        return int(alpha), int(beta)
    raise MalformedError(f"direction: needed two integers, the first from 0, not {alpha!r:.40}")
