"""From a label to the statement, its verdict, what is sharper, and the games that show it.

`nashgap show "Lemma 3"` prints it. What is proved is checked anew, and the numbers of games are
computed from the definitions; nothing is remembered.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from html import escape
from typing import Any

from nashgap.numeric.plain import number, table
from nashgap.theory.errors import BadInput
from nashgap.theory.evidence import Evidence
from nashgap.theory.html import facts, formula, status, words
from nashgap.theory.row import Row, row
from nashgap.theory.shown import Shown

COMPUTED, CITED = "computed", "not checked"
_IN_WORDS = {
    "found": "found: an exact game shows it",
    COMPUTED: "computed on any game, by the commands below",
    CITED: "not checked: only cited",
}
_GAMES = ("nash_gap", "expert_nash_gap", "value_gap", "eps_bc", "eps_mu", "eps_rho")


@dataclass(frozen=True)
class Proved:
    """A bound of the catalogue, checked just now.

    Attributes:
        label: its label.
        claim: what it says, in the claim language.
        latex: the same in LaTeX.
        status: the status word of its derivation.
        assumptions: under what.
        expert: for which experts it holds, or what its robust form is.
        sharpness: what is known of it, "" if nothing.
        factor: what is published over this bound, "" where no factor compares them.
    """

    label: str
    claim: str
    latex: str
    status: str
    assumptions: tuple[str, ...]
    expert: str
    sharpness: str
    factor: str = ""


@dataclass(frozen=True)
class Pictured:
    """A named game with its defaults, evaluated just now.

    Attributes:
        name: as `nashgap games` knows it.
        title: what it is.
        illustrates: what it shows.
        numbers: by the names of `evaluate`, exact.
    """

    name: str
    title: str
    illustrates: str
    numbers: dict[str, Fraction]


@dataclass(frozen=True)
class Finding(Shown):
    """What is found of one statement.

    Attributes:
        label: as the paper or the theory calls it.
        statement: in a few words.
        formula: what is published, in LaTeX; "" where the bound's own is it.
        verdict: a status word of its bounds; `found` where exact games show it; `computed` for
            what is defined; `not checked` for what is only cited.
        finding: what there is to say beyond the verdict.
        bounds: that state it.
        sharper: bounds that say more.
        games: that show it, or show what is sharp.
        commands: what computes or checks it again.
    """

    label: str
    statement: str
    formula: str
    verdict: str
    finding: str
    bounds: tuple[Proved, ...]
    sharper: tuple[Proved, ...]
    games: tuple[Pictured, ...]
    commands: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """As `show --json` prints it."""
        found = asdict(self)
        for game in found["games"]:
            game["numbers"] = {name: str(value) for name, value in game["numbers"].items()}
        return found

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.label
        told = [
            ("says", self.statement),
            ("verdict", _IN_WORDS.get(self.verdict, self.verdict)),
            ("finding", self.finding.replace("`", "")),
        ]
        yield from table(one for one in told if one[1])
        heads = ("stated as", "sharper, or further") if self.bounds else ("", "bounds here")
        for head, bounds in zip(heads, (self.bounds, self.sharper), strict=True):
            if bounds:
                yield from ("", head)
            for one in bounds:
                yield f"  {one.label}: {one.status}"
                rows = [
                    ("says", one.claim),
                    ("assumes", ", ".join(one.assumptions) or "nothing"),
                    ("expert", one.expert),
                    ("smaller by", one.factor),
                    ("sharp", one.sharpness.replace("`", "")),
                ]
                yield from table((r for r in rows if r[1]), indent="    ")
        if self.games:
            yield from ("", "games, with their exact numbers at the defaults")
        for game in self.games:
            yield from table([(game.name, game.title)])
            yield from table(
                ((name, number(value)) for name, value in game.numbers.items()), indent="    "
            )
        if self.commands:
            yield from ("", "again", *(f"  $ {command}" for command in self.commands))

    def _repr_html_(self) -> str:
        rows = [
            ("verdict", status(self.verdict)),
            ("finding", words(self.finding)),
            *((one.label, _bound(one)) for one in self.bounds),
            *((f"sharper: {one.label}", _bound(one)) for one in self.sharper),
            *((game.name, _game(game)) for game in self.games),
            ("again", "<br>".join(f"<code>{escape(c)}</code>" for c in self.commands)),
        ]
        head = f"<p><b>{escape(self.label)}</b>: {words(self.statement)}</p>"
        return f'<div class="nashgap">{head}{facts((n, c) for n, c in rows if c)}</div>'


def lookup(label: str) -> Finding:
    """What is found of a statement, by its label in the paper or here.

    Args:
        label: "Lemma 3", "lemma_3", "Thm 2", "Cor. 1", "T1", the name of a bound, a game, a
            quantity or an assumption.

    Raises:
        BadInput: nothing has that label.

    Example:
        >>> found = lookup("Lemma 3")
        >>> found.verdict, found.sharper[0].label, found.sharper[0].factor
        ('proved', 'T1', '2*n/(gamma*(n - 1) + 1)')
        >>> lookup("thm. 2").games[0].numbers["nash_gap"]
        Fraction(9, 1)
    """
    return finding_of(chosen(label))


def finding_of(row: Row) -> Finding:
    """What is found of the statement of a row."""
    own = row.names if row.kind == "bound" else ()
    bounds = tuple(_proved(name) for name in own)
    known = {one.label for one in bounds}
    sharper = [_proved(name, own) for name in row.sharper]
    shown = (*(row.names if row.kind == "game" else ()), *row.games)
    return Finding(
        row.label,
        row.statement,
        row.formula,
        _verdict(row, bounds),
        row.finding,
        bounds,
        tuple(one for one in sharper if one.label not in known),
        tuple(_pictured(name) for name in shown),
        (*row.commands, *_commands(bounds, shown)),
    )


def chosen(label: str) -> Row:
    """The row of a label; the exact name of a bound goes before another spelling of a label.

    Raises:
        BadInput: nothing has that label.
    """
    from nashgap.theory.catalogue import bounds
    from nashgap.theory.rows import row_of

    found = row_of(label)
    if label in bounds() and (found is None or label not in found.names):
        found = row(label, bounds()[label].title, "bound", label)
    return found or _row_of_name(label)


def _verdict(row: Row, bounds: tuple[Proved, ...]) -> str:
    match row.kind:
        case "bound":
            words_ = {one.status for one in bounds}
            return min(words_, key=[evidence.word for evidence in Evidence].index)
        case "game":
            return "found"
        case "quantity" | "command":
            return COMPUTED
        case "cited":
            return CITED


def _proved(name: str, published: tuple[str, ...] = ()) -> Proved:
    from nashgap.theory.catalogue import bound
    from nashgap.theory.improvements import PAIRS, factor
    from nashgap.theory.robust import expert_words

    found = bound(name)
    pairs = [old for old, new in PAIRS if new == found.label and old in published]
    return Proved(
        found.label,
        found.claim.text,
        found.claim.latex(),
        found.check().status.word,
        tuple(a.text for a in found.assumptions),
        expert_words(found),
        found.sharpness,
        factor(bound(pairs[0]), found) if pairs else "",
    )


def _pictured(name: str) -> Pictured:
    from nashgap.numeric.games import catalogue
    from nashgap.numeric.gaps import nash_gap, value_gap
    from nashgap.numeric.matching import eps_bc, eps_mu, eps_rho

    named = catalogue()[name]
    made = named.build()
    both = (made.game, made.expert, made.learner)
    values = (
        nash_gap(made.game, made.learner),
        nash_gap(made.game, made.expert),
        *(measure(*both) for measure in (value_gap, eps_bc, eps_mu, eps_rho)),
    )
    numbers = {key: Fraction(value) for key, value in zip(_GAMES, values, strict=True)}
    return Pictured(name, named.title, named.illustrates, numbers)


def _commands(bounds: tuple[Proved, ...], games: tuple[str, ...]) -> Iterator[str]:
    if bounds:
        yield f"nashgap check {' '.join(one.label for one in bounds)}"
    for name in games:
        yield f"nashgap games {name} -o {name}.json && nashgap evaluate {name}.json"


def _row_of_name(label: str) -> Row:
    """A row for what is no statement of the paper but has a name here."""
    from nashgap.numeric.games import catalogue
    from nashgap.theory.assumptions import Family, known
    from nashgap.theory.catalogue import bounds
    from nashgap.theory.labels import canonical
    from nashgap.theory.quantities import meanings
    from nashgap.theory.rows import rows

    asked = canonical(label)
    for bound in bounds().values():
        if asked in map(canonical, bound.labels):
            return row(bound.label, bound.title, "bound", bound.label)
    for game in catalogue().values():
        if asked == canonical(game.name):
            return row(game.name, game.illustrates, "game", game.name)
    evaluate = ("nashgap evaluate FILE.json",)
    for meaning in meanings().values():
        if asked == canonical(meaning.name):
            return row(
                meaning.name,
                meaning.statement,
                "quantity",
                formula=meaning.formula,
                commands=evaluate,
            )
    for kind in known().values():
        if canonical(label.partition("=")[0]) == canonical(kind.name):
            text = f"{kind.name}={kind.symbol}" if isinstance(kind, Family) else kind.name
            return row(text, kind.statement, "quantity", formula=kind.latex, commands=evaluate)
    names = (*(one.label for one in rows()), *bounds(), *catalogue(), *meanings(), *known())
    raise BadInput("LABEL", f"given {label[:60]!r}{_near(asked, names)}", _NEEDED)


_NEEDED = (
    "a label of the paper (Theorem 1 to 3, Corollary 1 to 3, Lemma 1 to 4, Definition 5 or 6), or "
    "the name of a bound, a game, a quantity or an assumption; `nashgap show` lists them"
)


def _near(asked: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    from nashgap.theory.labels import canonical

    spelt = {canonical(name): name for name in reversed(names)}
    near = get_close_matches(asked, spelt, n=1)
    return f" (did you mean {spelt[near[0]]!r}?)" if near else ""


def _bound(one: Proved) -> str:
    assumed = escape(", ".join(one.assumptions)) or "nothing"
    factor = f", smaller by <code>{escape(one.factor)}</code>" if one.factor else ""
    return f"{status(one.status)} {formula(one.latex)}, assuming {assumed}{factor}"


def _game(one: Pictured) -> str:
    numbers = ", ".join(f"{name} = {escape(number(v))}" for name, v in one.numbers.items())
    return f"{escape(one.title)}; {numbers}"
