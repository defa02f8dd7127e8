r"""LaTeX formulas of this package as MathML, which browsers set without scripts or fonts.

Only the commands that our own printers write are known: fractions, scripts, fences, roman and text
words, accents, Greek letters and relations. Another command is a misuse and is refused.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from xml.etree import ElementTree

from .errors import BadInput

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|\s+|.", re.S)
_SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "varepsilon": "ε", "epsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "ϕ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "ell": "ℓ", "infty": "∞", "emptyset": "∅", "ast": "∗",
    "dots": "…", "ldots": "…",
    "cdots": "⋯", "top": "⊤", "Gamma": "Γ", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω",
}  # fmt: skip
_OPERATORS = {
    "le": "≤", "ge": "≥", "ne": "≠", "in": "∈", "notin": "∉", "sim": "∼", "mid": "∣",
    "cdot": "⋅", "times": "×", "to": "→", "mapsto": "↦", "setminus": "∖", "subseteq": "⊆",
    "cup": "∪", "cap": "∩", "otimes": "⊗", "circ": "∘", "approx": "≈", "propto": "∝",
    "forall": "∀", "exists": "∃", "pm": "±",
    "|": "‖", "{": "{", "}": "}", "_": "_", "colon": ":", "Rightarrow": "⇒", "iff": "⇔",
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "lVert": "‖", "rVert": "‖", "neq": "≠", "supseteq": "⊇", "leftarrow": "←",
    "equiv": "≡", "Leftrightarrow": "⇔", "implies": "⇒",
    "wedge": "∧", "vee": "∨", "%": "%", "&": "&",
}  # fmt: skip
_LARGE = {"sum": "∑", "prod": "∏"}
_NAMED = {"min", "max", "sup", "inf", "log", "ln", "exp", "det", "tanh", "Pr", "supp", "arg", "lim"}
_SPACES = {",": "0.17em", ":": "0.22em", ";": "0.28em", " ": "0.3em", "quad": "1em",
           "qquad": "2em", "!": "0em"}  # fmt: skip
_ACCENTS = {"bar": "¯", "hat": "^", "tilde": "~", "overline": "¯"}
_SKIPPED = {"big", "Big", "bigg", "Bigg", "left", "right", "displaystyle", "textstyle", "limits",
            "bigl", "bigr", "Bigl", "Bigr"}  # fmt: skip
_FENCES = "()[]|"
_STILL = {"|", "{", "}", "lVert", "rVert"}
_LEANING = {"<mi>V</mi>", "<mi>P</mi>"}
_OPENING = {"(", "[", "{"}
_CLOSED = re.compile(r"(?:<ms(?:up|ub|ubsup)>)?<mo[^>]*>[)\]}]</mo>")
_RELATIONS = {"=", "≤", "≥", "&lt;", "&gt;", "≠", "≈", "⇒", "⇔", "≡", ":"}
_SUMS = {"+", "−"}
_SIGNS = {"<mo>+</mo>", "<mo>−</mo>"}
_SHORT = 30
_SCRIPT, _SPACED_SIGN, _SPACE = 0.7, 2.0, 0.3
_FENCED = ('<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>')
_TEXT = re.compile(r"<mtext>(.*)</mtext>")
_SIGN = re.compile(r"<mo[^>]*>([^<]*)</mo>")


def mathml(latex: str, *, block: bool = False) -> str:
    r"""One formula.

    Args:
        latex: without dollar signs.
        block: on a line of its own.

    Raises:
        BadInput: a command that is not one of ours, or braces that do not match.

    Example:
        >>> mathml(r"\frac{n}{\gamma^{2}}")
        '<math><mfrac><mi>n</mi><msup><mi>γ</mi><mn>2</mn></msup></mfrac></math>'
    """
    reader = _Reader([token for token in _TOKEN.findall(latex) if not token.isspace() or token])
    content = "".join(reader.row(None))
    return f'<math display="block">{content}</math>' if block else f"<math>{content}</math>"


def wrapping(latex: str, *, block: bool = False) -> str:
    r"""One formula in pieces between which a line may break, the outer ones first.

    It breaks before relations, after commas and before signs of sums, in this order, and inside
    fences only where what is outside them does not suffice.

    Args:
        latex: without dollar signs.
        block: fractions at their full size.

    Raises:
        BadInput: see `mathml`.

    Example:
        >>> wrapping(r"a\le b")
        '<math><mi>a</mi><mo>≤</mo><mi>b</mi></math>'
        >>> wrapping(r"f(a_1,a_2,a_3,a_4)+g\le f(b_1,b_2,b_3,b_4)+h").count("<wbr/>")
        1
    """
    reader = _Reader(_TOKEN.findall(latex))
    opening = '<math displaystyle="true">' if block else "<math>"
    parts = [small for part in reader.row(None) for small in _flat(part)]
    return _pieces(list(_with_depths(parts)), opening)


def _flat(part: str) -> list[str]:
    """The part itself; words and formulas apart; a fraction wider than a line with a slash."""
    if part.startswith("<mtext>"):
        return _inside(_tree(part))
    if not part.startswith("<mfrac>") or _width(part) <= _SHORT:
        return [part]
    above, below = (_inside(side) for side in _tree(part)[0])
    power = below[0] == _FENCED[0] and below[-1].startswith("<msup><mo") and len(below) > 2
    fenced = [*below] if power or len(below) == 1 else [_FENCED[0], *below, _FENCED[1]]
    return [_FENCED[0], *above, _FENCED[1], "<mo>/</mo>", f"<mrow>{''.join(fenced)}</mrow>"]


def _inside(node: ElementTree.Element) -> list[str]:
    children = list(node) if node.tag == "mrow" else [node]
    return [ElementTree.tostring(child, encoding="unicode") for child in children]


def _tree(shown: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<mrow>{shown}</mrow>")  # noqa: S314 - our own markup


def _with_depths(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each part with the fences around it, as they were opened; a fence is inside itself."""
    around = ""
    for part in parts:
        opened, closed = _SIGN.fullmatch(part), _CLOSED.match(part)
        around += opened[1] if opened and opened[1] in _OPENING else ""
        yield part, around
        around = around[:-1] if closed else around


