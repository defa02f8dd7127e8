"""The atlas: every proof holds, no certificate excludes a known game, formulas hold where fresh."""

import copy
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nashgap.numeric.root import Root
from nashgap.search.atlas import Atlas, Entry, atlas
from nashgap.search.atlas import file as atlas_file
from nashgap.search.atlas.consistency import Known, contradictions, known, meetings
from nashgap.search.atlas.entry import name_of
from nashgap.search.atlas.family import families, is_fresh
from nashgap.search.atlas.formula import Formula, fitted, formula_of
from nashgap.search.atlas.pieces import Pieces, in_pieces, pieces_of
from nashgap.search.atlas.plan import plan
from nashgap.search.query import Query
from nashgap.search.verify import verify
from nashgap.theory.errors import BadInput

F = Fraction
SAMPLE = 40
"""The fast tests take one entry in so many."""
BELOW = F(1, 10**6)


@cache
def whole() -> Atlas:
    return atlas()


def sample() -> list[Entry]:
    """Entries of few states at one discount, so that their games meet."""
    chosen = [e for e in whole().entries if e.name.endswith("n2S3A2/gamma=9/10")]
    return [*chosen[::5], *whole().entries[::SAMPLE]]


# -- what is shipped


def test_entries_are_those_of_the_plan() -> None:
    planned = [name_of(query) for query in plan()]
    assert len(planned) == len(set(planned))
    assert [entry.name for entry in whole().entries] == planned


def check_proofs(entries: list[Entry]) -> None:
    for entry in entries:
        verdict = entry.verified().json()
        assert verdict["status"] == entry.status
        said = entry.query.game_class.json()
        for part in filter(None, (entry.verdict["certificate"],)):
            assert verify(part).valid
            assert {**part["class"], "assumptions": None} == {**said, "assumptions": None}
            assert sorted(part["class"]["assumptions"]) == sorted(said["assumptions"])
        if entry.supremum is not None and entry.attained:
            assert verify(entry.verdict["witness"]).valid
            assert F(entry.verdict["witness"]["witness"]["numbers"]["nash_gap"]) == entry.supremum
        if entry.lower is not None and entry.upper is not None:
            assert entry.lower <= entry.upper


def test_proofs_of_a_sample() -> None:
    check_proofs(sample()[::3])


@pytest.mark.slow
def test_every_proof() -> None:
    check_proofs(list(whole().entries))


# -- no certificate for a class that has a known witness


def lower_claims(certificate: dict[str, Any], gap: Fraction) -> Iterator[dict[str, Any]]:
    """The certificate, claiming less than a game has, in three ways."""
    for bound, strict in ((gap, False), (gap - BELOW, True), (gap / 2, True)):
        changed = copy.deepcopy(certificate)
        changed["excludes"] |= {"gap": str(bound), "strict": strict}
        yield changed


def moved(certificate: dict[str, Any], other: Entry) -> dict[str, Any]:
    """The certificate, claimed for another class of the same shape."""
    changed = copy.deepcopy(certificate)
    changed["class"]["assumptions"] = [a.text for a in other.query.game_class.assumptions]
    return changed


def refused(certificate: dict[str, Any]) -> bool:
    """Whether the checker finds it false, or no certificate at all."""
    try:
        return not verify(certificate).valid
    except BadInput:
        return True


def check_no_certificate_below_a_witness(entries: list[Entry]) -> tuple[int, int]:
    """How many pairs of certificate and witness of its class there were, and changed ones."""
    met = changed = 0
    best: dict[str, Known] = {}
    for entry, witness in meetings(entries):
        met += 1
        excludes = entry.verdict["certificate"]["excludes"]
        assert witness.gap < F(excludes["gap"]) or (
            excludes["strict"] and witness.gap == F(excludes["gap"])
        ), (entry.name, witness.entry.name)
        if entry.name not in best or witness.gap > best[entry.name].gap:
            best[entry.name] = witness
    by_name = {entry.name: entry for entry in entries}
    for name, witness in best.items():
        if witness.gap > 0:
            for claim in lower_claims(by_name[name].verdict["certificate"], witness.gap):
                changed += 1
                assert refused(claim), name
    for entry in entries:
        certificate = entry.verdict["certificate"]
        for other in entries if certificate is not None else ():
            if not same_place(entry, other) or other.name not in best:
                continue
            if best[other.name].gap > F(certificate["excludes"]["gap"]):
                changed += 1
                assert refused(moved(certificate, other)), (entry.name, other.name)
    assert contradictions(entries) == []
    return met, changed


