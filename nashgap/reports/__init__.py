"""Reports: one self-contained HTML page for a file of evidence."""

from .compose import Report as Report
from .compose import report as report
