"""The checkers of certificates: one file for each kind, to be read with `common` and nothing else.

Standard library alone; no encoder, no solver, nothing else of the search. `common` says what a
certificate states and reads it; the opening of each other file proves the rows that its kind cites.
"""
