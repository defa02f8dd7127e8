"""The checkers of certificates: one file for each kind, to be read with `common` and `sums`.

Standard library alone; no encoder, no solver, nothing else of the search. `common` says what a
certificate states and reads it, `sums` how its proof is added up; the opening of each other file
proves the rows that its kind cites. Two kinds have more: `pair` its nodes (`pair_nodes`) and
`polynomials`; `given` what is of the class (`given_class`) and its values (`given_values`).
"""
