"""The best rewards for a kernel, a start and policies that are fixed: one exact linear program."""

from .program import Program, deviations
from .scene import Profile, Scene

__all__ = ["Profile", "Program", "Scene", "deviations"]
