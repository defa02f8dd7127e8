"""The command line: `main` runs one command and returns its exit code."""

from .app import main as main
