"""What the kernel takes on trust, each item tested exactly on seeded random games."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import prod
from random import Random
from typing import Any

import pytest

from nashgap.numeric.reading import Reading
from nashgap.theory.assumptions import known, parse_assumptions
from nashgap.theory.chain import as_expression
from nashgap.theory.claim import OutsideDomain
from nashgap.theory.domain import FINITE_C
from nashgap.theory.enclosure import tanh_bounds
from nashgap.theory.grounds import _soft, definitions, facts, grounds, visitation
from nashgap.theory.grounds._kinds import PARAMETER
from nashgap.theory.grounds._registry import CONSEQUENCES
from nashgap.theory.interpretation import At, Interpretation, solve
from nashgap.theory.overlaps import MASS
from nashgap.theory.parsing import parse_relation
from nashgap.theory.rational import Rational
from nashgap.theory.signs import is_nonnegative
from nashgap.theory.words import ROWS, line_vocabulary

from ._games import F, finite_concentrability, named_readings, random_readings, zero_sum_readings

Check = Callable[[], None]


def _places(reader: Interpretation, level: str, others: bool) -> Iterator[At]:
    model = reader.model
    for i in range(model.players):
        opponents = [j for j in range(model.players) if j != i] if others else [-1]
        for j in opponents:
            if level == "scalar":
                yield At(i, other=j)
                continue
            for s in range(model.num_states):
                if level == "state":
                    yield At(i, s, other=j)
                else:
                    yield from (At(i, s, a, j) for a in model.joint_actions())


def _holds_everywhere(source: str, level: str, count: int = 12) -> int:
    left, relation, right = parse_relation(source, line_vocabulary())
    others = "_j" in source and "others" not in source
    seen = 0
    for model in random_readings(count):
        if "C" in source.split() and not finite_concentrability(model):
            continue
        reader = Interpretation(model)
        for at in _places(reader, level, others):
            low, high = reader.read(left, at), reader.read(right, at)
            holds = {"==": low == high, "<=": low <= high, ">=": low >= high}[relation]
            assert holds, f"{source} at {at}: {low}, {high}"
            seen += 1
    return seen


PLAIN = [d for d in (*definitions().values(), visitation()) if d not in _soft.DEFINITIONS]


@pytest.mark.parametrize("definition", PLAIN, ids=str)
def test_definitions(definition: object) -> None:
    for source in definition.instances:  # type: ignore[attr-defined]
        assert _holds_everywhere(source, definition.level) > 10  # type: ignore[attr-defined]


HARD = [fact for fact in facts() if fact not in _soft.FACTS]
"""Those of soft best responses have tests of their own, in balls."""


@pytest.mark.parametrize("fact", HARD, ids=lambda fact: fact.ground.name)
def test_facts(fact: object) -> None:
    for source in fact.instances:  # type: ignore[attr-defined]
        assert _holds_everywhere(source, fact.level, 6) > 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "consequence",
    [c for c in CONSEQUENCES if c not in _soft.CONSEQUENCES],
    ids=lambda c: c.ground.name,
)
def test_consequences_hold_where_the_assumption_does_and_not_everywhere(
    consequence: Any,
) -> None:
    left, relation, right = parse_relation(
        consequence.relation.replace(PARAMETER, "1/5"),
        line_vocabulary(),
    )
    assumption = known().get(consequence.assumption)
    if PARAMETER in consequence.relation:
        (assumption,) = parse_assumptions(f"{consequence.assumption}=1/5")
    met, broken = 0, 0
    for model in (*(m for _, m in named_readings()), *random_readings(12), *zero_sum_readings()):
        reader = Interpretation(model)
        try:
            places = list(_places(reader, consequence.level, False))
            pairs = [(reader.read(left, at), reader.read(right, at)) for at in places]
            holds = all(low == high if relation == "==" else low <= high for low, high in pairs)
        except OutsideDomain:  # an infinite C
            holds = False
        if assumption is None:
            assert consequence.assumption == FINITE_C
            fits: bool | None = finite_concentrability(model)
        else:
            fits = assumption.holds(model).holds  # type: ignore[union-attr]
        if fits is True:
            assert holds
            met += 1
        broken += not holds
    assert met >= 2
    assert broken >= 2


PARTS = [
    ("e_i", "m_i + x_i"),
    ("p_i", "m_i + y_i"),
    ("e_o", "m_o + w_o"),
    ("p_o", "m_o + z_o"),
]


def test_overlaps() -> None:
    for whole, parts in PARTS:
        _holds_everywhere(f"{whole} == {parts}", "local", 6)
    for part in ("m_i", "x_i", "y_i", "m_o", "w_o", "z_o"):
        _holds_everywhere(f"{part} >= 0", "local", 6)
    _holds_everywhere("m_i*m_o <= e_i*e_o", "local", 6)
    lo = "prod_others(1 - TV_j)"
    _holds_everywhere(f"sum_a(m_i*m_o) == (1 - TV_i)*{lo}", "state")
    _holds_everywhere(f"sum_a(x_i*w_o) == TV_i*(1 - {lo})", "state")
    _holds_everywhere(f"sum_a(y_i*z_o) == TV_i*(1 - {lo})", "state")
    for part, mass in MASS.items():
        if part in ROWS:  # whole policies, in the tests of soft best responses
            continue
        _holds_everywhere(f"{part} >= 0", "local", 6)
        other = "p_o" if part.endswith("_i") else "p_i"
        _holds_everywhere(f"sum_a({part}*{other}) == {mass}", "state")


def test_linearity() -> None:
    for source, level in (
        ("E_mu(2*TV_i + 3) == 2*E_mu(TV_i) + 3", "scalar"),
        ("E_mu(sum_others(TV_j)) == sum_others(E_mu(TV_j))", "scalar"),
        ("nu(R(gamma*TV_i + TV_i)) == (1 + gamma)*nu(R(TV_i))", "scalar"),
        ("sum_others(5) == 5*(n - 1)", "scalar"),
        ("K(2*V_at(expert) - TV_i) == 2*K(V_at(expert)) - K(TV_i)", "state"),
        (
            "sum_a(m_i*m_o*(r + 2*next(TV_i))) == sum_a(m_i*m_o*r) + 2*sum_a(m_i*m_o*next(TV_i))",
            "state",
        ),
    ):
        _holds_everywhere(source, level)


def test_formal_sums() -> None:
    from nashgap.theory.expression import text
    from nashgap.theory.normal import normal
    from nashgap.theory.reasons.local import formal

    for source in (
        "sum_a(p_i*z_o)",
        "sum_a(x_i*e_o + y_i*m_o)",
        "sum_a(e_i*p_o*Q(expert) - m_i*p_o)",
    ):
        left = as_expression(source)
        right = as_expression(str(formal(left)))
        assert (normal(right) - formal(left)).is_zero
        for model in random_readings(8):
            reader = Interpretation(model)
            for at in _places(reader, "state", False):
                assert reader.read(left, at) == reader.read(right, at), text(right)


def _next(model: Reading, s: int, a: tuple[int, ...], values: list[Any]) -> Any:
    return sum((p * values[t] for t, p in model.successors(s, a).items()), F(0))


PARTS_OF = [
    ("E_mu", "expert", "expert", ("m_i", "n_i", "d_i"), ("m_o", "c_o")),
    ("E_deviation", "deviation", "expert", ("b_i", "n_i", "d_i"), ("m_o", "c_o")),
    ("E_learner", "learner", "learner", ("s_i", "m_i", "n_i"), ("p_o", "m_o", "c_o")),
]


@pytest.mark.parametrize(("mean", "own", "others", "mine", "theirs"), PARTS_OF)
def test_parts_of_the_kernel(mean: str, own: Any, others: Any, mine: Any, theirs: Any) -> None:
    from nashgap.theory.reasons.kernel_part import INSIDE

    assert INSIDE[mean] == (frozenset(mine), frozenset(theirs))
    random = Random(5)
    letters = {"expert": "e", "learner": "p", "deviation": "b"}
    for u in mine:
        for v in theirs:
            _holds_everywhere(f"{u}*{v} <= {letters[own]}_i*{letters[others]}_o", "local", 4)
    for model in random_readings(12):
        reader = Interpretation(model)
        states = range(model.num_states)
        u, v = random.choice(mine), random.choice(theirs)
        weight = as_expression(f"{u}*{v}")
        for i in range(model.players):
            gap = [F(random.randint(-9, 9), 3) for _ in states]
            onward = [
                sum(
                    reader.read(weight, At(i, s, a)) * _next(model, s, a, gap)
                    for a in model.joint_actions()
                )
                for s in states
            ]
            pairs = zip(gap, onward, strict=True)
            cost = [max(F(0), w - model.discount * k) for w, k in pairs]
            visits = solve(reader._system(own, others, i), cost)
            start = model.start()
            low = sum(w * x for w, x in zip(start, gap, strict=True))
            assert low <= sum(w * x for w, x in zip(start, visits, strict=True))
            worth = reader.read(as_expression(f"{mean}(TV_i)/(1 - gamma)"), At(i))
            own_errors = [reader.read(as_expression("TV_i"), At(i, s)) for s in states]
            solved = solve(reader._system(own, others, i), own_errors)
            assert worth == sum(w * x for w, x in zip(start, solved, strict=True))


def test_two_recursions() -> None:
    """U and W are drawn; c and d are the least that make both recursions true."""
    random = Random(9)
    _holds_everywhere("m_i*c_o <= e_i*e_o", "local", 6)
    common, rest = as_expression("n_i*c_o"), as_expression("r_i*c_o")
    for model in random_readings(15):
        reader = Interpretation(model)
        states = range(model.num_states)
        for i in range(model.players):
            u, w = ([F(random.randint(-9, 9), 3) for _ in states] for _ in range(2))

            def onward(part: Any, gap: list[Any], s: int, i: int = i, model: Any = model) -> Any:
                read = Interpretation(model).read
                return model.discount * sum(
                    read(part, At(i, s, a)) * _next(model, s, a, gap) for a in model.joint_actions()
                )

            inner = [u[s] - onward(common, u, s) - onward(rest, u, s) for s in states]
            outer = [w[s] - onward(common, w, s) - onward(rest, u, s) for s in states]
            c = [max(F(0), x) for x in inner]
            d = [max(F(0), x - y) for x, y in zip(outer, c, strict=True)]
            both = [x + y for x, y in zip(c, d, strict=True)]
            visits = solve(reader._system("expert", "expert", i), both)
            start = model.start()
            low = sum(v * x for v, x in zip(start, w, strict=True))
            assert low <= sum(v * x for v, x in zip(start, visits, strict=True))


def test_triangle_inequality() -> None:
    for source, level in (
        (
            "norm_s(gamma*start - 2*mu_expert) <= gamma*norm_s(start) + 2*norm_s(mu_expert)",
            "scalar",
        ),
        ("norm_a(2*p_i*p_o - e_i*e_o) <= 2*norm_a(p_i*p_o) + norm_a(e_i*e_o)", "state"),
        (
            "norm_sa(rho_learner - rho_expert) <= norm_sa(rho_learner) + norm_sa(rho_expert)",
            "scalar",
        ),
    ):
        _holds_everywhere(source, level)


def test_means_are_monotone() -> None:
    for mean in ("nu", "E_mu", "E_learner", "E_deviation"):
        _holds_everywhere(f"{mean}(TV_i*TV_i) <= {mean}(TV_i)", "scalar")
        _holds_everywhere(f"{mean}(1) == 1", "scalar")


def test_resolvent() -> None:
    random = Random(5)
    for model in random_readings(15):
        reader = Interpretation(model)
        states = range(model.num_states)
        for i in range(model.players):
            gap = [F(random.randint(-9, 9), 3) for _ in states]
            agreed = [
                model.discount
                * sum(
                    (
                        reader.read(as_expression("m_i*m_o"), At(i, s, a)) * p * gap[t]
                        for a in model.joint_actions()
                        for t, p in model.successors(s, a).items()
                    ),
                    F(0),
                )
                for s in states
            ]
            cost = [max(F(0), w - k) for w, k in zip(gap, agreed, strict=True)]
            visits = solve(reader._system("expert", "expert", i), cost)
            start = model.start()
            low = sum(v * w for v, w in zip(start, gap, strict=True))
            assert low <= sum(v * w for v, w in zip(start, visits, strict=True))


def test_signs() -> None:
    random = Random(7)
    gamma, n, one = Rational.variable("gamma"), Rational.variable("n"), Rational.constant(1)
    proved = 0
    for _ in range(150):
        found = Rational.constant(0)
        for _ in range(4):
            term = Rational.constant(random.randint(-2, 4))
            for factor in random.choices([gamma, n, one - gamma, n - one, one], k=2):
                term = term * factor
            found = found + term
        found = found / (one - gamma).power(random.randint(0, 2))
        values = [
            found.substitute(
                {"gamma": Rational.constant(F(g, 12)), "n": Rational.constant(m)}
            ).top.as_constant()
            for g in range(0, 12, 3)
            for m in (1, 2, 3, 10)
        ]
        if is_nonnegative(found):
            proved += 1
            assert all(value is not None and value >= 0 for value in values)
    assert proved > 20


def test_products() -> None:
    random = Random(3)
    for _ in range(50):
        c, f, g = (F(random.randint(0, 9), 4) for _ in range(3))
        assert c * f * g + f >= 0


def test_induction_over_the_opponents() -> None:
    random = Random(11)
    for size in range(6):
        xs = [F(random.randint(0, 5), 5) for _ in range(size)]
        total, product = F(0), F(1)
        for x in xs:
            total, product = total + x, product * (1 - x)
        assert 1 - product <= total


def test_sum_over_the_opponents() -> None:
    assert _holds_everywhere("sum_others(eps_BC_j) <= (n - 1)*eps_BC", "scalar") > 10


def test_least_of_several_bounds() -> None:
    least = "min(eps_BC, eps_BC_i + eps_rho, 2)"
    assert _holds_everywhere(f"eps_BC_i <= {least}", "scalar") > 10
    assert _holds_everywhere(f"{least} <= eps_BC", "scalar") > 10


def test_any_policy_in_the_place_of_the_deviation() -> None:
    """The lemma holds with every policy of player i, here random ones, as the deviation."""
    line = as_expression("V(deviation, learner) - V(learner)")
    bound = as_expression(
        "(eps_BC_i + gamma*sum_others(eps_BC_j) + 2*E_mu(shift_i))/(1 - gamma)**2"
    )
    random = Random(2)
    for model in random_readings(10):
        for i in range(model.players):
            count = model.num_actions[i]
            rows = [
                [F(random.randint(0, 3)) for _ in range(count)] for _ in range(model.num_states)
            ]
            rows = [
                [x / sum(row) for x in row] if any(row) else [F(1, count)] * count for row in rows
            ]
            reader = Interpretation(_Deviating(model, i, rows))
            assert reader.read(line, At(i)) <= reader.read(bound, At(i))


class _Deviating:
    """A model whose deviation of one player is given."""

    def __init__(self, model: Reading, player: int, rows: Any) -> None:
        self._model, self._player, self._rows = model, player, rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def least_shift_response(self, player: int) -> Any:
        assert player == self._player
        return self._rows


def test_a_largest_value() -> None:
    random = Random(4)
    for _ in range(50):
        found = [[F(random.randint(-9, 9)) for _ in range(3)] for _ in range(2)]
        c = max(abs(x) for row in found for x in row)
        assert all(x <= c and -x <= c for row in found for x in row)
        assert all(abs(sum(row, F(0))) <= 3 * c for row in found)


def test_constant_costs() -> None:
    """W is drawn, c is the least that makes the recursion true."""
    random = Random(8)
    for model in random_readings(10):
        states, start = range(model.num_states), model.start()
        gap = [F(random.randint(-9, 9), 3) for _ in states]
        onward = [
            sum(
                (prod_of(model, s, a) * _next(model, s, a, gap) for a in model.joint_actions()),
                F(0),
            )
            for s in states
        ]
        cost = max(w - model.discount * k for w, k in zip(gap, onward, strict=True))
        low = sum(v * w for v, w in zip(start, gap, strict=True))
        assert low <= cost / (1 - model.discount)


def prod_of(model: Reading, state: int, joint: tuple[int, ...]) -> Any:
    """How likely a joint action is under the learner."""
    return prod(model.policy("learner", i, state)[a] for i, a in enumerate(joint))


def test_division() -> None:
    random = Random(6)
    for _ in range(50):
        a, b = (F(random.randint(-9, 9)) for _ in range(2))
        m = F(random.randint(1, 9), 5)
        assert (m * (b - a) >= 0) == (a <= b)


def test_tanh_is_increasing() -> None:
    ends = [tanh_bounds(F(k, 9)) for k in range(-40, 40)]
    assert all(low[1] < high[0] for low, high in pairwise(ends))


def test_tanh_is_below_its_tangent() -> None:
    assert all(tanh_bounds(F(k, 9))[1] < F(k, 9) for k in range(1, 60))


def test_attained_maximum() -> None:
    for model in random_readings(10):
        reader = Interpretation(model)
        for most, own in (
            ("NashGap", "NashGap_i"),
            ("ValueGap", "ValueGap_i"),
            ("eps_BC", "eps_BC_i"),
        ):
            each = [reader.read(as_expression(own), At(i)) for i in range(model.players)]
            assert reader.read(as_expression(most), At(0)) in each
            assert reader.read(as_expression(most), At(0)) == max(each)


def test_every_ground_has_a_test_and_a_proof_in_words() -> None:
    tested = {name.removeprefix("test_").replace("_", " ") for name in globals()}
    named = {definition.ground.name for definition in (*definitions().values(), visitation())}
    named |= {fact.ground.name for fact in facts()}
    named |= {consequence.ground.name for consequence in CONSEQUENCES}
    assert set(grounds()) - named <= tested
    for ground in grounds().values():
        assert ground.proof.endswith(".")
        assert ground.statement.count("$") % 2 == 0
        assert ground.proof.count("$") % 2 == 0
