"""Malformed input: one table, each row through the real entry point.

Every row must end with exit code 2, nothing on stdout, and exactly one line on stderr that names
the place. A traceback, a silent success, or a message without the place would be caught here.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from nashgap.cli import main

Game = dict[str, Any]
Edit = Callable[[Game], object]


def game() -> Game:
    """Two players, two states, two actions; the second player's action changes nothing."""
    rows = [[["0", "1"], ["0", "1"]], [["1/2", "1/2"], ["1", "0"]]]
    pure = [["1", "0"], ["1", "0"]]
    return {
        "format": "nashgap/game/1",
        "discount": "9/10",
        "start": ["1", "0"],
        "transition": [rows, deepcopy(rows)],
        "rewards": [[[["0", gain], ["0", "-1"]] for _ in range(2)] for gain in ("1", "1/3")],
        "policies": {"expert": [pure, deepcopy(pure)], "learner": [pure, deepcopy(pure)]},
    }


class Row(NamedTuple):
    """One kind of malformed input: FILE in the command is a file that holds `content`."""

    kind: str
    command: str
    content: str | bytes | Edit | None
    place: str


def unchanged(found: Game) -> None:
    """The edit of a row whose file is well formed and whose flags are not."""


def put(*path: Any) -> Edit:
    """An edit of the game: the last argument is put at the place that the others name."""

    def edit(found: Game) -> None:
        *way, key, value = path
        target: Any = found
        for step in way:
            target = target[step]
        target[key] = value

    return edit


def drop(*path: Any) -> Edit:
    def edit(found: Game) -> None:
        *way, key = path
        target: Any = found
        for step in way:
            target = target[step]
        del target[key]

    return edit


def raw(old: str, new: str) -> str:
    """The written game with one piece of its text replaced."""
    written = json.dumps(game())
    assert old in written
    return written.replace(old, new, 1)


SEARCH = "search --match rho --assume nash --gap-at-least 18"

