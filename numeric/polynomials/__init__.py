"""Polynomials in several variables: on boxes, in balls, and what is left when unknowns go."""
