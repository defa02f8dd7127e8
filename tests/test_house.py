"""The layout: packages, layers, words. A folder that is not packaged would miss in the wheel."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOPS = ("theory", "numeric", "search")
# What tells a reader of the package nothing: notes to oneself, and paths of somebody's machine.
FORBIDDEN = re.compile(
    r"\b(?:TODO|FIXME|XXX)\b|/work/|/root/|/opt/pypi|/home/\w+/|(?:theory|search)[-_]notes"
)
SKIPPED = {".git", ".venv", "venv", "build", "dist", "node_modules"}


def project() -> dict[str, object]:
    loaded: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return loaded


def test_packages_are_exactly_the_folders_with_modules() -> None:
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "nashgap").rglob("__init__.py")
        if path.relative_to(ROOT).parts[1] not in TOPS
    }
    for top in TOPS:
        folders = {path.parent for path in (ROOT / top).rglob("*.py")}
        found |= {"nashgap." + ".".join(folder.relative_to(ROOT).parts) for folder in folders}
    setuptools = project()["tool"]["setuptools"]  # type: ignore[index]
    assert sorted(setuptools["packages"]) == sorted(found)


def test_every_package_has_an_init_and_every_link_points_home() -> None:
    for top in TOPS:
        assert (ROOT / "nashgap" / top).is_symlink()
        assert os.readlink(ROOT / "nashgap" / top) == f"../{top}"
        for path in (ROOT / top).rglob("*.py"):
            assert (path.parent / "__init__.py").exists(), path


def test_imports_run_one_way() -> None:
    # Beside import-linter, which continuous integration runs: no layer names a higher one at all.
    for rank, layer in enumerate((*TOPS, "nashgap/cli")):
        higher = [name.replace("/", ".") for name in (*TOPS, "nashgap/cli")[rank + 1 :]]
        for path in (ROOT / layer).rglob("*.py"):
            for name in higher:
                target = name if name.startswith("nashgap") else f"nashgap.{name}"
                assert not re.search(
                    rf"^\s*(from|import) {re.escape(target)}\b", path.read_text(), re.M
                ), path


def test_the_contracts_of_the_checks_name_every_other_module() -> None:
    """A module of the search that neither the checkers nor the recheck may use is listed."""
    linter = project()["tool"]["importlinter"]  # type: ignore[index]
    _, checkers, recheck = linter["contracts"]
    modules = {
        f"nashgap.search.{path.stem}"
        for path in (ROOT / "search").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    } - {"nashgap.search.__init__"}
    shared = {f"nashgap.search.{name}" for name in ("problem", "witness_display")}
    for contract, own in ((checkers, set()), (recheck, shared)):
        left = modules - set(contract["source_modules"]) - set(contract["forbidden_modules"])
        assert left == own


def test_no_import_climbs_out_of_its_folder() -> None:
    for top in TOPS:
        for path in (ROOT / top).rglob("*.py"):
            depth = len(path.relative_to(ROOT).parts) - 1
            assert not re.search(rf"^\s*from \.{{{depth + 1},}}", path.read_text(), re.M), path


@pytest.mark.parametrize("suffix", [".py", ".md", ".toml", ".cff", ".tex", ".ipynb"])
def test_no_word_of_the_workshop(suffix: str) -> None:
    for path in ROOT.rglob(f"*{suffix}"):
        if SKIPPED & set(path.relative_to(ROOT).parts) or any(
            p.endswith("egg-info") for p in path.parts
        ):
            continue
        if path == Path(__file__):
            continue
        hit = FORBIDDEN.search(path.read_text(encoding="utf-8"))
        assert hit is None, f"{path}: {hit.group() if hit else ''}"


def test_version_and_citation_agree() -> None:
    import nashgap

    assert f"version: {nashgap.__version__}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"## {nashgap.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_ci_is_executable_and_reads_its_commands_from_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    block = re.search(
        r"^## Set up$.*?^```sh$\n(.*?)^```$", (ROOT / "README.md").read_text(), re.M | re.S
    )
    assert block is not None
    assert block.group(1).splitlines() == [
        "pip install -e . && nashgap demo",
        "pip install -e '.[test]' && pytest -n auto",
    ]