FILES = [
    Row("no such file", "evaluate missing.json", None, r"missing\.json.*cannot be read"),
    Row("a directory", "evaluate .", None, r"nashgap: \.: cannot be read"),
    Row("an empty file", "evaluate FILE", "", r"line 1, column 1"),
    Row("not JSON", "evaluate FILE", "discount = 0.9", r"line 1, column 1"),
    Row("half written", "evaluate FILE", json.dumps(game())[:200], r"line 1, column \d+.*complete"),
    Row("binary", "evaluate FILE", b"\xff\xfe\x00\x01", r"FILE: not UTF-8"),
    Row("a list, not an object", "evaluate FILE", "[1, 2]", r"FILE: a JSON list"),
    Row("a number, not an object", "evaluate FILE", "3", r"FILE: a JSON"),
    Row("null", "evaluate FILE", "null", r"FILE: a JSON"),
    Row("NaN", "evaluate FILE", raw('"9/10"', "NaN"), r"NaN"),
    Row("Infinity", "evaluate FILE", raw('"9/10"', "Infinity"), r"Infinity"),
    Row("1e999", "evaluate FILE", raw('"9/10"', "1e999"), r"discount"),
    Row(
        "1e99999 in a reward",
        "evaluate FILE",
        raw('"1/3"', "1e99999"),
        r"rewards\[1\]\[0\]\[0\]\[1\]",
    ),
    Row("deep nesting", "evaluate FILE", '{"a":' + "[" * 100_000, r"FILE: .*nested"),
    Row(
        "a repeated key",
        "evaluate FILE",
        raw('"discount"', '"discount": "1/2", "discount"'),
        r"'discount'.*twice",
    ),
    Row("an empty object", "evaluate FILE", "{}", r"format"),
    Row("an unknown format", "evaluate FILE", put("format", "gambit/1"), r"format"),
    Row("a later format", "evaluate FILE", put("format", "nashgap/game/2"), r"format"),
    Row("a format that is a number", "evaluate FILE", put("format", 1), r"format"),
    *(
        Row(f"no {key}", "evaluate FILE", drop(key), key)
        for key in ("format", "discount", "start", "transition", "rewards")
    ),
    Row("discount 1", "evaluate FILE", put("discount", "1"), r"discount"),
    Row("discount -1", "evaluate FILE", put("discount", -1), r"discount"),
    Row("discount a word", "evaluate FILE", put("discount", "a"), r"discount"),
    Row("discount null", "evaluate FILE", put("discount", None), r"discount"),
    Row("discount true", "evaluate FILE", put("discount", True), r"discount"),
    Row("discount a list", "evaluate FILE", put("discount", ["9/10"]), r"discount"),
    Row("denominator 0", "evaluate FILE", put("discount", "1/0"), r"discount"),
    Row("a sum as a number", "evaluate FILE", put("discount", "1/2+1/4"), r"discount"),
    Row("a number too long", "evaluate FILE", put("discount", "1/" + "9" * 60_000), r"discount"),
    Row(
        "negative probability",
        "evaluate FILE",
        put("transition", 0, 0, 0, ["-1/2", "3/2"]),
        r"transition\[0\]\[0\]\[0\]\[0\]",
    ),
    Row(
        "row sums to 0.9",
        "evaluate FILE",
        put("transition", 1, 1, 0, ["0.4", "0.5"]),
        r"transition\[1\]\[1\]\[0\]",
    ),
    Row("start sums to 2", "evaluate FILE", put("start", ["1", "1"]), r"start"),
    Row("start negative", "evaluate FILE", put("start", ["2", "-1"]), r"start\[1\]"),
    Row("start of wrong length", "evaluate FILE", put("start", ["1"]), r"start"),
    Row("start a string", "evaluate FILE", put("start", "10"), r"start"),
    Row("start null", "evaluate FILE", put("start", None), r"start"),
    Row(
        "reward 3/2",
        "evaluate FILE",
        put("rewards", 1, 0, 0, 0, "3/2"),
        r"rewards\[1\]\[0\]\[0\]\[0\]",
    ),
    Row(
        "reward null",
        "evaluate FILE",
        put("rewards", 0, 0, 0, 1, None),
        r"rewards\[0\]\[0\]\[0\]\[1\]",
    ),
    Row(
        "reward true",
        "evaluate FILE",
        put("rewards", 0, 0, 0, 1, True),
        r"rewards\[0\]\[0\]\[0\]\[1\]",
    ),
    Row(
        "reward an object",
        "evaluate FILE",
        put("rewards", 0, 0, 0, 1, {}),
        r"rewards\[0\]\[0\]\[0\]\[1\]",
    ),
    Row(
        "reward a list",
        "evaluate FILE",
        put("rewards", 0, 0, 0, 1, ["1"]),
        r"rewards\[0\]\[0\]\[0\]\[1\]",
    ),
    Row("rewards empty", "evaluate FILE", put("rewards", []), r"rewards"),
    Row("rewards a string", "evaluate FILE", put("rewards", "1"), r"rewards"),
    Row(
        "rewards ragged", "evaluate FILE", put("rewards", 1, 1, 1, ["0"]), r"rewards\[1\]\[1\]\[1\]"
    ),
    Row("a reward table too few", "evaluate FILE", lambda g: g["rewards"].pop(), r"rewards"),
    Row(
        "transition of one state too few",
        "evaluate FILE",
        lambda g: g["transition"].pop(),
        r"transition",
    ),
    Row(
        "transition ragged",
        "evaluate FILE",
        put("transition", 0, 1, 1, ["1"]),
        r"transition\[0\]\[1\]\[1\]",
    ),
    Row("transition an object", "evaluate FILE", put("transition", {}), r"transition"),
    Row("state names repeated", "evaluate FILE", put("states", ["a", "a"]), r"states"),
    Row(
        "a name in reverse", "evaluate FILE", put("states", ["\u202ea", "b"]), r"FILE.*states\[0\]"
    ),
    Row(
        "a name that clears", "evaluate FILE", put("states", ["a", "\x1b[2J"]), r"FILE.*states\[1\]"
    ),
    Row(
        "a row that was rounded",
        "evaluate FILE",
        put("start", ["0.333333333333", "0.666666666666"]),
        r"FILE.*start.*--tolerance 1e-9",
    ),
    Row("state names that are no words", "evaluate FILE", put("states", [None, True]), r"states"),
    Row("a state name too few", "evaluate FILE", put("states", ["a"]), r"states"),
    Row("state names a number", "evaluate FILE", put("states", 3), r"states"),
    Row("action names of one player", "evaluate FILE", put("actions", [["a", "b"]]), r"actions"),
    Row(
        "action names repeated",
        "evaluate FILE",
        put("actions", [["a", "a"], ["a", "b"]]),
        r"actions\[0\]",
    ),
    Row("action names a number", "evaluate FILE", put("actions", 2), r"actions"),
    Row("no policies", "evaluate FILE", drop("policies"), r"policies"),
    Row("policies a list", "evaluate FILE", put("policies", []), r"policies"),
    Row("no expert", "evaluate FILE", drop("policies", "expert"), r"expert"),
    Row("no learner", "evaluate FILE", drop("policies", "learner"), r"learner"),
    Row("an unknown role", "evaluate FILE", put("policies", "student", []), r"policies.*student"),
    Row("a policy null", "evaluate FILE", put("policies", "expert", None), r"policies\.expert"),
    Row(
        "a policy of one player",
        "evaluate FILE",
        lambda g: g["policies"]["learner"].pop(),
        r"policies\.learner",
    ),
    Row(
        "a policy of one state",
        "evaluate FILE",
        put("policies", "learner", 0, [["1", "0"]]),
        r"policies\.learner\[0\]",
    ),
    Row(
        "a policy of three actions",
        "evaluate FILE",
        put("policies", "expert", 1, 0, ["1", "0", "0"]),
        r"policies\.expert\[1\]\[0\]",
    ),
    Row(
        "a policy row of sum 1/2",
        "evaluate FILE",
        put("policies", "expert", 1, 0, ["1/2", "0"]),
        r"policies\.expert\[1\]\[0\]",
    ),
    Row(
        "a policy with a word",
        "evaluate FILE",
        put("policies", "expert", 1, 0, ["up", "0"]),
        r"policies\.expert\[1\]\[0\]\[0\]",
    ),
    Row("an unknown assumption", "evaluate FILE --assume nsah", unchanged, r"nsah"),
    Row("a tolerance that is no number", "evaluate FILE --tolerance x", unchanged, r"--tolerance"),
    Row("a negative tolerance", "evaluate FILE --tolerance -1", unchanged, r"--tolerance"),
    Row(
        "rows off by more than the tolerance",
        "evaluate FILE --tolerance 1e-9",
        put("start", ["0.99", "0"]),
        r"start",
    ),
]

