"""The concepts whose conditions can be derived: one file each, found by walking the folder."""