def same_place(one: Entry, other: Entry) -> bool:
    return re.sub("/.*?/", "/", one.name, count=1) == re.sub("/.*?/", "/", other.name, count=1)


def test_no_certificate_for_a_class_with_a_known_witness_in_a_sample() -> None:
    met, changed = check_no_certificate_below_a_witness(sample())
    assert met > 100
    assert changed > 100


@pytest.mark.slow
def test_no_certificate_for_a_class_with_a_known_witness_in_the_whole_atlas() -> None:
    met, changed = check_no_certificate_below_a_witness(list(whole().entries))
    assert met >= len(whole().entries)
    assert changed > 5 * len(whole().entries)


def test_a_wrong_certificate_would_be_seen() -> None:
    low, high = (
        next(e for e in whole().entries if e.name == f"rho/{name}/n2S3A2/gamma=9/10")
        for name in ("nash,state-rewards", "nash")
    )
    (witness,) = known([low])
    assert witness.belongs_to(high.query.game_class)
    assert not known([high])[0].belongs_to(low.query.game_class)
    assert not witness.belongs_to(Query(states=2).game_class)
    wrong = copy.deepcopy(dict(high.verdict))
    wrong["certificate"]["excludes"]["gap"] = str(witness.gap - 1)
    faults = contradictions([Entry(high.query, wrong, 0.0), low])
    assert any(low.name in fault for fault in faults)
    assert contradictions([high, low]) == []


# -- formulas


def test_every_formula_holds_at_every_decided_entry() -> None:
    for family in whole().families:
        assert family.misses == []
        if family.formula is not None:
            fresh = [e for p, e in family.entries if is_fresh(p) and e.value is not None]
            assert family.tested_on == len(fresh) > 0
            assert family.fitted_on == len(family.decided) - len(fresh)


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("rho/nash/n2S3A2", "2*gamma/(1 - gamma)"),
        ("rho/nash,state-rewards/n2S3A2", "2*gamma**2/(1 - gamma)"),
        ("rho/nash,alternating/n2S3A2", "2*gamma/((1 - gamma)*(1 + gamma))"),
        ("rho/nash,reset=b/n2S3A2", "2*gamma*(1 - b)/(1 - gamma)"),
        ("rho/nash,entry=b/n2S3A2", "2*gamma*b/((1 - gamma)*(1 - gamma + gamma*b))"),
    ],
)
def test_formulas_of_some_classes(name: str, formula: str) -> None:
    (family,) = (family for family in whole().families if family.name == name)
    assert str(family.formula) == formula


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        (
            "rho/nash,own-rewards/n2S2A2",
            "2*gamma**2/((1 - gamma)*(1 + gamma)) from gamma = 1/4 to 3/5",
            "2*(2 - gamma - 2*sqrt(1 - gamma))/(gamma*(1 - gamma)) from gamma = 2/3 to 99/100",
        ),
        (
            "rho/nash,uniform-off-support/n2S2A2",
            "2*gamma*(1 + gamma)/((1 - gamma)*(2 + gamma)) from gamma = 1/4 to 5/6",
            "2*(3 - 2*gamma - 2*sqrt(2 - 3*gamma + gamma**2))/(gamma*(1 - gamma)) from"
            " gamma = 7/8 to 99/100",
        ),
    ],
)
def test_suprema_in_two_pieces_one_of_them_with_a_root(name: str, low: str, high: str) -> None:
    """Every entry of both pieces, rational or isolated, is its formula's value."""
    (family,) = (family for family in whole().families if family.name == name)
    pieces = family.formula
    assert isinstance(pieces, Pieces)
    assert str(pieces) == f"{low}; {high}"
    assert len(family.decided) == len(family.entries) == 20
    assert [piece.tested_on > 0 for piece in pieces.pieces] == [True, True]
    for point, entry in family.entries:
        assert entry.value is not None
        (piece,) = (p for p in pieces.pieces if p.low <= point[0] <= p.high)
        other = next(p for p in pieces.pieces if p is not piece)
        assert piece.holds(point, entry.value)
        assert not other.holds(point, entry.value)
    assert pieces_of(json.loads(json.dumps(pieces.json()))) == pieces


