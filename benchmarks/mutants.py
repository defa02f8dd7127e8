r"""Mutants of the catalogue's claims against `conjecture`.

Every claim of the catalogue is changed in one place: a constant, an exponent, a factor gamma, n for
n - 1, a term, min for max, an error for another, the relation, or an assumption left out. Whether
the mutant is true is fixed beforehand by an argument that shares nothing with `conjecture`:

* **false** if a named game breaks it. Its numbers are those that the theory states in closed form
  for the family (`Instance.expected`); where the theory states none for a quantity, those that
  `evaluate` computes. The parameters are others than those that `conjecture` goes through.
* **true** if a claim of the catalogue with no more assumptions implies it: the mutant's right side
  minus that claim's, after gamma = t/(1+t), n = 1+m, C = 1+c, is a quotient of polynomials with
  non-negative coefficients in non-negative quantities.
* **open** without such an argument; these are counted apart.

Bounds that are read at a temperature are left out: named games have none.

    python benchmarks/mutants.py [--most N] [--seed K] [--seconds T] [--store FILE] [--new K]

By default a seeded sample of 330 of them; `--most 0` takes all. `--store` appends each outcome to a
file as it is had, and a later run goes on from there; `--new K` ends a run after K of them.
"""

import argparse
import ast
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

from nashgap.numeric.evaluate import evaluate
from nashgap.numeric.games import catalogue
from nashgap.numeric.reading import Reading
from nashgap.search.conjecture import conjecture
from nashgap.search.verify import verify
from nashgap.theory.catalogue import bounds
from nashgap.theory.errors import BadInput
from nashgap.theory.model import UndeterminedError
from nashgap.theory.quantities import meanings

F = Fraction
LIMIT = 60.0
"""Seconds in which a false mutant must be refuted."""
QUANTITIES = {
    "NashGap": "nash_gap", "ValueGap": "value_gap", "eps_BC": "eps_bc", "eps_mu": "eps_mu",
    "eps_rho": "eps_rho", "delta": "delta", "C": "C", "expert_gap": "expert_nash_gap",
}  # fmt: skip
FROM_THE_MODEL = ("deviation_error", "dominance_gap", "horizon", "mu_min", "team_gap")
"""Quantities that `evaluate` does not list, read from their definitions."""
CONCEPTS = ("dominant", "nash", "strict-nash", "subgame-perfect", "team-optimal")
ERRORS = ("eps_BC", "eps_mu", "eps_rho")


@dataclass(frozen=True)
class Mutant:
    """A changed claim.

    Attributes:
        label: of the bound it comes from.
        change: what was changed.
        claim: the claim.
        assumptions: what it assumes.
    """

    label: str
    change: str
    claim: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """Whether a mutant is true, None where that is open, and the argument."""

    holds: bool | None
    argument: str


@dataclass(frozen=True)
class Outcome:
    """What `conjecture` made of a mutant."""

    mutant: Mutant
    truth: Truth
    status: str
    seconds: float
    reason: str

    @property
    def verdict(self) -> str:
        """How the two go together."""
        match self.truth.holds, self.status:
            case False, "refuted":
                return "killed" if self.seconds <= LIMIT else "late"
            case False, "proved" | "ruled_out":
                return "WRONG"
            case True, "refuted":
                return "WRONG"
            case False, _:
                return "survived"
            case True, _:
                return "kept"
            case _:
                return "open"


# -- the mutants


def mutants() -> list[Mutant]:
    """All of them, each once, in a fixed order."""
    found: dict[tuple[str, tuple[str, ...]], Mutant] = {}
    read = [b for b in bounds().values() if "tau" not in b.claim.names]
    originals = {
        (_plain(ast.parse(b.statement, mode="eval")), tuple(a.text for a in b.assumptions))
        for b in read
    }
    for bound in read:
        assumed = tuple(a.text for a in bound.assumptions)
        for change, text in _changed(bound.statement):
            key = (text, assumed)
            if key not in originals and _is_defined(text):
                found.setdefault(key, Mutant(bound.label, change, text, assumed))
        text = _plain(ast.parse(bound.statement, mode="eval"))
        for change, others in _weakened(assumed):
            if (text, others) not in originals:
                found.setdefault((text, others), Mutant(bound.label, change, text, others))
    return list(found.values())


