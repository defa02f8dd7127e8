"""What each command prints with `--json`, beside the keys that all of them have.

Every key that a command prints is described; later versions may print more.
"""

from .formats import CLASS, GAME
from .parts import (
    ANY,
    COUNT,
    EXACT,
    FLAG,
    FLOAT,
    NUMBER,
    TEXT,
    Schema,
    listed,
    mapped,
    maybe,
    nested,
    one_of,
    record,
)

_REFERENCE = {
    name: {"$ref": f"#/$defs/{name}"} for name in ("witness", "certificate", "derivation")
}
_WORD: Schema = {"$ref": "#/$defs/status"}
_PROFILE = nested(NUMBER, 3)

COMMON: dict[str, Schema] = {
    "status": _WORD,
    "claim": maybe(TEXT),
    "class": {**maybe({"type": "object"}), "description": "what the outcome covers"},
    "evidence": {**maybe(TEXT), "description": "what vouches for the status"},
    "witness": maybe(_REFERENCE["witness"]),
    "certificate": maybe(_REFERENCE["certificate"]),
    "seconds": {"type": "number", "minimum": 0},
    "versions": mapped(TEXT),
}
INTERRUPTED: Schema = {"const": True, "description": "only there when Ctrl-C ended the work"}

_BOUND = record(
    {
        "label": TEXT,
        "statement": TEXT,
        "applies": maybe(FLAG),
        "reason": TEXT,
        "value": {**ANY, "description": "a number, one a player, or null"},
        "slack": {**ANY, "description": "value minus the bounded quantity, likewise"},
    },
    open_=True,
)
_ANSWERS = mapped(maybe(FLAG))
_VALUES = record({"expert": listed(NUMBER), "learner": listed(NUMBER)})
_NAMED = record(
    {"name": TEXT, "title": TEXT, "source": TEXT, "illustrates": TEXT, "parameters": ANY},
    open_=True,
)
_CHECKED = record(
    {
        "label": TEXT,
        "claim": TEXT,
        "assumptions": listed(TEXT),
        "status": _WORD,
        "steps": listed(
            record(
                {
                    "lemma": TEXT,
                    "relation": TEXT,
                    "reason": TEXT,
                    "status": _WORD,
                },
                open_=True,
            )
        ),
        "rests_on": listed(TEXT),
        "source": TEXT,
        "derivation": _REFERENCE["derivation"],
    },
    open_=True,
)
_LARGEST = listed(
    record(
        {"eps": NUMBER, "lower": NUMBER, "upper": NUMBER, "exact": FLAG, "root": ANY}, open_=True
    )
)
_PROVED = listed(
    record(
        {
            "label": TEXT,
            "claim": TEXT,
            "latex": TEXT,
            "status": _WORD,
            "assumptions": listed(TEXT),
            "expert": TEXT,
            "sharpness": TEXT,
            "factor": TEXT,
        }
    )
)
_LOOKED_UP = listed(
    record(
        {
            "label": TEXT,
            "statement": TEXT,
            "formula": TEXT,
            "verdict": TEXT,
            "finding": TEXT,
            "bounds": _PROVED,
            "sharper": _PROVED,
            "games": listed(
                record({"name": TEXT, "title": TEXT, "illustrates": TEXT, "numbers": mapped(TEXT)})
            ),
            "commands": listed(TEXT),
        }
    )
)
_CATALOGUED = listed(
    record(
        {
            "label": TEXT,
            "labels": listed(TEXT),
            "title": TEXT,
            "claim": TEXT,
            "assumptions": listed(TEXT),
            "source": TEXT,
            "bibtex": TEXT,
            "witness": TEXT,
            "sharpness": TEXT,
            "improves": TEXT,
        },
        open_=True,
    )
)
_TIGHT = record(
    {"game": TEXT, "applies": maybe(FLAG), "reason": TEXT, "slack": ANY, "ratio": ANY}, open_=True
)
_CLAUSES = listed(record({"any_of": listed(TEXT), "why": TEXT}, open_=True))
_FINDING = record(
    {
        "group": TEXT,
        "name": TEXT,
        "standing": one_of(["ok", "missing", "broken"]),
        "version": TEXT,
        "purpose": TEXT,
        "mend": TEXT,
    }
)
_GUARANTEE = record(
    {
        "label": TEXT,
        "statement": TEXT,
        "gap": TEXT,
        "value": maybe(NUMBER),
        "standing": one_of(["checked", "on trust", "fails"]),
        "checked": listed(TEXT),
        "trusted": listed(TEXT),
        "reason": TEXT,
        "vacuous": FLAG,
    },
    open_=True,
)

