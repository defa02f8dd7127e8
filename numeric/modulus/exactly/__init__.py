"""The modulus of small Markov games, exactly: where each pure response first becomes optimal."""

from .assemble import exact_modulus

__all__ = ["exact_modulus"]
