"""What others' scripts rely on: names, formats and exit codes, each asked from outside.

Would catch a renamed command, flag, assumption, key or function, a changed default, and a status
word with another exit code.
"""

import json
import shlex
import tomllib
from collections.abc import Callable
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

import nashgap as ng
from nashgap.cli import main
from nashgap.cli.app import app
from nashgap.cli.output import EXIT_CODE
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.claim import parse_claim

Asked = Callable[[str], tuple[int, dict[str, Any]]]

COMMON = {"status", "claim", "class", "evidence", "witness", "certificate", "seconds", "versions"}
QUANTITIES = (
    "NashGap NashGap_i ValueGap eps_BC eps_BC_i eps_mu eps_rho delta C n gamma".split()  # noqa: SIM905
)
ASSUMPTIONS = [
    *("nash", "strict-nash", "subgame-perfect", "nash,margin=1/3", "dominant", "team-optimal"),
    *("match-rho", "match-mu", "full-support", "zero-sum", "common-payoff", "symmetric"),
    *("turn-based", "alternating", "state-rewards", "own-rewards", "reset=1/4", "entry=1/4"),
    *("uniform-off-support", "deterministic", "pure"),
]
FLAGS = {
    "check": "--all --load",
    "conjecture": "--assume --players --states --actions --gamma --seconds --store -o",
    "derive": "--assume --in",
    "search": "--match --assume --players --states --actions --gamma --gap-at-least --strict --sup "
    "--eps --fix --claim --player --seconds --store -o",
    "certify": "--demonstrations",
    "evaluate": "--tolerance --assume",
    "latex": "-o",
    "coq": "-o",
    "report": "-o",
    "demo": "",
    "atlas": "",
    "verify": "",
    "games": "",
    "bounds": "",
    "doctor": "",
}
FUNCTIONS = (
    "MarkovGame ProductPolicy load save nash_gap gaps value best_response occupancy evaluate "
    "bounds check conjecture derive search Query Found RuledOut Unknown latex games"
)