NUMBERS = [
    Row("learners without a file", "learners", None, r"FILE"),
    Row("learners of no game", "learners FILE", "{}", r"format"),
    Row("learners of nobody", "learners FILE", drop("policies", "expert"), r"no expert"),
    Row("learners, an unknown error", "learners FILE --match tv", unchanged, r"--match"),
    Row("learners, eps 3", "learners FILE --eps 3", unchanged, r"--eps"),
    Row("learners, eps a word", "learners FILE --eps few", unchanged, r"--eps"),
    Row("learners, a curve to 0", "learners FILE --curve --eps 0", unchanged, r"--eps"),
    Row("learners, one point", "learners FILE --curve --points 1", unchanged, r"--points"),
    Row("learners, no pieces", "learners FILE --nodes 0", unchanged, r"--nodes"),
    Row("learners, a figure of a point", "learners FILE -o m.pdf", unchanged, r"--curve"),
    Row("learners, no such folder", "learners FILE -o no/m.json", unchanged, r"no/m\.json"),
    Row("delta of nobody", "delta FILE", drop("policies", "expert"), r"no expert"),
    Row("delta, player 7", "delta FILE --player 7", unchanged, r"--player"),
    Row("delta, eps -1", "delta FILE --eps -1", unchanged, r"--eps"),
    Row("delta, no figure", "delta FILE -o delta.json", unchanged, r"delta\.json.*figure"),
    Row("temperature 0", "temperature FILE --lowest 0", unchanged, r"--lowest"),
    Row("temperatures that fall", "temperature FILE --highest 1/99", unchanged, r"--lowest"),
    Row("temperature, eps 0", "temperature FILE --eps 0", unchanged, r"--eps"),
    Row("tightness of nothing", "tightness", None, r"LABEL"),
    Row("tightness, an unknown bound", "tightness lemma_99", None, r"lemma_99"),
    Row("tightness, an unknown game", "tightness T1 --games chess", None, r"chess"),
    Row("tightness, a half parameter", "tightness T1 --games w1 --over n", None, r"--over"),
    Row("tightness, nobody's parameter", "tightness T1 --games w1 --over q=1", None, r"'q'"),
    Row("tightness, out of range", "tightness T1 --over gamma=2", None, r"gamma: given 2; .*1\)"),
    Row("tightness, a set and one", "tightness T1 --at n=2,3", None, r"--at.*'n=2,3'.*one value"),
    Row("tightness over a file", "tightness T1 FILE --over n=2", unchanged, r"--over"),
    Row("tightness, no learner", "tightness T1 FILE", drop("policies", "learner"), r"no learner"),
    Row("equilibrium, an unknown way", "equilibrium FILE --way fast", unchanged, r"way.*fast"),
    Row("equilibrium, not zero-sum", "equilibrium FILE --way zero-sum", unchanged, r"rewards"),
    Row("equilibrium, no steps", "equilibrium FILE --horizon 0", unchanged, r"--horizon"),
    Row("equilibrium, cold", "equilibrium FILE --temperature 0", unchanged, r"temperature"),
    Row("convert, one name", "convert FILE", unchanged, r"OUT"),
    Row("convert onto itself", "convert FILE FILE", unchanged, r"FILE\.json: is read"),
    Row("a report onto its file", "report FILE -o FILE", unchanged, r"FILE\.json: is read"),
    Row("LaTeX onto its file", "latex FILE -o FILE", unchanged, r"FILE\.json: is read"),
    Row("convert from an unknown ending", "convert game.xlsx x.json", None, r"game\.xlsx"),
    Row("convert to an unknown ending", "convert FILE.json game.xlsx", unchanged, r"game\.xlsx"),
    Row("convert states to a matrix", "convert FILE.json game.nfg", unchanged, r"one state"),
    Row("convert what OpenSpiel lacks", "convert spiel:matrix_x x.json", None, r"matrix_x"),
]

