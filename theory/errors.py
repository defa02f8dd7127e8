"""The errors that nashgap raises: misuse and bad input only.

Refuted, undecided, unsatisfiable and out of time are values, never exceptions.
"""


class NashgapError(Exception):
    """Root of every exception that the package raises on purpose."""


class BadInput(NashgapError):  # noqa: N818
    """Something that a user gave cannot be read or does not make sense.

    The message names the place, says what was given and what is needed. The command line prints it
    on one line and exits with code 2.

    Example:
        >>> str(BadInput("start", "sums to 9/10", "a distribution that sums to 1"))
        'start: sums to 9/10; needed: a distribution that sums to 1'
    """

    def __init__(self, where: str, given: str, needed: str) -> None:
        super().__init__(f"{where}: {given}; needed: {needed}")
        self.where = where
        self.given = given
        self.needed = needed
