"""The works that the catalogue cites."""

from .bound import Source

_BERGERAULT = """@inproceedings{bergerault2026matching,
  title         = {Matching Multiple Experts:
                   On the Exploitability of Multi-Agent Imitation Learning},
  Learning}, author        = {Bergerault, Antoine and Cevher, Volkan and Mehr, Negar}, booktitle
  = {International Conference on Learning Representations}, year          = {2026}, eprint        =
  {2602.21020}, archivePrefix = {arXiv}
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


OWN = Source("nashgap, this catalogue")
