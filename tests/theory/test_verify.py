"""Derivation files: what is written verifies, and nothing corrupted that says something else."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import pytest

from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import is_name
from nashgap.theory.errors import BadInput
from nashgap.theory.verify import FREE_TEXT, verify_derivation

LABELS = tuple(bounds())
Path = tuple[str | int, ...]


@cache
def _text(label: str) -> str:
    return json.dumps(bounds()[label].derivation_object())


def _leaves(raw: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(raw, list):
        for k, value in enumerate(raw):
            yield from _leaves(value, (*path, k))
    else:
        yield path


def _objects(raw: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(raw, dict):
        yield path
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
        if isinstance(value, (dict, list)):
            yield from _objects(value, (*path, key))


def _at(raw: Any, path: Path) -> Any:
    for key in path:
        raw = raw[key]
    return raw


def _with(label: str, path: Path, value: Any) -> Any:
    raw = json.loads(_text(label))
    _at(raw, path[:-1])[path[-1]] = value
    return raw


def _corruptions(leaf: str) -> Iterator[object]:
    yield from ("", "x", leaf + " + 1", leaf[:-1], None, 3, True, [leaf], {"a": leaf})
    for match in re.finditer(r"\d+", leaf):
        yield leaf[: match.start()] + str(int(match.group()) + 1) + leaf[match.end() :]
    for old, new in (
        ("<=", "<"), ("<=", ">="), ("<=", "=="), ("==", "<="), (" - ", " + "), (" + ", " - "),
        ("gamma", "n"), ("n", "1"), ("_i", "_j"), ("_j", "_i"), ("_o", "_i"), ("max", "min"),
        ("expert", "learner"), ("learner", "expert"), ("dominant", "nash"), ("TV", "eps_BC"),
        ("scalar", "state"), ("state", "scalar"),
    ):  # fmt: skip
        if old in leaf:
            yield leaf.replace(old, new, 1)
            yield new.join(leaf.rsplit(old, 1))


def _accepted(raw: Any) -> bool:
    try:
        return verify_derivation(raw).valid
    except BadInput:
        return False


@pytest.mark.parametrize("label", LABELS)
def test_what_is_written_verifies(label: str) -> None:
    found = verify_derivation(json.loads(_text(label)))
    assert found.valid
    assert bounds()[label].claim.text in found.reasons[0]


def _fresh(label: str) -> list[Path]:
    """The leaves, without those of lemmas that an earlier bound has in common with this one."""
    earlier = [json.loads(_text(other)) for other in LABELS[: LABELS.index(label)]]
    seen = {lemma["name"] for raw in earlier for lemma in (*raw["lemmas"], raw["proof"])}
    raw = json.loads(_text(label))
    known = {k for k, lemma in enumerate(raw["lemmas"]) if lemma["name"] in seen}
    return [p for p in _leaves(raw) if not (p[0] == "lemmas" and p[1] in known)]


Change = tuple[Path, str, object]


def _changes(label: str) -> list[Change]:
    raw = json.loads(_text(label))
    leaves = [(path, _at(raw, path)) for path in _fresh(label)]
    return [(path, leaf, v) for path, leaf in leaves for v in _corruptions(leaf) if v != leaf]


def _check(label: str, changes: list[Change]) -> None:
    for path, leaf, value in changes:
        accepted = _accepted(_with(label, path, value))
        if path in FREE_TEXT:
            assert accepted == (isinstance(value, str) and (path[0] != "proof" or is_name(value)))
        else:
            assert not accepted, f"{path}: {leaf!r} -> {value!r}"


@pytest.mark.parametrize("label", LABELS)
def test_no_leaf_of_a_sample_can_be_corrupted(label: str) -> None:
    changes = _changes(label)
    assert len(changes) > 100
    _check(label, Random(label).sample(changes, 40))


@pytest.mark.slow
@pytest.mark.parametrize("label", LABELS)
def test_no_leaf_can_be_corrupted(label: str) -> None:
    _check(label, _changes(label))


@pytest.mark.parametrize("label", ["T1", "corollary_3"])
def test_no_leaf_can_be_replaced_by_another(label: str) -> None:
    raw = json.loads(_text(label))
    leaves = [path for path in _leaves(raw) if path not in FREE_TEXT]
    pairs = [(path, _at(raw, other)) for path in leaves for other in leaves]
    for path, value in Random(1).sample(pairs, 100):
        same = {_at(raw, path)} | ({raw["proof"]["statement"]} if path == ("claim",) else set())
        if value not in same:
            assert not _accepted(_with(label, path, value)), f"{path} -> {value!r}"


@pytest.mark.parametrize("label", ["corollary_3"])
def test_no_key_can_be_missing_or_new_and_no_item_dropped_or_doubled(label: str) -> None:
    raw = json.loads(_text(label))
    for path in _objects(raw):
        for key in _at(raw, path):
            less = deepcopy(raw)
            del _at(less, path)[key]
            with pytest.raises(BadInput):
                verify_derivation(less)
        more = deepcopy(raw)
        _at(more, path)["note"] = "trust me"
        with pytest.raises(BadInput, match="unknown key 'note'"):
            verify_derivation(more)
    for path in {leaf[:k] for leaf in _leaves(raw) for k in range(1, len(leaf))}:
        items = _at(raw, path)
        if isinstance(items, list):
            for k in range(len(items)):
                assert not _accepted(_with(label, path, items[:k] + items[k + 1 :]))
                assert not _accepted(_with(label, path, [*items, items[k]]))


@pytest.mark.parametrize(
    "claim",
    [
        "NashGap <= eps_BC/(1-gamma)**2",
        "NashGap < (1+(n-1)*gamma)*eps_BC/(1-gamma)**2",
        "NashGap == (1+(n-1)*gamma)*eps_BC/(1-gamma)**2",
        "ValueGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2",
        "NashGap_i <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2",
        "NashGap <= 2*n*eps_BC/(1-gamma)**2",
    ],
)
def test_the_claim_must_be_what_the_proof_says(claim: str) -> None:
    found = verify_derivation(_with("T1", ("claim",), claim))
    assert not found.valid
    assert found.reasons


def test_a_claim_written_otherwise_is_the_same_claim() -> None:
    same = "NashGap <= eps_BC*(1 - gamma + n*gamma) / (1 - 2*gamma + gamma**2)"
    assert verify_derivation(_with("T1", ("claim",), same)).valid


@pytest.mark.parametrize("raw", [None, [], "x", 3, {}, {"format": "nashgap/derivation/1"}])
def test_what_is_no_derivation_is_bad_input(raw: Any) -> None:
    with pytest.raises(BadInput, match="derivation"):
        verify_derivation(raw)


def test_hostile_expressions_end_quickly() -> None:
    tower = "gamma"
    for _ in range(50):
        tower = f"({tower} + n)**64"
    found = verify_derivation(_with("T1", ("proof", "steps", 1, "right"), tower))
    assert not found.valid
    assert any("power above" in reason or "terms" in reason for reason in found.reasons)


def test_verifying_loads_no_sympy_and_no_solver() -> None:
    code = (
        "import json, sys\n"
        "from nashgap.theory.verify import verify_derivation\n"
        "assert verify_derivation(json.load(sys.stdin)).valid\n"
        "assert not {'sympy', 'z3', 'highspy', 'scipy', 'numpy', 'flint'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], input=_text("T1"), text=True, check=True)
