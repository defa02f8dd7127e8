"""Statements, proofs and games as LaTeX, and proofs as Coq files."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nashgap.theory.errors import BadInput

if TYPE_CHECKING:
    from nashgap.numeric.game import MarkovGame
    from nashgap.numeric.games import Instance
    from nashgap.numeric.io import Loaded
    from nashgap.search.verdict import Found, RuledOut, Unknown
    from nashgap.search.witness import Witness
    from nashgap.theory.bound import Bound
    from nashgap.theory.chain import Derivation
    from nashgap.theory.coq import Exported

    Printable = str | Bound | MarkovGame | Loaded | Instance | Witness | Found | RuledOut | Unknown

_PREAMBLE = r"""\documentclass[10pt]{article}
\usepackage[textwidth=5.5in,textheight=9in]{geometry}
\usepackage{amsmath,booktabs,tikz}
\begin{document}
"""
_END = "\\end{document}\n"


def latex(*things: "Printable", standalone: bool = False) -> str:
    r"""LaTeX source of bounds with their proofs, and of games.

    Args:
        things: labels of bounds, bounds, games, loaded files, witnesses, or verdicts that have one.
        standalone: a whole document; otherwise a fragment that expects amsmath, amsthm, booktabs
            and tikz, and the environments `theorem` and `lemma`.

    Raises:
        BadInput: nothing to print, an unknown label, or a thing that has no LaTeX form.

    Example:
        >>> print(latex("T1").splitlines()[0])
        \begin{theorem}[T1: Dominant expert, sharp constant]
    """
    if not things:
        raise BadInput("latex", "nothing to print", "a label, a game or a witness")
    bounds, games = _sorted_out(things)
    if not standalone:
        return "\n".join([*(bound.latex() for bound in bounds), *games])
    if not bounds:
        return _PREAMBLE + "\n".join(games) + _END
    from nashgap.theory.latex import document

    whole = document(bounds)
    return (
        whole.removesuffix(_END) + "\n".join([r"\section*{Games}", *games, _END])
        if games
        else whole
    )


def _sorted_out(things: "Sequence[Printable]") -> "tuple[list[Bound], list[str]]":
    from nashgap.theory.bound import Bound
    from nashgap.theory.catalogue import bound

    bounds, games = [], []
    for thing in things:
        match thing:
            case str():
                bounds.append(bound(thing))
            case Bound():
                bounds.append(thing)
            case _:
                games.append(_game(thing))
    return bounds, games


def _game(thing: object) -> str:
    from nashgap.numeric.game import MarkovGame
    from nashgap.numeric.latex import game_latex
    from nashgap.search.witness import Witness

    if isinstance(thing, MarkovGame):
        return game_latex(thing)
    found = thing if isinstance(thing, Witness) else getattr(thing, "witness", None)
    if isinstance(found, Witness):
        return f"{_shows(found)}\n{_witness(found)}"
    game = getattr(thing, "game", None)
    if not isinstance(game, MarkovGame):
        needed = "a label, a bound, a game, a loaded file, or a verdict with a witness"
        raise BadInput("latex", f"given a {type(thing).__name__}", needed)
    return game_latex(game, getattr(thing, "expert", None), getattr(thing, "learner", None))


def _witness(witness: "Witness") -> str:
    from nashgap.numeric.latex import game_latex

    deviation = witness.learner.replace(witness.player, witness.deviation)
    return game_latex(witness.game, witness.expert, witness.learner, deviation)


def _shows(witness: "Witness") -> str:
    """The sentence that says what the game is a witness of, with its exact numbers."""
    from nashgap.theory.claim import parse_claim
    from nashgap.theory.expression import Number
    from nashgap.theory.formula import latex as formula_latex

    def value(name: str) -> str:
        return formula_latex(Number(witness.numbers[name]))

    assumed = ", ".join(assumption.text for assumption in witness.assumptions)
    broken = (
        f", which breaks ${parse_claim(witness.shows).latex()}$"
        if isinstance(witness.shows, str)
        else ""
    )
    return (
        rf"\noindent A game ({assumed}) whose learner has Nash gap ${value('nash_gap')}${broken}: "
        rf"player~{witness.player} gains by deviating from ${value('learner_value')}$ to "
        rf"${value('deviation_value')}$.\par\medskip"
    )


def coq(*things: "str | Bound | Derivation", sizes: Sequence[tuple[int, int]] = ()) -> str:
    """Proved bounds and derivations as one Coq file, which `coqc` (8.16) checks.

    Args:
        things: labels of bounds, bounds, or derivations of one's own.
        sizes: players and actions for which the local steps are also written out in full.

    Raises:
        BadInput: an unknown label, or a derivation that is not proved.

    Example:
        >>> "Lemma T1_step_3" in coq("T1")
        True
    """
    return coq_file(*things, sizes=sizes)[0]


def coq_file(
    *things: "str | Bound | Derivation", sizes: Sequence[tuple[int, int]] = ()
) -> "tuple[str, Exported]":
    """The Coq file, and what it holds; see `coq`."""
    from nashgap.theory.bound import Bound
    from nashgap.theory.catalogue import bound
    from nashgap.theory.chain import Derivation
    from nashgap.theory.coq import coq_source
    from nashgap.theory.kernel import closure
    from nashgap.theory.library import library
    from nashgap.theory.local import certificate, has_local_step

    if not things:
        raise BadInput("coq", "nothing to write", "a label or a derivation")
    proofs = []
    for thing in things:
        known = bound(thing) if isinstance(thing, str) else thing
        if not isinstance(known, (Bound, Derivation)):
            raise BadInput("coq", f"given a {type(thing).__name__}", "a label or a derivation")
        proofs.append(known.derivation if isinstance(known, Bound) else known)
    chains = {c.name: c for proof in proofs for c in (*closure(proof, library())[0], proof)}
    steps = [chain for chain in chains.values() if has_local_step(chain)] if sizes else []
    full = [certificate(chain, players, actions) for players, actions in sizes for chain in steps]
    return coq_source(proofs, full)
