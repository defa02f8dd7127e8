"""The names of `import nashgap as ng`, one page each, from their docstrings."""

from pathlib import Path
from types import FunctionType, ModuleType

from pages import table, toc, write

import nashgap


def write_names(folder: Path) -> None:
    """One page a name, and their index."""
    names = [n for n in nashgap.__all__ if not n.startswith("_")]
    rows = []
    for name in names:
        found = getattr(nashgap, name)
        write(folder / f"{name}.md", _page(name, found))
        rows.append((f"[{name}]({name}.md)", _first(found)))
    lines = [
        "# Python",
        "",
        "`import nashgap as ng` gives these; nothing is loaded before it is used.",
    ]
    write(folder / "index.md", [*lines, *table(("name", "does"), rows), *toc(names)])


def _first(found: object) -> str:
    from formulas import as_markdown

    text = (getattr(found, "__doc__", None) or "").strip().split("\n\n")[0]
    return as_markdown(" ".join(text.split()))


def _functions(module: ModuleType) -> list[str]:
    """What a package gives that its page does not list by itself."""
    if module.__name__ == "nashgap.search":
        return ["engine.search"]
    if hasattr(module, "__all__") or not hasattr(module, "__path__"):
        return []
    return [name for name in vars(module) if isinstance(getattr(module, name), FunctionType)]


def _aliases(module: ModuleType) -> list[str]:
    """Second names of functions that have another among the names of the module."""
    names = getattr(module, "__all__", [])
    functions = {n: f for n in names if isinstance(f := getattr(module, n), FunctionType)}
    own = {name: one.__name__ for name, one in functions.items()}
    return [name for name, its in own.items() if its != name and its in own]


def _page(name: str, found: object) -> list[str]:
    home = getattr(found, "__module__", "nashgap")
    own = getattr(found, "__qualname__", name)
    kind = "autoclass" if isinstance(found, type) else "autofunction"
    if isinstance(found, ModuleType):
        kind, home, own = "automodule", found.__name__, ""
    elif not isinstance(found, type) and not hasattr(found, "__qualname__"):
        kind, home, own = "autofunction", "nashgap", name
    target = f"{home}.{own}" if own else home
    body = [f".. {kind}:: {target}"]
    if isinstance(found, ModuleType):
        body += [f"   :exclude-members: {', '.join(_aliases(found))}"] if _aliases(found) else []
        body += ["", *(f".. autofunction:: {home}.{one}\n" for one in _functions(found))]
    return [f"# ng.{name}", "", "```{eval-rst}", *body, "```"]
