"""Labels as people write them: "Lemma 3", "lem. 3", "lemma_3" and "Thm 2" find what they name."""

import re
from collections.abc import Sequence

_KINDS = {
    "theorem": ("theorem", "thm", "thm.", "th", "th.", "theo", "theo."),
    "lemma": ("lemma", "lem", "lem.", "lm", "lm."),
    "corollary": ("corollary", "cor", "cor.", "coro", "coro."),
    "definition": ("definition", "def", "def.", "defn", "defn."),
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words}
_NUMBERED = re.compile(r"([a-z]+\.?)\s*(\d+)(.*)")


def canonical(label: str) -> str:
    """One spelling for all spellings of a label.

    Case, the marks between words and abbreviations do not matter; primes and asterisks do.

    Example:
        >>> [canonical(x) for x in ("Lemma 3", "lem. 3", "lemma_3", "LEMMA-3", "Thm 2", "T5.a")]
        ['lemma 3', 'lemma 3', 'lemma 3', 'lemma 3', 'theorem 2', 't5a']
        >>> canonical("Cor. 3, sharp") == canonical("corollary_3_sharp")
        True
    """
    words = " ".join(re.sub(r"[\s_\-,()]+", " ", label.lower()).split())
    found = _NUMBERED.fullmatch(words)
    if found and found[1] in _KIND:
        return f"{_KIND[found[1]]} {found[2]}{found[3]}".strip()
    return words.replace(".", "").replace("’", "'").replace("regularization", "regularisation")


def joined(words: Sequence[str]) -> list[str]:
    """The labels among a command's words, where a kind and a number belong together.

    Example:
        >>> joined(["Lemma", "3", "T1", "Thm. 2"])
        ['Lemma 3', 'T1', 'Thm. 2']
    """
    found: list[str] = []
    for word in words:
        if found and word.isdigit() and found[-1].lower() in _KIND:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
