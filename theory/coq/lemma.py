"""One Coq lemma with its proof, as text."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

RANGE = ("0 <= gamma < 1", "1 <= n")


@dataclass(frozen=True)
class Premise:
    """Something that a lemma takes as given.

    Attributes:
        statement: in Coq.
        why: what it is, in plain words.
    """

    statement: str
    why: str


@dataclass(frozen=True)
class CoqLemma:
    """A lemma and its proof.

    Attributes:
        name: in Coq.
        comment: what it is, in plain words.
        variables: its real variables, each a binder such as "gamma" or "(l : list X)".
        premises: beside the ranges of gamma and n; they are called H1, H2, ... in the proof.
        conclusion: in Coq.
        proof: the lines after the introductions.
    """

    name: str
    comment: Sequence[str]
    variables: tuple[str, ...]
    premises: tuple[Premise, ...]
    conclusion: str
    proof: tuple[str, ...]
    more: tuple[str, ...] = ()

    def text(self) -> str:
        """The lemma in Coq."""
        comment = commented(self.comment)
        binders = [f"({' '.join(self.variables)} : R)", *self.more]
        head = textwrap.fill(
            f"Lemma {self.name} {' '.join(binders)} :", 98, subsequent_indent="    "
        )
        ranges = [f"  {given} ->" for given in RANGE]
        premises = [f"  ({p.statement}) -> (* {p.why} *)" for p in self.premises]
        names = [f"H{k}" for k in range(1, len(self.premises) + 1)]
        return "\n".join(
            [
                comment,
                head,
                *ranges,
                *premises,
                f"  {self.conclusion}.",
                "Proof.",
                f"  intros {' '.join(['Hg', 'Hn', *names])}.",
                *(f"  {line}" for line in self.proof),
                "Qed.",
            ]
        )

    def applied(self, given: Sequence[str]) -> str:
        """The lemma at its own variables and the given proofs of its premises."""
        return f"({' '.join([self.name, *self.variables, 'Hg', 'Hn', *given])})"


def commented(lines: Sequence[str]) -> str:
    """A comment; what would end it is taken out."""
    safe = (line.replace("(*", "( *").replace("*)", "* )").replace('"', "'") for line in lines)
    return "(** " + "\n    ".join(safe) + " *)"


def product_proof(proofs: Sequence[str]) -> str:
    """A tactic for `0 <= x1 * x2 * ...` from tactics for each factor."""
    *before, last = proofs
    if not before:
        return last
    return f"apply Rmult_le_pos; [{product_proof(before)} | {last}]"
