"""nashgap."""
