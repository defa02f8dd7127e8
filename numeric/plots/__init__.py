"""Figures of one column of a paper. Matplotlib is loaded when the first one is drawn."""

from .gaps import plot_gaps
from .moduli import plot_moduli
from .regions import plot_region
from .style import save
from .temperatures import plot_temperatures
from .tight import plot_tightness
from .values import plot_values

__all__ = [
    "plot_gaps",
    "plot_moduli",
    "plot_region",
    "plot_temperatures",
    "plot_tightness",
    "plot_values",
    "save",
]
