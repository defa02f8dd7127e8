r"""A bound of the catalogue: a claim, its assumptions, derivation and source, and its sharpness."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .assumptions import Assumption, parse_assumptions
from .chain import Derivation
from .claim import Claim, parse_claim
from .claim import evaluate as evaluate_on
from .display import bound_html, bound_text, report_html
from .evidence import Evidence
from .kernel import Checked, CheckedStep, check_chain, closure
from .ledger import Coefficients, Opinion
from .library import library
from .model import Answer, Model, Number
from .shown import Shown
from .steps import fail_for_steps
from .stress import Violation, first_violation


@dataclass(frozen=True)
class Source:
    """Where a result is from.

    Attributes:
        text: the citation with the label, for example "Bergerault, Cevher, Mehr (2026), Lemma 3".
        key: its BibTeX key, "" for our own.
        bibtex: its BibTeX entry, "" for our own.
    """

    text: str
    key: str = ""
    bibtex: str = ""


@dataclass(frozen=True)
class Report:
    """What checking a derivation found.

    Attributes:
        label: of the bound or the derivation.
        claim: what it says.
        assumptions: under what.
        status: the evidence of the weakest step.
        steps: every step, lemmas first.
        rests_on: the definitions, facts and inference rules taken on trust that it uses.
        sharpness: what is known of it, "" for a user's own derivation.
        violation: the step that an exact game breaks, if one does.
        game: that game as a `nashgap/game/1` object, where one was looked for.
    """

    label: str
    claim: str
    assumptions: tuple[str, ...]
    status: Evidence
    steps: tuple[CheckedStep, ...]
    rests_on: tuple[str, ...]
    sharpness: str = ""
    violation: Violation | None = None
    game: Mapping[str, Any] | None = None

    @property
    def fails_for_steps(self) -> tuple[str, ...]:
        r"""The grounds not known to hold in games of N steps, read with \(\gamma=1-1/N\).

        Without any, what is proved holds of these games, too.
        """
        return fail_for_steps(self.rests_on)

    @property
    def weakest(self) -> CheckedStep | None:
        """The step that decides the status, None when every step is proved."""
        lowest = min(self.steps, key=lambda step: step.status, default=None)
        return None if lowest is None or lowest.status is Evidence.PROVED else lowest

    def json(self) -> dict[str, object]:
        """As `check --json` prints it."""
        shown: dict[str, object] = {
            "label": self.label,
            "claim": self.claim,
            "assumptions": list(self.assumptions),
            "status": self.status.word,
            "steps": [
                {
                    "lemma": step.derivation,
                    "relation": step.relation,
                    "reason": step.reason,
                    "status": step.status.word,
                    **({"note": step.note} if step.note else {}),
                }
                for step in self.steps
            ],
            "rests_on": list(self.rests_on),
            "finite_horizon": not self.fails_for_steps,
        }
        if self.sharpness:
            shown["sharpness"] = self.sharpness
        if self.violation is not None:
            shown["violation"] = self.violation.text
        if self.game is not None:
            shown["game"] = dict(self.game)
        return shown

    def _repr_html_(self) -> str:
        return report_html(self)

    def __repr__(self) -> str:
        return f"<Report {self.label}: {self.status.word}, {len(self.steps)} steps; {self.claim}>"


@dataclass(frozen=True)
class Bound(Shown):
    r"""One inequality with its proof.

    Attributes:
        labels: the names by which it is found; the first one is its own.
        title: in a few words.
        source: where it is from.
        statement: the claim in the claim language.
        derivation: its proof; what it assumes, the bound assumes.
        witness: the named family of games that attains it, "open" when that is not known, "" when
            it is known not to be sharp.
        sharpness: in a sentence, with the range.
        improves: what it improves on and by what factor, or "".
        steps: whether it is stated of games of N steps, too, which the check then demands.
        robust: the label of its form for an expert that is only nearly what it supposes; "" for
            a bound that supposes no equilibrium.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> bound = bounds()["T1"]
        >>> bound.claim.text, bound.witness, bound.check().status.word
        ('NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2', 'w1', 'proved')
    """

    labels: tuple[str, ...]
    title: str
    source: Source
    statement: str
    derivation: Derivation
    witness: str
    sharpness: str
    improves: str = ""
    steps: bool = False
    robust: str = ""

    @property
    def label(self) -> str:
        """Its own label."""
        return self.labels[0]

    @cached_property
    def claim(self) -> Claim:
        """The claim."""
        return parse_claim(self.statement)

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What it assumes."""
        return parse_assumptions(",".join(self.derivation.assumptions))

    @cached_property
    def lemmas(self) -> tuple[Derivation, ...]:
        """What its derivation rests on, in the order of proof."""
        return closure(self.derivation, library())[0]

    def value_on(self, model: Model) -> Number | tuple[Number, ...]:
        """The right side of the claim on a model; one number per player if it is per player.

        Raises:
            OutsideDomain: it has no value there.
            UndeterminedError: a quantity was not known within its budget.
        """
        if self.claim.is_per_player:
            everyone = range(model.players)
            return tuple(evaluate_on(self.claim.right, model, i) for i in everyone)
        return evaluate_on(self.claim.right, model, None)

    def applies(self, model: Model) -> Answer:
        """Whether the assumptions hold on a model."""
        answers = [assumption.holds(model) for assumption in self.assumptions]
        for wanted in (False, None):
            for assumption, answer in zip(self.assumptions, answers, strict=True):
                if answer.holds is wanted:
                    return Answer(wanted, f"{assumption.text}: {answer.reason}")
        return Answer(True, "every assumption holds" if answers else "nothing is assumed")

    def check(
        self, models: Iterable[Model] = (), *, opinions: Sequence[Opinion] | None = None
    ) -> Report:
        """Checks every step of the derivation, and tests it on exact games that are handed in.

        Args:
            models: exact games with expert and learner.
            opinions: the ways to decide identities and signs; by default the arithmetic of this
                package and SymPy's, which must agree.
        """
        return check_derivation(
            self.derivation,
            claim=self.claim,
            models=models,
            opinions=opinions,
            label=self.label,
            sharpness=self.sharpness,
            steps=self.steps,
        )

    def stress(self, models: Iterable[Model]) -> Violation | None:
        """The first step of the derivation that an exact game breaks."""
        return first_violation(self.derivation, self.lemmas, models)

    def derivation_object(self) -> dict[str, object]:
        """The derivation as a `nashgap/derivation/1` object, which `verify` checks again."""
        from .export import derivation_object

        return derivation_object(
            self.derivation, self.lemmas, self.claim, label=self.label, source=self.source.text
        )

    def latex(self) -> str:
        """Theorem and proof, as a LaTeX fragment."""
        from .latex import bound_latex

        return bound_latex(self)

    def _repr_latex_(self) -> str:
        return f"${self.claim.latex()}$"

    def _repr_html_(self) -> str:
        return bound_html(self)

    def __str__(self) -> str:
        return bound_text(self)

    def __repr__(self) -> str:
        under = ", ".join(a.text for a in self.assumptions)
        return f"<Bound {self.label}: {self.claim.text}{' if ' + under if under else ''}>"


