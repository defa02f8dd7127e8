r"""Exact linear programs: HiGHS proposes a basis, python-flint solves it, rationals decide.

Maximise \(c^\top x\) subject to rows \(a^\top x\le b\) or \(=b\) and boxes \(l\le x\le u\). The
float solver only names the basis: which variables are off their bounds and which rows are tight.
From it the point \(x\) and the multipliers \(y\) are solved for in rationals, and both are
accepted only when they are exactly feasible, primal and dual; then \(c^\top x=y^\top b\) is the
optimum. Where the basis fails, z3 finds an exact pair, or the answer is `Failed`: floats never
decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .problem import Box, Row

Terms = Sequence[tuple[str, Fraction]]


@dataclass(frozen=True)
class Optimum:
    r"""The exact maximum.

    Attributes:
        value: \(c^\top x\). point: a maximising \(x\). multipliers: \(y\) by row name, "low x" and
            "high x" for the boxes, zeros left out: the sum of \(y\) times the rows reads \(c^\top
            x\le\) `value`.
    """

    value: Fraction
    point: Mapping[str, Fraction]
    multipliers: Mapping[str, Fraction]


@dataclass(frozen=True)
class Infeasible:
    r"""No point satisfies the rows; the multipliers add up to \(0\le-1\) or the like."""

    multipliers: Mapping[str, Fraction]


@dataclass(frozen=True)
class Failed:
    """No exact answer was reached, and why."""

    reason: str


def maximise(
    objective: Terms, rows: Iterable[Row], boxes: Mapping[str, Box]
) -> Optimum | Infeasible | Failed:
    r"""The exact maximum of a linear objective; guards of rows are not looked at.

    Variables that neither rows nor objective name are left out of the point.

    Example:
        >>> from .problem import Box, Row
        >>> box = {"x": Box(Fraction(0), Fraction(1)), "y": Box(Fraction(0), Fraction(1))}
        >>> one = Row("one", (("x", Fraction(3)), ("y", Fraction(1))), "<=", Fraction(1))
        >>> best = maximise([("x", Fraction(1))], [one], box)
        >>> best.value, dict(best.multipliers)
        (Fraction(1, 3), {'one': Fraction(1, 3), 'low y': Fraction(1, 3)})
    """
    program = _Program(objective, tuple(rows), boxes)
    if not program.names:
        return _constant(program)
    found = program.solve()
    if not isinstance(found, _Empty):
        return found
    return _shortfall(program)


def _constant(program: "_Program") -> Optimum | Infeasible:
    """A program without variables, which HiGHS has no word for: its rows hold or they do not."""
    for row in program.rows:
        if row.bound < 0:
            return Infeasible({row.name: Fraction(1)})
        if row.bound > 0 and row.relation == "==":
            return Infeasible({row.name: Fraction(-1)})
    return Optimum(Fraction(0), {}, {})


@dataclass(frozen=True)
class _Empty:
    """HiGHS calls it infeasible: a hint only."""


def _shortfall(program: "_Program") -> Infeasible | Failed:
    """Relaxes every row by one common slack and maximises minus the slack, exactly."""
    slack = "slack of all rows"
    relaxed: list[Row] = []
    for row in program.rows:
        turned = tuple((x, -c) for x, c in row.terms)
        less = (slack, Fraction(-1))
        relaxed.append(Row(f"+{row.name}", (*row.terms, less), "<=", row.bound))
        if row.relation == "==":
            relaxed.append(Row(f"-{row.name}", (*turned, less), "<=", -row.bound))
    reach = sum(
        (
            abs(c) * max(abs(b.low), abs(b.high))
            for row in program.rows
            for x, c in row.terms
            for b in [program.boxes[x]]
        ),
        Fraction(1),
    )
    most = reach + max((abs(row.bound) for row in program.rows), default=Fraction(0))
    boxes = {**program.boxes, slack: Box(Fraction(0), most)}
    found = _Program([(slack, Fraction(-1))], tuple(relaxed), boxes).solve()
    if not isinstance(found, Optimum):
        return Failed("the relaxed program has no exact answer")
    if found.value >= 0:
        return Failed("HiGHS calls the rows infeasible and they are not")
    summed: dict[str, Fraction] = {}
    for name, y in found.multipliers.items():
        if name.endswith(slack):
            continue
        sign, own = (name[0], name[1:]) if name[0] in "+-" else ("+", name)
        summed[own] = summed.get(own, Fraction(0)) + (y if sign == "+" else -y)
    return Infeasible({name: y for name, y in summed.items() if y})


class _Program:
    """One program with its variables and rows in order."""

    def __init__(self, objective: Terms, rows: tuple[Row, ...], boxes: Mapping[str, Box]) -> None:
        self.objective = dict(objective)
        self.rows = rows
        named = dict.fromkeys(self.objective)
        for row in rows:
            named.update(dict.fromkeys(x for x, _ in row.terms))
        self.names = tuple(named)
        self.boxes = {x: boxes[x] for x in self.names}
        self.at = {x: j for j, x in enumerate(self.names)}

    def solve(self) -> Optimum | Failed | _Empty:
        if any(box.low > box.high for box in self.boxes.values()):
            return Failed("an empty box")
        status, columns, tight = self._basis()
        if status == "infeasible":
            return _Empty()
        found = self._exact(columns, tight) if status == "optimal" else None
        return found or self._by_z3()

    def _basis(self) -> tuple[str, list[str], list[int]]:
        """HiGHS's status, each column's place (basic, lower, upper) and the tight rows."""
        import highspy
        import numpy as np

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.names), len(self.rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array([float(self.objective.get(x, 0)) for x in self.names])
        lp.col_lower_ = np.array([float(self.boxes[x].low) for x in self.names])
        lp.col_upper_ = np.array([float(self.boxes[x].high) for x in self.names])
        bounds = np.array([float(row.bound) for row in self.rows])
        equal = np.array([row.relation == "==" for row in self.rows], dtype=bool)
        lp.row_upper_ = bounds
        lp.row_lower_ = np.where(equal, bounds, -highspy.kHighsInf)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = np.cumsum([0, *(len(row.terms) for row in self.rows)])
        lp.a_matrix_.start_ = starts.astype(np.int32)
        entries = [(self.at[x], float(c)) for row in self.rows for x, c in row.terms]
        lp.a_matrix_.index_ = np.array([j for j, _ in entries], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([c for _, c in entries], dtype=float)
        solver = highspy.Highs()
        for option, value in _OPTIONS:
            solver.setOptionValue(option, value)
        solver.passModel(lp)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return "infeasible", [], []
        if status != highspy.HighsModelStatus.kOptimal:
            return "unsettled", [], []
        basis = solver.getBasis()
        places = {
            highspy.HighsBasisStatus.kBasic: "basic",
            highspy.HighsBasisStatus.kUpper: "upper",
        }
        columns = [places.get(s, "lower") for s in basis.col_status]
        tight = [k for k, s in enumerate(basis.row_status) if s != highspy.HighsBasisStatus.kBasic]
        return "optimal", columns, tight

    def _exact(self, columns: list[str], tight: list[int]) -> Optimum | None:
        """Solves the basis in rationals; None unless it is exactly optimal."""
        from flint import fmpq, fmpq_mat

        basic = [j for j, place in enumerate(columns) if place == "basic"]
        if len(basic) != len(tight):
            return None
        point = [
            self.boxes[x].high if place == "upper" else self.boxes[x].low
            for x, place in zip(self.names, columns, strict=True)
        ]
        duals = [Fraction(0)] * len(tight)
        if basic:
            index = {j: m for m, j in enumerate(basic)}
            size = len(basic)
            matrix = fmpq_mat(size, size)
            right, costs = fmpq_mat(size, 1), fmpq_mat(size, 1)
            for m, k in enumerate(tight):
                rest = self.rows[k].bound
                for x, c in self.rows[k].terms:
                    j = self.at[x]
                    if j in index:
                        matrix[m, index[j]] = fmpq(c.numerator, c.denominator)
                    else:
                        rest -= c * point[j]
                right[m, 0] = fmpq(rest.numerator, rest.denominator)
            for m, j in enumerate(basic):
                c = self.objective.get(self.names[j], Fraction(0))
                costs[m, 0] = fmpq(c.numerator, c.denominator)
            try:
                solved, prices = matrix.solve(right), matrix.transpose().solve(costs)
            except ZeroDivisionError:
                return None
            for m, j in enumerate(basic):
                point[j] = _fraction(solved[m, 0])
            duals = [_fraction(prices[m, 0]) for m in range(size)]
        multipliers = {self.rows[k].name: y for k, y in zip(tight, duals, strict=True) if y}
        return self._checked(dict(zip(self.names, point, strict=True)), multipliers)

    def _checked(
        self, point: dict[str, Fraction], multipliers: dict[str, Fraction]
    ) -> Optimum | None:
        """The optimum with the boxes' multipliers, if both parts are exactly feasible."""
        if any(not b.low <= point[x] <= b.high for x, b in self.boxes.items()):
            return None
        left = dict(self.objective)
        proved = Fraction(0)
        for row in self.rows:
            value = sum((c * point[x] for x, c in row.terms), Fraction(0))
            if value > row.bound or (row.relation == "==" and value != row.bound):
                return None
            y = multipliers.get(row.name)
            if y is None:
                continue
            if row.relation == "<=" and y < 0:
                return None
            proved += y * row.bound
            for x, c in row.terms:
                left[x] = left.get(x, Fraction(0)) - y * c
        found = dict(multipliers)
        for x, d in left.items():
            if d > 0:
                found[f"high {x}"] = d
                proved += d * self.boxes[x].high
            elif d < 0:
                found[f"low {x}"] = -d
                proved += d * self.boxes[x].low
        value = sum((c * point[x] for x, c in self.objective.items()), Fraction(0))
        return Optimum(value, point, found) if value == proved else None

    def _by_z3(self) -> Optimum | Failed:
        """Point and multipliers of equal value, found by z3 in rationals and checked like any."""
        import z3

        def real(c: Fraction) -> Any:
            return z3.RealVal(f"{c.numerator}/{c.denominator}")

        solver = z3.SolverFor("QF_LRA")
        solver.set("timeout", _PATIENCE)
        xs = [z3.Real(f"x{j}") for j in range(len(self.names))]
        ys = [z3.Real(f"y{k}") for k in range(len(self.rows))]
        reduced = [real(self.objective.get(x, Fraction(0))) for x in self.names]
        total = z3.RealVal(0)
        for k, row in enumerate(self.rows):
            side = z3.Sum([real(c) * xs[self.at[x]] for x, c in row.terms])
            solver.add(side == real(row.bound) if row.relation == "==" else side <= real(row.bound))
            if row.relation == "<=":
                solver.add(ys[k] >= 0)
            total = total + real(row.bound) * ys[k]
            for x, c in row.terms:
                reduced[self.at[x]] = reduced[self.at[x]] - real(c) * ys[k]
        for j, x in enumerate(self.names):
            box, over = self.boxes[x], z3.Real(f"d{j}")
            solver.add(xs[j] >= real(box.low), xs[j] <= real(box.high))
            solver.add(over >= 0, over >= reduced[j])
            total = total + real(box.high) * over + real(box.low) * (reduced[j] - over)
        costs = z3.Sum([real(c) * xs[self.at[x]] for x, c in self.objective.items()])
        solver.add(costs == total)
        if solver.check() != z3.sat:
            return Failed("neither HiGHS's basis nor z3 gave an exact optimum")
        model = solver.model()

        def read(variable: Any) -> Fraction:
            value: Any = model.eval(variable, model_completion=True)
            return Fraction(str(value.as_fraction()))

        point = {x: read(xs[j]) for j, x in enumerate(self.names)}
        multipliers = {row.name: read(ys[k]) for k, row in enumerate(self.rows)}
        found = self._checked(point, {name: y for name, y in multipliers.items() if y})
        return found or Failed("z3's pair is not exactly optimal")


_PATIENCE = 1_500
"""Milliseconds for z3: what it has not found then it rarely finds."""

_OPTIONS: tuple[tuple[str, Any], ...] = (
    ("output_flag", False),
    ("presolve", "off"),
    ("solver", "simplex"),
    ("threads", 1),
)


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))
