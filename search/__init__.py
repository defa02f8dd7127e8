"""Part of nashgap."""
