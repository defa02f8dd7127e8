"""The command line: `main` runs one command and returns its exit code."""

from .entry import main as main