def _weakened(assumed: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """One assumption left out, or another in the place of a concept of equilibrium."""
    for k, name in enumerate(assumed):
        yield f"without {name}", assumed[:k] + assumed[k + 1 :]
        for other in CONCEPTS if name in CONCEPTS else ():
            if other not in assumed:
                yield f"{other} for {name}", (*assumed[:k], other, *assumed[k + 1 :])


def _changed(statement: str) -> Iterator[tuple[str, str]]:
    """Every claim that differs in one place, with what was changed."""
    tree = ast.parse(statement, mode="eval")
    for place, node in enumerate(ast.walk(tree)):
        for change, replacement in _replacements(node):
            again = ast.parse(statement, mode="eval")
            target = list(ast.walk(again))[place]
            changed = _Replace(target, ast.parse(replacement, mode="eval").body).visit(again)
            yield change, _plain(changed)
    left, right = (_plain(part) for part in _sides(tree))
    sign = ast.unparse(tree).replace(left, "", 1).split()[0]
    for factor in ("99/100", "101/100", "1/2", "gamma", "(1-gamma)", "1/n", "n"):
        yield f"right side times {factor}", f"{left} {sign} {factor}*({right})"
    for other in ("<", ">=", "=="):
        yield f"{other} for {sign}", f"{left} {other} {right}"


def _replacements(node: ast.AST) -> Iterator[tuple[str, str]]:
    match node:
        case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant(value=int(k))):
            for power in (k - 1, k + 1):
                yield f"exponent {power} for {k}", f"({ast.unparse(base)})**{power}"
        case ast.Constant(value=int(k)):
            for number in (k - 1, k + 1, 2 * k):
                yield f"{number} for {k}", str(number)
        case ast.Name(id="gamma"):
            yield "gamma**2 for gamma", "gamma**2"
            yield "1 for gamma", "1"
            yield "1 - gamma for gamma", "(1-gamma)"
        case ast.Name(id="n"):
            yield "n - 1 for n", "(n-1)"
            yield "n + 1 for n", "(n+1)"
            yield "1 for n", "1"
        case ast.Name(id="NashGap" | "ValueGap" as name):
            other = "ValueGap" if name == "NashGap" else "NashGap"
            yield f"{other} for {name}", other
        case ast.Name(id=name) if name in ERRORS:
            for other in ERRORS:
                if other != name:
                    yield f"{other} for {name}", other
            yield f"{name}**2 for {name}", f"{name}**2"
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            sign = "-" if isinstance(op, ast.Add) else "+"
            one, two = ast.unparse(left), ast.unparse(right)
            yield f"{sign} between {one} and {two}", f"({one} {sign} ({two}))"
            yield f"without {one}", f"({two})"
            yield f"without {two}", f"({one})"
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=args):
            other = "max" if name == "min" else "min"
            written = [ast.unparse(a) for a in args]
            yield f"{other} for {name}", f"{other}({', '.join(written)})"
            for k, one in enumerate(written):
                rest = written[:k] + written[k + 1 :]
                fewer = rest[0] if len(rest) == 1 else f"{name}({', '.join(rest)})"
                yield f"{name} without {one}", f"({fewer})"
        case _:
            return


def _is_defined(claim: str) -> bool:
    """Whether no denominator is 0 throughout, as in (1 - 1)."""
    numbers = {name: F(k, 7) for k, name in enumerate(meanings(), 3)}
    try:
        eval(
            _compiled(claim),
            {"F": F, "min": min, "max": max, **numbers, "n": F(3), "gamma": F(2, 5)},
        )
    except ZeroDivisionError:
        return False
    return True


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, value: ast.expr) -> None:
        self.target, self.value = target, value

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if node is self.target:
            return self.value
        return super().generic_visit(node)

    def visit(self, node: ast.AST) -> Any:
        return self.value if node is self.target else super().visit(node)


def _plain(tree: ast.AST) -> str:
    return ast.unparse(tree)


