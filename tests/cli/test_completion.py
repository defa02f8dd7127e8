"""What TAB completes in bash, zsh and fish: labels, games, assumptions and words of options."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import nashgap as ng
from nashgap.cli import completing, conditions
from nashgap.cli.app import app
from nashgap.theory.assumptions import known
from nashgap.theory.catalogue import bound, bounds


def in_bash(line: str) -> list[str]:
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return asked_of("bash", asked)


def in_zsh(line: str) -> list[str]:
    found = asked_of("zsh", {"_TYPER_COMPLETE_ARGS": line})
    return [word.strip("'\"():") for word in found if '"' in word]


def in_fish(line: str) -> list[str]:
    action = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return asked_of("fish", action)


def asked_of(shell: str, variables: dict[str, str]) -> list[str]:
    """What the process prints to a shell that asks."""
    done = subprocess.run(
        [sys.executable, "-c", "from nashgap.cli import main; main()"],
        env={**os.environ, **variables, "_NASHGAP_COMPLETE": f"complete_{shell}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("shell", "line", "found"),
    [
        (in_bash, "nashgap check lemma_4", ["lemma_4", "lemma_4_secondary"]),
        (in_zsh, "nashgap games w1 g", ["gamma=9/10"]),
        (in_fish, "nashgap search --assume nash,zero", ["nash,zero-sum"]),
        (in_bash, "nashgap check no-such-label", []),
    ],
)
def test_shells_get_names(shell: Callable[[str], list[str]], line: str, found: list[str]) -> None:
    assert shell(line) == found


def completed(command: str, parameter: str, incomplete: str, **given: object) -> list[str]:
    """What a parameter of a command completes."""
    found = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    (one,) = [p for p in found.params if parameter in (*p.opts, p.name)]
    context = found.make_context(command, [], resilient_parsing=True)
    context.params |= given
    return [item.value for item in one.shell_complete(context, incomplete)]


@pytest.mark.parametrize(
    ("command", "parameter", "incomplete", "some"),
    [
        *((c, "labels", "T1_mod", "T1_modulus") for c in ("check", "coq", "bounds", "show")),
        ("latex", "things", "S", "S2"),
        ("tightness", "label", "lemma_", "lemma_3"),
        ("tightness", "--games", "w1,w", "w1,w2"),
        ("tightness", "--beside", "T1,lem", "T1,lemma_3"),
        ("show", "labels", "Lem", "Lemma_3"),
        ("show", "labels", "zero", "zero-sum"),
        ("games", "name", "occ", "occupancy-chain"),
        ("games", "name", "so", "soccer"),
        *((c, "--assume", "marg", "margin=") for c in ("evaluate", "certify", "conjecture")),
        *((c, "--assume", "nash,f", "nash,full-support") for c in ("derive", "search", "atlas")),
        *((c, "--match", "", "bc") for c in ("learners", "search", "atlas")),
        ("derive", "quantity", "Val", "ValueGap"),
        ("derive", "--in", "n,eps_", "n,eps_BC"),
        ("derive", "--without", "lem", "lemma_3"),
        ("conditions", "--for", "strict", "strict-nash"),
        ("conditions", "--as", "l", "latex"),
        ("equilibrium", "--way", "t", "team"),
        ("schema", "name", "wit", "witness"),
    ],
)
def test_names_of_every_kind(command: str, parameter: str, incomplete: str, some: str) -> None:
    found = completed(command, parameter, incomplete)
    assert some in found
    assert all(one.startswith(incomplete) for one in found)


def test_a_name_that_stands_there_is_not_offered_again() -> None:
    assert "nash,nash" not in completed("search", "--assume", "nash,n")
    assert "margin=1,margin=" not in completed("search", "--assume", "margin=1,")
    given = {"name": "w1", "parameters": ["n=3"]}
    assert completed("games", "parameters", "", **given)[0] == "eps=1/10"
    assert completed("games", "parameters", "n", **given) == []
    assert completed("games", "parameters", "", name="no-such-game") == []


def test_every_name_that_is_offered_is_read() -> None:
    """Catches a spelling that a command refuses, and a thing without a name that can be typed."""
    for label in completed("check", "labels", ""):
        assert bound(label).label
    typed = {one.rstrip("=") for one in completed("search", "--assume", "")}
    assert typed == set(known())
    assert {bound(one).label for one in completed("check", "labels", "")} == set(bounds())
    folder = Path(ng.__file__).parents[1] / "theory" / "conditions" / "concepts"
    concepts = {p.stem.replace("_", "-") for p in folder.glob("[a-z]*.py")}
    assert concepts | set(conditions.LEVELS) == set(completed("conditions", "--for", ""))


def test_what_cannot_be_loaded_completes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nashgap.theory.catalogue", None)
    assert completed("check", "labels", "T") == []
    assert completing.one_of("rho", "mu")("r") == ["rho"]


def test_completion_loads_no_solver() -> None:
    code = (
        "import sys, nashgap.cli.completing as c\n"
        "for names in (c.labels, c.statements, c.games, c.assumptions, c.targets, c.schemas):\n"
        "    assert c.known(names)('')\n"
        "print(*({'sympy', 'scipy', 'z3', 'highspy', 'flint', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
