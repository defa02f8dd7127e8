"""Lemmas: one file each, found by walking the folder. A lemma's name spells its statement."""
