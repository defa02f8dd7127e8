"""The gallery: one page for each named game, with its picture and exact numbers."""

import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from formulas import as_markdown
from pages import caption, escaped, html, index, is_numbered, sources, table, toc, write

from nashgap.numeric.best_response import best_response
from nashgap.numeric.evaluate import Evaluation, evaluate
from nashgap.numeric.games import Instance, NamedGame, catalogue
from nashgap.numeric.gaps import gaps
from nashgap.numeric.pictures import game_html, game_svg, occupancy_svg, policy_svg
from nashgap.numeric.plain import decimal
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.catalogue import bounds
from nashgap.theory.expression import Expression, text
from nashgap.theory.formula import latex

PICTURED = 16
LONGEST = 11
QUANTITIES = (
    ("nash_gap", "Nash gap of the learner"),
    ("expert_nash_gap", "Nash gap of the expert"),
    ("value_gap", "value gap"),
    ("eps_bc", r"$\varepsilon_{\mathrm{BC}}$"),
    ("eps_mu", r"$\varepsilon_\mu$"),
    ("eps_rho", r"$\varepsilon_\rho$"),
    ("delta", r"$\delta$"),
)


def write_gallery(folder: Path) -> None:
    """One page a game, and their index."""
    games = list(catalogue().values())
    for game in games:
        write(folder / f"{game.name}.md", _page(game))
    rows = [(f"[{g.name}]({g.name}.md)", escaped(g.title), escaped(g.illustrates)) for g in games]
    lead = [
        "# Gallery of games",
        "",
        "The games of the theory, as `nashgap games` builds them: counterexamples, families that "
        "attain a bound, and games of size. Every number on these pages was computed in exact "
        "rationals when the page was built.",
    ]
    names = [g.name for g in games]
    write(folder / "index.md", [*lead, *table(("game", "what", "it shows"), rows), *toc(names)])


def write_first(path: Path) -> None:
    """The game of the front page."""
    made = catalogue()["w3"].build()
    drawn = game_svg(made.game, made.expert, made.learner, _deviation(made))
    gap = gaps(made.game, made.learner)[0]
    said = (
        "Expert and learner (blue, vermilion) do the same wherever the expert ever is. At the "
        "state on the right, where it never is, player 1 of the learner errs; player 0, who goes "
        f"there (green), gains {gap}. No game with discount 9/10, a Nash expert and a learner who "
        "imitates it so has a larger gap."
    )
    path.write_text(f'<div class="nashgap">{drawn}<p class="figure-caption">{said}</p></div>')


def _page(named: NamedGame) -> list[str]:
    lines = [*index(named.name), f"# {named.name}", "", f"**{escaped(named.title)}.**", ""]
    lines += [f"{escaped(named.illustrates)}.", "", f"*Source: {escaped(named.source)}.*", ""]
    if named.parameters:
        rows = [
            (f"`{k}`", f"`{p.default}`", escaped(p.meaning)) for k, p in named.parameters.items()
        ]
        lines += ["## Parameters", *table(("name", "default", "meaning"), rows)]
    lines += ["## Construction", "", _construction(named), ""]
    lines += ["## The game", "", f"```console\n$ nashgap games {named.name} -o game.json\n```", ""]
    made = named.build()
    game = made.game
    if game.num_states > PICTURED or not game.is_exact:
        size = f"{game.num_states} states, actions {game.num_actions}: too large to draw."
        return [*lines, size]
    deviation = _deviation(made)
    lines += html(game_html(game, made.expert, made.learner, deviation))
    lines += caption(
        "Circles are states, with the probability of the start in them; an arrow's label is "
        + (
            "the number of its row in the table, which has the joint action, `∗` for any. "
            if is_numbered(game, made.expert, made.learner, deviation)
            else "the joint action, `∗` for any, and the reward; a number in brackets is a "
            "probability. "
        )
        + ("Three kinds of arrows" if deviation else "Two kinds of arrows")
        + " are what the profiles do; grey is what nobody does."
    )
    lines += ["## Policies and occupancies"]
    lines += html(
        f'<div class="nashgap">{policy_svg(game, made.expert, made.learner)}'
        f"{occupancy_svg(game, made.expert, made.learner)}</div>"
    )
    lines += caption(
        "Left, what each player does at each state, under the expert and under the learner; right, "
        "the share of time at each state, in columns that sum to 1. Blank cells are 0."
    )
    found = evaluate(game, made.expert, made.learner)
    lines += ["## Exact numbers", *table(("quantity", "value"), _numbers(found))]
    lines += ["## Assumptions", "", "Players, states and actions are counted from 0, in the order"]
    lines += ["of the tables above.", ""]
    lines += table(("assumption", "holds", "because"), _assumptions(found))
    lines += ["## Bounds that apply", *_bounds(found)]
    return [*lines, "## Checking it", "", *_checking(named)]