def check_derivation(
    derivation: Derivation,
    *,
    claim: Claim | None = None,
    models: Iterable[Model] = (),
    opinions: Sequence[Opinion] | None = None,
    label: str = "",
    sharpness: str = "",
    steps: bool = False,
) -> Report:
    """Checks a derivation with its lemmas, and tests its steps on exact games.

    A step that a game breaks is refuted, whatever the kernel says of it.
    """
    if opinions is None:
        from .second_opinion import SympyOpinion

        opinions = (Coefficients(), SympyOpinion())
    lemmas, missing = closure(derivation, library())
    checked = check_chain(derivation, lemmas, claim, opinions)
    violation = first_violation(derivation, lemmas, models)
    found = _with_violation(checked, violation)
    notes = [f"no lemma is called {name!r}" for name in missing]
    if steps:
        unfit = fail_for_steps(checked.rests_on)
        notes += [f"{name!r} is not known to hold in games of N steps" for name in unfit]
    found += tuple(
        CheckedStep(derivation.name, 0, "", "", Evidence.UNDECIDED, note) for note in notes
    )
    return Report(
        label or derivation.name,
        claim.text if claim is not None else derivation.text,
        derivation.assumptions,
        Evidence.weakest(step.status for step in found),
        found,
        checked.rests_on,
        sharpness,
        violation,
    )


def _with_violation(checked: Checked, violation: Violation | None) -> tuple[CheckedStep, ...]:
    if violation is None:
        return checked.steps
    place = (violation.derivation, violation.step)
    return tuple(
        CheckedStep(s.derivation, s.number, s.relation, s.reason, Evidence.REFUTED, violation.text)
        if (s.derivation, s.number) == place
        else s
        for s in checked.steps
    )
