"""The works that the catalogue cites."""

from .bound import Source

_BERGERAULT = """@inproceedings{bergerault2026matching,
  title = {Matching Multiple Experts: On the Exploitability of Multi-Agent Imitation Learning},
  author = {Bergerault, Antoine and Cevher, Volkan and Mehr, Negar},
  booktitle = {International Conference on Learning Representations},
  year = {2026},
  eprint = {2602.21020},
  archivePrefix = {arXiv},
}"""


def bergerault_2026(label: str) -> Source:
    """Bergerault, Cevher, Mehr (2026), a statement by its label.

    Example:
        >>> bergerault_2026("Lemma 3").text
        'Bergerault, Cevher, Mehr (2026), Lemma 3'
    """
    return Source(
        f"Bergerault, Cevher, Mehr (2026), {label}", "bergerault2026matching", _BERGERAULT
    )


_TANG = """@inproceedings{tang2024multiagent,
  title         = {Multi-Agent Imitation Learning: Value is Easy, Regret is Hard},
  author        = {Tang, Jingwu and Swamy, Gokul and Fang, Fei and Wu, Zhiwei Steven},
  booktitle     = {Advances in Neural Information Processing Systems},
  year          = {2024},
  eprint        = {2406.04219},
  archivePrefix = {arXiv}
}"""
_FREIHAUT = """@misc{freihaut2025learning,
  title         = {Learning Equilibria from Data:
                   Provably Efficient Multi-Agent Imitation Learning},
  author        = {Freihaut, Till and Viano, Luca and Cevher, Volkan and Geist, Matthieu
                   and Ramponi, Giorgia},
  year          = {2025},
  eprint        = {2505.17610},
  archivePrefix = {arXiv}
}"""


def tang_2024(label: str) -> Source:
    """Tang, Swamy, Fang, Wu (2024), by what is taken from it."""
    return Source(f"Tang, Swamy, Fang, Wu (2024), {label}", "tang2024multiagent", _TANG)


def freihaut_2025(label: str) -> Source:
    """Freihaut, Viano, Cevher, Geist, Ramponi (2025), by what is taken from it."""
    return Source(
        f"Freihaut, Viano, Cevher, Geist, Ramponi (2025), {label}",
        "freihaut2025learning",
        _FREIHAUT,
    )


OWN = Source("nashgap, this catalogue")
