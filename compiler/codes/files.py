"""E0: the spec's file."""

from __future__ import annotations

from compiler.codes.code import error

CODES = (
    error(
        "E001",
        "the file is not valid TOML or JSON",
        """
The text is not valid, so nothing in it can be read. A file whose name ends in .json is read as
JSON, every other file as TOML. In TOML, text needs quotes, and a key may appear only once.
  wrong:  kind = choice
  right:  kind = "choice"
""",
    ),
    error(
        "E002",
        "the file cannot be read",
        """
The file does not exist, is not a regular file, is not UTF-8, or you have no permission to read
it. Give the path of a spec, relative to the current folder:
  wrong:  scaffold ecom
  write:  scaffold specs/ecom.toml
""",
    ),
    error(
        "E003",
        "the file is too large for a spec",
        """
A spec has at most 5 MB. Use `data` for short lists, such as countries or products; let
Scaffold generate the long tables. Put tables that are not related into separate specs.
""",
    ),
)