def _sides(tree: ast.Expression) -> tuple[ast.expr, ast.expr]:
    assert isinstance(tree.body, ast.Compare)
    return tree.body.left, tree.body.comparators[0]


# -- the truth


def truth(mutant: Mutant) -> Truth:
    """Whether it is true, by a game or by a claim that implies it."""
    broken = _broken(mutant)
    if broken is not None:
        return Truth(False, broken)
    implied = _implied(mutant)
    return Truth(None, "no argument") if implied is None else Truth(True, implied)


@dataclass(frozen=True)
class Known:
    """A named game with its numbers."""

    name: str
    numbers: Mapping[str, Fraction]
    assumptions: Mapping[str, bool]
    stated: frozenset[str]


@cache
def games() -> tuple[Known, ...]:
    """Named games at parameters of their own, with stated numbers, the rest computed."""
    found = []
    for family in catalogue().values():
        for parameters in _grid(tuple(family.parameters)):
            try:
                made = family.build(**parameters)
            except BadInput:
                continue
            if made.game.num_states > 20:
                continue
            measured = evaluate(made.game, made.expert, made.learner, work=400)
            numbers = {q: getattr(measured, key) for q, key in QUANTITIES.items()}
            stated = {q for q, key in QUANTITIES.items() if key in made.expected}
            numbers |= {q: made.expected[QUANTITIES[q]] for q in stated}
            numbers |= {"n": F(made.game.players), "gamma": made.game.discount}
            model = Reading(made.game, made.expert, made.learner, work=400)
            for quantity in FROM_THE_MODEL:
                with suppress(UndeterminedError):
                    numbers[quantity] = meanings()[quantity].on(model, None)
            holds = {k: v for k, v in measured.assumptions.items() if v is not None}
            name = f"{family.name}({', '.join(f'{k}={v}' for k, v in parameters.items())})"
            finite = {q: F(x) for q, x in numbers.items() if isinstance(x, Fraction)}
            found.append(Known(name, finite, holds | dict(made.assumptions), frozenset(stated)))
    return tuple(found)