def _pieces(parts: list[tuple[str, str]], opening: str) -> str:
    shown = "".join(part for part, _ in parts)
    if len(parts) == 1 and (text := _TEXT.fullmatch(shown)):
        return text[1].replace("\u00a0", " ")  # words wrap by themselves
    cuts = _cuts(parts) if _width(shown) > _SHORT else []
    if not cuts:
        first = _SIGN.fullmatch(parts[0][0]) if parts else None
        is_marked = parts[0][0].startswith("<mo form") if parts else False
        if first and not is_marked and first[1] in _RELATIONS | _SUMS:  # else it would be a sign
            shown = shown.replace("<mo", '<mo form="infix"', 1)
        return f"{opening}{shown}</math>"
    ends = zip([0, *cuts], [*cuts, len(parts)], strict=True)
    groups = [_pieces(parts[start:end], opening) for start, end in ends]
    return "<wbr/>".join(
        f'<span style="display:inline-block">{g}</span>' if "<wbr/>" in g else g for g in groups
    )


def _cuts(parts: list[tuple[str, str]]) -> list[int]:
    """Where to cut: at the shallowest place and the loosest sign that there is."""
    words = [part.startswith("<mtext>") for part, _ in parts]
    if any(words):
        return [k for k in range(1, len(parts)) if words[k] or words[k - 1]]
    signs = [match[1] if (match := _SIGN.fullmatch(part)) else "" for part, _ in parts]
    fences = [around for _, around in parts]
    for depth in range(max(map(len, fences)) + 1):
        here = [k for k in range(1, len(parts)) if len(fences[k]) == depth]
        relations = [k for k in here if signs[k] in _RELATIONS]
        lists = [k for k in here if signs[k] == "," and fences[k][-1:] in ("", "{")]
        commas = [k + 1 for k in lists if k + 1 < len(parts)]
        sums = [k for k in here if signs[k] in _SUMS and not _is_sign(signs[k - 1])]
        for cuts in (relations, commas, sums):
            if cuts:
                return cuts
    return []


def _is_sign(before: str) -> bool:
    """Whether a plus or minus after this is a sign of one term."""
    return before in _RELATIONS | _SUMS | _OPENING | {",", "⋅", "×"}


def _width(shown: str) -> float:
    """In letters, about."""
    return _letters(_tree(shown))


def _letters(node: ElementTree.Element) -> float:
    widths = [_letters(child) for child in node]
    text = node.text or ""
    match node.tag:
        case "mfrac":
            return max(widths)
        case "msub" | "msup" | "msubsup":
            return widths[0] + _SCRIPT * max(widths[1:])
        case "munder" | "mover" | "munderover":
            return max(widths)
        case "mo" if text in _SUMS or escape(text) in _RELATIONS:
            return _SPACED_SIGN
        case "mspace":
            return _SPACE
        case _:
            return len(text) + sum(widths)