@pytest.fixture
def asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Asked:
    """The exit code and the one JSON object of a command line."""
    monkeypatch.chdir(tmp_path)
    made = ng.games.catalogue()["w3"].build()
    ng.save("w3.json", made.game, made.expert, made.learner)

    def ask(line: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main([*shlex.split(line), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else {"error": err}

    return ask


def kept(found: dict[str, Any]) -> str:
    Path("kept.json").write_text(json.dumps(found))
    return "verify kept.json"


# Words and names


def test_status_words_have_their_exit_codes() -> None:
    words = {"proved": 0, "refuted": 1, "ruled_out": 0, "supported": 3, "undecided": 3, "found": 0}
    assert {word: EXIT_CODE[word] for word in words} == words


@pytest.mark.parametrize("name", QUANTITIES)
@pytest.mark.parametrize("relation", ["<=", ">=", "<", ">", "=="])
def test_claims_know_every_quantity_and_relation(name: str, relation: str) -> None:
    claim = parse_claim(f"min(1, 2) + max({name}, 0)**2 - 1 / 2 * (3 + 0.5) {relation} 7")
    assert claim.names == {name}


@pytest.mark.parametrize("text", ASSUMPTIONS)
def test_every_assumption_is_known_by_its_name(text: str) -> None:
    assert ",".join(a.text for a in parse_assumptions(text)) == text


def test_commands_and_flags(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(FLAGS) <= {info.name for info in app.registered_commands}
    for name, flags in FLAGS.items():
        assert main([name, "--help"]) == 0
        shown = capsys.readouterr().out.replace(",", " ").split()
        for flag in (*flags.split(), "--json", "--quiet"):
            assert flag in shown or flag == "--load", (name, flag)
    assert main(["--help"]) == 0
    assert "--load" in capsys.readouterr().out


def test_extras() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    assert {"test", "docs", "notebooks", "cluster", "solvers", "games", "gpu"} <= set(extras)
    assert any(line.startswith("jupyterlab") for line in extras["notebooks"])
    assert not any("jupyter" in line or "sphinx" in line for line in project["dependencies"])


def test_python_names() -> None:
    for name in FUNCTIONS.split():
        assert getattr(ng, name) is not None


def test_defaults() -> None:
    query = ng.Query(gap_at_least=18)
    said = query.game_class
    assert (said.players, said.states, said.actions, said.discount) == (2, 2, (2, 2), F(9, 10))
    assert [a.text for a in said.assumptions] == ["match-rho", "nash"]
    other = ng.Query(assume="zero-sum").game_class.assumptions
    assert [a.text for a in other] == ["match-rho", "zero-sum"]


# Commands


@pytest.mark.parametrize(
    ("line", "code", "status"),
    [
        ("search --gap-at-least 18", 0, "found"),
        ("search --match rho --assume nash --gamma 0.9 --gap-at-least 18 --strict", 0, "ruled_out"),
        ("search --sup", 0, "ruled_out"),
        ("search --sup --states 30 --players 3 --actions 2,3,2 --seconds 0.01", 3, "undecided"),
        ("search --match bc --eps 1/10 --gap-at-least 1/10", 0, "found"),
        ('search --claim "NashGap <= 9"', 0, "found"),
        ("evaluate w3.json", 0, "done"),
        ("check T1", 0, "proved"),
        ("bounds T1", 0, "done"),
        ("games w1", 0, "done"),
        ("latex trivial", 0, "done"),
        ("doctor", 0, "done"),
    ],
)
def test_common_keys_and_exit_codes(line: str, code: int, status: str, asked: Asked) -> None:
    got, found = asked(line)
    assert (got, found["status"]) == (code, status)
    assert set(found) >= COMMON
    assert isinstance(found["seconds"], float)


def test_a_supremum_comes_with_its_certificate_and_witness(asked: Asked) -> None:
    _, found = asked("search --sup")
    assert (found["supremum"], found["attained"]) == ("18", True)
    assert found["certificate"]["format"] == "nashgap/certificate/1"
    assert found["certificate"]["excludes"] == {"gap": "18", "strict": True}
    assert found["witness"]["format"] == "nashgap/witness/1"
    for part in ("certificate", "witness"):
        code, checked = asked(kept(found[part]))
        assert (code, checked["valid"]) == (0, True)
        assert checked["reasons"]
    said = found["witness"]["witness"]
    assert set(said) >= {"gap_at_least", "assumptions", "player", "deviation", "numbers"}
    _, open_ = asked("search --sup --states 30 --players 3 --seconds 0.01")
    assert {"lower", "upper", "reason"} <= set(open_)
    assert (open_["supremum"], open_["attained"]) == (None, None)


def test_verify_says_true_false_or_malformed(asked: Asked) -> None:
    witness = asked("search --gap-at-least 18")[1]["witness"]
    assert asked(kept(witness))[0] == 0
    witness["witness"]["numbers"]["nash_gap"] = "19"
    code, found = asked(kept(witness))
    assert (code, found["valid"]) == (1, False)
    assert any("19" in reason for reason in found["reasons"])
    assert asked(kept({**witness, "format": "nashgap/witness/9"}))[0] == 2


def test_evaluate_has_every_quantity_exactly(asked: Asked) -> None:
    _, found = asked("evaluate w3.json")
    numbers = {
        "nash_gap": "18",
        "nash_gap_per_player": ["18", "0"],
        "value_gap": "0",
        "eps_bc": "0",
        "eps_bc_per_player": ["0", "0"],
        "eps_mu": "0",
        "eps_rho": "0",
        "expert_nash_gap": "0",
        "values": {"expert": ["-10", "0"], "learner": ["-10", "0"]},
        "delta": "2",
        "C": "inf",
    }
    assert {key: found[key] for key in numbers} == numbers
    assert set(found["assumptions"].values()) <= {True, False, None}
    names = {name.split(",")[-1].split("=")[0] for name in ASSUMPTIONS}
    assert names - {"margin", "reset", "entry"} <= set(found["assumptions"])
    undecided = {name for name, value in found["assumptions"].items() if value is None}
    assert undecided <= set(found["reasons"])
    t3 = next(b for b in found["bounds"] if b["label"] == "T3")
    assert (t3["applies"], t3["value"], t3["slack"]) == (True, "18", "0")
    assert asked("evaluate w3.json --assume margin=1/3")[1]["assumptions"]["margin=1/3"] is False


def test_check_gives_every_step(asked: Asked) -> None:
    _, found = asked("check T1 lemma_3")
    assert [r["label"] for r in found["results"]] == ["T1", "lemma_3"]
    for result in found["results"]:
        assert result["status"] == "proved"
        for step in result["steps"]:
            assert set(step) >= {"relation", "reason", "status"}


def test_a_proved_claim_gives_a_derivation_that_verifies(asked: Asked) -> None:
    code, found = asked("conjecture 'NashGap <= 2*n*eps_BC/(1-gamma)**2' --assume dominant")
    assert (code, found["status"]) == (0, "proved")
    assert found["derivation"]["format"] == "nashgap/derivation/1"
    assert asked(kept(found["derivation"]))[0] == 0


def test_misuse_is_2_and_one_line(asked: Asked) -> None:
    for line in ("search", "evaluate none.json", "serach", "check lemma_99", "verify none.json"):
        code, found = asked(line)
        assert code == 2
        assert found["error"].count("\n") == 1


# Python


def test_python_as_it_is_written_down() -> None:
    made = ng.games.catalogue()["w3"].build()
    game, learner = made.game, made.learner
    assert ng.nash_gap(game, learner) == 18
    assert ng.gaps(game, learner).tolist() == [18, 0]
    assert ng.value(game, learner).tolist() == [-10, 0]
    assert ng.best_response(game, learner, 0).value == 8
    mu, rho = ng.occupancy(game, learner)
    assert (mu.sum(), rho.sum()) == (1, 1)
    assert ng.evaluate(game, made.expert, learner).nash_gap == 18
    assert "T1" in ng.bounds()
    assert ng.check("T1").status.word == str(ng.check("T1").status) == "proved"


def test_verdicts_can_be_taken_apart_by_place() -> None:
    match ng.search(ng.Query(assume="nash,state-rewards", gamma=F(1, 2)), sup=True):
        case ng.RuledOut(certificate):
            assert certificate.verify().valid
        case other:
            pytest.fail(repr(other))
    match ng.search(ng.Query(gap_at_least=18)):
        case ng.Found(witness):
            assert witness.nash_gap == 18
            assert witness.verify().valid
        case other:
            pytest.fail(repr(other))
    match ng.search(ng.Query(players=3, states=30), sup=True, seconds=0.01):
        case ng.Unknown(reason, lower, upper):
            assert reason
            assert lower is None or upper is None or lower <= upper
        case other:
            pytest.fail(repr(other))


def test_a_derivation_line_by_line_as_in_a_paper() -> None:
    from nashgap.theory import NashGap, V, best_response, eps_BC, expert, gamma, learner, n

    proof = (
        ng.derivation("my_lemma", assume="dominant")
        .start(NashGap(learner))
        .eq(V(best_response, learner) - V(learner), by="definition")
        .eq(V(expert, learner) - V(learner), by="dominance")
        .le((1 + (n - 1) * gamma) * eps_BC / (1 - gamma) ** 2, by="disagreement_le_bc_error")
    )
    assert ng.check(proof).status.word == "proved"


@pytest.mark.slow
def test_a_conjecture_in_python() -> None:
    claim = "NashGap <= eps_BC/(1-gamma)**2"
    found = ng.conjecture(claim, assume="dominant", players=2, states=4, gamma=F(9, 10))
    assert found.status == "refuted"
    witness = found.witness
    assert witness is not None
    assert witness.nash_gap > witness.bound
    assert witness.verify().valid
    assert r"\begin{tabular}" in ng.latex(witness)


def test_values_show_themselves() -> None:
    made = ng.games.catalogue()["w3"].build()
    for thing in (made.game, made.learner, ng.search(ng.Query(gap_at_least=18))):
        assert thing._repr_html_()
    assert ng.bounds()["T1"]._repr_latex_()
