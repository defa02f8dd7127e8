r"""A game in LaTeX: a table of its rows and a picture of its states, one column (3.25 in) wide.

Needs the packages amsmath, booktabs and tikz only. Expert, learner and deviation have three colours
that colour-blind readers can tell apart (Okabe and Ito), and three line styles.
"""

from collections.abc import Mapping

from .game import MarkovGame
from .latex_math import number, term
from .latex_picture import STYLES, labels_of, picture
from .latex_table import LETTERS, table
from .policy import ProductPolicy
from .rows import paid_alike

LARGEST_PICTURE = 12
"""States beyond which only the table is given."""

_COLOURS = {"expert": "0,114,178", "learner": "213,94,0", "deviation": "0,158,115"}
_PAID = {
    "alone": "Only player 0 is paid.",
    "common": "All players are paid the same.",
    "zero-sum": "Player 1 gets the opposite.",
}
_PREAMBLE = r"""\documentclass{article}
\usepackage[paperwidth=3.75in,paperheight=HEIGHTin,margin=0.25in]{geometry}
\usepackage{amsmath,booktabs,tikz}
\pagestyle{empty}\setlength{\parindent}{0pt}
\begin{document}
"""


def game_latex(
    game: MarkovGame,
    expert: ProductPolicy | None = None,
    learner: ProductPolicy | None = None,
    deviation: ProductPolicy | None = None,
    *,
    standalone: bool = False,
) -> str:
    r"""The game as a table and a TikZ picture.

    Args:
        game: exact or float; the picture is left out beyond 12 states.
        expert: marked E in the table and drawn blue along the states that it visits.
        learner: marked L, vermilion.
        deviation: the profile after one player has deviated from the learner, marked D, green.
        standalone: a whole document, otherwise a fragment that expects
            `\usepackage{amsmath,booktabs,tikz}`.

    Returns:
        LaTeX source. A number in a column E, L or D is the probability that the profile plays the
        row. In pictures with many arrows the labels are row numbers of the table.

    Raises:
        BadInput: a profile does not fit the game.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["w3"].build()
        >>> print(game_latex(made.game, made.expert, made.learner).splitlines()[0])
        \begingroup\footnotesize
    """
    given = {"expert": expert, "learner": learner, "deviation": deviation}
    profiles = {role: profile for role, profile in given.items() if profile is not None}
    for role, profile in profiles.items():
        profile.check_fits(game, role)
    parts = [r"\begingroup\footnotesize"]
    parts += [rf"\definecolor{{nashgap{role}}}{{RGB}}{{{_COLOURS[role]}}}" for role in profiles]
    numbered = False
    if game.num_states <= LARGEST_PICTURE:
        labels, numbered = labels_of(game)
        drawn = picture(game, profiles, labels, inline=numbered)
        parts += [r"{\centering", drawn, r"\par}\medskip"]
    parts += [table(game, profiles, numbered=numbered), r"\par\smallskip"]
    parts += [_caption(game, profiles, numbered=numbered), r"\par\endgroup"]
    body = "\n".join(parts) + "\n"
    if not standalone:
        return body
    height = 5 + body.count(r"\\" + "\n") // 5
    return f"{_PREAMBLE.replace('HEIGHT', str(height))}{body}\\end{{document}}\n"


def _caption(game: MarkovGame, profiles: Mapping[str, ProductPolicy], *, numbered: bool) -> str:
    start = "$ + $".join(term(game, s, p) for s, p in enumerate(game.start) if p > 0)
    notes = [rf"Discount ${number(game.discount)}$, start ${start}$."]
    if game.players > 1 and paid_alike(game):
        notes.append(_PAID[paid_alike(game)])
    if numbered:
        notes.append("Arrows carry the numbers of their rows.")
    notes += [
        rf"{{\color{{nashgap{role}}}{LETTERS[role]}: {role} "
        rf"(\tikz[baseline=-0.6ex]\draw[nashgap{role},thick,{STYLES[role]}] (0,0)--(0.5,0);).}}"
        for role in profiles
    ]
    return r"{\scriptsize\raggedright " + "\n".join(notes) + r"\par}"
