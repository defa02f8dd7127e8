"""What a question may add up: instances that it admits, and the linear programs over them."""

from collections.abc import Iterator, Mapping, Sequence

from nashgap.search.multipliers import Coefficients, coefficients
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression
from nashgap.theory.polynomial import Monomial
from nashgap.theory.words import PARAMETERS, line_vocabulary

from . import two_steps
from .elementary import elementary
from .instance import STEP, Instance, by_name, proved
from .known import known, rests_on_removed
from .one_step import one_step_instances
from .program import Lifted, Program
from .question import Question
from .write import Used

_C = "C >= 0"
_ERRORS = ("eps", "sum_others", "E_mu(TV", "norm_")
"""How atoms begin that are errors or distances of occupancies."""


def gathered(asked: Question) -> Mapping[str, Instance]:
    """Every instance that a question admits, by name."""
    plain = [
        *elementary(asked.given, finite_c=asked.finite_c),
        *known(asked.given, finite_c=asked.finite_c, gone=asked.gone),
    ]
    left = [one for one in plain if not rests_on_removed(one, asked.gone)]
    if asked.finite_c:
        (unit,) = (one for one in left if one.name == _C)
        left += [unit.times(one) for one in left if _is_on_errors(one)]
    return by_name(left)


def _is_on_errors(one: Instance) -> bool:
    return all(v in PARAMETERS or v.startswith(_ERRORS) for v in one.value.variables)


def programs_over(
    asked: Question,
    target: Coefficients,
    named: Sequence[Monomial],
    instances: Mapping[str, Instance],
) -> tuple[Program, ...]:
    """One with the one-step recursions each by itself, one with the two that are coupled.

    What the second one bounds is the shift of a best response, which only delta pays for.
    """
    candidates = [c for one in instances.values() if (c := one.candidate) is not None]
    first = Program(target, named, candidates)
    if not (asked.per_player == "NashGap_i" and "delta" in asked.names):
        return (first,)
    single = {one.name for one in one_step_instances()}
    rest = [c for c in candidates if c.name not in single]
    return first, Program(target, named, [*rest, *two_steps.columns()])


def used_in(lifted: Lifted, instances: Mapping[str, Instance]) -> Iterator[Used]:
    """The instances of a bound, and how often each is used."""
    for name, often in lifted.multipliers.items():
        if name in instances:
            yield Used(instances[name], often)
    both = two_steps.solved(lifted.multipliers)
    if both is not None:
        yield Used(proved(both[0], STEP), both[1])


def atoms_of(source: str) -> Coefficients:
    """A line as a linear form in atoms."""
    read = coefficients(normal(parse_expression(source, line_vocabulary())))
    assert read is not None
    return read
