"""What the class says of the rewards beside one expert, row by row, and what bounds a gain."""

from collections.abc import Mapping
from fractions import Fraction

from ..checker import IMPLY_NASH, _integer
from .scene import Form, Scene, Visits, by_state, difference, played, replaced
from .statement import ZERO, Profile, Row, pure_row


class Rows:
    """What the class says of the rewards beside one expert."""

    def __init__(self, scene: Scene, expert: Profile) -> None:
        self.scene, self.expert = scene, expert
        self.kept: dict[str, tuple[Form, Fraction] | None] = {}

    def show(self, gain: Form, leaves: list[Mapping[str, Fraction]]) -> bool:
        """Whether the multipliers of some leaf, or none, bound a gain by what is excluded."""
        said = self.scene.said
        for y in ({}, *leaves):
            left, bound = dict(gain), ZERO
            for name, weight in y.items():
                row = self.row(name) if weight >= 0 else None
                if row is None:
                    break
                form, beta = row
                bound += weight * beta
                for x, c in form.items():
                    left[x] = left.get(x, ZERO) - weight * c
            else:
                for x, c in left.items():
                    bound += c * self.scene.fixed[x] if x in self.scene.fixed else abs(c)
                if bound < said.gap or (bound == said.gap and said.strict):
                    return True
        return False

    def row(self, name: str) -> tuple[Form, Fraction] | None:
        """The form and its bound, if there is such a row."""
        if name not in self.kept:
            self.kept[name] = self.made(name)
        return self.kept[name]

    def made(self, name: str) -> tuple[Form, Fraction] | None:
        """The row of that name, made anew."""
        scene, expert = self.scene, self.expert
        said, names = scene.said, scene.said.names
        margin = said.parameters.get("margin")
        kind, *words = name.split(" ")
        last = [_integer(w, name) for w in words[-1].split(".")] if words else []
        if kind == "team" and len(words) == 1 and "team-optimal" in names:
            profile = self.joint(last)
            return None if profile is None else self.less(0, profile, expert)
        numbers = [_integer(w, name) for w in (words if kind == "perfect" else words[:-1])]
        i = numbers[0] if numbers and numbers[0] < len(said.actions) else None
        if i is None:
            return None
        if kind == "perfect" and len(numbers) == 3 and "subgame-perfect" in names:
            return self.step(i, numbers[1], numbers[2], expert, margin or ZERO)
        b = self.policy(i, last)
        if b is None:
            return None
        if kind == "nash" and len(words) == 2 and names & (IMPLY_NASH - {"dominant"}):
            return self.less(i, replaced(expert, i, b), expert)
        if kind == "margin" and len(words) == 4 and margin is not None:
            _, s, a = numbers
            if s not in by_state(scene.occupancy(expert)) or a >= said.actions[i]:
                return None
            if expert[i][s][a] == 1:
                return None
            return self.step(i, s, a, replaced(expert, i, b), margin)
        if kind == "against" and len(words) == 3 and "dominant" in names:
            others = self.joint([_integer(w, name) for w in words[1].split(".")])
            if others is not None:
                return self.less(i, replaced(others, i, b), replaced(others, i, expert[i]))
        return None

    def less(self, i: int, one: Profile, other: Profile) -> tuple[Form, Fraction]:
        """That one policy is worth no more than the other from the start."""
        return difference(self.scene.value(i, one), self.scene.value(i, other)), ZERO

    def step(
        self, i: int, s: int, a: int, then: Profile, margin: Fraction
    ) -> tuple[Form, Fraction] | None:
        """One action against the expert's opponents, then a policy: no better than the expert."""
        scene, said = self.scene, self.scene.said
        if s >= said.size or a >= said.actions[i]:
            return None
        total: Visits = {}
        once = replaced(self.expert, i, (pure_row(a, said.actions[i]),) * said.size)
        ahead = scene.ahead(then)
        for joint, w in played(once, s).items():
            total[s, joint] = total.get((s, joint), ZERO) + w
            for t, p in enumerate(said.kernel[s, joint]):
                for at, n in ahead[t].items() if p else ():
                    total[at] = total.get(at, ZERO) + said.discount * w * p * n
        own = scene.form(i, scene.ahead(self.expert)[s])
        lead = ZERO if self.expert[i][s][a] == 1 else margin
        return difference(scene.form(i, total), own), -lead

    def policy(self, i: int, actions: list[int]) -> tuple[Row, ...] | None:
        """The pure policy of a player that plays these actions."""
        count = self.scene.said.actions[i]
        if len(actions) != self.scene.said.size or max(actions) >= count:
            return None
        return tuple(pure_row(a, count) for a in actions)

    def joint(self, numbers: list[int]) -> Profile | None:
        """The pure policies that play these joint actions."""
        said = self.scene.said
        if len(numbers) != said.size or max(numbers) >= len(said.joints):
            return None
        return tuple(
            tuple(pure_row(said.joints[k][i], count) for k in numbers)
            for i, count in enumerate(said.actions)
        )
