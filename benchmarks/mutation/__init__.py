"""Mutants of the catalogue's claims: what is changed, what is true of it, what became of it."""