def _grid(names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Parameters that are not on the grid of `conjecture`."""
    discounts = [F(4, 5), F(19, 20), F(1, 5)] if "gamma" in names else [F(4, 5)]
    for gamma in discounts:
        scale = 2 * (1 - gamma)
        for n in (2, 3, 1) if "n" in names else (2,):
            values: dict[str, Sequence[Any]] = {
                "gamma": [gamma],
                "n": [n],
                "eps": [scale / n, scale / (40 * n)],
                "delta": [scale / 3, scale / 30],
                "C": [F(5, 2), F(7)],
                "k": [F(1, 50)],
                "p": [F(1, 3)],
                "q": [F(1, 3), F(1, 50)],
                "w": [F(1)],
                "t": [F(-1)],
            }
            chosen = {k: values[k] for k in names if k in values}
            for picked in product(*chosen.values()):
                yield dict(zip(chosen, picked, strict=True))


def _broken(mutant: Mutant) -> str | None:
    """A game that satisfies the assumptions and breaks the claim."""
    code = _compiled(mutant.claim)
    named = {node.id for node in ast.walk(ast.parse(mutant.claim)) if isinstance(node, ast.Name)}
    sharp = bounds()[mutant.label].witness
    for known in sorted(games(), key=lambda known: not known.name.startswith(f"{sharp}(")):
        if not all(known.assumptions.get(a) is True for a in mutant.assumptions):
            continue
        if not named - {"min", "max"} <= set(known.numbers):
            continue
        try:
            holds = eval(code, {"F": F, "min": min, "max": max, **known.numbers})
        except ZeroDivisionError:
            continue
        if not holds:
            used = named & set(QUANTITIES)
            how = "stated" if used <= known.stated else "stated or computed"
            whose = "the sharp witness" if known.name.startswith(f"{sharp}(") else "a named game"
            return f"{known.name} breaks it; {whose}, numbers {how}"
    return None


def _compiled(claim: str) -> Any:
    class Exact(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Call(ast.Name("F", ast.Load()), [node], [])

        def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
            if isinstance(node.op, ast.Pow):  # the exponent stays an integer
                node.left = self.visit(node.left)
                return node
            return self.generic_visit(node)

    tree = Exact().visit(ast.parse(claim, mode="eval"))
    return compile(ast.fix_missing_locations(tree), "claim", "eval")


STRONGER = {
    "nash": {"dominant", "strict-nash", "subgame-perfect", "team-optimal"},
    "common-payoff": {"team-optimal"},
    "match-mu": {"match-rho"},
}
"""What gives an assumption, by definition."""


def _implied(mutant: Mutant) -> str | None:
    """A claim of the catalogue that implies it."""
    mine = ast.parse(mutant.claim, mode="eval")
    for bound in bounds().values():
        if not all(_follows(a.text, mutant.assumptions) for a in bound.assumptions):
            continue
        theirs = ast.parse(bound.statement, mode="eval")
        if _gives(theirs, mine):
            return f"implied by {bound.label}"
    return None


def _follows(name: str, given: Sequence[str]) -> bool:
    return name in given or bool(STRONGER.get(name, set()) & set(given))


def _gives(theirs: ast.Expression, mine: ast.Expression) -> bool:
    """Whether L <= R gives L' <= R': for some c >= 0, (R' - L') - c (R - L) >= 0 shows itself."""
    import sympy

    if not all(isinstance(t.body.ops[0], ast.LtE) for t in (theirs, mine)):  # type: ignore[attr-defined]
        return False
    for wanted in _branches(mine):
        (left, right), done = wanted, False
        for low, high in _branches(theirs):
            ratio = sympy.cancel(left / low) if low != 0 else sympy.Integer(0)
            free = {s.name for s in ratio.free_symbols}
            if not free <= {"gamma", "n"} or not _shows(ratio):
                continue
            done = done or _shows(right - ratio * high)
        if not done:
            return False
    return True


def _branches(tree: ast.Expression) -> list[tuple[Any, Any]]:
    """The two sides with SymPy; a right side with one outer min as its arguments in turn."""
    import sympy

    left, right = _sides(tree)
    names = {name: sympy.Symbol(name) for name in meanings()}
    calls = [n for n in ast.walk(right) if isinstance(n, ast.Call)]
    if not calls:
        options = [right]
    else:
        call = calls[0]
        if len(calls) > 1 or getattr(call.func, "id", "") != "min":
            return []
        options = []
        for k in range(len(call.args)):
            again = ast.parse(ast.unparse(right), mode="eval").body
            target = next(n for n in ast.walk(again) if isinstance(n, ast.Call))
            options.append(_Replace(target, target.args[k]).visit(again))
    return [
        (sympy.sympify(ast.unparse(left), names), sympy.sympify(ast.unparse(o), names))
        for o in options
    ]


@cache
def _shows(expression: Any) -> bool:
    """Whether it shows as a quotient of polynomials with non-negative coefficients."""
    import sympy

    t, m, c = sympy.symbols("t m c")
    put = {
        sympy.Symbol("gamma"): t / (1 + t),
        sympy.Symbol("n"): 1 + m,
        sympy.Symbol("C"): 1 + c,
    }
    found = sympy.cancel(sympy.together(expression.subs(put)))
    if found.has(sympy.zoo, sympy.nan, sympy.oo):
        return False
    above, below = sympy.fraction(found)
    parts = []
    for part in (above, below):
        symbols = sorted(part.free_symbols, key=str)
        if any(s.name in ("NashGap", "ValueGap", "NashGap_i") for s in symbols):
            return False
        coefficients = sympy.Poly(part, *symbols).coeffs() if symbols else [part]
        if not (all(k >= 0 for k in coefficients) or all(k <= 0 for k in coefficients)):
            return False
        parts.append(sympy.sign(coefficients[0]))
    return bool(parts[0] * parts[1] >= 0)


# -- the run


def tried(mutant: Mutant, known: Truth, seconds: float) -> Outcome:
    """What `conjecture` says; false mutants get the whole limit."""
    started = time.perf_counter()
    budget = LIMIT if known.holds is False else seconds
    found = conjecture(mutant.claim, mutant.assumptions, seconds=budget, drop=False, simple=False)
    passed = time.perf_counter() - started
    if found.witness is not None:
        assert verify(found.witness.json()).valid
    for derivation in found.derivations:
        assert verify(derivation).valid
    reason = found.evidence if found.status == "refuted" else "; ".join(found.reasons)
    return Outcome(mutant, known, found.status, passed, reason)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit code 1 if a mutant was taken for what it is not."""
    parser = argparse.ArgumentParser(description="Mutants of the catalogue against conjecture.")
    parser.add_argument("--most", type=int, default=330, help="a seeded sample; 0 for all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1.0, help="for mutants that are not false")
    parser.add_argument("--store", type=Path, help="a file of outcomes, one line each")
    parser.add_argument("--new", type=int, help="how many to try that are not in the store")
    given = parser.parse_args(arguments)
    chosen = mutants()
    if 0 < given.most < len(chosen):
        chosen = Random(given.seed).sample(chosen, given.most)
    kept = recalled(given.store)
    started = time.perf_counter()
    waiting = (mutant for mutant in chosen if mutant not in kept)
    for mutant in islice(waiting, given.new):
        kept[mutant] = tried(mutant, truth(mutant), given.seconds)
        append(given.store, kept[mutant])
        if len(kept) % 50 == 0:
            counts = Counter(outcome.verdict for outcome in kept.values())
            print(f"{len(kept)} of {len(chosen)}: {dict(counts)}", file=sys.stderr)
    outcomes = [kept[mutant] for mutant in chosen if mutant in kept]
    print(table(outcomes, time.perf_counter() - started))
    return int(any(o.verdict in ("WRONG", "survived", "late") for o in outcomes))


def recalled(store: Path | None) -> dict[Mutant, Outcome]:
    """The outcomes of earlier runs."""
    if store is None or not store.exists():
        return {}
    found = {}
    for line in store.read_text().splitlines():
        raw = json.loads(line)
        label, change, claim, assumptions = raw["mutant"].values()
        mutant = Mutant(label, change, claim, tuple(assumptions))
        rest = (raw[key] for key in ("status", "seconds", "reason"))
        found[mutant] = Outcome(mutant, Truth(**raw["truth"]), *rest)
    return found


def append(store: Path | None, outcome: Outcome) -> None:
    """One more line."""
    if store is not None:
        with store.open("a") as lines:
            lines.write(json.dumps(asdict(outcome)) + "\n")


def table(outcomes: Sequence[Outcome], seconds: float) -> str:
    """Numbers by bound, then what needs a word."""
    columns = ("killed", "kept", "open", "survived", "late", "WRONG")
    lines = [f"{'bound':32}" + "".join(f"{c:>10}" for c in columns)]
    for label in dict.fromkeys(o.mutant.label for o in outcomes):
        counts = Counter(o.verdict for o in outcomes if o.mutant.label == label)
        lines.append(f"{label:32}" + "".join(f"{counts[c]:>10}" for c in columns))
    counts = Counter(o.verdict for o in outcomes)
    lines.append(f"{'all ' + str(len(outcomes)):32}" + "".join(f"{counts[c]:>10}" for c in columns))
    false = [o for o in outcomes if o.truth.holds is False]
    slowest = max((o.seconds for o in false), default=0.0)
    lines += [
        "",
        f"false: {len(false)}, the slowest refuted in {slowest:.1f} s; by "
        + _counted(o.truth.argument.partition("; ")[2] for o in false),
        "true: " + _counted(o.status for o in outcomes if o.truth.holds),
        "open: " + _counted(o.status for o in outcomes if o.truth.holds is None),
        f"{seconds:.0f} s in all",
    ]
    for o in outcomes:
        if o.verdict in ("survived", "late", "WRONG"):
            lines.append(
                f"{o.verdict}: {o.mutant.claim} [{', '.join(o.mutant.assumptions)}] "
                f"({o.mutant.label}: {o.mutant.change}; {o.truth.argument}) -> {o.status} in "
                f"{o.seconds:.0f} s: {o.reason}"
            )
    return "\n".join(lines)


def _counted(words: Iterable[str]) -> str:
    return ", ".join(f"{count} {word}" for word, count in Counter(words).most_common()) or "none"


if __name__ == "__main__":
    raise SystemExit(main())
