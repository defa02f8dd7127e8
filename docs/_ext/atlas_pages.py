"""The atlas of suprema as a table that one can scan, and the games that attain them."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from pages import caption, escaped, html, picture, table, write

from nashgap.search.atlas import Entry, Family, atlas
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.witness import Witness
from nashgap.theory.display import fitted_latex, pieces

AT = Fraction(9, 10)
SMALL = 4
CONCEPTS = ("subgame-perfect", "strict-nash", "nash", "dominant", "team-optimal")
SHADES = 5
FEW = 4


def write_atlas(folder: Path) -> None:
    """The table, and the page of games."""
    whole = atlas()
    groups = _groups(whole.families)
    decided = sum(entry.supremum is not None for entry in whole.entries)
    pictured = {key: entry for key, some in groups.items() if (entry := _witnessed(some))}
    lines = [
        "# The atlas of suprema",
        "",
        f"The largest Nash gap of a learner, over all games of a class: {len(whole.entries)} "
        f"questions, {decided} of them decided, each by an exact game and a certificate that "
        "`nashgap atlas --verify` checks anew without any solver. A row is a matching notion, what "
        "the expert is, and further assumptions; the formula was fitted to some of the exact "
        "values and holds at all others, among them discounts kept for the test. It is no theorem; "
        "where a bound of the catalogue proves it, that is on the bound's page.",
        "",
        "Classes differ by their shape, too: `n2S3A2` is 2 players, 3 states and 2 actions each. "
        "Where the formula depends on it a class has several rows. In assumptions such as "
        "`entry=b` the letter is a number that the formula keeps.",
        "",
        "*At 9/10* is the supremum at that discount, at the parameters in brackets; its shade is "
        "the share of $2/(1-\\gamma)=20$, which no game exceeds. *Attained* says whether a game "
        "has it, with a picture of one that attains or approaches it; nothing is said where the "
        "supremum is irrational, and rational games come as close as one likes. *Decided* counts "
        "the suprema behind the row.",
        *table(
            ("matching", "class", "supremum", "at 9/10", "attained", "shapes", "decided"),
            [_row(key, some, key in pictured) for key, some in groups.items()],
        ),
        "One row on the command line, with its certificate and its game as files:",
        "",
        "```console",
        "$ nashgap atlas rho/nash,state-rewards --states 3",
        "$ nashgap atlas rho/nash,state-rewards/n2S3A2/gamma=9/10 -o state.json",
        "$ nashgap verify state.json",
        "$ nashgap report state-witness.json -o state.html",
        "```",
        "",
        "The games are on a page of their own: [](atlas-games.md).",
        "",
        "```{toctree}",
        ":hidden:",
        "",
        "atlas-games",
        "```",
    ]
    write(folder / "atlas.md", lines)
    write(folder / "atlas-games.md", _games(groups, pictured))


Key = tuple[str, str, str, str]
"""Matching, concept, further assumptions, formula."""


def _groups(families: Sequence[Family]) -> Mapping[Key, list[Family]]:
    found: dict[Key, list[Family]] = {}
    for family in families:
        matching, assumed, _ = (
            family.name.split("/", 2) if family.name.count("/") == 2 else _parts(family.name)
        )
        words = assumed.split(",")
        concept = next((c for c in CONCEPTS if c in words), "any")
        others = ", ".join(word for word in words if word not in (concept, "any"))
        shown = "" if family.formula is None else str(family.formula)
        found.setdefault((matching, concept, others, shown), []).append(family)
    order = {"rho": 0, "mu": 1}
    return dict(
        sorted(found.items(), key=lambda item: (order.get(item[0][0], 2), item[0][0], item[0][1:]))
    )


def _parts(name: str) -> tuple[str, str, str]:
    """A name whose parameters hold fractions: the shape is last, the assumptions before it."""
    rest, _, shape = name.rpartition("/")
    head, slash, assumed = rest.partition("/")
    while slash and assumed and assumed[0].isdigit():  # bc=1/10/nash
        more, slash, assumed = assumed.partition("/")
        head = f"{head}/{more}"
    return head, assumed, shape


def _row(key: Key, some: Sequence[Family], is_drawn: bool) -> tuple[str, ...]:
    matching, concept, others, formula = key
    entry = _typical(some)
    shapes = " ".join(sorted((f.name.rpartition("/")[2] for f in some), key=_numbers))
    total, known = sum(len(f.entries) for f in some), sum(len(f.decided) for f in some)
    return (
        f"`{matching}`",
        ", ".join(f"`{word}`" for word in (concept, *others.split(", ")) if word and word != "any")
        or "any",
        _pieces(formula) if formula else _lacking(known),
        _value(entry, some),
        _attained(some, f"[game](#{_anchor(key, some)})" if is_drawn else ""),
        escaped(shapes),
        str(known) if known == total else f"{known} of {total}",
    )


def _numbers(shape: str) -> list[int]:
    """n2S3A2 as 2, 3, 2."""
    return [int(number) for number in re.findall(r"\d+", shape)]


def _lacking(known: int) -> str:
    return "no formula found" if known > FEW else "too few values for a formula"


def _typical(some: Sequence[Family]) -> Entry | None:
    """The entry of the smallest shape at discount 9/10."""
    for family in some:
        for point, entry in family.entries:
            if point[0] == AT:
                return entry
    return None


def _value(entry: Entry | None, some: Sequence[Family]) -> str:
    if entry is None:
        return ""
    if entry.supremum is None:
        low, high = entry.lower, entry.upper
        ends = dict.fromkeys((_short(low), _short(high)))  # one number where digits do not differ
        return f"{' to '.join(ends)}{_parameters(entry, some)}"
    share = float(entry.supremum) * (1 - float(AT)) / 2
    shade = min(SHADES - 1, int(share * SHADES))
    return f"[{_short(entry.supremum)}]{{.shade{shade}}}{_parameters(entry, some)}"


def _parameters(entry: Entry, some: Sequence[Family]) -> str:
    """The values of b, c and m at which the number stands."""
    for family in some:
        for point, one in family.entries:
            if one is entry:
                named = zip(family.variables[1:], point[1:], strict=False)
                said = ", ".join(f"{letter}={value}" for letter, value in named)
                return f" ({said})" if said else ""
    return ""


def _short(value: Fraction | None) -> str:
    if value is None:
        return "?"
    if value.denominator == 1:
        return str(value)
    sign = "=" if Fraction(f"{float(value):.5g}") == value else "≈"
    return f"{value} {sign} {float(value):.5g}" if len(str(value)) < 12 else f"≈ {float(value):.6g}"


def _attained(some: Sequence[Family], link: str) -> str:
    said = {entry.attained for family in some for entry in family.decided}
    word = {frozenset((True,)): "yes", frozenset((False,)): "no"}.get(frozenset(said), "")
    return ", ".join(part for part in (word, link) if part)


def _pieces(text: str) -> str:
    """A formula, or several with the discounts between which each was tested."""
    return "; ".join(
        f"${fitted_latex(piece) or rf'{chr(92)}text{{{piece}}}'}$"
        + (f" for $\\gamma$ from {low} to {high}" if low else "")
        for piece, low, high in pieces(text)
    )


def _anchor(key: Key, some: Sequence[Family]) -> str:
    words = "".join(c if c.isalnum() else " " for c in _title(key, some).lower()).split()
    return "-".join(("game", *words))


def _title(key: Key, some: Sequence[Family]) -> str:
    matching, concept, others, _ = key
    shape = some[0].name.rpartition("/")[2]
    return ", ".join(part for part in (matching, concept, others, shape) if part)


def _witnessed(some: Sequence[Family]) -> tuple[Entry, Witness] | None:
    """The smallest game at discount 9/10 that is kept with the atlas."""
    for family in some:
        for point, entry in family.entries:
            if point[0] != AT or entry.query.game_class.states > SMALL:
                continue
            witness = _witness(entry)
            if witness is not None and witness.nash_gap > 0:
                return entry, witness
    return None


def _witness(entry: Entry) -> Witness | None:
    match entry.verified():
        case Found(witness=found):
            return found
        case RuledOut(witness=found) | Unknown(witness=found):
            return found
    return None


def _games(
    groups: Mapping[Key, list[Family]], pictured: Mapping[Key, tuple[Entry, Witness]]
) -> list[str]:
    lines = [
        "# Games of the atlas",
        "",
        "For each class of [the atlas](atlas.md) the game that the search found at discount 9/10 "
        "on the smallest shape, as a picture: what expert and learner play, and where the player "
        "who deviates goes, in three colours and kinds of line. Every number was recomputed "
        "exactly when this page was built.",
        "",
    ]
    for key, (entry, witness) in pictured.items():
        some = groups[key]
        deviation = witness.learner.replace(witness.player, witness.deviation)
        drawn = picture(witness.game, witness.expert, witness.learner, deviation)
        lines += [
            f"({_anchor(key, some)})=",
            f"## {escaped(_title(key, some))}",
            *html(drawn),
        ]
        lines += caption(
            f"Nash gap {_short(Fraction(witness.nash_gap))}; player {witness.player} gains by "
            f"deviating. `nashgap atlas {entry.name} -o file.json` writes it."
        )
    return lines