def test_a_wrong_value_is_of_no_piece() -> None:
    (family,) = (f for f in whole().families if f.name == "rho/nash,own-rewards/n2S2A2")
    pieces = family.formula
    assert isinstance(pieces, Pieces)
    point, entry = next((p, e) for p, e in family.entries if isinstance(e.value, Root))
    root = entry.value
    assert isinstance(root, Root)
    assert pieces.holds(point, root)
    other = replace(root, polynomial=(root.polynomial[0] + 1, *root.polynomial[1:]))
    assert not pieces.holds(point, other)
    conjugate = replace(root, low=root.low + 100, high=root.high + 100)
    assert not pieces.holds(point, conjugate)
    assert not pieces.holds(point, root.low)
    points = [(p, e.value) for p, e in family.entries if e.value is not None]
    assert in_pieces(("gamma",), points, is_fresh) == pieces
    wrong = [(p, y + 1 if p == (F(99, 100),) and isinstance(y, F) else y) for p, y in points]
    assert in_pieces(("gamma",), wrong, is_fresh) is None


def test_what_is_not_decided_says_why() -> None:
    open_ = [entry for entry in whole().entries if entry.value is None]
    assert len(open_) <= 4
    for entry in open_:
        assert entry.name.startswith("bc=1/10/dominant/n2S2A2/")
        assert len(entry.verdict["reason"]) > 20
        assert entry.lower is not None
        assert entry.upper is not None


def test_fitting_again_gives_what_is_shipped() -> None:
    chosen = [e for e in whole().entries if "reset" in e.name and "n2S2A2" in e.name]
    again = families(chosen)
    shipped = {family.name: family for family in whole().families}
    assert again
    for family in again:
        assert family.json() == shipped[family.name].json()


def values(formula: Formula, count: int) -> list[tuple[tuple[Fraction, ...], Fraction]]:
    points = [
        (F(k, k + 1), *(F(1, j) for j in range(2, 1 + len(formula.variables))))
        for k in range(1, count + 1)
    ]
    return [(point, y) for point in points if (y := formula.at(point)) is not None]


@pytest.mark.parametrize(
    "formula",
    [
        Formula(("gamma",), {}, {(0,): 1}),
        Formula(("gamma",), {(1,): 2}, {(0,): 1}),
        Formula(("gamma",), {(2,): 2}, {(0,): 1, (1,): 1}),
        Formula(("gamma",), {(1,): 2, (0,): -1}, {(0,): 3, (2,): -1}),
    ],
)
def test_fitting_finds_a_rational_function_and_no_smaller_one(formula: Formula) -> None:
    found = fitted(("gamma",), values(formula, 8))
    assert found == formula
    assert formula_of(json.loads(json.dumps(formula.json()))) == formula


def test_no_formula_without_a_point_to_spare_and_none_through_noise() -> None:
    line = Formula(("gamma",), {(1,): 2}, {(0,): 1})
    assert fitted(("gamma",), values(line, 3)) == line
    assert fitted(("gamma",), values(line, 2)) is None
    noise = [(point, y + F(k * k % 7, 11)) for k, (point, y) in enumerate(values(line, 9))]
    assert fitted(("gamma",), noise) is None


def test_a_formula_that_fails_on_fresh_values_is_none() -> None:
    entries = [e for e in whole().entries if e.name.startswith("rho/nash/n2S3A2/")]
    (right,) = families(entries)
    assert right.formula is not None
    last = next(e for e in entries if e.name.endswith("gamma=99/100"))
    changed = Entry(last.query, {**last.verdict, "supremum": "197"}, 0.0)
    (wrong,) = families([*(e for e in entries if e is not last), changed])
    assert wrong.formula is None


# -- the file


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    part = atlas_file.built(whole().entries[:8], whole().versions)
    atlas_file.write(part, tmp_path / "a.xz")
    again = atlas(tmp_path / "a.xz")
    assert [e.json() for e in again.entries] == [e.json() for e in part.entries]
    assert [f.json() for f in again.families] == [f.json() for f in part.families]


@pytest.mark.parametrize(
    "content",
    [b"", b"not compressed", lzma.compress(b"not json"), lzma.compress(b'{"format": "other"}')],
)
def test_what_is_no_atlas_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xz").write_bytes(content)
    with pytest.raises(BadInput):
        atlas(tmp_path / "a.xz")