NEEDED: dict[str, dict[str, Schema]] = {
    "demo": {"parts": listed(record({"status": TEXT}, open_=True)), "output": TEXT},
    "evaluate": {
        "exact": FLAG,
        "nash_gap": NUMBER,
        "nash_gap_per_player": listed(NUMBER),
        "nash_gap_sum": NUMBER,
        "nash_gap_mean": NUMBER,
        "value_gap": NUMBER,
        "eps_bc": NUMBER,
        "eps_bc_per_player": listed(NUMBER),
        "eps_mu": NUMBER,
        "eps_rho": NUMBER,
        "expert_nash_gap": NUMBER,
        "values": _VALUES,
        "mu": _VALUES,
        "delta": maybe(NUMBER),
        "delta_bounds": listed(NUMBER),
        "delta_per_player": listed(maybe(NUMBER)),
        "C": NUMBER,
        "C_per_player": listed(NUMBER),
        "assumptions": _ANSWERS,
        "reasons": mapped(TEXT),
        "parameters": mapped(maybe(NUMBER)),
        "bounds": listed(_BOUND),
        "notes": listed(TEXT),
    },
    "certify": {
        "notes": listed(TEXT),
        "coverage": record(
            {
                "trajectories": COUNT,
                "steps": COUNT,
                "shortest": COUNT,
                "longest": COUNT,
                "visits": mapped(COUNT),
                "unvisited": listed(TEXT),
                "reachable_unvisited": maybe(listed(TEXT)),
            },
            open_=True,
        ),
        "clone": _PROFILE,
        "eps_bc": record(
            {"confidence": EXACT, "upper": NUMBER, "upper_per_player": listed(NUMBER)}, open_=True
        ),
        "assumed": listed(TEXT),
        "guarantees": listed(_GUARANTEE),
        "exact": maybe(record({"is_exact": FLAG, "nash_gap": NUMBER}, open_=True)),
        "contradicted": listed(TEXT),
        "target": maybe(record({"gap": EXACT, "reason": TEXT, "plans": listed(ANY)}, open_=True)),
        "warnings": listed(TEXT),
    },
    "learners": {
        "notes": listed(TEXT),
        "match": one_of(["bc", "mu", "rho"]),
        "expert_nash_gap": NUMBER,
        "largest": _LARGEST,
        "smallest": _LARGEST,
        "curve": ANY,
    },
    "delta": {
        "notes": listed(TEXT),
        "players": listed(record({"player": COUNT, "exact": FLAG}, open_=True)),
    },
    "temperature": {
        "notes": listed(TEXT),
        "eps": FLOAT,
        **{
            name: listed(FLOAT)
            for name in (
                "temperatures",
                "explicit",
                "soft_moves",
                "hard_moves",
                "expert_gaps",
                "learner_gaps",
                "bounds",
                "residuals",
            )
        },
    },
    "tightness": {
        "notes": listed(TEXT),
        "label": TEXT,
        "bound": TEXT,
        "tightest": maybe(_TIGHT),
        "games": listed(_TIGHT),
        "left_out": listed(ANY),
        "beside": listed(ANY),
    },
    "equilibrium": {"notes": listed(TEXT), "nash_gap": NUMBER, "exact": FLAG, "method": TEXT},
    "convert": {
        "notes": listed(TEXT),
        "lost": listed(TEXT),
        "added": listed(TEXT),
        "scale": EXACT,
        "shifts": listed(EXACT),
    },
    "check": {"results": listed(_CHECKED)},
    "conditions": {
        "exact": FLAG,
        "note": TEXT,
        "players": listed(COUNT),
        "necessary": _CLAUSES,
        "sufficient": _CLAUSES,
        "latex": TEXT,
        "python": TEXT,
    },
    "conjecture": {
        "derivation": maybe(_REFERENCE["derivation"]),
        "reasons": listed(TEXT),
        "notes": listed(TEXT),
    },
    "derive": {
        "quantity": TEXT,
        "in": listed(TEXT),
        "without": listed(TEXT),
        "bounds": listed(record({"claim": TEXT, "assumptions": listed(TEXT)}, open_=True)),
        "missing": listed(TEXT),
        "notes": listed(TEXT),
    },
    "search": {},
    "atlas": {
        "entries": listed(record({"name": TEXT, "class": CLASS, "status": _WORD}, open_=True)),
        "families": listed(record({"name": TEXT, "entries": listed(TEXT)}, open_=True)),
    },
    "show": {},
    "verify": {
        "valid": maybe(FLAG),
        "reasons": listed(TEXT),
        "results": listed(
            record({"file": TEXT, "format": TEXT, "valid": FLAG, "reasons": listed(TEXT)})
        ),
    },
    "bounds": {},
    "games": {},
    "latex": {"latex": TEXT, "output": maybe(TEXT), "notes": listed(TEXT)},
    "coq": {"coq": TEXT, "output": maybe(TEXT), "lemmas": listed(TEXT)},
    "report": {
        "title": TEXT,
        "file_status": _WORD,
        "html": TEXT,
        "output": maybe(TEXT),
    },
    "schema": {"schemas": listed(TEXT), "schema": maybe({"type": "object"})},
    "doctor": {"machine": mapped(TEXT), "findings": listed(_FINDING)},
}
"""What each command prints beside the common keys, always."""

