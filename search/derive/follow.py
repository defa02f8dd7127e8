"""Whether a bound that is claimed follows from the instances of the library."""

from collections.abc import Sequence

from nashgap.search.multipliers import coefficients
from nashgap.theory.assumptions import Assumption
from nashgap.theory.chain import Derivation
from nashgap.theory.quantities import meanings
from nashgap.theory.rational import Rational
from nashgap.theory.reasons.attained import MAXIMA
from nashgap.theory.words import PARAMETERS, words

from .gather import atoms_of, gathered, programs_over, used_in
from .question import TARGETS, Question
from .write import chain_of


def follows(quantity: str, high: Rational, given: Sequence[Assumption]) -> Derivation | None:
    r"""A chain from a quantity to what bounds it, where the instances add up to that.

    Args:
        quantity: one of those that can be derived.
        high: the other side, a polynomial in quantities with coefficients in gamma and n.
        given: what is assumed.

    Example:
        >>> from nashgap.theory.assumptions import Assumption, parse_assumptions
        >>> three = Rational.constant(3) / (Rational.constant(1) - Rational.variable("gamma"))
        >>> print(follows("NashGap", three, parse_assumptions("nash")).text)
        NashGap <= 3/(1 - gamma)
    """
    names = tuple(sorted(high.variables - PARAMETERS))
    wanted = coefficients(high)
    if wanted is None or quantity not in TARGETS or not set(names) <= set(meanings()):
        return None
    asked = Question(quantity, tuple(given), names, PARAMETERS, ())
    if quantity in MAXIMA and any(words()[name].player == "i" for name in names):
        return None
    instances = gathered(asked)
    low = atoms_of(asked.per_player)
    zero = Rational.constant(0)
    target = {m: low.get(m, zero) - wanted.get(m, zero) for m in {*low, *wanted}}
    target = {m: c for m, c in target.items() if not c.is_zero}
    for program in programs_over(asked, target, (), instances):
        lifted = program.best({})
        if lifted is not None:
            return chain_of(quantity, high, used_in(lifted, instances), "by_one_step_inequalities")
    return None
