"""Whole searches: suprema, what is found and ruled out, and no claim without proof."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nashgap.numeric.io import parse_json
from nashgap.search import encoded, prover, worker
from nashgap.search.backends import Backend, Unsatisfiable
from nashgap.search.engine import search
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.verify import verify
from nashgap.theory.errors import BadInput

F = Fraction

EXACT = "nash,deterministic,pure"


def checked_supremum(query: Query) -> F:
    """The supremum, after its witness and its certificate went through JSON and `verify`."""
    verdict = search(query, sup=True)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.witness is not None
    assert verdict.attained
    assert verdict.supremum is not None
    for part in (verdict.witness, verdict.certificate):
        raw = parse_json(json.dumps(part.json()), "file")
        assert verify(raw).valid
    excludes = verdict.certificate.raw["excludes"]
    assert (excludes["gap"], excludes["strict"]) == (str(verdict.supremum), True)
    if query.player is None:
        assert verdict.witness.nash_gap == verdict.supremum
    game = verdict.witness.game
    assert (game.players, game.num_states, game.num_actions) == (
        query.players,
        query.states,
        query.game_class.actions,
    )
    return verdict.supremum


@pytest.mark.parametrize("gamma", [F(1, 2), F(9, 10), F(99, 100)])
@pytest.mark.parametrize("states", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("assume", [EXACT, "nash"])
def test_supremum_of_exact_matching(assume: str, states: int, gamma: F) -> None:
    started = time.monotonic()
    assert checked_supremum(Query(assume=assume, states=states, gamma=gamma)) == 2 * gamma / (
        1 - gamma
    )
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("assume", "shape", "expected"),
    [
        (EXACT, {"states": 1}, 0),
        (EXACT, {"players": 1, "states": 3}, 0),
        (EXACT, {"players": 3, "states": 2}, 18),
        (EXACT, {"players": 3, "actions": (2, 1, 3), "states": 3}, 18),
        (EXACT, {"actions": (2, 3), "states": 3}, 18),
        (EXACT, {"actions": (2, 1)}, 0),
        (EXACT, {"actions": (1, 2)}, 0),
        (EXACT, {"actions": 1}, 0),
        (EXACT, {"gamma": 0, "states": 3}, 0),
        (EXACT, {"actions": (2, 3), "player": 1}, 18),
        ("nash", {"players": 3, "actions": (1, 2, 1), "player": 1}, 0),
        ("nash,full-support", {"states": 4}, 0),
        (EXACT + ",full-support", {"states": 4}, 0),
        ("nash,deterministic", {"states": 3}, 18),
        ("nash,pure", {"states": 3}, 18),
        ("nash,zero-sum", {"states": 3}, 18),
        ("nash,common-payoff", {"states": 3}, 18),
        ("nash,turn-based", {"states": 3}, 18),
        ("subgame-perfect", {"states": 3}, 18),
        ("subgame-perfect,zero-sum", {"states": 2}, 18),
        ("", {"states": 2}, 20),
        ("", {"players": 1, "states": 2}, 20),
        ("deterministic,pure", {"actions": 1}, 0),
    ],
)
def test_supremum_of_other_classes(assume: str, shape: dict[str, Any], expected: int) -> None:
    assert checked_supremum(Query(assume=assume, **shape)) == expected


@pytest.mark.parametrize("assume", [EXACT, "nash"])
@pytest.mark.parametrize(
    ("asked", "strict", "kind"),
    [
        (F(18), False, Found),
        (F(18), True, RuledOut),
        (F(18) - F(1, 10**9), True, Found),
        (F(18) + F(1, 10**9), False, RuledOut),
        (F(-1), False, Found),
        (F(1000), False, RuledOut),
    ],
)
def test_thresholds(assume: str, asked: F, strict: bool, kind: type) -> None:
    verdict = search(Query(assume=assume, states=3, gap_at_least=asked, strict=strict))
    assert type(verdict) is kind
    if isinstance(verdict, Found):
        assert Threshold(asked, strict).met_by(verdict.witness.nash_gap)
        assert verdict.witness.bound == asked
    else:
        assert isinstance(verdict, RuledOut)
        assert verdict.certificate.verify().valid
        assert verdict.supremum is None


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("NashGap <= 2*gamma/(1-gamma)", RuledOut),
        ("NashGap < 2*gamma/(1-gamma)", Found),
        ("NashGap_i <= 2*gamma/(1-gamma) + n*eps_BC", RuledOut),
        ("max(eps_rho, 17) >= NashGap", Found),
        ("NashGap <= delta", Found),
        ("NashGap <= 1/eps_BC", Unknown),
        ("NashGap >= 0", Unknown),
        ("2*NashGap <= 1", Found),
        ("ValueGap <= 0", Unknown),
    ],
)
def test_claims(claim: str, kind: type) -> None:
    verdict = search(Query(claim=claim))
    assert type(verdict) is kind
    if isinstance(verdict, Found):
        assert verdict.witness.shows == claim
        assert verdict.witness.nash_gap > 1
        assert verdict.witness.verify().valid


@pytest.mark.parametrize("assume", ["nash,margin=1/3,turn-based", "nash,reset=1/3,alternating"])
@pytest.mark.parametrize("is_kept", [False, True])
def test_a_class_without_a_game_is_ruled_out_and_has_no_supremum(
    assume: str, is_kept: bool, tmp_path: Path
) -> None:
    store = tmp_path / "kept.sqlite" if is_kept else None
    verdict = search(Query(assume=assume), sup=True, store=store, core=is_kept)
    assert isinstance(verdict, RuledOut)
    assert verdict.supremum is None
    assert "no game has all these assumptions" in verdict.evidence
    assert "no supremum" in verdict.evidence
    assert verdict.certificate.statement == "a Nash gap >= 0"
    assert verdict.certificate.verify().valid
    if is_kept:
        assert verdict.cores
        again = search(Query(assume=assume), sup=True, store=store, core=True)
        assert again.json() == verdict.json()


def test_the_json_of_every_verdict_is_json() -> None:
    for verdict in (
        search(Query(gap_at_least=18)),
        search(Query(), sup=True),
        search(Query(assume="strict-nash"), sup=True),
    ):
        shown = json.loads(json.dumps(verdict.json()))
        assert shown["status"] == verdict.status
        assert shown["status"] in ("found", "ruled_out", "undecided")


def test_a_game_beyond_the_encodings_is_found_and_simple() -> None:
    """The falsifier's share: a strict equilibrium, of which no encoding builds games."""
    verdict = search(Query(assume="strict-nash", gamma="1/2"), sup=True, seconds=5)
    assert isinstance(verdict, RuledOut)
    assert verdict.supremum == 2
    assert not verdict.attained
    assert verdict.witness is not None
    assert verdict.witness.verify().valid
    assert F(19, 10) < verdict.witness.nash_gap < 2


