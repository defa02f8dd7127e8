"""The claim language: what it reads, what it refuses and where, what it says of games."""

import sys
from fractions import Fraction

import pytest

from nashgap.theory.claim import OutsideDomain, parse_claim, vocabulary
from nashgap.theory.errors import BadInput
from nashgap.theory.expression import Sum, text
from nashgap.theory.parsing import parse_expression
from nashgap.theory.quantities import meanings

from ._games import F, family, random_readings

NAMES = (
    *("NashGap", "NashGap_i", "ValueGap", "eps_BC", "eps_BC_i", "eps_mu", "eps_rho"),
    *("delta", "C", "n", "gamma"),
)
ADDED = (
    *("deviation_error", "dominance_gap", "eps_sup", "expert_gap", "horizon", "log_actions"),
    *("mu_min", "precision", "quantal_error", "tau", "team_gap"),
)

# text, column, a word of the message
REFUSED = [
    ("", None, "empty"),
    ("   ", None, "empty"),
    ("NashGap", 8, "<="),
    ("NashGap <=", 11, "end of the text"),
    ("<= 1", 1, "'<='"),
    ("NashGap <= 1 <= 2", 14, "one relation only"),
    ("NashGap = 1", 9, "'=='"),
    ("NashGap =< 1", 9, "'=='"),
    ("NashGap != 1", 9, "=="),
    ("NashGap <= 2^3", 13, "'**'"),
    ("NashGap <= 2 eps_BC", 14, "operator"),
    ("nashgap <= 1", 1, "did you mean 'NashGap'"),
    ("eps_bc <= 1", 1, "did you mean"),
    ("V <= 1", 1, "one of the names"),
    ("expert <= 1", 1, "one of the names"),
    ("NashGap(1) <= 1", 1, "min, max"),
    ("abs(n) <= 1", 1, "min, max"),
    ("max <= 1", 5, "'('"),
    ("max() <= 1", 5, "number"),
    ("max(1,) <= 1", 7, "number"),
    ("(1 <= 1", 4, "')'"),
    ("1) <= 1", 2, "<="),
    ("1 + <= 1", 5, "number"),
    ("1 * / 2 <= 1", 5, "number"),
    ("1e <= 1", 1, "decimal"),
    ("1e- <= 1", 1, "decimal"),
    ("1e-3x <= 1", 1, "decimal"),
    ("1e1000 <= 1", 1, "decimal"),
    ("1e2.5 <= 1", 1, "decimal"),
    ("2**1e1 <= 1", 4, "exponent"),
    ("e3 <= 1", 1, "one of the names"),
    ("1.2.3 <= 1", 1, "decimal"),
    ("0x10 <= 1", 1, "decimal"),
    ("1_000 <= 1", 1, "decimal"),
    ("2**65 <= 1", 4, "exponent"),
    ("2**0.5 <= 1", 4, "exponent"),
    ("2**n <= 1", 4, "exponent"),
    ("2**2**2 <= 1", 5, "parentheses"),
    ("1" * 101 + " <= 1", 1, "digits"),
    ("1e100 <= 1", 1, "digits"),
    ("1e-100 <= 1", 1, "digits"),
    ("(" * 101 + "1" + ")" * 101 + " <= 1", 101, "deep"),
    ("1 <= " + "1+" * 5000 + "1", None, "10000"),
    ("__import__('os').system('true') <= 1", 12, "'"),
    ("NashGap.real <= 1", 8, "'.'"),
    ("lambda: 1 <= 1", 7, "':'"),
    ("n if n else n <= 1", 3, "<="),
    ("NashGap ≤ 1", 9, "'≤'"),
    ("NashGap <= ٣", 12, "number"),
    ("n ** -65 <= 1", 7, "exponent"),
    (None, None, "NoneType"),
    (7, None, "int"),
]


