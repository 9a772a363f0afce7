"""A SQL file as statements, each with its place; what is no SQL in dumps is blanked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

COPIED = re.compile(
    r"^COPY\s[^;]*?\sFROM\s+STDIN\b[^;]*;$.*?^\\\.$",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
"""Rows within a dump of Postgres, up to the line `\\.`."""

META = re.compile(r"^\\.*$", re.MULTILINE)
"""Commands of psql, such as `\\connect shop`."""

GO = re.compile(r"^([ \t]*)GO([ \t]*\d*[ \t]*)$", re.IGNORECASE | re.MULTILINE)
"""The end of a batch in scripts of SQL Server."""

DELIMITER = re.compile(r"^DELIMITER\b.*$", re.IGNORECASE | re.MULTILINE)
"""A command of MySQL's client."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


MODIFIERS = words("""
OR REPLACE TEMP TEMPORARY TRANSIENT UNLOGGED GLOBAL LOCAL VOLATILE EXTERNAL FOREIGN HYBRID
ICEBERG MULTISET LIVE STREAMING DYNAMIC MANAGED UNIQUE CLUSTERED NONCLUSTERED COLUMN
""")
"""Words between CREATE and what is created."""

OTHERS = words("""
ALTER ANALYZE ATTACH BEGIN CACHE CALL CLUSTER COMMENT COMMIT CONNECT COPY CREATE DEALLOCATE DECLARE
DELETE DENY DESC DESCRIBE DETACH DO DROP ELSE END EXEC EXECUTE EXPLAIN EXPORT FLUSH GRANT IF
IMPORT INSERT INSTALL LIST LOAD LOCK MERGE MSCK OPTIMIZE PRAGMA PRINT PUT REFRESH REINDEX
RENAME REPAIR REPLACE RESET REVOKE ROLLBACK SAVEPOINT SECURITY SELECT SET SHOW START TRUNCATE
UNLOCK UPDATE USE VACUUM VALUES WITH
""")
"""First words of statements that define no tables."""

OPENING, CLOSING = "L_PAREN", "R_PAREN"


@dataclass(frozen=True)
class Statement:
    """The tokens of a statement, without its semicolon."""

    tokens: tuple[Any, ...]

    @property
    def line(self) -> int:
        return int(self.tokens[0].line)

    @property
    def column(self) -> int:
        first = self.tokens[0]
        return max(1, int(first.col) - self.length + 1)

    @property
    def length(self) -> int:
        """Letters of its first word."""
        return int(self.tokens[0].end - self.tokens[0].start + 1)

    @property
    def words(self) -> list[str]:
        """All its words in upper case; some tokens are two, such as `LOCK TABLES`."""
        return " ".join(str(token.text).upper() for token in self.tokens).split()

    @property
    def subject(self) -> str:
        """What it is about, such as `CREATE TABLE`; only its first word if it creates nothing."""
        words = self.words
        if words[0] == "CREATE":
            created = [word for word in words[1:10] if word not in MODIFIERS]
            if created[:1] == ["INDEX"] and "UNIQUE" in words[: words.index("INDEX")]:
                return "CREATE UNIQUE INDEX"
            return " ".join(["CREATE", *created[:1]])
        if words[0] in ("ALTER", "COMMENT"):
            return " ".join(words[:2])
        return words[0]


def blanked(text: str) -> str:
    """The text without what is no SQL; everything else stays at its place."""

    def spaces(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    for pattern in (COPIED, META, DELIMITER):
        text = pattern.sub(spaces, text)
    return GO.sub(lambda match: f"{match[1]}; {' ' * len(match[2])}", text)


def statements(tokens: Sequence[Any], starts_at_words: bool) -> Iterator[Statement]:
    """The statements; without semicolons between them, from each CREATE and ALTER on."""
    current: list[Any] = []
    depth, line = 0, 0
    for token in tokens:
        kind = token.token_type.name
        if kind == "SEMICOLON":
            if current:
                yield Statement(tuple(current))
            current, depth, line = [], 0, token.line
            continue
        starts = (
            starts_at_words
            and depth == 0
            and token.line > line
            and str(token.text).upper() in ("CREATE", "ALTER")
        )
        if starts and current and current[0].text.upper() in ("CREATE", "ALTER", "SET"):
            yield Statement(tuple(current))
            current = []
        depth += (kind == OPENING) - (kind == CLOSING)
        line = token.line
        current.append(token)
    if current:
        yield Statement(tuple(current))


def open_quote(text: str) -> tuple[int, int] | None:
    """The line and column of a quote or comment that is never closed."""
    closing = {"'": "'", '"': '"', "`": "`", "--": "\n", "/*": "*/"}
    position = 0
    while match := OPENED.search(text, position):
        end = text.find(closing[match[0]], match.end())
        if end < 0:
            if match[0] == "--":
                return None
            before = text[: match.start()]
            return before.count("\n") + 1, match.start() - before.rfind("\n")
        position = end + len(closing[match[0]])
    return None


OPENED = re.compile(r"'|\"|`|--|/\*")
