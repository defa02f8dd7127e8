r"""Proof of a claim: its relation, its mins and maxes, and the numbers that it is restricted to.

An equality is two inequalities, a min or max several or one of them; each is then a combination of
bounds, lemmas and facts (`combine`), or of one-step inequalities (`by_steps`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nashgap.search.implications import why
from nashgap.theory.accept import accepted
from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.claim import Claim
from nashgap.theory.errors import NashgapError
from nashgap.theory.expression import Name, text
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.rational import Rational

from .cases import Sides, split
from .combine import Part, combined

Prover = Callable[[Sides, Sequence[Assumption], Mapping[str, Rational]], "list[Part] | str"]


@dataclass(frozen=True)
class Proof:
    """A claim proved.

    Attributes:
        parts: its chains; more than one where a min has to exceed the smaller side, or for an
            equality.
        implications: the steps from what is assumed to what the chains use.
        notes: how the chains give the claim, where it is not word for word their last line.
    """

    parts: tuple[Part, ...]
    implications: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the chains use."""
        return tuple(dict.fromkeys(a for part in self.parts for a in part.assumptions))


def prove(
    claim: Claim,
    given: Sequence[Assumption],
    fixed: Mapping[str, Fraction] | None = None,
    *,
    by: Prover | None = None,
) -> Proof | str:
    """A proof, or why there is none.

    Args:
        claim: in the claim language.
        given: what is assumed.
        fixed: numbers that the claim is restricted to: "gamma", "n".
        by: how to prove an inequality without min and max; by default from the catalogue.

    Example:
        >>> from nashgap.theory.claim import parse_claim
        >>> claim = parse_claim("NashGap <= 3*n*eps_BC/(1-gamma)**2")
        >>> found = prove(claim, parse_assumptions("dominant"))
        >>> found.parts[0].assumptions, found.parts[0].derivation["format"]
        (('dominant',), 'nashgap/derivation/1')
        >>> claim = parse_claim("NashGap == 0")
        >>> [part.claim for part in prove(claim, parse_assumptions("dominant,match-rho")).parts]
        ['NashGap <= 0', '0 <= NashGap']
    """
    numbers = {name: Rational.constant(value) for name, value in (fixed or {}).items()}
    reason = ""
    for put in ({}, numbers) if numbers else ({},):
        parts = _both(claim, given, put, by or combined)
        if isinstance(parts, str):
            reason = parts
            continue
        used = parse_assumptions(list(dict.fromkeys(a for p in parts for a in p.assumptions)))
        steps = dict.fromkeys(s for a in used for s in why(a, given) or ())
        return Proof(tuple(parts), tuple(steps), tuple(_notes(claim, parts, put)))
    return reason


def _both(
    claim: Claim, given: Sequence[Assumption], numbers: Mapping[str, Rational], by: Prover
) -> list[Part] | str:
    """The chains of one inequality, or of the two that an equality is."""
    parts: list[Part] = []
    for sides in _inequalities(claim):
        found = _prove(sides, given, numbers, by)
        if isinstance(found, str):
            return found
        parts += (part for part in found if part not in parts)
        if not any(True for _ in sides.calls) and all(part.is_equation for part in parts):
            break  # which is the other direction, too
    return parts


def _inequalities(claim: Claim) -> tuple[Sides, ...]:
    """What a claim comes to, the smaller side first."""
    there, back = (claim.left, claim.right), (claim.right, claim.left)
    match claim.relation:
        case "<=" | "<":
            return (Sides(*there, strict=claim.relation == "<"),)
        case ">=" | ">":
            return (Sides(*back, strict=claim.relation == ">"),)
        case _:
            return (Sides(*there), Sides(*back))


def _notes(claim: Claim, parts: Sequence[Part], numbers: Mapping[str, Rational]) -> Iterator[str]:
    calls = any(True for _ in Sides(claim.left, claim.right).calls)
    if claim.relation == "==" and len(parts) > 1:
        yield "the equality is two inequalities"
    elif len(parts) > 1:
        yield "the claim has a min that each part proves for one of its arguments"
    if calls and not (len(parts) > 1 and claim.relation != "=="):
        yield "one argument of the max, or of the min on the smaller side, is enough"
    if claim.relation in (">=", ">") and len(parts) == 1 and not calls:
        yield "the sides changed places, so that the smaller one comes first"
    yield from dict.fromkeys(part.note for part in parts if part.note)
    if numbers:
        at = ", ".join(f"{name} = {value}" for name, value in numbers.items())
        yield f"the derivation holds in general, and its claim at {at} is this one"


def _prove(
    sides: Sides, given: Sequence[Assumption], numbers: Mapping[str, Rational], by: Prover
) -> list[Part] | str:
    cases = split(sides)
    if cases is None:
        return by(sides, given, numbers)
    proved: list[Part] = []
    reason = "no case of the min or max"
    for part in cases.parts:
        found = _prove(part, given, numbers, by)
        if isinstance(found, str):
            reason = found
            if cases.every:
                return found
        elif not cases.every:
            return found
        else:
            proved += found
    return proved or reason


def by_steps(
    sides: Sides, given: Sequence[Assumption], numbers: Mapping[str, Rational]
) -> list[Part] | str:
    """A proof from one-step inequalities, for a quantity alone on the smaller side.

    One-step inequalities are combined for all gamma and n at once, so that `numbers` do not help.
    """
    from nashgap.search.derive import follows

    if not isinstance(sides.low, Name) or any(True for _ in sides.calls):
        return "the smaller side is more than one quantity"
    if sides.strict:
        return "one-step inequalities prove no '<'"
    try:
        chain = follows(sides.low.name, normal(sides.high), given)
    except NashgapError as error:
        return str(error)
    if chain is None:
        return "one-step inequalities and facts do not add up to it either"
    said = f"{text(sides.low)} <= {text(sides.high)}"
    found = accepted(chain, said, "found by adding up one-step inequalities, facts and lemmas")
    if isinstance(found, str):
        return found
    lemmas = (lemma["name"] for lemma in found.derivation["lemmas"])
    uses = ("one-step inequalities", *(name for name in lemmas if name in library()))
    return [Part(found.derivation, found.said, chain.assumptions, uses)]