FURTHER: dict[str, dict[str, Schema]] = {
    "bounds": {
        "bounds": _CATALOGUED,
        "improvements": listed(ANY),
        "latex": TEXT,
        "questions": listed(ANY),
        "rows": listed(ANY),
    },
    "show": {
        "labels": listed(TEXT),
        "quantities": listed(TEXT),
        "assumptions": listed(TEXT),
        "results": _LOOKED_UP,
    },
    "check": {"derivation": _REFERENCE["derivation"]},
    "conditions": {"largest": listed(TEXT)},
    "conjecture": {
        "derivations": listed(_REFERENCE["derivation"]),
        "uses": listed(listed(TEXT)),
        "implications": listed(TEXT),
        "dropped": mapped(record({"status": TEXT, "reason": TEXT}, open_=True)),
        "tried": mapped(COUNT),
    },
    "coq": {"given": ANY, "unchecked": ANY},
    "derive": {
        "derivation": maybe(_REFERENCE["derivation"]),
        "whole": maybe(_REFERENCE["derivation"]),
    },
    "equilibrium": {
        "game": GAME,
        "policies": ANY,
        "values": ANY,
        "temperature": ANY,
        "horizon": ANY,
    },
    "games": {
        "games": listed(_NAMED),
        "boards": listed(_NAMED),
        "name": TEXT,
        "title": TEXT,
        "source": TEXT,
        "illustrates": TEXT,
        "parameters": ANY,
        "game": GAME,
        "expected": mapped(NUMBER),
        "assumptions": _ANSWERS,
    },
    "latex": {"bibtex": TEXT},
    "search": {
        "supremum": maybe(NUMBER),
        "attained": maybe(FLAG),
        "reason": TEXT,
        "lower": maybe(NUMBER),
        "upper": maybe(NUMBER),
        "limit": ANY,
        "algebraic": ANY,
        "core": ANY,
        "other_cores": ANY,
        "player": COUNT,
        "store": ANY,
        "notes": listed(TEXT),
    },
}
"""What some outcomes of a command have besides."""