def _construction(named: NamedGame) -> str:
    """What its module says: states, moves and policies; title and source are said already."""
    said = (sys.modules[named.make.__module__].__doc__ or "").partition("\n\n")[2]
    return as_markdown(said.partition("\nSource:")[0].strip())


def _deviation(made: Instance) -> ProductPolicy | None:
    """The learner with the best response of the player who gains most, if one gains."""
    gains = list(gaps(made.game, made.learner))
    player = max(range(len(gains)), key=lambda i: gains[i])
    if gains[player] <= 0:
        return None
    found = best_response(made.game, made.learner, player)
    return made.learner.replace(player, found.table)


def _numbers(found: Evaluation) -> list[tuple[str, str]]:
    values = [(label, getattr(found, key)) for key, label in QUANTITIES]
    return [(label, _beside(value)) for label, value in values if value is not None]


def _beside(value: Fraction) -> str:
    """A number, and a fraction with its decimal."""
    if value.denominator == 1:
        return f"{value}"
    shown = decimal(value)
    return f"{value} {'=' if Fraction(shown) == value else '≈'} {shown}"


def _assumptions(found: Evaluation) -> list[tuple[str, str, str]]:
    raw = found.json()
    words = {True: "yes", False: "no", None: "undecided"}
    return [
        (f"`{name}`", words[holds], sources(raw["reasons"].get(name, "")))
        for name, holds in raw["assumptions"].items()
    ]


def _bounds(found: Evaluation) -> list[str]:
    """The bounds whose assumptions hold, by what they bound, the tightest first."""
    applying = [b for b in found.json()["bounds"] if b["applies"]]
    order = sorted(
        applying,
        key=lambda b: (_place(b), b["slack"] in (None, "inf"), _size(b["slack"])),
    )
    rows = [
        (
            f"[{b['label']}](../bounds/{b['label']}.md){_of(b)}",
            _short(b["value"]),
            "attained" if b["slack"] == "0" else _short(b["slack"]) or "no finite value",
        )
        for b in order
    ]
    return table(("bound, of the Nash gap or of", "at most", "slack"), rows)


_ORDER = ("NashGap", "ValueGap", "eps_BC", "eps_mu", "eps_rho")
"""What the left sides of bounds speak of, those that readers ask for first."""


def _left(bound: Mapping[str, Any]) -> Expression:
    return bounds()[bound["label"]].claim.left


def _of(bound: Mapping[str, Any]) -> str:
    """What it bounds, where that is not the Nash gap itself."""
    left = _left(bound)
    return "" if text(left) == "NashGap" else f"<br>${latex(left)}$"


def _place(bound: Mapping[str, Any]) -> int:
    said = text(_left(bound))
    return next(k for k, name in enumerate(_ORDER) if name in said)


def _short(value: str | None) -> str:
    """A number, rounded where its fraction would be too long for a column."""
    if value is None or len(value) <= LONGEST:
        return value or ""
    shown = f"{float(Fraction(value)):.6g}"
    return shown if Fraction(shown) == Fraction(value) else f"≈ {shown}"


def _size(slack: str | None) -> Fraction:
    return Fraction(0) if slack in (None, "inf") else Fraction(slack)


def _checking(named: NamedGame) -> list[str]:
    return [
        "```console",
        f"$ nashgap games {named.name} -o game.json",
        "$ nashgap evaluate game.json",
        "```",
        "",
        "recomputes every number of this page from the definitions.",
    ]