FLAGS = [
    Row("an unknown command", "serach", None, r"serach.*search.*nashgap --help"),
    Row("a command of others", "help", None, r"help.*`nashgap --help`"),
    Row("a flag of others", "search --verbosely", None, r"`nashgap search --help`"),
    Row("an unknown flag", "search --gama 9/10", None, r"--gama"),
    Row("a flag without its value", "search --gamma", None, r"gamma"),
    Row("no file", "verify", None, r"FILE"),
    Row("two files", "evaluate a.json b.json", None, r"b\.json"),
    Row("no goal", "search", None, r"--gap-at-least|--sup|--claim"),
    Row("too many visited", "search --sup --states 3 --visited 4", None, r"--visited: .*1 to 3"),
    Row("no state visited", "search --sup --visited 0", None, "--visited"),
    Row("half a state", "search --sup --assume nash,visited=1/2", None, "visited=1/2"),
    Row("two goals", f"{SEARCH} --sup", None, r"--sup"),
    Row("an unknown matching", "search --match everything --sup", None, r"match"),
    Row("an unknown assumption in a search", "search --assume nasch --sup", None, r"nasch"),
    Row("an empty assumption", "search --assume nash,,pure --sup", None, r"assum"),
    Row("a margin that is no number", "search --assume nash,margin=abc --sup", None, r"margin"),
    Row("a margin without a number", "search --assume nash,margin --sup", None, r"margin"),
    Row("a number for nash", "search --assume nash=1 --sup", None, r"nash"),
    Row("gamma 1", f"{SEARCH} --gamma 1", None, r"gamma"),
    Row("gamma 2", f"{SEARCH} --gamma 2", None, r"gamma"),
    Row("gamma negative", f"{SEARCH} --gamma=-1/2", None, r"gamma"),
    Row("gamma a word", f"{SEARCH} --gamma nine", None, r"gamma"),
    Row("players 0", f"{SEARCH} --players 0", None, r"players"),
    Row("players a word", f"{SEARCH} --players two", None, r"players"),
    Row("states 0", f"{SEARCH} --states 0", None, r"states"),
    Row("states 10^9", f"{SEARCH} --states 1000000000", None, r"states"),
    Row("states 2.5", f"{SEARCH} --states 2.5", None, r"states"),
    Row("actions 2,x", f"{SEARCH} --actions 2,x", None, r"actions"),
    Row("actions of three players", f"{SEARCH} --actions 2,2,2", None, r"actions"),
    Row("actions 0", f"{SEARCH} --actions 0", None, r"actions"),
    Row("seconds negative", f"{SEARCH} --seconds -5", None, r"seconds"),
    Row("seconds a word", f"{SEARCH} --seconds soon", None, r"seconds"),
    Row(
        "a store that is none", "search --sup --store FILE", "not a database" * 99, r"FILE.*recover"
    ),
    Row("a store in no folder", "search --sup --store no/s.db", None, r"no/s\.db.*folder"),
    Row("a conjecture with no store", "conjecture NashGap<=1 --store FILE", "x" * 999, r"FILE"),
    Row("an atlas that is none", "atlas --data FILE", "no atlas", r"FILE.*no atlas"),
    Row("no such atlas", "atlas --data missing.xz", None, r"missing\.xz"),
    Row("no entry of the atlas", "atlas rho/nosuch", None, r"no entry"),
    Row("an atlas of no matching", "atlas --match sigma", None, r"--match"),
    Row("an atlas of an unknown class", "atlas --assume nasch", None, r"nasch"),
    Row("an atlas of half a state", "atlas --states 1/2", None, r"--states"),
    Row("a proof of many entries", "atlas -o x.json", None, r"-o.*entries"),
    Row("a rebuild without a store", "atlas --rebuild", None, r"--rebuild.*--store"),
    Row("a store without a rebuild", "atlas --store s.db", None, r"--store.*--rebuild"),
    Row("a rebuild by nobody", "atlas --rebuild --store s --workers 0", None, r"--workers"),
    Row("a rebuild into no store", "atlas rho/nash/ --rebuild --store FILE", "x" * 999, r"FILE"),
    Row("a gap that is no number", "search --gap-at-least much", None, r"gap-at-least"),
    Row("a player that is not there", f"{SEARCH} --player 2", None, r"player"),
    Row("strict without a gap", "search --sup --strict", None, r"strict"),
    Row("output into no folder", f"{SEARCH} -o nowhere/w.json", None, r"nowhere/w\.json"),
    Row("an unknown bound", "check lemma_99", None, r"lemma_99"),
    Row("nothing to check", "check", None, r"LABEL.*--all|--all"),
    Row("labels and --all", "check lemma_3 --all", None, r"--all"),
    Row("a file without a derivation", "check none.py", None, r"none\.py.*cannot be read"),
    Row("nothing to load", "check T1 --load", None, r"--load"),
    Row("a missing file to load", "games --load none.py", None, r"none\.py.*cannot be read"),
    Row("two tables of bounds", "bounds --open --rows", None, r"--open"),
    Row("a table that is not LaTeX", "bounds --open -o x.tex", None, r"--improvements"),
    Row("an unknown label in latex", "latex lemma_99", None, r"lemma_99"),
    Row("nothing to print", "latex", None, r"LABEL"),
    Row("a symbol without a value", "latex T1 --symbol gamma", None, r"NAME=LATEX"),
    Row("a symbol of no such name", "latex T1 --symbol foo=x", None, r"foo"),
    Row("a symbol that is not LaTeX", "latex T1 --symbol gamma={", None, r"braces"),
    Row("an unknown label in coq", "coq lemma_99", None, r"lemma_99"),
    Row("nothing for Coq", "coq", None, r"LABEL"),
    Row("labels and all for Coq", "coq T1 --all", None, r"--all"),
    Row("a name that coqc refuses", "coq T1 -o a-b.v", None, r"a-b\.v"),
    Row("a file that is no derivation", "coq FILE", "{}", r"derivation"),
    Row("a size that is none", "coq T1 --full 2", None, r"2,2"),
    Row("a size that is too large", "coq T1 --full 3,9", None, r"64"),
    Row("an unknown game", "games w99", None, r"w99"),
    Row("an unknown parameter", "games w1 height=3", None, r"height"),
    Row("a parameter without a value", "games w1 n", None, r"'n'"),
    Row("a parameter that is no number", "games w1 gamma=x", None, r"gamma"),
    Row("a parameter out of range", "games w1 gamma=3/2", None, r"gamma|discount"),
    Row("an output without a game", "games -o x.json", None, r"--output"),
    Row("an unknown bound in bounds", "bounds lemma_99", None, r"lemma_99"),
]

