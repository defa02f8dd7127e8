"""What the library holds already, and what a derivation may not use of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from nashgap.search.implications import why
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.catalogue import bound, bounds
from nashgap.theory.chain import Derivation
from nashgap.theory.errors import BadInput, NashgapError
from nashgap.theory.expression import Call, Expression, Name, nodes
from nashgap.theory.kernel import closure
from nashgap.theory.library import library
from nashgap.theory.words import PROFILES

from . import overlap_facts
from .instance import BOUND, LEMMA, Instance, proved

EVERYTHING = "all"
"""Instead of labels: every bound and every lemma."""
_GAPS = frozenset({"NashGap", "NashGap_i", "ValueGap", "ValueGap_i"})


@cache
def chains() -> Mapping[str, Derivation]:
    """The derivations of the catalogue and the lemmas, by name."""
    found = {b.derivation.name: b.derivation for b in bounds().values()}
    return {**library(), **found}


@cache
def below(name: str) -> frozenset[str]:
    """The names of all that a chain rests on."""
    return frozenset(chain.name for chain in closure(chains()[name], chains())[0])


def removed(without: Collection[str]) -> frozenset[str]:
    """The chains that go when some are taken out.

    With a chain goes what states values on its way to it, and everything that rests on any of
    these; lemmas on policies alone stay. "all" takes out every bound and lemma but the one on
    overlaps, an induction over the opponents.

    Raises:
        BadInput: no bound or lemma has that name.

    Example:
        >>> gone = removed(["T1"])
        >>> sorted(gone & {"T1", "lemma_3", "corollary_3", "nash_gap_i_le_bc_errors", "T6"})
        ['T1', 'corollary_3', 'lemma_3', 'nash_gap_i_le_bc_errors']
    """
    if EVERYTHING in without:
        kept = below(overlap_facts.LEMMA) | {overlap_facts.LEMMA}
        return frozenset(chains()) - kept
    first = {_named(label) for label in without}
    grown = first | {name for one in first for name in below(one) if _states_values(name)}
    return frozenset(
        name for name in chains() if name in grown or not grown.isdisjoint(below(name))
    )


def _named(label: str) -> str:
    if label in library():
        return label
    try:
        return bound(label).derivation.name
    except BadInput as error:
        needed = 'the label of a bound, the name of a lemma, or "all"'
        raise BadInput("--without", error.given, needed) from None


def _states_values(name: str) -> bool:
    """Whether a lemma speaks of values or gaps."""
    return any(_is_value(node) for line in chains()[name].lines for node in nodes(line))


def _is_value(node: Expression) -> bool:
    if isinstance(node, Call):
        return node.function in PROFILES
    return isinstance(node, Name) and node.name in _GAPS


def known(given: Iterable[str], *, finite_c: bool, gone: Collection[str]) -> Iterator[Instance]:
    """Bounds and lemmas on numbers whose assumptions follow from what is given."""
    assumed = parse_assumptions(list(given))
    for name, chain in chains().items():
        if chain.level != "scalar" or name in gone:
            continue
        if any(why(a, assumed) is None for a in parse_assumptions(list(chain.assumptions))):
            continue
        is_bound = name not in library()
        try:
            one = proved(chain, BOUND if is_bound else LEMMA)
        except NashgapError:  # a statement with a minimum has no normal form
            continue
        names_c = any(
            isinstance(node, Name) and node.name == "C"
            for line in (chain.lines[0], chain.lines[-1])
            for node in nodes(line)
        )
        if finite_c or not names_c:
            yield one


def rests_on_removed(instance: Instance, gone: Collection[str]) -> bool:
    """Whether an instance uses a chain that was taken out."""
    return any(
        chain.name in gone or any(lemma.name in gone for lemma in closure(chain, chains())[0])
        for chain in instance.chains
    )
