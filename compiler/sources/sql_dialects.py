"""Which dialect of SQL a file has: the likeliest by its words that parses without mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from compiler.sources.quiet import quiet_sqlglot
from compiler.sources.sql_statements import (
    OTHERS,
    Statement,
    blanked,
    open_quote,
    statements,
    words,
)

if TYPE_CHECKING:
    from sqlglot import exp

Tokens = tuple[Any, ...]

HINTS = {
    "postgres": r"\bSERIAL\b|\bJSONB\b|\bTIMESTAMPTZ\b|::|\bCHARACTER VARYING\b|"
    r"\bALTER TABLE ONLY\b|\bBYTEA\b|\bCREATE TYPE\b|\bTEXT\[\]",
    "databricks": r"\bUSING\s+DELTA\b|\bTBLPROPERTIES\b|\bMAP\s*<|\bSTRING\b|\bRELY\b|"
    r"\bCLUSTER BY AUTO\b|\bLOCATION\s+'",
    "snowflake": r"\bVARIANT\b|\bTIMESTAMP_[NLT]TZ\b|\bAUTOINCREMENT\b|\bTRANSIENT\b|"
    r"\bNUMBER\s*\(|\bCREATE OR REPLACE TABLE\b",
    "mysql": r"\bENGINE\s*=|\bAUTO_INCREMENT\b|\bUNSIGNED\b|\bTINYINT\(1\)|\bENUM\s*\(|`\w+` ",
    "bigquery": r"\bINT64\b|\bFLOAT64\b|\bOPTIONS\s*\(|\bSTRUCT\s*<|\bARRAY\s*<|\bSTRING\b|"
    r"\bBIGNUMERIC\b|`[\w-]+\.\w+",
    "tsql": r"\[\w+\]|^GO\s*$|\bNVARCHAR\b|\bIDENTITY\s*\(|\bDATETIME2\b|"
    r"\bUNIQUEIDENTIFIER\b|\bCLUSTERED\b",
    "duckdb": r"\bHUGEINT\b|\bUBIGINT\b",
    "oracle": r"\bVARCHAR2\b|\bNUMBER\s*\(",
    "sqlite": r"\bWITHOUT ROWID\b|\bAUTOINCREMENT\b",
}
"""Words of each dialect. In a tie the first one is taken: Postgres is closest to the norm."""

DIALECTS = tuple(HINTS)

SUBJECTS = frozenset(
    (
        "CREATE TABLE",
        "CREATE TYPE",
        "CREATE UNIQUE INDEX",
        "ALTER TABLE",
        "COMMENT ON",
    )
)
"""What is read; anything else defines no tables."""


@dataclass(frozen=True)
class Mistake:
    """What cannot be read, with its place."""

    text: str
    line: int
    column: int
    length: int = 1
    is_command: bool = False
    """Whether it is SQL, but of a form that is not supported."""


@dataclass
class Parsed:
    """A file in one dialect."""

    dialect: str
    parsed: list[exp.Expr] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    """The subjects of statements that define no tables."""


def parse_sql(text: str, dialect: str | None = None) -> Parsed:
    """The statements of a file, in the dialect that is given or else the likeliest."""
    with quiet_sqlglot():
        if dialect is not None:
            return parse_as(text, dialect)
        best = None
        for one in by_likelihood(text):
            parsed = parse_as(text, one)
            if not parsed.mistakes:
                return parsed
            if best is None or len(parsed.mistakes) < len(best.mistakes):
                best = parsed
    assert best is not None
    return best


def by_likelihood(text: str) -> Iterable[str]:
    """The dialects, those with most of their words in the text first."""
    flags = re.IGNORECASE | re.MULTILINE
    counts = {
        name: len(set(word.upper() for word in re.findall(hint, text, flags)))
        for name, hint in HINTS.items()
    }
    return sorted(DIALECTS, key=lambda name: -counts[name])


def parse_as(text: str, name: str) -> Parsed:
    """The statements of a file in one dialect; each mistake is listed, not only the first."""
    from sqlglot import Dialect
    from sqlglot.errors import SqlglotError

    found = Parsed(name)
    dialect = Dialect.get_or_raise(name)
    sql = blanked(text)
    try:
        tokens = dialect.tokenize(sql)
    except SqlglotError:
        line, column = open_quote(sql) or (1, 1)
        found.mistakes.append(Mistake("a quote is never closed", line, column))
        return found
    if name == "tsql":
        # They say how an index is stored, and sqlglot does not take them everywhere.
        tokens = [one for one in tokens if one.text.upper() not in CLUSTERED]
    for statement in statements(tokens, starts_at_words=name == "tsql"):
        subject = statement.subject
        if subject in SUBJECTS:
            parse_statement(found, statement, sql)
        elif statement.words[0] in OTHERS:
            found.ignored.append(subject)
        else:
            text = f"no statement begins with `{statement.tokens[0].text}`"
            found.mistakes.append(mistake(text, statement))
    return found


def mistake(text: str, statement: Statement, is_command: bool = False) -> Mistake:
    """A mistake at the beginning of a statement."""
    return Mistake(text, statement.line, statement.column, statement.length, is_command)


def parse_statement(found: Parsed, statement: Statement, sql: str) -> None:
    """Adds what a statement is, or its mistake."""
    from sqlglot import Dialect, exp
    from sqlglot.errors import ParseError

    parser = Dialect.get_or_raise(found.dialect).parser()
    try:
        parsed = parser.parse(list(statement.tokens), sql)
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        text = str(first.get("description") or "the statement is not complete")
        line, end = first.get("line"), first.get("col")
        mark = str(first.get("highlight") or "")
        length = max(1, len(mark))
        if line is None or end is None:
            found.mistakes.append(mistake(text, statement))
        else:
            column = max(1, end - length + 1)
            text = text.split(". ", maxsplit=1)[0].rstrip(".")
            found.mistakes.append(Mistake(text, line, column, length))
        return
    for one in parsed:
        if isinstance(one, exp.Command):
            parse_command(found, statement, sql)
        elif one is not None:
            found.parsed.append(one)


CLUSTERED = ("CLUSTERED", "NONCLUSTERED")

HARMLESS = words("""
OWNER ENABLE DISABLE CLUSTER REPLICA SET RESET INHERIT NO ATTACH DETACH VALIDATE CHECK NOCHECK
RENAME DROP ORDER FORCE AUTO_INCREMENT ENGINE CONVERT DEFAULT COMMENT UNSET SWAP OPTIMIZE
ALTER MODIFY CHANGE PARTITION REBUILD RECOVER SUSPEND RESUME
""")
"""What ALTER TABLE may do that changes no key, ref or check."""

INDEXES = ("KEY", "INDEX", "FULLTEXT", "SPATIAL", "PARTITION", "SEARCH")
"""What ADD may add that says nothing about rows."""


def parse_command(found: Parsed, statement: Statement, sql: str) -> None:
    """Adds an ALTER TABLE of several actions, or with a check that has no name.

    sqlglot takes actions one by one, and checks with names.
    """
    import sqlglot
    from sqlglot import exp

    if statement.words[0] == "ALTER":
        head, actions = parts_of_alter(statement)
        if actions and all(is_harmless(action) for action in actions):
            found.ignored.append(statement.subject)
            return
        if len(actions) > 1:
            for action in actions:
                if not is_harmless(action):
                    parse_statement(found, Statement((*head, *action)), sql)
            return
        if [one.text.upper() for one in actions[0][:2]] == ["ADD", "CHECK"]:
            named = f"{between(sql, head)} ADD CONSTRAINT added {between(sql, actions[0][1:])}"
            parsed = sqlglot.parse_one(named, read=found.dialect)
            if not isinstance(parsed, exp.Command):
                found.parsed.append(parsed)
                return
    text = f"this form of {statement.subject} is not supported"
    found.mistakes.append(mistake(text, statement, is_command=True))


def between(sql: str, tokens: Tokens) -> str:
    """The text of tokens."""
    return sql[tokens[0].start : tokens[-1].end + 1]


def parts_of_alter(statement: Statement) -> tuple[Tokens, list[Tokens]]:
    """`ALTER TABLE name`, and the actions after it, which commas separate."""
    tokens = list(statement.tokens)
    position = 2
    while position < len(tokens) and tokens[position].text.upper() in (
        "ONLY",
        "IF",
        "EXISTS",
    ):
        position += 1
    position += 1
    while position + 1 < len(tokens) and tokens[position].token_type.name == "DOT":
        position += 2
    head, rest = tuple(tokens[:position]), tokens[position:]
    if [one.text.upper() for one in rest[:2]] in (
        ["WITH", "CHECK"],
        ["WITH", "NOCHECK"],
    ):
        rest = rest[2:]
    actions: list[list[Any]] = [[]]
    depth = 0
    for token in rest:
        kind = token.token_type.name
        depth += (kind == "L_PAREN") - (kind == "R_PAREN")
        if kind == "COMMA" and depth == 0:
            actions.append([])
        else:
            actions[-1].append(token)
    return head, [tuple(action) for action in actions if action]


def is_harmless(action: Tokens) -> bool:
    """Whether an action changes no key, ref or check."""
    first = [token.text.upper() for token in action[:8]]
    if first[0] == "ADD" and len(first) > 1:
        return first[1] in INDEXES or "DEFAULT" in first[1:4]
    return first[0] in HARMLESS
