r"""Numbers as they are written: `12`, `9/10`, `0.25`, `.5`, `1e-3`; each read exactly.

An exponent has at most three digits, so that no short text stands for a number that fills the
memory.
"""

import re
from fractions import Fraction

_EXPONENT = r"([eE][+-]?[0-9]{1,3})?"
DECIMAL = re.compile(rf"([0-9]+(\.[0-9]*)?|\.[0-9]+){_EXPONENT}")
"""A decimal without a sign."""
NUMBER = re.compile(rf"[+-]?([0-9]+/[0-9]+|([0-9]+(\.[0-9]*)?|\.[0-9]+){_EXPONENT})")
"""A fraction or a decimal, with or without a sign."""


def rational(text: str, longest: int) -> Fraction | None:
    """The number that a text is, or None if it is none.

    Args:
        text: without spaces.
        longest: characters that it, and the number written out as "p/q", may have.

    Example:
        >>> rational("1e-3", 100), rational("1/3", 100), rational("1e-3000", 100)
        (Fraction(1, 1000), Fraction(1, 3), None)
    """
    if len(text) > longest or not NUMBER.fullmatch(text):
        return None
    try:
        found = Fraction(text)
    except ZeroDivisionError:
        return None
    return found if len(str(found)) <= longest else None
