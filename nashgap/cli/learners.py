"""`nashgap learners FILE`: the most and the least exploitable learner within an error."""

import time
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .figures import is_figure, prepare
from .options import Json, Output, Quiet, Tolerance
from .output import Result, noted, number, show, table, write_json
from .progress import Progress, progress

if TYPE_CHECKING:
    from nashgap.numeric.io import Loaded
    from nashgap.search.learners import Curve, Extreme

NAME = "learners"
_ERRORS = ("bc", "mu", "rho")
_KINDS: tuple[Literal["largest", "smallest"], ...] = ("largest", "smallest")


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    match: Annotated[
        str,
        typer.Option(
            metavar="ERROR",
            help="What is within eps: bc, mu or rho.",
            autocompletion=completing.one_of(*_ERRORS),
        ),
    ] = "bc",
    eps: Annotated[str, typer.Option(metavar="X", help="The largest error, from 0 to 2.")] = "1/10",
    curve: Annotated[bool, typer.Option("--curve", help="All errors from 0 to eps.")] = False,
    points: Annotated[str, typer.Option(metavar="K", help="Errors on a curve.")] = "11",
    nodes: Annotated[
        str | None,
        typer.Option(
            metavar="K",
            help="Pieces that a proof may cut the learners into.",
            show_default="2000 of a small game, else 200",
        ),
    ] = None,
    tolerance: Tolerance = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the largest (M) and the smallest (m) Nash gap of learners close to the expert.

    Exact for bimatrix games and small Markov games unless the pieces run out: a fraction, or a root
    of a polynomial where no rational learner is best. Else proved bounds with the best learners
    found; exit code 3 if they are more than 1/1000 apart. -o FILE.json writes the game with the
    most exploitable learner, -o FILE.pdf (.png, .svg) with --curve the figure.

    Example: nashgap games w6 -o w6.json && nashgap learners w6.json --eps 1/5
    """
    started = time.perf_counter()
    if match not in _ERRORS:
        raise BadInput("--match", f"given {match!r:.40}", "bc, mu or rho")
    largest = options.rational(eps, "--eps")
    if not 0 <= largest <= 2:
        raise BadInput("--eps", f"given {eps}", "a number from 0 to 2")
    if curve and largest == 0:
        raise BadInput("--eps", "given 0 with --curve", "a positive number: where the curve ends")
    budget = options.count(nodes, "--nodes") if nodes is not None else None
    wanted = options.count(points, "--points", least=2)
    prepare(output, file)
    if output is not None and is_figure(output) and not curve:
        raise BadInput(output, "a figure of one point", "--curve as well, or FILE.json")
    errors = [largest * k / (wanted - 1) for k in range(wanted)] if curve else [largest]
    with progress("searching learners", quiet=quiet) as line:
        loaded = _load(file, tolerance)
        found = _Found(loaded, cast(Any, match), errors, budget)
        found.run(line)
    show(found.result(file, found.write(output)), started=started, as_json=as_json, quiet=quiet)


def _load(file: str, tolerance: str | None) -> "Loaded":
    from nashgap.numeric.io import load

    loaded = load(file, tolerance=options.tolerance(tolerance))
    if loaded.expert is None:
        raise BadInput(f"{file}, policies", "no expert", "the policy that learners are close to")
    return loaded


class _Found:
    """What is known so far; an interrupt leaves it whole."""

    def __init__(
        self, loaded: "Loaded", error: Any, errors: list[Fraction], nodes: int | None
    ) -> None:
        self.loaded, self.error, self.errors, self.nodes = loaded, error, errors, nodes
        self.extremes: dict[str, list[Extreme]] = {kind: [] for kind in _KINDS}
        self.exact: Curve | None = None
        self.interrupted = False

    def run(self, line: Progress) -> None:
        from nashgap.numeric.gaps import nash_gap
        from nashgap.search.learners import Stopped, consistent, largest_gap, smallest_gap
        from nashgap.search.learners.curve import has_curve, largest_gap_curve

        game, expert = self.loaded.game, self.loaded.expert
        assert expert is not None
        self.own = Fraction(nash_gap(game, expert))
        searches = zip(_KINDS, (largest_gap, smallest_gap), strict=True)
        try:
            if len(self.errors) > 1 and self.error == "bc" and has_curve(game, expert):
                self.exact = largest_gap_curve(game, expert)
            for kind, search in searches:
                for eps in self.errors:
                    doing = f"the {kind} gap within {float(eps):.4g}"
                    line(doing)
                    tell = partial(_tell, line, doing)
                    found = search(game, expert, eps, self.error, nodes=self.nodes, tell=tell)
                    self.extremes[kind].append(found)
        except KeyboardInterrupt as stop:
            self.interrupted = True
            if isinstance(stop, Stopped):
                self.extremes[stop.found.kind].append(stop.found)
        self.extremes = {kind: consistent(found) for kind, found in self.extremes.items()}

    def write(self, path: str | None) -> list[str]:
        largest, smallest = (self.extremes[kind] for kind in _KINDS)
        if path is None or not largest:
            return []
        if is_figure(path):
            from nashgap.numeric.plots import plot_gaps, save

            shown = self.exact or largest
            save(plot_gaps(shown, smallest, error=self.error, most=self.errors[-1]), path)
        else:
            from nashgap.numeric.io import game_object

            loaded = self.loaded
            write_json(path, game_object(loaded.game, loaded.expert, largest[-1].learner))
        return [f"written to {path}"]

    def result(self, file: str, written: list[str]) -> Result:
        from nashgap.numeric.numbers import text

        every = [e for found in self.extremes.values() for e in found]
        close = len(every) == 2 * len(self.errors) and all(
            e.is_exact or e.upper - e.lower <= _CLOSE for e in every
        )
        lines = [
            f"{file}: learners within {_NAMES[self.error]} of an expert whose own Nash gap is "
            f"{number(self.own)}",
            *noted(self.loaded.notes),
            "",
            *table([("eps", "M, the largest gap", "m, the smallest gap"), *self._rows()]),
            "",
            *table(sorted({(e.kind, e.method) for e in every})),
            *_roots(every),
            *self._formulas(),
            *written,
        ]
        fields = {
            "match": self.error,
            "notes": list(self.loaded.notes),
            "expert_nash_gap": text(self.own),
            **{kind: [_json(e) for e in found] for kind, found in self.extremes.items()},
            "curve": None if self.exact is None else [_piece(p) for p in self.exact.pieces],
            "evidence": "bounds proved in exact arithmetic, and learners that reach them",
        }
        return Result("done" if close else "undecided", lines, fields, self.interrupted)

    def _rows(self) -> list[tuple[str, ...]]:
        columns = [[_bounds(e) for e in self.extremes[kind]] for kind in _KINDS]
        return [
            (number(eps), *(column[k] if k < len(column) else "-" for column in columns))
            for k, eps in enumerate(self.errors)
        ]

    def _formulas(self) -> list[str]:
        if self.exact is None:
            return []
        pieces = [(str(p.start), str(p.end), _formula(p.coefficients)) for p in self.exact.pieces]
        return ["", "M exactly, at every error", *table([("from", "to", ""), *pieces])]


_CLOSE = Fraction(1, 1000)
_READABLE = 120
_NAMES = {"bc": "eps_BC", "mu": "eps_mu", "rho": "eps_rho"}


def _tell(line: Progress, doing: str, more: str) -> None:
    line(f"{more}; {doing}")


def _bounds(extreme: "Extreme") -> str:
    value = extreme.value
    if isinstance(value, Fraction):
        return number(value)
    if value is not None:
        return f"{value.decimal}, a root of degree {len(value.polynomial) - 1}"
    return f"from {float(extreme.lower):.6g} to {float(extreme.upper):.6g}"


def _roots(extremes: "list[Extreme]") -> list[str]:
    """The polynomials of the irrational numbers, where they are short enough to read."""
    shown = [
        (e.kind, number(e.eps), str(e.root))
        for e in extremes
        if e.root is not None and not e.root.is_rational
    ]
    return table([row for row in shown if len(row[-1]) <= _READABLE])


def _formula(coefficients: tuple[Fraction, Fraction, Fraction]) -> str:
    names = ("", "*eps", "*eps**2")
    terms = [f"{c}{name}" for c, name in zip(coefficients, names, strict=True) if c]
    return " + ".join(terms).replace("+ -", "- ") or "0"


def _piece(piece: Any) -> dict[str, Any]:
    coefficients = [str(c) for c in piece.coefficients]
    return {"from": str(piece.start), "to": str(piece.end), "coefficients": coefficients}


def _json(extreme: "Extreme") -> dict[str, Any]:
    from nashgap.numeric.io import written_table
    from nashgap.numeric.numbers import text

    return {
        "eps": text(extreme.eps),
        "lower": text(extreme.lower),
        "upper": text(extreme.upper),
        "exact": extreme.is_exact,
        "root": None if extreme.root is None else extreme.root.json(),
        "learner": [written_table(t) for t in extreme.learner],
        "method": extreme.method,
    }
