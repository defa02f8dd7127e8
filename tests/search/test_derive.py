"""Derivations found by linear programs: the known bounds without the catalogue, and more.

A bound that was hard-coded, that used what was taken out, that came with a certificate which does
not check, or that a game breaks, would be caught here.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import Instance, catalogue
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading
from nashgap.search.conjecture import conjecture
from nashgap.search.conjecture.proof import Proof, by_steps, prove
from nashgap.search.derive import Derivations, Derived, derive, elementary, one_step
from nashgap.search.derive.gather import atoms_of, gathered, programs_over
from nashgap.search.derive.known import chains, removed
from nashgap.search.derive.one_step import cheapest, one_step_instances
from nashgap.search.derive.optimal import Optimal, _relevant, optimal, shows
from nashgap.search.derive.pareto import pareto
from nashgap.search.derive.program import Program
from nashgap.search.derive.question import question
from nashgap.search.derive.transfer import (
    Transferred,
    finite_horizon,
    rescaled,
)
from nashgap.search.derive.written import as_sum, tidy, written
from nashgap.search.multipliers import Candidate, coefficients, number_at
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.bound import check_derivation
from nashgap.theory.catalogue import bound
from nashgap.theory.claim import parse_claim
from nashgap.theory.errors import BadInput
from nashgap.theory.kernel import FIRST_OPINION
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational
from nashgap.theory.verify import verify_derivation
from nashgap.theory.words import line_vocabulary

F = Fraction
KAPPA = "(1-gamma*(1-gamma)/(2-gamma))"


def read(source: str) -> Rational:
    return normal(parse_expression(source, line_vocabulary()))


@cache
def derived(quantity: str, assume: str, within: str, without: str = "all") -> Derivations:
    return derive(quantity, assume, within, without=without)


def says(found: Derivations, right: str) -> Derived:
    """The bound with this right side; fails where there is none."""
    quantity = found.asked.quantity
    for one in found.bounds:
        if (read(one.claim.removeprefix(f"{quantity} <= ")) - read(right)).is_zero:
            return one
    raise AssertionError([one.claim for one in found.bounds])


# The bound, what is assumed, the quantities, and the label in the catalogue.
KNOWN = [
    ("NashGap", "dominant", "eps_BC,gamma,n", "T1"),
    ("ValueGap", "", "eps_BC,gamma,n", "T4"),
    ("NashGap", "team-optimal", "eps_BC,gamma,n", "T5b"),
    ("NashGap", "dominant", "eps_rho,gamma", "T6"),
    ("NashGap", "nash", "eps_BC,C,gamma,n", "T8"),
    ("NashGap", "", "eps_BC,delta,gamma,n", "S2"),
]
MORE = [
    ("NashGap", "nash", "eps_BC,delta,gamma,n", "T2_shift"),
    ("NashGap", "nash", "eps_BC,delta,gamma,n", "T2_kappa"),
    ("NashGap", "nash", "eps_BC,C,gamma,n", "T3_robust"),
    ("NashGap", "dominant", "eps_BC,gamma,n", "T1_one_step"),
    ("NashGap", "", "eps_BC,dominance_gap,gamma,n", "T1_approximate"),
]


@pytest.mark.parametrize(
    ("quantity", "assume", "within", "label"),
    [*KNOWN, *(pytest.param(*row, marks=pytest.mark.slow) for row in MORE)],
)
def test_a_bound_of_the_catalogue_is_found_again_from_one_step_inequalities(
    quantity: str, assume: str, within: str, label: str
) -> None:
    found = derived(quantity, assume, within)
    assert found.status == "proved"
    wanted = bound(label)
    one = says(found, wanted.statement.partition("<=")[2])
    assert set(one.assumptions) == {a.text for a in wanted.assumptions}
    assert removed(["all"]).isdisjoint(one.rests_on)
    assert len(removed(["all"])) == len(chains()) - 2
    assert set(one.uses) <= {
        "one_minus_agreement_le_disagreement",
        "opponents_disagree_le_disagreement",
    }
    assert one.report.status.word == "proved"
    assert verify_derivation(json.loads(json.dumps(dict(one.derivation)))).valid
    assert one.optimal is not None


@pytest.mark.parametrize(
    ("quantity", "assume", "within", "label"),
    [KNOWN[0], *(pytest.param(*row, marks=pytest.mark.slow) for row in (*KNOWN[1:], *MORE[:4]))],
)
def test_with_one_label_taken_out_it_is_found_again(
    quantity: str, assume: str, within: str, label: str
) -> None:
    found = derived(quantity, assume, within, label)
    one = says(found, bound(label).statement.partition("<=")[2])
    gone = removed([label])
    assert bound(label).derivation.name in gone
    assert gone.isdisjoint(one.rests_on)


def test_what_rests_on_a_bound_goes_with_it() -> None:
    gone = removed(["T1"])
    assert {"T1", "lemma_3", "corollary_3", "corollary_3_sharp"} <= gone
    assert {"nash_gap_i_le_bc_errors", "disagreement_le_bc_errors", "T1_approximate"} <= gone
    assert {"T6", "T8", "opponents_disagree_le_disagreement"}.isdisjoint(gone)


def test_without_is_obeyed() -> None:
    # The induction over the opponents is what "all" leaves; without it their errors cannot be
    # summed, and nothing but bounds without them is left.
    gone = derive("ValueGap", "", "eps_BC,gamma,n", without="one_minus_agreement_le_disagreement")
    assert [one.claim for one in gone.bounds] == ["ValueGap <= 2/(1 - gamma)"]


def test_nothing_is_hard_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the fact that the same action costs a discount only, opponents cost as much as i.
    facts = {k: v for k, v in one_step._bounds_on_q().items() if " - " not in k}
    assert facts
    monkeypatch.setattr(one_step, "_bounds_on_q", lambda: facts)
    monkeypatch.setattr(one_step, "PAIRS", (("expert", "learner"),))
    cheapest.cache_clear()
    try:
        few = one_step_instances.__wrapped__()
        monkeypatch.setattr(elementary, "one_step_instances", lambda: few)
        found = derive("NashGap", "dominant", "eps_BC,gamma,n", without="all")
    finally:
        cheapest.cache_clear()
    says(found, "n*eps_BC/(1-gamma)**2")
    assert not any("gamma*eps" in one.claim or "n - 1" in one.claim for one in found.bounds)


def test_it_shows_itself() -> None:
    found = derived("NashGap", "dominant", "eps_BC,gamma,n")
    assert repr(found).startswith("<Derivations proved: NashGap <= ")
    assert all(one.claim in str(found) for one in found.bounds)
    assert found.bounds[0]._repr_latex_().startswith(r"$\mathrm{NashGap}(\pi) \le \frac{")
    assert found._repr_html_().count("<math") == 3


def test_the_least_of_the_bounds_is_one_derivation() -> None:
    found = derived("NashGap", "dominant", "eps_BC,gamma,n")
    assert found.whole is not None
    assert verify_derivation(json.loads(json.dumps(dict(found.whole)))).valid
    # T1's exact worst case: 2/(1-gamma)*min(c*(1+(n-1)*gamma), c + gamma*(1-c), 1) is below it,
    # and attains its first and last argument.
    for eps in ("1/4", "1"):
        left, right = sides(str(found.whole["claim"]), instance("w1", n="2", gamma="1/2", eps=eps))
        assert left == right
    assert len(found.bounds) == 3


@pytest.mark.parametrize("spot", ["multiplier", "right", "factor"])
def test_a_tampered_derivation_is_not_accepted(spot: str) -> None:
    raw: dict[str, Any] = copy.deepcopy(
        json.loads(json.dumps(derived("NashGap", "dominant", "eps_BC,gamma,n").derivation))
    )
    step = raw["proof"]["steps"][-1]
    term = step["reason"]["terms"][0]
    if spot == "multiplier":
        term["multiplier"] = f"2*({term['multiplier']})"
    elif spot == "right":
        step["right"] = raw["claim"] = step["right"].replace("(n - 1)", "(n - 2)")
        raw["claim"] = f"NashGap <= {step['right']}"
        raw["proof"]["statement"] = raw["claim"]
    else:
        term["factors"] = ["eps_BC >= 0"]
    assert not verify_derivation(raw).valid


# -- adaptations


def instance(name: str, **parameters: object) -> Instance:
    return catalogue()[name].build(**parameters)


def sides(claim: str, made: Instance) -> tuple[Fraction, Fraction]:
    left, right = parse_claim(claim).sides(Reading(made.game, made.expert, made.learner))
    assert isinstance(left, Fraction)
    assert isinstance(right, Fraction)
    return left, right


def test_errors_of_each_player() -> None:
    found = derived("NashGap_i", "dominant", "eps_BC_i,gamma,n")
    one = says(found, "(eps_BC_i + gamma*sum_others(eps_BC_j))/(1-gamma)**2")
    assert one.coefficients == {
        "eps_BC_i": "1/(1 - gamma)**2",
        "sum_others(eps_BC_j)": "gamma/(1 - gamma)**2",
    }


def test_one_player_matched_exactly() -> None:
    found = derived("NashGap", "dominant,one-matched", "eps_BC,gamma,n")
    one = says(found, "(1+(n-2)*gamma)*eps_BC/(1-gamma)**2")
    assert set(one.assumptions) == {"dominant", "one-matched"}
    # Attained: w1 with the last player's policy put right.
    made = instance("w1", n="3", gamma="1/2", eps="1/4")
    learner = made.learner.replace(2, made.expert[2])
    fixed = Instance(made.game, made.expert, learner)
    (assumption,) = parse_assumptions("one-matched")
    assert assumption.holds(Reading(fixed.game, fixed.expert, fixed.learner)).holds is True
    left, right = sides(one.claim, fixed)
    assert left == right > 0
    left, right = sides(one.claim, made)
    assert left > right  # with all three errors the smaller bound is broken


@pytest.mark.parametrize(("low", "high"), [("0", "1"), ("-1/4", "1/2")])
def test_rewards_in_an_interval(low: str, high: str) -> None:
    a, b = F(low), F(high)
    found = derived("NashGap", "dominant", "eps_BC,gamma,n").bounds[0]
    mapped = rescaled("NashGap", found.bound, found.assumptions, a, b)
    assert isinstance(mapped, Transferred)
    claim = mapped.claim
    made = instance("w1", n="2", gamma="1/3", eps="1/3")
    rewards = a + (made.game.rewards + 1) * (b - a) / 2
    game = MarkovGame(made.game.transition, rewards, made.game.start, made.game.discount)
    left, right = sides(claim, Instance(game, made.expert, made.learner))
    assert left == right > 0
    assert {a, b} == {min(rewards.flat), max(rewards.flat)}


def test_gaps_of_the_expert_are_not_rescaled() -> None:
    one = derived("NashGap", "", "eps_BC,dominance_gap,gamma,n").bounds[0]
    mapped = rescaled("NashGap", one.bound, one.assumptions, F(0), F(1))
    assert isinstance(mapped, Transferred)
    assert (
        mapped.claim == "NashGap <= (1 + (n - 1)*gamma)*eps_BC/(2*(1 - gamma)**2) + dominance_gap"
    )


def test_assumptions_that_depend_on_the_range_of_rewards_are_refused() -> None:
    one = derived("NashGap", "dominant", "eps_BC,gamma,n").bounds[0]
    assert isinstance(rescaled("NashGap", one.bound, ("zero-sum",), F(0), F(1)), str)


def test_a_gap_that_bounds_an_error_is_rescaled_the_other_way() -> None:
    """With rewards in [0, 1] a gap is half as large and the error the same."""
    one, gap = Rational.constant(1), (("expert_gap", 1),)
    mapped = rescaled("eps_BC", {(): one, gap: one}, (), F(0), F(1))
    assert isinstance(mapped, Transferred)
    assert mapped.claim == "eps_BC <= 1 + 2*expert_gap"


def test_soft_responses_are_not_rescaled() -> None:
    refused = rescaled("NashGap", {(("tau", 1),): Rational.constant(1)}, (), F(0), F(1))
    assert refused == "tau may change with the range of the rewards"


def test_approximate_experts() -> None:
    found = derived("NashGap", "", "eps_BC,dominance_gap,gamma,n")
    one = says(found, "(1+(n-1)*gamma)*eps_BC/(1-gamma)**2 + dominance_gap")
    assert one.assumptions == ()
    made = instance("s2", n="2", gamma="1/2", eps="1/8", delta="1/4")
    left, right = sides(one.claim, made)
    assert left <= right


# -- games with a last step


def expected_over_steps(made: Instance, steps: int) -> tuple[Fraction, Fraction, Fraction]:
    """Nash gap, value gap and largest error of stationary policies over N undiscounted steps."""
    game, expert, learner = made.game, made.expert, made.learner
    states, players = range(game.num_states), range(game.players)
    joint = list(product(*(range(k) for k in game.num_actions)))

    def weight(policies: list[Any], s: int, a: tuple[int, ...]) -> Fraction:
        found = F(1)
        for table, action in zip(policies, a, strict=True):
            found *= table[s][action]
        return found

    def onward(values: list[Fraction], i: int, s: int, a: tuple[int, ...]) -> Fraction:
        row = game.transition[(s, *a)]
        mean = sum((p * v for p, v in zip(row, values, strict=True)), F(0))
        return F(game.rewards[(i, s, *a)]) + mean

    def value(policies: list[Any], i: int, *, best: bool) -> Fraction:
        values = [F(0)] * len(states)
        for _ in range(steps):
            fresh = []
            for s in states:
                by_action = [F(0)] * game.num_actions[i]
                for a in joint:
                    others = [t if j != i else None for j, t in enumerate(policies)]
                    w = F(1)
                    for j, table in enumerate(others):
                        w *= F(1) if table is None else table[s][a[j]]
                    by_action[a[i]] += w * onward(values, i, s, a)
                own = policies[i][s]
                mean = sum((p * q for p, q in zip(own, by_action, strict=True)), F(0))
                fresh.append(max(by_action) if best else mean)
            values = fresh
        return sum((m * v for m, v in zip(game.start, values, strict=True)), F(0))

    def errors() -> Iterator[Fraction]:
        for i in players:
            mass, total = list(game.start), F(0)
            for _ in range(steps):
                for s in states:
                    apart = sum(
                        abs(p - e) for p, e in zip(learner[i][s], expert[i][s], strict=True)
                    )
                    total += mass[s] * apart / steps
                after = [F(0)] * len(states)
                for s in states:
                    for a in joint:
                        w = mass[s] * weight(list(expert.policies), s, a)
                        for t, p in enumerate(game.transition[(s, *a)]):
                            after[t] += w * p
                mass = after
            yield total

    mine, theirs = list(learner.policies), list(expert.policies)
    gap = max(value(mine, i, best=True) - value(mine, i, best=False) for i in players)
    lost = max(value(theirs, i, best=False) - value(mine, i, best=False) for i in players)
    return gap, lost, max(errors())


def over_steps(one: Derived) -> str:
    """What a bound says of N steps."""
    quantity = one.claim.partition(" <= ")[0]
    rests_on = tuple(one.derivation["rests_on"])
    found = finite_horizon(quantity, one.bound, one.chain, rests_on)
    assert isinstance(found, Transferred)
    assert found.derivation is not None
    assert verify_derivation(json.loads(json.dumps(dict(found.derivation)))).valid
    return found.claim


def in_steps(claim: str, n: int, steps: int, eps: Fraction) -> Fraction:
    """The right side of a claim in n, horizon and eps_BC."""
    names = {"n": n, "horizon": steps, "eps_BC": eps}
    return F(eval(claim.partition("<= ")[2], {"__builtins__": {}}, names))


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_a_last_step(steps: int) -> None:
    claim = over_steps(derived("NashGap", "dominant", "eps_BC,gamma,n").bounds[0])
    assert claim.startswith("NashGap <= ")
    made = instance("w1", n="2", gamma="1/2", eps="1/2")
    gap, _, eps = expected_over_steps(made, steps)
    assert gap == in_steps(claim, 2, steps, eps) > 0  # attained, as with a discount


def test_a_last_step_of_any_game() -> None:
    claim = over_steps(derived("ValueGap", "", "eps_BC,gamma,n").bounds[0])
    for seed in range(12):
        made = random_instance(Random(seed))
        for steps in (1, 3):
            _, lost, eps = expected_over_steps(made, steps)
            assert lost <= in_steps(claim, made.game.players, steps, eps)


def test_a_ground_that_is_not_known_to_hold_step_by_step_is_refused() -> None:
    one = derived("ValueGap", "", "eps_BC,gamma,n").bounds[0]
    rests_on = (*one.derivation["rests_on"], "a ground of one's own")
    found = finite_horizon("ValueGap", one.bound, one.chain, rests_on)
    assert isinstance(found, str)
    assert "a ground of one's own" in found


# -- on games


def random_instance(random: Random) -> Instance:
    players, states = random.choice([1, 2, 2, 3]), random.choice([1, 2, 3])
    actions = [random.choice([1, 2]) for _ in range(players)]

    def row(size: int) -> list[Fraction]:
        weights = [random.choice([0, 1, 1, 2]) for _ in range(size)]
        weights[random.randrange(size)] += 1
        return [F(w, sum(weights)) for w in weights]

    def nested(shape: list[int], leaf: Any) -> Any:
        return leaf() if not shape else [nested(shape[1:], leaf) for _ in range(shape[0])]

    transition = nested([states, *actions], lambda: row(states))
    rewards = nested([players, states, *actions], lambda: F(random.randint(-4, 4), 4))
    gamma = random.choice([F(0), F(1, 3), F(1, 2), F(9, 10)])
    game = MarkovGame(transition, rewards, row(states), gamma)
    expert = [[row(k) for _ in range(states)] for k in actions]
    learner = [[r if random.random() < 0.5 else row(len(r)) for r in t] for t in expert]
    return Instance(game, ProductPolicy(expert), ProductPolicy(learner))


def test_no_game_breaks_a_bound_that_assumes_nothing() -> None:
    claims = [
        one.claim
        for within in ("eps_BC,delta,gamma,n", "eps_BC,dominance_gap,gamma,n")
        for one in derived("NashGap", "", within).bounds
    ]
    claims += [one.claim for one in derived("ValueGap", "", "eps_BC,gamma,n").bounds]
    assert len(claims) >= 5
    for seed in range(20):
        made = random_instance(Random(seed))
        for claim in claims:
            left, right = sides(claim, made)
            assert left <= right, claim


# -- what does not follow


def test_undecided_says_what_is_missing() -> None:
    found = derive("NashGap", "nash", "mu_min,n")
    assert (found.status, found.bounds, found.derivation) == ("undecided", (), None)
    assert "gamma among the names" in found.missing[0]


def test_an_error_that_nothing_named_bounds_is_at_most_2() -> None:
    found = derive("eps_rho", "", "eps_mu,gamma,n")
    assert [bound.claim for bound in found.bounds] == ["eps_rho <= 2"]


def test_a_parameter_that_is_not_named_is_missing() -> None:
    found = derive("NashGap", "dominant", "eps_rho,n", without="all")
    assert found.status == "undecided"
    assert any(what.startswith("gamma among the names") for what in found.missing)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("Gap", "", "eps_BC"), "quantity"),
        (("NashGap", "dominent", "eps_BC"), "dominent"),
        (("NashGap", "", "eps"), "--in"),
        (("NashGap", "", ""), "--in"),
        (("NashGap", "", "NashGap,gamma"), "--in"),
        (("NashGap", "", "ValueGap,gamma"), "--in"),
        (("NashGap", "", "eps_BC_i,gamma,n"), "NashGap_i"),
        (("NashGap", "", "eps_BC,gamma,n", {"without": "T99"}), "--without"),
        (("NashGap", "", "eps_BC,gamma,n", {"rewards": "1,0"}), "rewards"),
        (("NashGap", "", "eps_BC,gamma,n", {"rewards": "0"}), "rewards"),
    ],
)
def test_bad_input(arguments: tuple[Any, ...], place: str) -> None:
    *positional, last = arguments
    flags = last if isinstance(last, dict) else {}
    given = positional if isinstance(last, dict) else arguments
    with pytest.raises(BadInput) as error:
        derive(*given, **flags)
    assert place in str(error.value)


# -- the parts


def test_the_program_finds_every_corner() -> None:
    # x <= 3a, x <= a + 2b, x <= 5b: each is the best for some weights, the sum of two never is.
    x, a, b = (Rational.variable(name) for name in "xab")
    three, two, five = (Rational.constant(k) for k in (3, 2, 5))
    slacks = {"p": three * a - x, "q": a + two * b - x, "r": five * b - x}
    named = [(("a", 1),), (("b", 1),)]
    columns = [Candidate(k, coefficients(v) or {}, 1) for k, v in slacks.items()]
    found = pareto(Program(coefficients(x) or {}, named, columns))
    assert {frozenset(one.multipliers) for one in found} == {
        frozenset("p"),
        frozenset("q"),
        frozenset("r"),
    }


def test_a_bound_that_holds_at_some_gamma_only_is_not_lifted() -> None:
    # x <= (1-2*gamma)*y + a where 0 <= y <= a: below 1/2 the multiplier of y <= a is 1-2*gamma,
    # beyond it that of 0 <= y is 2*gamma-1; neither sign holds throughout.
    x, y, a, g = (Rational.variable(name) for name in ("x", "y", "a", "gamma"))
    one, two = Rational.constant(1), Rational.constant(2)
    slacks = {"p": (one - two * g) * y + a - x, "q": a - y, "r": y}
    columns = [Candidate(k, coefficients(v) or {}, 1) for k, v in slacks.items()]
    program = Program(coefficients(x) or {}, [(("a", 1),)], columns)
    assert program.best({(("a", 1),): F(1)}) is None


@pytest.mark.parametrize("seed", range(60))
def test_what_is_written_reads_back(seed: int) -> None:
    random = Random(seed)
    names = [Rational.variable(x) for x in ("gamma", "n", "eps_BC", "delta", "C")]
    one = Rational.constant(1)

    def polynomial() -> Rational:
        total = Rational.constant(random.randint(-3, 3))
        for _ in range(random.randint(0, 4)):
            term = Rational.constant(random.choice([-2, -1, 1, 1, 2, 3]))
            for _ in range(random.randint(0, 3)):
                term = term * random.choice(names)
            total = total + term
        return total

    function = polynomial()
    for _ in range(random.randint(0, 3)):
        function = function / random.choice([one - names[0], one + one - names[0], names[1]])
    for shown in (written(function), as_sum(function), written(tidy(function))):
        assert (read(shown) - function).is_zero, shown


@pytest.mark.slow
def test_every_one_step_instance_is_proved() -> None:
    found = one_step_instances()
    assert len(found) > 50
    for one in found:
        report = check_derivation(one.chains[0], opinions=FIRST_OPINION)
        assert report.status.word == "proved", report.weakest


@pytest.mark.slow
def test_conjecture_asks_derive_where_the_catalogue_is_not_enough() -> None:
    claim = "NashGap <= (1+(n-2)*gamma)*eps_BC/(1-gamma)**2"
    found = conjecture(claim, "dominant,one-matched")
    assert found.status == "proved"
    assert found.derivation is not None
    assert verify_derivation(json.loads(json.dumps(dict(found.derivation)))).valid
    assert {d.assumption: d.status for d in found.dropped} == {
        "dominant": "refuted",
        "one-matched": "refuted",
    }


def test_a_conjecture_that_the_catalogue_alone_does_not_prove() -> None:
    claim = parse_claim("NashGap <= (1+(n-2)*gamma)*eps_BC/(1-gamma)**2")
    given = parse_assumptions("dominant,one-matched")
    assert isinstance(prove(claim, given), str)
    found = prove(claim, given, by=by_steps)
    assert isinstance(found, Proof)
    (part,) = found.parts
    assert part.uses[0] == "one-step inequalities"
    assert verify_derivation(json.loads(json.dumps(dict(part.derivation)))).valid
    false = parse_claim("NashGap <= (1+(n-3)*gamma)*eps_BC/(1-gamma)**2")
    assert isinstance(prove(false, given, by=by_steps), str)


def columns_of(quantity: str, assume: str, within: str) -> tuple[Program, list[Candidate]]:
    asked = question(quantity, assume, within, "all")
    programs = programs_over(asked, atoms_of(asked.per_player), asked.atoms, gathered(asked))
    every = {one.name: one for program in programs for one in program.everything}
    return programs[0], list(every.values())


def test_the_best_is_certified_for_every_gamma_and_n() -> None:
    """The multipliers satisfy each instance as numbers too; a better bound would need more."""
    found = derived("NashGap", "dominant", "eps_BC,gamma,n")
    program, columns = columns_of("NashGap", "dominant", "eps_BC,gamma,n")
    first = found.bounds[0]
    assert first.optimal is not None
    assert first.optimal.span == "0 <= gamma < 1, n >= 1"
    relevant = list(_relevant(program.target, program.named, columns))
    assert len(relevant) > 150
    y = first.optimal.multipliers
    for point in ((F(0), F(1)), (F(1, 7), F(2)), (F(97, 100), F(31)), (F(1, 2), F(3, 2))):
        numbers = {m: number_at(value, point) for m, value in y.items()}

        def worth(
            of: Mapping[Any, Rational],
            at: tuple[F, F] = point,
            known: Mapping[Any, F] = numbers,
        ) -> F:
            return sum((number_at(c, at) * known.get(m, F(0)) for m, c in of.items()), F(0))

        assert all(worth(one.value) >= 0 for one in relevant)
        assert all(numbers[q] >= 1 for q in program.named)
        assert worth(program.target) == worth(first.bound)
        # without the instances that the bound rests on, more could not be asked of y
        smaller = {m: c * Rational.constant(F(99, 100)) for m, c in first.bound.items()}
        assert worth(smaller) < worth(program.target)


def test_a_bound_that_is_not_the_best_gets_no_certificate() -> None:
    """T1 with 2n for 1 + (n-1) gamma, and multipliers that are tampered with."""
    found = derived("NashGap", "dominant", "eps_BC,gamma,n")
    program, columns = columns_of("NashGap", "dominant", "eps_BC,gamma,n")
    target, named = program.target, program.named
    worse: Mapping[Monomial, Rational] = {(("eps_BC", 1),): read("2*n/(1-gamma)**2")}
    assert optimal(worse, target, named, columns) is None
    first = found.bounds[0]
    assert first.optimal is not None
    relevant = list(_relevant(target, named, columns))
    assert shows(first.optimal, first.bound, target, named, relevant)
    assert not shows(first.optimal, worse, target, named, relevant)
    assert not shows(Optimal(1, {}), first.bound, target, named, relevant)
    atom, often = next(iter(target.items()))
    (coefficient,) = first.bound.values()
    alone = dict.fromkeys(named, Rational.constant(1)) | {atom: coefficient / often}
    assert not shows(Optimal(1, alone), first.bound, target, named, relevant)
    assert shows(Optimal(1, alone), first.bound, target, named, [])
    some = next(m for m in first.optimal.multipliers if m in target)
    bent = {**first.optimal.multipliers, some: Rational.constant(5)}
    assert not shows(Optimal(1, bent), first.bound, target, named, relevant)


def test_where_the_best_depends_on_n_the_range_says_so() -> None:
    """With one player T8 is eps/(1-gamma)^2 and beats the bound that holds at any error."""
    found = derived("NashGap", "nash", "eps_BC,C,gamma,n")
    robust = says(found, "2*gamma/(1-gamma) + (1+(n-1)*(2-gamma))*eps_BC/(1-gamma)**2")
    assert robust.optimal is not None
    assert robust.optimal.span == "0 <= gamma < 1, n >= 2"
    assert "certified" in robust.best_where
    small = says(found, "(n+(n-1)*C)*eps_BC/(1-gamma)**2")
    assert small.optimal is not None
    assert small.optimal.span == "0 <= gamma < 1, n >= 1"


@pytest.mark.slow
def test_what_is_not_certified_names_its_points() -> None:
    found = derived("NashGap", "nash", "eps_BC,delta,gamma,n")
    kappa = says(found, f"((1+(n-1)*gamma)*eps_BC + {KAPPA}*delta)/(1-gamma)**2")
    assert kappa.optimal is not None
    assert kappa.optimal.span == "0 <= gamma < 1, n >= 2"
    assert all("not certified elsewhere" in b.best_where for b in found.bounds if not b.optimal)
