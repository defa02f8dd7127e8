"""`--load FILE.py`, which any command takes anywhere on its line."""

from collections.abc import Sequence

from nashgap.theory.errors import BadInput

OPTION = "--load"


def take(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The arguments without `--load FILE`, and the files.

    Raises:
        BadInput: the last argument is `--load`.

    Example:
        >>> take(["check", "--load", "mine.py", "T1", "--load=more.py"])
        (['check', 'T1'], ['mine.py', 'more.py'])
    """
    rest: list[str] = []
    files: list[str] = []
    left = list(arguments)
    while left:
        one = left.pop(0)
        if one == "--":
            return [*rest, one, *left], files
        if one == OPTION:
            if not left or left[0].startswith("-"):
                raise BadInput(OPTION, "no file", "FILE.py")
            files.append(left.pop(0))
        elif one.startswith(f"{OPTION}="):
            files.append(one.partition("=")[2])
        else:
            rest.append(one)
    return rest, files