def test_verdicts_match_as_promised() -> None:
    match search(Query(), sup=True):
        case RuledOut(certificate, witness, supremum, attained):
            assert certificate.verify().valid
            assert witness is not None
            assert supremum == 18
            assert attained
        case other:
            pytest.fail(str(other))


@pytest.mark.parametrize(
    ("query", "options"),
    [
        (Query(), {}),
        (Query(gap_at_least=1), {"sup": True}),
        (Query(claim="NashGap <= 1"), {"sup": True}),
        (Query(strict=True), {"sup": True}),
        (Query(), {"sup": True, "seconds": 0}),
        (Query(), {"sup": True, "seconds": float("nan")}),
    ],
)
def test_misuse(query: Query, options: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        search(query, **options)


def test_no_time_is_unknown_and_not_a_verdict() -> None:
    verdict = search(Query(states=12, assume=EXACT), sup=True, seconds=0.001)
    assert isinstance(verdict, Unknown)
    assert "time" in verdict.reason
    assert verdict.upper == 20


def lying(kind: str) -> Backend:
    """A solver that finds nothing, ever."""

    def nothing(*_: object) -> Unsatisfiable:
        return Unsatisfiable()

    return Backend(kind, lambda: None, lambda: "0", nothing)


def test_a_solver_that_lies_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoded, "first_available", lambda: lying("liar"))
    verdict = search(Query(gap_at_least=18, assume=EXACT))
    assert isinstance(verdict, Unknown)
    assert "disagree" in verdict.reason
    assert isinstance(search(Query(assume=EXACT), sup=True), Unknown)


def test_a_prover_that_lies_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checker refuses its certificate; no rule-out rests on the prover's word."""
    monkeypatch.setattr(
        "nashgap.search.supremum.prove", lambda *_, **__: prover.Leaf({prover.ASKED: F(1)})
    )
    verdict = search(Query(gap_at_least=1, assume=EXACT, states=3))
    assert isinstance(verdict, Found)
    verdict = search(Query(gap_at_least=19, assume=EXACT, states=3))
    assert isinstance(verdict, Unknown)
    assert "refused by the checker" in verdict.reason


def test_progress_is_told() -> None:
    said: list[str] = []
    search(Query(states=3), sup=True, progress=said.append)
    assert any("best gap 18, proved bound 20" in line for line in said)
    assert any("of 3 cases done" in line for line in said)


def test_ctrl_c_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    true_stream = worker.stream

    def interrupted(work: Any, *arguments: Any, **options: Any) -> Iterator[Any]:
        if work.__name__ == "exclude" and arguments[1].value == 18:
            raise KeyboardInterrupt
        yield from true_stream(work, *arguments, **options)

    monkeypatch.setattr(encoded, "stream", interrupted)
    verdict = search(Query(), sup=True)
    assert isinstance(verdict, Unknown)
    assert verdict.interrupted
    assert verdict.lower == 18
    assert verdict.witness is not None


def test_ctrl_c_leaves_no_process_behind() -> None:
    program = (
        "import sys, time\n"
        "from nashgap.search.worker import stream\n"
        "def forever():\n"
        "    import os\n"
        "    yield os.getpid()\n"
        "    while True: time.sleep(1)\n"
        "try:\n"
        "    for pid in stream(forever): print(pid, flush=True)\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped', flush=True)\n"
    )
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    child = int(running.stdout.readline())
    running.send_signal(signal.SIGINT)
    assert running.stdout.readline() == "stopped\n"
    running.wait(10)
    running.stdout.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
