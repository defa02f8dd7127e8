r"""A paper's own symbols: the formulas of a LaTeX source with some symbols written differently.

Only mathematics is touched, never words: what stands between dollar signs and in displays, outside
\(\text{...}\) and its like. `n` is the letter alone, `gamma` the command \(\gamma\).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from .errors import BadInput

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "NashGap": r"\mathrm{NashGap}",
        "ValueGap": r"\mathrm{ValueGap}",
        "eps_BC": r"\varepsilon_{\mathrm{BC}}",
        "eps_mu": r"\varepsilon_\mu",
        "eps_rho": r"\varepsilon_\rho",
        "eps": r"\varepsilon",
        "expert": r"\pi^E",
        "deviation": r"\pi^*",
        "learner": r"\pi",
        "gamma": r"\gamma",
        "delta": r"\delta",
        "mu": r"\mu",
        "rho": r"\rho",
        "nu": r"\nu",
        "n": "n",
        "C": "C",
    }
)
r"""What may be renamed, and how it is written by default; `eps` is the rest of the errors, as in
\(\varepsilon_i\)."""
_TEXT = r"\\(?:text|textit|textsc|label|cite|begin|end)\{[^{}]*\}"
_MATH = re.compile(
    r"\$[^$]+\$|\\\[.*?\\\]|\\begin\{(align\*|multline\*)\}.*?\\end\{\1\}", re.DOTALL
)


def renamed(source: str, symbols: Mapping[str, str]) -> str:
    r"""The source with other symbols in its formulas.

    Args:
        source: LaTeX, a fragment or a document.
        symbols: a name of `SYMBOLS` -> LaTeX, without dollar signs.

    Raises:
        BadInput: a symbol of another name, or LaTeX whose braces do not match.

    Example:
        >>> print(renamed(r"In $n$ rounds $\gamma\,\pi^E_i$", {"gamma": r"\beta", "n": "N"}))
        In $N$ rounds $\beta\,\pi^E_i$
        >>> print(renamed(r"$\|\pi_i-\pi_i^E\|_1$", {"expert": r"\pi^\star"}))
        $\|\pi_i-\pi^\star_i\|_1$
    """
    for name, symbol in symbols.items():
        _check(name, symbol)
    if not symbols:
        return source
    wanted = {SYMBOLS[name]: symbol for name, symbol in symbols.items()}
    long = sorted((s for s in SYMBOLS.values() if len(s) > 1), key=len, reverse=True)
    short = (s for s in SYMBOLS.values() if len(s) == 1)
    parts = [rf"(?P<text>{_TEXT})", *map(_pattern, long), r"\\mathrm\{[^{}]*\}", *short]
    pattern = re.compile("|".join([*parts, r"\\[a-zA-Z]+"]))

    def put(found: re.Match[str]) -> str:
        if found["text"] is not None:
            return found[0]
        new = wanted.get(found[0])
        if new is None:
            return found[0]
        return _safe(new, found.string[found.end() :])

    return _MATH.sub(lambda math: pattern.sub(put, _one_order(math[0])), source)


def _check(name: str, symbol: str) -> None:
    if name not in SYMBOLS:
        raise BadInput("symbols", f"{name[:60]!r}", f"some of {', '.join(SYMBOLS)}")
    depth = 0
    for mark in re.findall(r"\\.|[{}$%&#~]", symbol, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0 or mark in ("$", "%", "&", "#", "~"):
            depth = -1
            break
    if depth or not symbol.strip() or symbol.endswith("\\"):
        needed = "LaTeX of one symbol, braces matched, without dollar signs"
        raise BadInput("symbols", f"{name} = {symbol[:60]!r}", needed)


def _pattern(symbol: str) -> str:
    r"""A symbol as a whole: \(\pi\) is not the beginning of \(\pitchfork\)."""
    end = r"(?![a-zA-Z])" if symbol[-1].isalpha() and symbol.startswith("\\") else ""
    return re.escape(symbol) + end


def _one_order(math: str) -> str:
    r"""\(\pi_i^E\) as \(\pi^E_i\), so that the expert is one symbol everywhere."""
    return re.sub(r"\\pi_(\{-i\}|[a-z])\^([E*])", r"\\pi^\2_\1", math)


def _safe(symbol: str, rest: str) -> str:
    """In braces where an index follows one that the symbol has itself; apart from letters."""
    mark = rest[:1]
    outside = re.sub(r"\{[^{}]*\}", "", symbol)
    if mark in ("_", "^") and mark in outside:
        return f"{{{symbol}}}"
    letters = re.search(r"\\[a-zA-Z]+$", symbol) is not None
    return f"{symbol} " if letters and mark.isalpha() else symbol
