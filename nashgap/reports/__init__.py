"""Reports: one self-contained HTML page for a file of evidence."""

from .report import report as report
