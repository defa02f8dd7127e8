"""The catalogue of bounds, found by walking the folder `bounds`, and the command that checks."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from .bound import Bound, Report, check_derivation
from .chain import Derivation
from .discovery import added, by_name, found
from .errors import BadInput
from .labels import canonical
from .model import Model


@cache
def bounds() -> Mapping[str, Bound]:
    """Every bound by its own label.

    Example:
        >>> [label for label in bounds() if label.startswith("lemma")]
        ['lemma_3', 'lemma_4', 'lemma_4_secondary']
    """
    everything = [b for b in found("nashgap.theory.bounds", "BOUND") if isinstance(b, Bound)]
    everything += added(Bound)
    return by_name("bound", sorted(everything, key=lambda b: b.label), lambda b: b.label)


def bound(label: str) -> Bound:
    """The bound of that label, or of one of its other names, however it is spelt.

    Raises:
        BadInput: there is none.

    Example:
        >>> bound("T4").label, bound("Lemma 3").label, bound("cor. 1").label
        ('value_gap', 'lemma_3', 'corollary_1')
    """
    names = {name: b for b in bounds().values() for name in b.labels}
    if label in names:
        return names[label]
    spelt = {canonical(name): name for name in names}
    asked = canonical(str(label))
    if asked in spelt:
        return names[spelt[asked]]
    raise BadInput("label", *_unknown(str(label), asked, spelt))


def _unknown(label: str, asked: str, spelt: Mapping[str, str]) -> tuple[str, str]:
    """What was given, and what is needed."""
    from .rows import row_of

    needed = "a label such as T1 or lemma_3; `nashgap bounds` lists them all"
    row = row_of(label)
    if row is not None and row.kind == "bound":
        return f"{row.label!r} has several bounds", f"one of {', '.join(row.names)}"
    if row is not None:
        return (
            f"{row.label!r} is no bound with a derivation",
            f"{needed}; `nashgap show {row.label!r}` says what is found of it",
        )
    near = get_close_matches(asked, spelt, n=1, cutoff=0.5)
    hint = f" (did you mean {spelt[near[0]]!r}?)" if near else ""
    return f"no bound is called {label[:60]!r}{hint}", needed


def check(what: str | Bound | Derivation, *, models: Iterable[Model] = ()) -> Report:
    """Checks a bound of the catalogue, or a derivation of one's own, step by step.

    Args:
        what: a label, a bound, or a derivation.
        models: exact games with expert and learner, on which every step is tested as well.

    Raises:
        BadInput: there is no bound of that label.

    Example:
        >>> check("lemma_3").status.word
        'proved'
    """
    if isinstance(what, Derivation):
        return check_derivation(what, models=models)
    return (what if isinstance(what, Bound) else bound(what)).check(models)
