"""JSON Schemas (draft 2020-12) of every file format and of what every command prints."""

from .published import names as names
from .published import schema as schema
