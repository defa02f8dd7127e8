"""Markov games, policies, and every quantity of the theory on a concrete game."""
