"""The file formats: games, witnesses, certificates, derivations."""

from .parts import (
    ANY,
    COUNT,
    EXACT,
    FLAG,
    TEXT,
    WRITTEN,
    Schema,
    listed,
    mapped,
    nested,
    record,
)

TABLE: Schema = {
    "type": "array",
    "minItems": 1,
    "description": "nested lists of numbers; the shape is stated where it is used",
}
_POLICY = listed(nested(WRITTEN, 2), 1)
_GAME_NEEDED: dict[str, Schema] = {
    "discount": {**WRITTEN, "description": "in [0, 1)"},
    "start": {**nested(WRITTEN, 1), "description": "[S], sums to 1"},
    "transition": {**TABLE, "description": "[S][A_1]..[A_n][S], rows sum to 1"},
    "rewards": {**TABLE, "description": "[n][S][A_1]..[A_n], in [-1, 1]"},
}
_GAME_FURTHER: dict[str, Schema] = {
    "name": ANY,
    "source": ANY,
    "states": {**listed(TEXT), "description": "names, [S]"},
    "actions": {**listed(listed(TEXT)), "description": "names, [n][A_i]"},
    "policies": record({}, {"expert": _POLICY, "learner": _POLICY}, open_=True),
}

GAME: Schema = record(
    {"format": {"const": "nashgap/game/1"}, **_GAME_NEEDED}, _GAME_FURTHER, open_=True
)

_SHOWN: dict[str, Schema] = {
    "assumptions": listed(TEXT),
    "player": COUNT,
    "deviation": {**nested(WRITTEN, 2), "description": "[S][A_player]"},
    "numbers": mapped(EXACT),
}
_BROKEN = record({"claim": TEXT, **_SHOWN})
_REACHED = record({"gap_at_least": EXACT, "strict": FLAG, **_SHOWN})

WITNESS: Schema = record(
    {
        "format": {"const": "nashgap/witness/1"},
        **_GAME_NEEDED,
        "policies": record({"expert": _POLICY, "learner": _POLICY}),
        "witness": {"anyOf": [_BROKEN, _REACHED]},
    },
    {key: given for key, given in _GAME_FURTHER.items() if key != "policies"},
)

CLASS: Schema = record(
    {
        "players": COUNT,
        "states": COUNT,
        "actions": listed(COUNT, 1),
        "discount": EXACT,
        "assumptions": listed(TEXT),
        "rewards": {**listed(EXACT), "minItems": 2, "maxItems": 2},
        "start": {"const": "any"},
    }
)

CERTIFICATE: Schema = record(
    {
        "format": {"const": "nashgap/certificate/1"},
        "class": CLASS,
        "excludes": record({"gap": EXACT, "strict": FLAG}, {"player": COUNT}),
        "encoding": TEXT,
        "cases": {
            **listed({"type": "object"}),
            "description": "the proof, case by case; the module that the encoding names says how "
            "to read it",
        },
    }
)

_STEP = record(
    {
        "relation": {"enum": ["<=", "=="]},
        "right": TEXT,
        "reason": record({"kind": TEXT}, open_=True),
    }
)
_CHAIN = record(
    {
        "name": TEXT,
        "level": {"enum": ["scalar", "state"]},
        "assumptions": listed(TEXT),
        "statement": TEXT,
        "start": TEXT,
        "steps": listed(_STEP),
    }
)

DERIVATION: Schema = record(
    {
        "format": {"const": "nashgap/derivation/1"},
        "label": TEXT,
        "source": TEXT,
        "assumptions": listed(TEXT),
        "claim": TEXT,
        "lemmas": listed(_CHAIN),
        "proof": _CHAIN,
        "rests_on": listed(TEXT),
    }
)

FORMATS: dict[str, Schema] = {
    "game": GAME,
    "witness": WITNESS,
    "certificate": CERTIFICATE,
    "derivation": DERIVATION,
}
