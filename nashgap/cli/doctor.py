"""`nashgap doctor`: what is installed, what is missing, and how to get it."""

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from .options import Json, Quiet
from .output import Result, show, table
from .progress import progress

NAME = "doctor"
_PATIENCE = 10

Standing = Literal["ok", "missing", "broken"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for.

    Attributes:
        group: "required", "solver", an extra's name, or "program".
        name: of the thing.
        standing: "ok", "missing", or "broken" when it is there and does not work.
        version: its version, or "".
        purpose: what it is for.
        mend: how to get it, "" when it is there.
    """

    group: str
    name: str
    standing: Standing
    version: str
    purpose: str
    mend: str = ""


_REQUIRED = {
    "array-api-compat": ("array_api_compat", "many games at once on any array library"),
    "highspy": ("highspy", "linear programs"),
    "numpy": ("numpy", "arrays"),
    "python-flint": ("flint", "exact linear algebra"),
    "scipy": ("scipy", "sparse games and intervals"),
    "sympy": ("sympy", "a second opinion on algebra"),
    "typer": ("typer", "the command line"),
    "z3-solver": ("z3", "searching"),
}
_PROGRAMS = {
    "coqc": ("coqc", "checks the files of `nashgap coq`", "Debian: apt-get install coq"),
    "pdflatex": (
        "pdflatex",
        "compiles the files of `nashgap latex`",
        "Debian: apt-get install texlive-latex-base texlive-latex-recommended texlive-pictures",
    ),
    "chromium": (
        "chromium",
        "tests the pages of `nashgap report`",
        "Debian: apt-get install chromium",
    ),
}
_EXTRAS = {
    "cluster": "runs on several machines",
    "docs": "builds the documentation",
    "games": "games of other libraries, in and out",
    "gpu": "many games at once on a GPU",
    "notebooks": "opens the notebooks",
    "plots": "curves",
    "solvers": "second opinions beside z3",
    "test": "runs the tests",
}


def command(as_json: Json = False, quiet: Quiet = False) -> None:
    """Say what is installed: Python, libraries, solvers, extras, programs; and how to get the rest.

    Exit code 0: all that is required is there. 1: something required is missing or broken.

    Example: nashgap doctor
    """
    started = time.perf_counter()
    with progress("looking around", quiet=quiet):
        found = [*_required(), *_solvers(), *_extras(), *_programs()]
    broken = [f for f in found if f.group == "required" and f.standing != "ok"]
    lines = [*table(_machine()), "", *_lines(found), "", _verdict(broken)]
    fields = {"machine": dict(_machine()), "findings": [asdict(f) for f in found]}
    result = Result("invalid" if broken else "done", lines, fields)
    show(result, started=started, as_json=as_json, quiet=quiet)


def _verdict(broken: list[Finding]) -> str:
    if broken:
        return (
            f"not well: {', '.join(f.name for f in broken)}; pip install --force-reinstall nashgap"
        )
    return "well: everything that is required is there"


def _machine() -> Iterator[tuple[str, str]]:
    from nashgap import __file__ as home
    from nashgap import __version__

    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    threads = [f"{name}={os.environ[name]}" for name in _THREADS if name in os.environ]
    yield "nashgap", f"{__version__}, in {os.path.dirname(home)}"
    yield "python", f"{platform.python_version()}, {sys.executable}"
    yield "system", f"{platform.system()} {platform.machine()}"
    yield "cores", f"{usable} usable of {os.cpu_count()}"
    yield "threads", ", ".join(threads) or "not limited by the environment"


_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _required() -> Iterator[Finding]:
    from importlib import import_module

    for package, (module, purpose) in _REQUIRED.items():
        version = _version(package)
        mend = f'pip install "{package}"'
        try:
            import_module(module)
        except ImportError as error:
            standing: Standing = "broken" if version else "missing"
            reason = f"{purpose}; {error}" if version else purpose
            yield Finding("required", package, standing, version, reason, mend)
        else:
            yield Finding("required", package, "ok", version, purpose)


def _solvers() -> Iterator[Finding]:
    from nashgap.search.backends import backends

    for name, backend in backends().items():
        reason = backend.missing()
        standing: Standing = "ok" if reason is None else "missing"
        version = backend.version() if reason is None else ""
        mend = "" if reason is None else 'pip install "nashgap[solvers]"'
        yield Finding("solver", name, standing, version, reason or "decides searches", mend)


def _extras() -> Iterator[Finding]:
    """What the installed package's extras name."""
    import re
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = requires("nashgap") or []
    except PackageNotFoundError:
        lines = []
    for line in lines:
        read = re.match(r"([\w.-]+)(?:\[[^]]*\])?[^;]*;.*extra == ['\"](\w+)['\"]", line)
        if read is None:
            continue
        package, extra = read.groups()
        version = _version(package)
        purpose = _EXTRAS.get(extra, "")
        mend = "" if version else f'pip install "nashgap[{extra}]"'
        yield Finding(extra, package, "ok" if version else "missing", version, purpose, mend)


def _programs() -> Iterator[Finding]:
    for name, (program, purpose, mend) in _PROGRAMS.items():
        path = shutil.which(program)
        if path is None:
            yield Finding("program", name, "missing", "", purpose, mend)
            continue
        version = _first_line(path)
        standing: Standing = "ok" if version else "broken"
        yield Finding("program", name, standing, version, purpose, "" if version else mend)


def _first_line(path: str) -> str:
    """What `--version` prints first; "" where it does not answer."""
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, with a fixed argument
            [path, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return next(iter(done.stdout.strip().splitlines()), "").strip()


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _lines(found: list[Finding]) -> Iterator[str]:
    groups = list(dict.fromkeys(f.group for f in found))
    for group in groups:
        purpose = f": {_EXTRAS[group]}" if group in _EXTRAS else ""
        yield f"{group}{purpose}"
        rows = (
            (f.standing, f.name, f.version, f.mend or ("" if purpose else f.purpose))
            for f in found
            if f.group == group
        )
        yield from table(rows)
