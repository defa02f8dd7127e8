r"""Learner's and expert's opponents, and how far regularised values move from the one to the other.

Each statement holds both ways: with learner and expert exchanged it is proved by the same chain.
"""

from dataclasses import dataclass

from ..chain import Derivation, derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold


@dataclass(frozen=True)
class Side:
    r"""One of the two.

    Attributes:
        role: whose opponents.
        others: what they play.
        rest: what is left of it beside what both play.
        response: the soft best response to them.
    """

    role: str
    others: str
    rest: str
    response: str

    @property
    def q(self) -> str:
        r"""\(Q^\tau_i\) against them."""
        return f"Qtau(soft, {self.role})"

    @property
    def value(self) -> str:
        r"""\(V^\tau_i\) against them."""
        return f"Vtau_at(soft, {self.role})"

    def worth(self, own: str) -> str:
        """What a policy of player i is worth against them."""
        return f"sum_a({own}*{self.others}*{self.q})"


LEARNER = Side("learner", "p_o", "g_o", "bp")
EXPERT = Side("expert", "e_o", "f_o", "be")


def action_values(name: str, one: Side, other: Side) -> Derivation:
    """How much more any policy of player i is worth against the one, in action values."""
    same = f"{one.q} - {other.q} <= gamma*soft_values_apart"
    high = f"{other.q} <= (1 + gamma*tau*log_actions)/(1 - gamma)"
    return (
        derivation(name, level="state")
        .start(f"{one.worth('any_i')} - {other.worth('any_i')}")
        .eq(
            f"sum_a(any_i*(c_o + {one.rest})*{one.q})"
            f" - sum_a(any_i*(c_o + {other.rest})*{other.q})",
            by=Unfold(("split by c_o",)),
        )
        .le(
            "TV_o*(2 + gamma*tau*log_actions)/(1 - gamma) + gamma*soft_values_apart",
            by=Local(
                (
                    LocalTerm("1", ("any_i", "c_o"), same),
                    LocalTerm("1", ("any_i", one.rest), same),
                    LocalTerm("1", ("any_i", one.rest), high),
                    LocalTerm("1", ("any_i", other.rest), f"-{other.q} <= 1/(1 - gamma)"),
                )
            ),
        )
        .le(
            "(n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(2*(1 - gamma)) + gamma*soft_values_apart",
            by=Combination(
                (
                    Term("2/(1 - gamma)", ("opponents_disagree_le_largest",)),
                    Term(
                        "gamma/(1 - gamma)",
                        ("tau >= 0", "log_actions >= 0", "opponents_disagree_le_largest"),
                    ),
                )
            ),
        )
    )


def values(name: str, one: Side, other: Side) -> Derivation:
    """How much larger the regularised value is against the one."""
    own, entropy = f"{one.response}_i", f"tau*{one.response}_entropy_i"
    mine, yours = one.worth(own), other.worth(own)
    return (
        derivation(name, level="state")
        .start(f"{one.value} - {other.value}")
        .eq(f"{mine} + {entropy} - {other.value}", by=Unfold(("Vtau",)))
        .le(
            f"{mine} - {yours}",
            by=Combination((Term("1", (f"{yours} + {entropy} <= {other.value}",)),)),
        )
        .le("soft_apart", by=Combination((Term("1", (f"{mine} - {yours} <= soft_apart",)),)))
    )
