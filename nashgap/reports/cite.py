"""What to cite, as BibTeX."""

from html import escape

from nashgap import __version__
from nashgap.theory.html import Cell

PAPER = """@inproceedings{bergerault2026matching,
  title         = {Matching Multiple Experts: On the Exploitability of Multi-Agent Imitation Learning},
  author        = {Bergerault, Antoine and Cevher, Volkan and Mehr, Negar},
  booktitle     = {International Conference on Learning Representations},
  year          = {2026},
  eprint        = {2602.21020},
  archiveprefix = {arXiv}
}"""  # noqa: E501 - as in the README
SOFTWARE = f"""@software{{nashgap,
  title   = {{nashgap: How exploitable is what a multi-agent imitation learner learned?}},
  author  = {{{{The nashgap developers}}}},
  version = {{{__version__}}},
  year    = {{2026}}
}}"""


def citation(more: str = "") -> Cell:
    """The paper, this package, and another entry if there is one."""
    entries = [PAPER, SOFTWARE, *([more] if more and more.strip() != PAPER.strip() else [])]
    return f"<pre>{escape(chr(10).join(entries))}</pre>"