CLAIMS = [
    Row(f"the claim {claim!r}", "search --claim CLAIM", claim, place)
    for claim, place in [
        ("", r"claim"),
        ("NashGap", r"claim"),
        ("NashGap <=", r"claim"),
        ("<= 1", r"claim"),
        ("NashGap <= 1 <= 2", r"claim"),
        ("NashGap <= eps", r"'?eps\b"),
        ("NashGap <= (1+2", r"claim"),
        ("NashGap <= 1+2)", r"claim"),
        ("NashGap <= 9**9**9", r"claim"),
        ("NashGap <= n**gamma", r"claim"),
        ("NashGap <= __import__('os').system('true')", r"__import__|claim"),
        ("NashGap <= eps_BC.real", r"claim"),
        ("NashGap <= [1]", r"claim"),
        ("NashGap <= min()", r"claim|min"),
        ("NashGap <= lambda: 1", r"lambda|claim"),
        ("NashGap = 1", r"claim"),
        ("NashGap \N{LESS-THAN OR EQUAL TO} 1", r"column 9.*'<='"),
        ("NashGap <= 1/0", r"column 14.*other than 0"),
        ("NashGap <= 2*eps_bc", r"did you mean 'eps_BC'"),
        ("nash_gap <= 2", r"did you mean 'NashGap'"),
        ("NashGap != 1", r"claim"),
        ("NashGap <= 1e9999999", r"claim"),
        ("NashGap <= " + "(" * 5000 + "1" + ")" * 5000, r"claim"),
        ("NashGap <= \x00", r"claim"),
        ("NashGap <= 1\nimport os", r"claim"),
    ]
]