class _Reader:
    """A recursive reader of one formula's tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def row(self, end: str | None) -> Iterator[str]:
        """The parts up to `end`, scripts attached to what stands before them."""
        before = "("
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token == end:
                self.at += 1
                return
            if token.isspace():
                self.at += 1
                continue
            part = self._scripted(*self._atom())
            if part in _SIGNS and _is_sign(before):  # a minus of one term stands close to it
                part = part.replace("<mo>", '<mo form="prefix">')
            sign = _SIGN.fullmatch(part)
            before = sign[1] if sign else "x"
            yield part
        if end is not None:
            raise BadInput("formula", "a brace that is not closed", f"a matching {end}")

    def _scripted(self, base: str, large: bool) -> str:
        found: dict[str, list[str]] = {}
        while self._peek() in ("_", "^", "'"):
            kind = self._next()
            place = "^" if kind == "'" else kind
            part = "<mo>′</mo>" if kind == "'" else self._argument()
            found.setdefault(place, []).append(part)
        if not found:
            return base
        if base in _LEANING and "^" in found:  # else the letter leans into what stands above it
            found["^"].insert(0, '<mspace width="0.12em"/>')
        parts = [_grouped(found[place]) for place in ("_", "^") if place in found]
        tag = {"_": "munder" if large else "msub", "^": "mover" if large else "msup"}
        kind = next(iter(found)) if len(found) == 1 else ""
        name = tag[kind] if kind else ("munderover" if large else "msubsup")
        return f"<{name}>{base}{''.join(parts)}</{name}>"

    def _peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _next(self) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at == len(self.tokens):
            raise BadInput("formula", "it ends too early", "a complete formula")
        self.at += 1
        return self.tokens[self.at - 1]

    def _argument(self) -> str:
        """One group in braces, or one atom; of a number without braces one digit."""
        token = self._next()
        if token == "{":  # noqa: S105 - a brace is no password
            return _grouped(list(self.row("}")))
        self.at -= 1
        if token[0].isdigit():
            self.tokens[self.at : self.at + 1] = list(token)
        return self._atom()[0]

    def _raw(self) -> str:
        """The characters of a group in braces, unread; or one character."""
        first = self._next()
        if first != "{":
            return first
        depth, parts = 1, []
        while depth:
            if self.at == len(self.tokens):
                raise BadInput("formula", "a brace that is not closed", "a matching }")
            token = self.tokens[self.at]
            self.at += 1
            depth += (token == "{") - (token == "}")  # noqa: S105
            parts.append(token)
        return re.sub(r"\\([#$%&_{} ])", r"\1", "".join(parts[:-1]))

    def _atom(self) -> tuple[str, bool]:
        """One part, and whether its scripts go above and below."""
        token = self._next()
        if token == "{":  # noqa: S105
            return _grouped(list(self.row("}"))), False
        if token == "}":  # noqa: S105
            raise BadInput("formula", "a brace that was not opened", "a matching {")
        if token[0] == "\\":
            return self._command(token[1:])
        if token[0].isdigit():
            return f"<mn>{token}</mn>", False
        if token.isalpha():
            return f"<mi>{token}</mi>", False
        if token in _FENCES:
            tight = {"|": ' lspace="0" rspace="0"'}.get(token, "")
            return f'<mo stretchy="false"{tight}>{token}</mo>', False
        shown = {"-": "−", "*": "∗", "~": "\u00a0"}.get(token, escape(token))
        return f"<mo>{shown}</mo>", False

    def _command(self, name: str) -> tuple[str, bool]:
        if name in _SKIPPED:
            return self._atom()
        if name in ("frac", "tfrac", "dfrac"):
            above, below = self._argument(), self._argument()
            return f"<mfrac>{above}{below}</mfrac>", False
        if name == "sqrt":
            return f"<msqrt>{self._argument()}</msqrt>", False
        if name in ("mathrm", "operatorname", "mathbb", "mathcal", "mathbf"):
            return f'<mi mathvariant="normal">{escape(self._raw())}</mi>', False
        if name in ("text", "textit", "textrm", "mbox", "textsc"):
            return _text(self._raw()), False
        if name in _ACCENTS:
            accent = f'<mo stretchy="false">{_ACCENTS[name]}</mo>'
            return f'<mover accent="true">{self._argument()}{accent}</mover>', False
        if name in _SPACES:
            return f'<mspace width="{_SPACES[name]}"/>', False
        if name in _LARGE:
            return f"<mo>{_LARGE[name]}</mo>", True
        if name in _NAMED:
            return f"<mo>{name}</mo>", name in ("min", "max", "sup", "inf", "lim")
        if name in _SYMBOLS:
            return f"<mi>{_SYMBOLS[name]}</mi>", False
        if name in _OPERATORS:
            stretch = ' stretchy="false"' if name in _STILL else ""
            return f"<mo{stretch}>{escape(_OPERATORS[name])}</mo>", False
        raise BadInput("formula", f"the command \\{name}", "one that this package prints")


def _text(given: str) -> str:
    """Text, with the formulas in dollar signs that it may hold."""
    parts = given.replace("~", " ").split("$")
    return "".join(
        f"<mrow>{mathml(part)[6:-7]}</mrow>" if k % 2 else f"<mtext>{_spaced(part)}</mtext>"
        for k, part in enumerate(parts)
        if part
    )


def _spaced(text: str) -> str:
    """Spaces at the ends would collapse."""
    lead, trail = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    nbsp = "\u00a0"
    return nbsp * bool(lead) + escape(text.strip()) + nbsp * bool(trail)


def _grouped(parts: list[str]) -> str:
    """One element around several, so that a script or a fraction takes all of them."""
    return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"
