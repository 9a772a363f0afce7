"""A draft as the text of a spec: what a person would write, with the reasons as comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from compiler.escape import printable
from compiler.escape.toml import as_toml, as_toml_key
from compiler.profiling.draft import Draft, DraftColumn, DraftTable

WIDTH = 100
"""Comments are wrapped at this width."""
LONG = 200
"""A column whose line would be longer gets a table of its own, and so do all after it."""
GROUPED = 1_000
"""Whole numbers from here on are written in groups of three digits."""


def to_toml(draft: Draft) -> str:
    """The spec's text, which ends in a line break."""
    parts = [block(draft.comments, top_of(draft))]
    for name, settings in draft.settings.items():
        if isinstance(settings, Mapping):
            lines = [f"[{as_toml_key(name)}]", *pairs(settings)]
            parts.append(block(draft.setting_comments.get(name, []), lines))
    for name, settings in draft.calendars.items():
        lines = [f"[calendars.{as_toml_key(name)}]", *pairs(settings)]
        parts.append(block(draft.calendar_comments.get(name, []), lines))
    parts += [table_text(table) for table in draft.tables]
    return "\n\n".join(parts) + "\n"


def top_of(draft: Draft) -> list[str]:
    """The keys of the top level that are no tables."""
    plain = {
        name: value
        for name, value in draft.settings.items()
        if not isinstance(value, Mapping)
    }
    return pairs({"name": draft.name, "description": draft.description, **plain})


def table_text(table: DraftTable) -> str:
    place = f"tables.{as_toml_key(table.name)}"
    parts = [block(table.comments, [f"[{place}]", *pairs(table.settings)])]
    if table.columns:
        parts.append("\n".join(columns_text(place, table.columns)))
    return "\n".join(parts)


def columns_text(place: str, columns: Iterable[DraftColumn]) -> list[str]:
    """A line for each column; tables of their own from the first that is too long for one."""
    lines, inline = [f"[{place}.columns]"], True
    for column in columns:
        key = as_toml_key(column.name)
        line = f"{key} = {as_value(column.settings)}"
        inline = inline and len(line) <= LONG
        if inline:
            lines += [*comment(column.comments), line]
            continue
        lines += ["", *comment(column.comments)]
        lines += section(f"{place}.columns.{key}", column.settings)
    return lines


def section(place: str, settings: Mapping[str, Any]) -> list[str]:
    """A table: its keys, and then those that are too long for a line as tables below it."""
    own, below = [f"[{place}]"], []
    for key, value in settings.items():
        line = f"{as_toml_key(key)} = {as_value(value)}"
        if isinstance(value, Mapping) and len(line) > LONG:
            below += section(f"{place}.{as_toml_key(key)}", value)
        else:
            own.append(line)
    return own + below


def block(comments: Iterable[str], lines: Iterable[str]) -> str:
    return "\n".join([*comment(comments), *lines])


def comment(texts: Iterable[str]) -> list[str]:
    """Texts as comments, each beginning a line."""
    return [
        line
        for text in texts
        for line in textwrap.wrap(
            " ".join(printable(text).split()),
            WIDTH,
            initial_indent="# ",
            subsequent_indent="#   ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]


def pairs(settings: Mapping[str, Any]) -> list[str]:
    return [f"{as_toml_key(key)} = {as_value(one)}" for key, one in settings.items()]


def as_value(value: Any) -> str:
    """A value on one line, but for a long list of rows."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= GROUPED else str(value)
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        )
    if isinstance(value, datetime):
        return value.isoformat(sep="T")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return as_toml(value)
    if isinstance(value, Mapping):
        inner = ", ".join(
            f"{as_toml_key(str(k))} = {as_value(v)}" for k, v in value.items()
        )
        return f"{{ {inner} }}" if inner else "{}"
    parts = [as_value(each) for each in value]
    if sum(map(len, parts)) > LONG and all(isinstance(each, Mapping) for each in value):
        return "\n".join(["[", *(f"  {part}," for part in parts), "]"])
    return f"[{', '.join(parts)}]"
