"""What was derived."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from nashgap.search.multipliers import Point
from nashgap.theory.accept import accepted
from nashgap.theory.bound import Report
from nashgap.theory.chain import Derivation
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational

from .display import derivations_html, derivations_text
from .optimal import Optimal
from .question import Question
from .transfer import Transferred
from .write import SOURCE, least_of


@dataclass(frozen=True)
class Derived:
    """One bound with its derivation.

    Attributes:
        claim: what it says, in the claim language where that has words for it.
        coefficients: of each quantity, functions of gamma and n in plain text; of "1" the constant.
        chain: its derivation.
        report: what the kernel says of every step, by two independent arithmetics.
        derivation: the complete `nashgap/derivation/1` object, which `verify` accepts.
        assumptions: what it uses.
        uses: bounds and lemmas of the library that it rests on.
        implications: the steps from what is assumed to what it uses.
        least_at: points (gamma, n) at which no combination of the same instances is smaller in one
            coefficient and larger in none.
        optimal: the same for a whole range of gamma and n and for all instances that were weighed,
            with its certificate; None where none was found.
        bound: the coefficients as rational functions.
        transferred: what it says of other rewards, or of games with a last step.
    """

    claim: str
    coefficients: Mapping[str, str]
    chain: Derivation
    report: Report
    derivation: Mapping[str, Any]
    assumptions: tuple[str, ...]
    uses: tuple[str, ...]
    implications: tuple[str, ...]
    least_at: tuple[Point, ...]
    optimal: Optimal | None
    bound: Mapping[Monomial, Rational]
    transferred: tuple[Transferred, ...] = ()

    @property
    def best_where(self) -> str:
        """For which gamma and n it is the best that was weighed, as far as that is known."""
        if self.optimal is not None:
            return f"no combination is better, for {self.optimal.span} (certified)"
        points = "; ".join(f"gamma = {gamma}, n = {n}" for gamma, n in self.least_at)
        if not points:
            return "not known to be the best"
        return f"no combination is better at {points}; not certified elsewhere"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Every lemma and ground below it, those of the library and those made afresh."""
        lemmas = (chain["name"] for chain in self.derivation["lemmas"])
        return (*lemmas, *self.derivation["rests_on"])

    def json(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "claim": self.claim,
            "coefficients": dict(self.coefficients),
            "assumptions": list(self.assumptions),
            "uses": list(self.uses),
            "implications": list(self.implications),
            "rests_on": list(self.rests_on),
            "smallest_at_points": len(self.least_at),
            "smallest_at": [[str(gamma), str(n)] for gamma, n in self.least_at],
            "optimal": None if self.optimal is None else self.optimal.json(),
            "transferred": [one.json() for one in self.transferred],
            "derivation": dict(self.derivation),
        }

    def latex(self) -> str:
        """What it says, without dollar signs."""
        return self.chain.latex()

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def __str__(self) -> str:
        return self.claim

    def __repr__(self) -> str:
        return f"<Derived {self.claim}>"


@dataclass(frozen=True)
class Derivations:
    """The outcome of `derive`.

    Attributes:
        asked: the question.
        status: "proved", or "undecided" where nothing bounds the quantity.
        bounds: those that no other one beats for all errors, the ones without a constant first.
        instances: how many instances were weighed.
        missing: where undecided, what it would follow from.
        notes: how the outcome is to be read.
        interrupted: whether an interrupt left derivations unchecked.
    """

    asked: Question
    status: Literal["proved", "undecided"]
    bounds: tuple[Derived, ...]
    instances: int
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    interrupted: bool = False

    @property
    def best(self) -> Derived | None:
        """The first bound."""
        return self.bounds[0] if self.bounds else None

    @property
    def claim(self) -> str | None:
        """What the first bound says."""
        return self.bounds[0].claim if self.bounds else None

    @property
    def derivation(self) -> Mapping[str, Any] | None:
        """The first bound's `nashgap/derivation/1` object."""
        return self.bounds[0].derivation if self.bounds else None

    @cached_property
    def whole(self) -> Mapping[str, Any] | None:
        """Where there are several bounds, the least of them as one derivation."""
        if len(self.bounds) < 2:
            return None
        chain = least_of(self.asked.quantity, [one.chain for one in self.bounds], "derived")
        checked = accepted(chain, chain.text, SOURCE)
        return None if isinstance(checked, str) else checked.derivation

    def json(self) -> dict[str, Any]:
        """As the command prints it, without times and versions."""
        asked = self.asked
        return {
            "status": self.status,
            "claim": self.claim,
            "class": {
                "players": "any",
                "states": "any",
                "actions": "any",
                "discount": "any",
                "assumptions": [a.text for a in asked.assumptions],
                "rewards": ["-1", "1"],
                "start": "any",
            },
            "evidence": f"linear programs over {self.instances} instances, lifted to gamma and n, "
            "checked by two independent arithmetics and from its file",
            "quantity": asked.quantity,
            "in": [*asked.names, *sorted(asked.parameters)],
            "without": list(asked.without),
            "derivation": None if self.derivation is None else dict(self.derivation),
            "bounds": [bound.json() for bound in self.bounds],
            "whole": None if self.whole is None else dict(self.whole),
            "missing": list(self.missing),
            "notes": list(self.notes),
        }

    def _repr_latex_(self) -> str:
        return f"${self.bounds[0].latex()}$" if self.bounds else ""

    def _repr_html_(self) -> str:
        return derivations_html(self)

    def __str__(self) -> str:
        return derivations_text(self)

    def __repr__(self) -> str:
        return f"<Derivations {self.status}: {self.claim or self.asked.quantity}>"
