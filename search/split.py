r"""A question in parts, one for each number of visited states, and the parts put together again.

The expert of every game visits some number \(k\) of states, so a class is the union of its parts
`visited=k`, and its supremum is the largest of theirs. A certificate consists of cases, each with
its \(k\): the cases of all parts are one of the whole, which the checker verifies like any other.
Nothing rests on the splitting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from nashgap.numeric.numbers import text

from . import empty
from .certificate import Certificate
from .question import Question
from .supremum import trivial_upper
from .verdict import Found, RuledOut, Unknown, Verdict
from .witness import Witness

_OPEN = "the parts, by the number of visited states, do not decide the whole"


def parts(question: Question) -> list[Question]:
    """One question for each number of visited states; none where they would be no help.

    Example:
        >>> from .query import Query
        >>> [part.query.assume for part in parts(Question(Query(states=2), sup=True))]
        ['nash,visited=1', 'nash,visited=2']
    """
    query = question.query
    is_fixed = bool(query.game_class.names & {"visited", "full-support"})
    if query.match != "rho" or query.fix is not None or is_fixed or query.states == 1:
        return []
    if empty.answer(query, question.sup) is not None:
        return []
    said = [a.text for a in query.game_class.assumptions if a.name != "match-rho"]
    found = [
        replace(question, query=replace(query, assume=",".join([*said, f"visited={k}"])))
        for k in range(1, query.states + 1)
    ]
    # that a part has no game is no case of a certificate of the whole
    return [] if any(empty.answer(part.query, question.sup) for part in found) else found


@dataclass(frozen=True)
class Whole:
    """A question with the answers to its parts.

    Attributes:
        question: the whole.
        answers: to `parts(question)`, in their order.
        later: answers to `left()`, by part.
    """

    question: Question
    answers: Sequence[Verdict]
    later: Sequence[Verdict | None] = ()

    @property
    def best(self) -> Witness | None:
        """The game of the largest gap."""
        shown = [v.witness for v in self.answers if v.witness is not None]
        return max(shown, key=self._gap, default=None)

    @property
    def top(self) -> Fraction | None:
        """The largest gap that is reached, or that games come close to."""
        tops = [v.supremum for v in self.answers if isinstance(v, RuledOut) and v.supremum]
        return max([*tops, *([self._gap(self.best)] if self.best else [])], default=None)

    def left(self) -> list[Question | None]:
        """For each part of a supremum whose bound is above `top`: does it have more than that?"""
        top = self.top
        asked: list[Question | None] = []
        for part, verdict in zip(parts(self.question), self.answers, strict=True):
            bound = _bound(verdict)
            if self.question.sup and top is not None and (bound is None or bound > top):
                query = replace(part.query, gap_at_least=top, strict=True)
                asked.append(replace(part, query=query, sup=False))
            else:
                asked.append(None)
        return asked

    def verdict(self) -> Verdict:
        """What the parts say together."""
        return self._supremum() if self.question.sup else self._reached()

    def _reached(self) -> Verdict:
        for verdict in self.answers:
            if isinstance(verdict, Found):
                return Found(self._freed(verdict.witness))
        first = self.answers[0]
        if isinstance(first, RuledOut) and all(isinstance(v, RuledOut) for v in self.answers):
            whole = self._joined(first.certificate.raw["excludes"]["gap"], first)
            if whole is not None:
                return RuledOut(whole, evidence=first.evidence)
        return self._open(None)

    def _supremum(self) -> Verdict:
        top = self.top
        lead = next(
            (v for v in self.answers if isinstance(v, RuledOut) and v.supremum == top), None
        )
        best = None if self.best is None else self._freed(self.best)
        is_reached = best is not None and self._gap(best) == top
        if top is None or not (is_reached or (lead is not None and lead.limit is not None)):
            return self._open(None)
        whole = self._joined(text(top), None if is_reached else lead)
        if whole is None:
            return self._open(self._joined(text(self._high), None))
        evidence = next((v.evidence for v in self.answers if isinstance(v, RuledOut)), "")
        if is_reached or lead is None or lead.limit is None:
            return RuledOut(whole, best, top, True, evidence)
        limit = replace(
            lead.limit, inside=self._freed(lead.limit.inside), end=self._freed(lead.limit.end)
        )
        return RuledOut(whole, limit.inside, top, lead.attained, evidence, limit)

    def _open(self, proof: Certificate | None) -> Unknown:
        """The bounds of all parts; what one part says of a root stands if no other is above."""
        stopped = [v for v in (*self.answers, *self.later) if isinstance(v, Unknown)]
        reason = next((v.reason for v in stopped if v.reason), _OPEN)
        interrupted = any(v.interrupted for v in stopped)
        conflict = any(v.conflict for v in stopped)
        best = None if self.best is None else self._freed(self.best)
        lower = None if best is None or not self.question.sup else self._gap(best)
        upper = self._high if self.question.sup else None
        root = next((v.root for v in stopped if v.root is not None and v.lower == lower), None)
        others = [v for v in self.answers if getattr(v, "root", None) is None]
        bounds = [_bound(v) for v in others]
        if root is not None and any(bound is None or bound >= root.high for bound in bounds):
            root = None
        return Unknown(reason, lower, upper, best, proof, interrupted, conflict, root)

    @property
    def _high(self) -> Fraction:
        """What no part exceeds."""
        trivial = trivial_upper(self.question.query.game_class.discount)
        bounds = [_bound(v) for v in self.answers]
        return max(trivial if bound is None else bound for bound in bounds)

    def _joined(self, gap: str, lead: RuledOut | None) -> Certificate | None:
        """The cases of all parts as one certificate, if the checker accepts it."""
        later = self.later or [None] * len(self.answers)
        chosen = [
            two if two is not None and isinstance(two, RuledOut) else one
            for one, two in zip(self.answers, later, strict=True)
        ]
        proofs = [v.certificate for v in chosen if not isinstance(v, Found) and v.certificate]
        if len(proofs) < len(self.answers):
            return None
        raw = dict(proofs[0].raw)
        strict = True if lead is None else lead.certificate.raw["excludes"]["strict"]
        raw["class"] = self.question.query.game_class.certified()
        raw["excludes"] = {**raw["excludes"], "gap": gap, "strict": strict}
        raw["cases"] = [case for proof in proofs for case in proof.raw.get("cases", ())]
        same = all({**p.raw, "class": 0, "excludes": 0, "cases": 0} ==
                   {**raw, "class": 0, "excludes": 0, "cases": 0} for p in proofs)  # fmt: skip
        whole = Certificate(raw)
        return whole if same and whole.verify().valid else None

    def _freed(self, found: Witness) -> Witness:
        """A part's witness, as one of the whole."""
        kept = tuple(a for a in found.assumptions if a.name != "visited")
        return replace(found, assumptions=kept)

    def _gap(self, found: Witness) -> Fraction:
        alone = self.question.query.player is not None
        return found.numbers["gap_of_player"] if alone else found.nash_gap


def _bound(verdict: Verdict) -> Fraction | None:
    """What a certificate says that the part does not exceed."""
    if isinstance(verdict, Found) or verdict.certificate is None:
        return None
    return Fraction(verdict.certificate.raw["excludes"]["gap"])