def witness(**changes: Any) -> Game:
    found = game()
    found["format"] = "nashgap/witness/1"
    found["witness"] = {
        "gap_at_least": "1",
        "strict": False,
        "assumptions": ["nash"],
        "player": 0,
        "deviation": [["1", "0"], ["1", "0"]],
        "numbers": {"nash_gap": "1"},
        **changes,
    }
    return found


def witness_file(**changes: Any) -> str:
    return json.dumps(witness(**changes))


DERIVE = [
    Row("derive: a quantity that does not exist", "derive Gap", None, r"quantity"),
    Row("derive: a name that does not exist", "derive NashGap --in eps", None, r"--in"),
    Row("derive: no names", "derive NashGap --in ,", None, r"--in"),
    Row("derive: an error of one player", "derive NashGap --in eps_BC_i", None, r"NashGap_i"),
    Row("derive: itself", "derive eps_BC --in eps_BC,gamma", None, r"--in"),
    Row("derive: an unknown assumption", "derive NashGap --assume nashh", None, r"nashh"),
    Row("derive: an unknown label", "derive NashGap --without T99", None, r"--without"),
    Row("derive: rewards upside down", "derive NashGap --rewards 1,0", None, r"rewards"),
    Row("derive: rewards in words", "derive NashGap --rewards low,high", None, r"rewards"),
]

