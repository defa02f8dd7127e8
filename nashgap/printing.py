"""Statements, proofs and games as LaTeX, and proofs as Coq files."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, cast

from nashgap.theory.errors import BadInput

if TYPE_CHECKING:
    from nashgap.numeric.game import MarkovGame
    from nashgap.numeric.games import Instance
    from nashgap.numeric.io import Loaded
    from nashgap.search.atlas.entry import Entry
    from nashgap.search.derive.result import Derived
    from nashgap.search.verdict import Found, RuledOut, Unknown
    from nashgap.search.witness import Witness
    from nashgap.theory.bound import Bound
    from nashgap.theory.chain import Derivation
    from nashgap.theory.coq import Exported

    Proof: TypeAlias = str | Bound | Derivation | Derived
    Printable: TypeAlias = (
        Proof | MarkovGame | Loaded | Instance | Witness | Found | RuledOut | Unknown | Entry
    )

_PREAMBLE = r"""\documentclass[10pt]{article}
\usepackage[textwidth=5.5in,textheight=9in]{geometry}
\usepackage{amsmath,booktabs,tikz}
\begin{document}
"""
_END = "\\end{document}\n"
_APART = "\n\\par\\bigskip\n"
_ROWS = 24
_LONGEST = 16


def latex(
    *things: "Printable", standalone: bool = False, symbols: Mapping[str, str] | None = None
) -> str:
    r"""LaTeX source of bounds and derivations with their proofs, of games, and of tables.

    Args:
        things: labels of bounds, bounds, derivations, games, loaded files, witnesses, verdicts that
            have one, entries of the atlas (one table of them all).
        standalone: a whole document; otherwise a fragment that expects amsmath, amsthm, booktabs
            and tikz, and the environments `theorem` and `lemma`.
        symbols: a paper's own symbols, for example `{"eps_BC": "E", "gamma": r"\beta"}`;
            see `nashgap.theory.notation.SYMBOLS` for what may be renamed.

    Raises:
        BadInput: nothing to print, an unknown label, a thing that has no LaTeX form, a symbol that
            does not exist.

    Example:
        >>> print(latex("T1").splitlines()[0])
        \begin{theorem}[T1: Dominant expert, sharp constant]
    """
    from nashgap.theory.notation import renamed

    if not things:
        raise BadInput("latex", "nothing to print", "a label, a game or a witness")
    bounds, games = _sorted_out(things)
    return renamed(_source(bounds, games, standalone), symbols or {})


def _source(bounds: "list[Bound | Derivation]", games: list[str], standalone: bool) -> str:
    from nashgap.theory.bound import Bound, check_derivation
    from nashgap.theory.latex import derivation_latex, document

    if not standalone:
        shown = (
            b.latex() if isinstance(b, Bound) else derivation_latex(b, check_derivation(b))
            for b in bounds
        )
        return "\n".join([*shown, *([_APART.join(games)] if games else [])])
    if not bounds:
        return _PREAMBLE + _APART.join(games) + _END
    whole = document(bounds)
    if not games:
        return whole
    return whole.removesuffix(_END) + "\n".join([r"\section*{Games}", _APART.join(games), _END])


def _sorted_out(things: "Sequence[Printable]") -> "tuple[list[Bound | Derivation], list[str]]":
    from nashgap.theory.bound import Bound
    from nashgap.theory.catalogue import bound
    from nashgap.theory.chain import Derivation

    bounds: list[Bound | Derivation] = []
    games: list[str] = []
    entries: list[Entry] = []
    for thing in things:
        chain = getattr(thing, "chain", None)
        match thing:
            case str():
                bounds.append(bound(thing))
            case Bound() | Derivation():
                bounds.append(thing)
            case _ if isinstance(chain, Derivation):
                bounds.append(chain)
            case _ if hasattr(thing, "verified"):
                entries.append(cast("Entry", thing))
            case _:
                games.append(_game(thing))
    return bounds, [*games, *([_table(entries)] if entries else [])]


def _table(entries: "Sequence[Entry]") -> str:
    """Entries of the atlas as one table that breaks across pages."""
    from nashgap.theory.expression import Number
    from nashgap.theory.formula import latex as formula_latex
    from nashgap.theory.latex import escape

    def number(bound: Fraction | None) -> str:
        if bound is None:
            return "?"
        whole = len(str(bound)) <= _LONGEST
        return f"${formula_latex(Number(bound))}$" if whole else rf"$\approx{float(bound):.5g}$"

    def value(entry: "Entry") -> str:
        low, high = number(entry.lower), number(entry.upper)
        return low if low == high else f"{low} to {high}"

    def how(entry: "Entry") -> str:
        known = {True: "attained", False: "not attained", None: ""}[entry.attained]
        return f"{entry.status.replace('_', ' ')}{f', {known}' if known else ''}"

    rows = [
        rf"{escape(e.name).replace('/', '/' + chr(92) + 'allowbreak ')} & {value(e)} & {how(e)} \\"
        for e in entries
    ]
    head = r"\begin{tabular}{@{}p{2.9in}p{1.1in}p{1.1in}@{}}"
    top = [r"\noindent", head, r"\toprule", r"class & supremum & \\", r"\midrule"]
    end = [r"\bottomrule", r"\end{tabular}"]
    starts = range(0, len(rows), _ROWS)
    lines = [
        "\n".join(
            [r"{\footnotesize\raggedright", *top, *rows[k : k + _ROWS], *end, r"\par}\medskip"]
        )
        for k in starts
    ]
    return "\n".join(lines)


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
        raise BadInput("latex", f"a value of type {type(thing).__name__}", needed)
    return game_latex(game, getattr(thing, "expert", None), getattr(thing, "learner", None))


def _witness(witness: "Witness") -> str:
    from nashgap.numeric.latex import game_latex

    deviation = witness.learner.replace(witness.player, witness.deviation)
    return game_latex(witness.game, witness.expert, witness.learner, deviation)


def _shows(witness: "Witness") -> str:
    """The sentence that says what the game is a witness of, with its exact numbers."""
    from nashgap.theory.claim import parse_claim
    from nashgap.theory.expression import Number
    from nashgap.theory.formula import SIGNS
    from nashgap.theory.formula import latex as formula_latex
    from nashgap.theory.latex import display

    def value(name: str) -> str:
        return formula_latex(Number(witness.numbers[name]))

    assumed = ", ".join(assumption.text for assumption in witness.assumptions)
    which = f" ({assumed})" if assumed else ""
    said = (
        rf"\noindent A game{which} whose learner has Nash gap ${value('nash_gap')}$: "
        rf"player~{witness.player} gains by deviating from ${value('learner_value')}$ to "
        rf"${value('deviation_value')}$"
    )
    if not isinstance(witness.shows, str):
        return rf"{said}.\par\medskip"
    claim = parse_claim(witness.shows)
    broken = display(claim.left, SIGNS[claim.relation], claim.right, ".")
    return f"{said}, which breaks\n{broken}\n\\par\\medskip"


def coq(
    *things: "Proof",
    sizes: Sequence[tuple[int, int]] = (),
    whole: bool = False,
) -> str:
    """Proved bounds and derivations as one Coq file, which `coqc` (8.16) checks.

    Args:
        things: labels of bounds, bounds, derivations of one's own, what `derive` found.
        sizes: players and actions for which the local steps are also written out in full.
        whole: T1 and value_gap also from the definitions of a game, for every finite game.

    Raises:
        BadInput: an unknown label, or a derivation that is not proved.

    Example:
        >>> "Lemma T1_step_3" in coq("T1")
        True
    """
    return coq_file(*things, sizes=sizes, whole=whole)[0]


def coq_file(
    *things: "Proof",
    sizes: Sequence[tuple[int, int]] = (),
    whole: bool = False,
) -> "tuple[str, Exported]":
    """The Coq file, and what it holds; see `coq`."""
    from nashgap.theory.bound import Bound
    from nashgap.theory.catalogue import bound
    from nashgap.theory.chain import Derivation
    from nashgap.theory.coq import WHOLE, coq_source
    from nashgap.theory.kernel import closure
    from nashgap.theory.library import library
    from nashgap.theory.local import certificate, has_local_step

    if not things:
        raise BadInput("coq", "nothing to write", "a label or a derivation")
    proofs = []
    for thing in things:
        known = bound(thing) if isinstance(thing, str) else getattr(thing, "chain", thing)
        if not isinstance(known, (Bound, Derivation)):
            raise BadInput(
                "coq", f"a value of type {type(thing).__name__}", "a label or a derivation"
            )
        proofs.append(known.derivation if isinstance(known, Bound) else known)
    chains = {c.name: c for proof in proofs for c in (*closure(proof, library())[0], proof)}
    steps = [chain for chain in chains.values() if has_local_step(chain)] if sizes else []
    full = [certificate(chain, players, actions) for players, actions in sizes for chain in steps]
    names = [p.name for p in proofs if p.name in WHOLE] if whole else []
    if whole and not names:
        raise BadInput("whole", "asked of what has none", f"one of {', '.join(WHOLE)}")
    return coq_source(proofs, full, whole=names)