@pytest.mark.parametrize(("source", "column", "word"), REFUSED)
def test_what_is_refused_names_the_column(source: object, column: int | None, word: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_claim(source)  # type: ignore[arg-type]
    where = "claim" if column is None else f"claim, column {column}:"
    assert str(caught.value).startswith(where)
    assert word in str(caught.value)


def test_names_are_those_of_the_contract_and_the_gaps_of_the_expert() -> None:
    assert sorted(vocabulary().names) == sorted((*NAMES, *ADDED))
    assert sorted(meanings()) == sorted((*NAMES, *ADDED))


def test_the_gaps_of_the_expert_vanish_where_it_is_nash_or_dominant() -> None:
    nash, dominant = (parse_claim(f"{name} <= 0") for name in ("expert_gap", "dominance_gap"))
    model = family("w1", n="2", gamma="1/2", eps="1/5")
    assert nash.holds(model).holds is True
    assert dominant.holds(model).holds is True
    model = family("s2", n="2", gamma="1/2", eps="1/5", delta="1/5")
    assert nash.sides(model)[0] == F(1, 5) / (1 - F(1, 2)) ** 2
    assert dominant.sides(model)[0] == F(1, 5) / (1 - F(1, 2)) ** 2


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("-2**2", F(-4)),
        ("2*-3", F(-6)),
        ("--3", F(3)),
        ("2**-2", F(1, 4)),
        ("(-2)**(-2)", F(1, 4)),
        ("1-2-3", F(-4)),
        ("8/4/2", F(1)),
        ("8/(4/2)", F(4)),
        ("0.1+.2", F(3, 10)),
        ("1e-3", F(1, 1000)),
        ("2.5E+2", F(250)),
        (".5e1-1.e0", F(4)),
        ("2*1e-1**2", F(1, 50)),
        ("1e3-1", F(999)),
        ("3e2/1e-2", F(30000)),
        ("2*3+4*5", F(26)),
        ("min(3, 1, 2) - max(1/2, 1/3)", F(1, 2)),
        ("+".join(["1"] * 2000), F(2000)),
    ],
)
def test_arithmetic_is_exact(source: str, value: Fraction) -> None:
    left, right = parse_claim(f"{source} == {value}").sides(random_readings(1)[0])
    assert left == right == value
    again = parse_expression(text(parse_claim(f"{source} <= 1").left), vocabulary())
    assert parse_claim(f"{text(again)} <= 1").sides(random_readings(1)[0])[0] == value


def test_a_long_sum_is_flat() -> None:
    left = parse_claim("+".join(["n"] * 4000) + " <= 1").left
    assert isinstance(left, Sum)
    assert len(left.terms) == 4000
    assert sys.getrecursionlimit() <= 10_000


def test_quantities_read_as_defined() -> None:
    model = family("w1", n="3", gamma="1/2", eps="1/5")
    assert parse_claim("NashGap == (1+(n-1)*gamma)*eps_BC/(1-gamma)**2").holds(model).holds is True
    assert parse_claim("eps_BC == 1/5").holds(model).holds is True
    assert parse_claim("n == 3").holds(model).holds is True
    assert parse_claim("NashGap > 8/5").holds(model).holds is False
    assert parse_claim("NashGap >= 8/5").holds(model).holds is True


def test_a_per_player_claim_names_the_player_that_breaks_it() -> None:
    model = family("w1", n="3", gamma="1/2", eps="1/5")
    claim = parse_claim("NashGap_i <= eps_BC_i/(1-gamma)**2")
    assert claim.is_per_player
    answer = claim.holds(model)
    assert answer.holds is False
    assert answer.reason.startswith("player 0: 8/5 against 4/5")
    sides = claim.sides(model)
    assert len(sides) == 3
    assert sides[1] == (0, F(4, 5))


@pytest.mark.parametrize("source", ["1/(n-n) <= 1", "(n-n)**-1 <= 1", "n/(1-1) >= 0"])
def test_division_by_zero_is_outside_the_domain(source: str) -> None:
    claim = parse_claim(source)
    answer = claim.holds(random_readings(1)[0])
    assert answer.holds is None
    assert "division by zero" in answer.reason
    with pytest.raises(OutsideDomain):
        claim.sides(random_readings(1)[0])


def test_infinite_concentrability_is_outside_the_domain() -> None:
    model = family("w1", n="2", gamma="1/2", eps="1/5")
    answer = parse_claim("NashGap <= C*eps_BC").holds(model)
    assert answer.holds is None
    assert "C is infinite" in answer.reason


def test_towers_of_powers_end_undecided_not_in_memory() -> None:
    source = "2"
    for _ in range(60):
        source = f"({source})**64"
    answer = parse_claim(f"{source} <= 1").holds(random_readings(1)[0])
    assert answer.holds is None
    assert "bits" in answer.reason


def test_floats_never_decide() -> None:
    from nashgap.numeric.reading import Reading

    exact = family("w1", n="2", gamma="1/2", eps="1/5")
    model = Reading(exact.game.as_float(), exact.expert.as_float(), exact.learner.as_float())
    answer = parse_claim("NashGap <= 100").holds(model)
    assert answer.holds is None
    assert "floats" in answer.reason
    left, right = parse_claim("NashGap <= 100").sides(model)
    assert isinstance(left, float)
    assert abs(left - 1.2) < 1e-9
    assert right == 100.0


def test_latex_prints_fractions_and_symbols() -> None:
    claim = parse_claim("NashGap <= min(2*gamma/(1-gamma), 0.5*eps_BC)")
    assert claim.latex() == (
        r"\mathrm{NashGap}(\pi) \le \min\{\frac{2\,\gamma}{1 - \gamma}, "
        r"\tfrac{1}{2}\,\varepsilon_{\mathrm{BC}}\}"
    )
