"""The text of a schema file."""

from __future__ import annotations

import codecs
from pathlib import Path

from compiler.sources.found import Found, reason

LARGEST = 50_000_000
"""Bytes of a schema file. Larger ones are dumps with rows, or no schemas at all."""


def read_text(found: Found, path: Path) -> str | None:
    """The text, in UTF-8 or (as SQL Server's tools write it) UTF-16; None with a problem."""
    try:
        if path.stat().st_size > LARGEST:
            message = f"{path} has over {LARGEST // 10**6} MB"
            help = (
                "write the schema without its rows: pg_dump --schema-only, mysqldump -d"
            )
            found.problem("E704", message, help)
            return None
        content = path.read_bytes()
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except OSError as error:
        found.problem("E701", f"cannot read {path}: {reason(error)}")
        return None
    except UnicodeDecodeError:
        found.problem("E704", f"{path}: it is not UTF-8 text", "save it as UTF-8")
        return None
    return text.replace("\r\n", "\n")
