r"""A game in LaTeX: a table of its rows and a picture of its states, one column (3.25 in) wide.

Needs the packages amsmath, booktabs and tikz only. Expert, learner and deviation have three colours
that colour-blind readers can tell apart (Okabe and Ito), and three line styles.
"""

from collections.abc import Mapping

from nashgap.theory.colours import PROFILES

from . import latex_math
from .drawing import LARGEST_PICTURE, draw
from .game import MarkovGame
from .latex_math import number, term
from .latex_picture import STYLES, picture
from .latex_table import LETTERS, table
from .policy import ProductPolicy
from .rows import paid_alike

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
    parts += [
        rf"\definecolor{{nashgap{role}}}{{HTML}}{{{PROFILES[role][1:]}}}" for role in profiles
    ]
    drawn = draw(game, profiles, latex_math) if game.num_states <= LARGEST_PICTURE else None
    numbered = drawn is not None and drawn.is_numbered
    if drawn is not None:
        parts += [r"{\centering", picture(drawn), r"\par}\medskip"]
    parts += [table(game, profiles, numbered=numbered), r"\par\smallskip"]
    left_out = 0 if drawn is None else drawn.left_out
    caption = _caption(game, profiles, numbered=numbered, left_out=left_out)
    parts += [caption, r"\par\endgroup"]
    body = "\n".join(parts) + "\n"
    if not standalone:
        return body
    height = 5 + body.count(r"\\" + "\n") // 5
    return f"{_PREAMBLE.replace('HEIGHT', str(height))}{body}\\end{{document}}\n"


def _caption(
    game: MarkovGame, profiles: Mapping[str, ProductPolicy], *, numbered: bool, left_out: int
) -> str:
    start = "$ + $".join(term(game, s, p) for s, p in enumerate(game.start) if p > 0)
    notes = [rf"Discount ${number(game.discount)}$, start ${start}$."]
    if game.players > 1 and paid_alike(game):
        notes.append(_PAID[paid_alike(game)])
    if numbered:
        notes.append("Arrows carry the numbers of their rows.")
    if left_out:
        notes.append(f"The {left_out} least likely arrows are left out.")
    notes += [
        rf"{{\color{{nashgap{role}}}{LETTERS[role]}: {role} "
        rf"(\tikz[baseline=-0.6ex]\draw[nashgap{role},thick,{STYLES[role]}] (0,0)--(0.5,0);).}}"
        for role in profiles
    ]
    return r"{\scriptsize\raggedright " + "\n".join(notes) + r"\par}"
