r"""Lines at state level read for n players with A actions each, every part a variable of its own.

`m0_1` is the share of player 0's action 1 that expert and learner agree on, and likewise `x`, `y`
and the parts of the further splits; `co_0_1` is the part \(c_o\) of the opponents together at their
joint action (0, 1); `q_expert_learner_0_1` is \((1-\gamma)\,Q_i^{(\pi^E_i,\pi_{-i})}\) there, in
\([-1,1]\), and `v_expert_learner_0_1` is \((1-\gamma)\sum_{s'}P(s'\mid s,a)
V_i^{(\pi^E_i,\pi_{-i})}(s')\), in \([-1,1]\), too. The player i is player 0.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product

from .. import overlaps
from ..concrete import Entry, continued
from ..expression import Call, Expression, Name, fold
from ..normal import MalformedError, profile_text
from ..parsing import parse_expression
from ..polynomial import Polynomial
from ..words import CONSTANTS, line_vocabulary
from .certificate import ONE, Equation

Joint = tuple[int, ...]
Bag = tuple[str, ...]
SCALE = Entry.variable("u")
_OF_EACH = {"e_i": "mx", "p_i": "my", "e_o": "mx", "p_o": "my", "m_o": "m"}
_RESTS = {"w_o": "e_o", "z_o": "p_o"}


@dataclass(frozen=True)
class Shape:
    """n players with A actions each.

    Attributes:
        players: n.
        actions: A.
    """

    players: int
    actions: int

    @property
    def joints(self) -> tuple[Joint, ...]:
        """All joint actions."""
        return tuple(product(range(self.actions), repeat=self.players))

    def bags(self, part: str, joint: Joint) -> list[Bag]:
        r"""A part of a policy as a sum of products of variables.

        Example:
            >>> Shape(3, 2).bags("z_o", (0, 0, 1))
            [('m1_0', 'y2_1'), ('y1_0', 'm2_1'), ('y1_0', 'y2_1')]
        """
        if part in _RESTS:
            common = self.bags("m_o", joint)
            return [bag for bag in self.bags(_RESTS[part], joint) if bag not in common]
        if part.endswith("_o") and part in _OF_EACH:
            others = range(1, self.players)
            each = ([f"{letter}{j}_{joint[j]}" for letter in _OF_EACH[part]] for j in others)
            return list(product(*each))
        if part in _OF_EACH:
            return [(f"{letter}0_{joint[0]}",) for letter in _OF_EACH[part]]
        if part.endswith("_o"):
            return [("_".join((f"{part[0]}o", *map(str, joint[1:]))),)]
        return [(f"{part.removesuffix('_i')}0_{joint[0]}",)]

    def read(self, expression: Expression, joint: Joint | None = None) -> Entry:
        r"""An expression at state level, or at a joint action; u stands for \(1/(1-\gamma)\).

        Raises:
            MalformedError: it speaks of more than overlaps, of Q and of total variations.
        """
        return fold(expression, lambda node: self._leaf(node, joint), Entry.constant, Entry.power)

    def equations(self) -> Iterator[Equation]:
        """The masses of all parts, each solved for the last of its variables."""
        for j in range(self.players):
            h = Polynomial.variable(f"h{j}")
            for letter, mass in (("m", ONE - h), ("x", h), ("y", h)):
                yield _solved([f"{letter}{j}_{a}" for a in range(self.actions)], mass)
        for part, written in overlaps.MASS.items():
            whole = self.read(parse_expression(written, line_vocabulary())).value
            yield _solved(self._names(part), whole)

    def _names(self, part: str) -> list[str]:
        """The variables of a part, one for each action, or joint action of the opponents."""
        together = part.endswith("_o")
        fixed = (joint[:1] if together else joint[1:] for joint in self.joints)
        rows = zip(self.joints, fixed, strict=True)
        return [self.bags(part, joint)[0][0] for joint, zeros in rows if not any(zeros)]

    def _leaf(self, node: Name | Call, joint: Joint | None) -> Entry:
        match node:
            case Name("n"):
                return Entry.constant(Fraction(self.players))
            case Name(name) if name in CONSTANTS:
                return Entry.variable(name)
            case Name("TV_i"):
                return Entry.variable("h0")
            case Name(name) if name in overlaps.AT_A_STATE:
                return Entry.variable(name)
            case Name(name) if joint is not None and name.endswith(("_i", "_o")):
                return _total(_times(map(Entry.variable, b)) for b in self.bags(name, joint))
            case Call("sum_a", (body,)) if joint is None:
                return _total(self.read(body, one) for one in self.joints)
            case Call("sum_others", (body,)):
                return _total(self._of_other(body, j) for j in range(1, self.players))
            case Call("prod_others", (body,)):
                return _times(self._of_other(body, j) for j in range(1, self.players))
            case Call("Q" | "Qtau", _) if joint is not None:
                letter, _, profile = profile_text(node)[:-1].lower().partition("(")
                named = (letter, *profile.split(", "), *map(str, joint))
                return SCALE * Entry.variable("_".join(named))
            case Call("next", _) if joint is not None and (after := continued(node)) is not None:
                roles = profile_text(after)[5:-1].split(", ")
                return SCALE * Entry.variable("_".join(("v", *roles, *map(str, joint))))
            case _:
                raise MalformedError(
                    "a local step speaks of overlaps, of Q and of total variations only"
                )

    def _of_other(self, body: Expression, j: int) -> Entry:
        def leaf(node: Name | Call) -> Entry:
            return Entry.variable(f"h{j}") if node == Name("TV_j") else self._leaf(node, None)

        return fold(body, leaf, Entry.constant, Entry.power)


def _solved(names: list[str], whole: Polynomial) -> Equation:
    rest = reduce(Polynomial.__sub__, map(Polynomial.variable, names[:-1]), whole)
    return Equation(f"{' + '.join(names)} = {whole}", names[-1], rest)


def _total(entries: Iterable[Entry]) -> Entry:
    return reduce(Entry.__add__, entries, Entry.constant(Fraction(0)))


def _times(entries: Iterable[Entry]) -> Entry:
    return reduce(Entry.__mul__, entries, Entry.constant(Fraction(1)))