EVIDENCE = [
    Row("verify: not JSON", "verify FILE", "{", r"line 1"),
    Row("verify: no format", "verify FILE", "{}", r"format"),
    Row("verify: an unknown format", "verify FILE", '{"format": "nashgap/proof/9"}', r"format"),
    Row("verify: a broken game", "verify FILE", put("start", ["1", "1"]), r"start"),
    Row("witness: no witness", "verify FILE", put("format", "nashgap/witness/1"), r"witness"),
    Row("witness: a list", "verify FILE", json.dumps({**witness(), "witness": []}), r"witness"),
    Row("witness: an unknown key", "verify FILE", witness_file(colour="red"), r"colour"),
    Row("witness: player 7", "verify FILE", witness_file(player=7), r"player"),
    Row("witness: player a word", "verify FILE", witness_file(player="me"), r"player"),
    Row(
        "witness: deviation of wrong shape",
        "verify FILE",
        witness_file(deviation=[["1"]]),
        r"deviation",
    ),
    Row(
        "witness: deviation of sum 2",
        "verify FILE",
        witness_file(deviation=[["1", "1"], ["1", "0"]]),
        r"deviation",
    ),
    Row(
        "witness: an unknown assumption",
        "verify FILE",
        witness_file(assumptions=["nasch"]),
        r"nasch",
    ),
    Row(
        "witness: assumptions a string",
        "verify FILE",
        witness_file(assumptions="nash"),
        r"assumptions",
    ),
    Row(
        "witness: a claim that does not parse",
        "verify FILE",
        witness_file(claim="NashGap <="),
        r"claim",
    ),
    Row(
        "witness: a number that is a word",
        "verify FILE",
        witness_file(numbers={"nash_gap": "big"}),
        r"nash_gap",
    ),
    Row(
        "witness: an unknown number",
        "verify FILE",
        witness_file(numbers={"height": "1"}),
        r"height",
    ),
    Row(
        "witness: no policies",
        "verify FILE",
        json.dumps({k: v for k, v in witness().items() if k != "policies"}),
        r"polic|expert",
    ),
    Row("certificate: empty", "verify FILE", '{"format": "nashgap/certificate/1"}', r"class"),
    Row(
        "certificate: class a list",
        "verify FILE",
        '{"format": "nashgap/certificate/1", "class": []}',
        r"class",
    ),
    Row("derivation: empty", "verify FILE", '{"format": "nashgap/derivation/1"}', r"nashgap: \S"),
    Row("latex: a broken witness", "latex FILE", "{", r"line 1"),
    Row("report: no format", "report FILE", "{}", r"FILE\.json: no key 'format'"),
    Row("report: an unknown format", "report FILE", '{"format": "x"}', r"FILE\.json, format"),
    Row("report: a broken game", "report FILE", put("start", ["1", "1"]), r"start"),
    Row(
        "report: an outcome without evidence",
        "report FILE",
        '{"status": "undecided", "versions": {}}',
        r"without evidence",
    ),
    Row(
        "report: no certification",
        "report FILE",
        '{"guarantees": 1, "coverage": 2}',
        r"FILE\.json: malformed",
    ),
    Row("report: a folder that is not there", "report FILE -o no/x.html", unchanged, r"no/x\.html"),
    Row("schema: an unknown name", "schema nothing", None, r"NAME.*'nothing'"),
    Row("schema: -o without a name", "schema -o x.json", None, r"--output"),
]

TABLE = [*FILES, *NUMBERS, *FLAGS, *CLAIMS, *DERIVE, *EVIDENCE]


def prepared(row: Row, folder: Path) -> list[str]:
    """The arguments of a row, with its file written."""
    name = folder / "FILE.json"
    if "FILE" in row.command and row.content is not None:
        content = row.content
        if callable(content):
            found = game()
            content(found)
            content = json.dumps(found)
        name.write_bytes(content if isinstance(content, bytes) else content.encode())
    words = row.command.split()
    return [
        str(row.content) if word == "CLAIM" else "FILE.json" if word == "FILE" else word
        for word in words
    ]


def names_the_place(row: Row, message: str) -> bool:
    return re.search(row.place.replace("FILE", r"FILE(\.json)?"), message) is not None


def test_table_is_long_enough_and_has_no_repetition() -> None:
    assert len({row.kind for row in TABLE}) == len(TABLE) >= 60


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.kind[:50])
@pytest.mark.parametrize("extra", [[], ["--json"]], ids=["text", "json"])
def test_bad_input(
    row: Row,
    extra: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = prepared(row, tmp_path)
    code = main([*arguments, *extra])
    shown = capsys.readouterr()
    assert code == 2, shown
    assert shown.out == ""
    assert shown.err.startswith("nashgap: ")
    assert shown.err.endswith("\n")
    assert shown.err.count("\n") == 1
    assert len(shown.err) < 1000
    assert names_the_place(row, shown.err), shown.err


@pytest.mark.parametrize(
    "row",
    [FILES[0], FILES[4], FILES[13], FLAGS[0], FLAGS[1], CLAIMS[0]],
    ids=lambda row: row.kind[:50],
)
def test_bad_input_in_a_process_of_its_own(row: Row, tmp_path: Path) -> None:
    # The installed entry point, interpreter exit included: no traceback, no warning, one line.
    found = subprocess.run(
        [sys.executable, "-m", "nashgap", *prepared(row, tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2
    assert found.stdout == ""
    assert found.stderr.count("\n") == 1
    assert names_the_place(row, found.stderr)


def test_the_game_of_the_table_is_well_formed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Otherwise every row above could fail for another reason than the one it names.
    path = tmp_path / "game.json"
    path.write_text(json.dumps(game()))
    assert main(["evaluate", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["nash_gap"] != "0"
