"""What TAB completes beside commands and options: names of the libraries, read when asked for.

Nothing is loaded at start-up. Where no name begins as what is typed, shells complete file names.
Names that a shell would have to quote are left out; each such thing has another name.
"""

import re
from collections.abc import Callable, Iterable

import typer

Names = Callable[[], Iterable[str]]
Completed = Callable[[str], list[str]]

_PLAIN = re.compile(r"[\w.=/-]+", re.ASCII)


def one_of(*names: str) -> Completed:
    """Completes one of a few words."""
    return known(lambda: names)


def known(names: Names) -> Completed:
    """Completes one name."""

    def complete(incomplete: str) -> list[str]:
        return _beginning(incomplete, names)

    return complete


def listed(names: Names) -> Completed:
    """Completes the last name of a comma-separated list by one that the list lacks."""

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        there = before.split(",")
        return [
            f"{before}{comma}{name}"
            for name in _beginning(last, names)
            if name.rstrip("=") not in {word.partition("=")[0].strip() for word in there}
        ]

    return complete


def _beginning(incomplete: str, names: Names) -> list[str]:
    try:
        found = {name for name in names() if _PLAIN.fullmatch(name)}
    except Exception:  # a package of one's own that does not load: a shell has no place to say so
        return []
    return sorted(name for name in found if name.startswith(incomplete))


def labels() -> Iterable[str]:
    """Every name of a bound."""
    from nashgap.theory.catalogue import bounds

    return (label for bound in bounds().values() for label in bound.labels)


def statements() -> Iterable[str]:
    """Everything that `nashgap show` knows, with "Lemma_3" for "Lemma 3"."""
    from nashgap.theory.rows import rows

    yield from (re.sub(r"[\s(),]+", "_", row.label).strip("_") for row in rows())
    yield from (*labels(), *games(), *quantities(), *(name.rstrip("=") for name in assumptions()))


def games() -> Iterable[str]:
    """Every named game."""
    from nashgap.numeric.games import catalogue
    from nashgap.numeric.grids import boards

    return (*catalogue(), *boards())


def parameters(ctx: typer.Context, incomplete: str) -> list[str]:
    """Completes a parameter of the named game that stands before it, with its default."""
    return _beginning(incomplete, lambda: _parameters(ctx.params))


def _parameters(given: dict[str, object]) -> Iterable[str]:
    from nashgap.numeric.games import catalogue
    from nashgap.numeric.grids import boards

    there = {str(word).partition("=")[0] for word in _words(given.get("parameters"))}
    game = {**catalogue(), **boards()}[str(given["name"])]
    return (f"{key}={p.default}" for key, p in game.parameters.items() if key not in there)


def _words(given: object) -> Iterable[object]:
    return given if isinstance(given, (list, tuple)) else ()


def assumptions() -> Iterable[str]:
    """Every assumption; "margin=" for one that takes a number."""
    from nashgap.theory.assumptions import Family
    from nashgap.theory.assumptions import known as kinds

    for name, kind in kinds().items():
        yield f"{name}=" if isinstance(kind, Family) else name


def quantities() -> Iterable[str]:
    """Every name of the claim language."""
    from nashgap.theory.quantities import meanings

    return meanings()


def targets() -> Iterable[str]:
    """What `nashgap derive` bounds."""
    from nashgap.search.derive.question import TARGETS

    return TARGETS


def schemas() -> Iterable[str]:
    """Every published schema."""
    from nashgap.schemas import names

    return names()
