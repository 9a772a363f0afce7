"""Renamed tables and columns in texts that were emitted under their old names.

A merge compares lines. With the new names in the base and in the edited text it finds the user's
changes, and the renames are none of them. Emitted lines are changed in both in the same way, so
what this misses is taken from the fresh text. What the user wrote stays (see `own_lines`), but
for names of what is emitted.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from token import COMMENT, NAME, OP, STRING

from compiler.emit.code.comments import WIDTH, comment
from compiler.emit.code.layout import statements
from compiler.plan.summary import Rename
from compiler.regen.merge.lines import hunks, lines_of
from compiler.regen.merge.new_names import PATH, NewNames
from compiler.regen.merge.own_lines import OwnLines, own_lines
from compiler.regen.merge.tables_in_text import Layout, Part, Place, layout_of

SCRIPT = "generate_data.py"
PLAIN = re.compile(r"""(?P<quote>["'])(?P<text>[^"'\\]*)(?P=quote)""")
"""A string without a prefix and escapes."""
LONG_NOTE = re.compile(rf"^(?=.{{{WIDTH + 1}}})([A-Z].*? = .+?)  # (.+)$", re.MULTILINE)
"""A constant of the configuration whose note does not fit behind it."""
STATEMENTS = re.compile(r"(\n{2,}(?=\S))")
LONGEST = 20_000
"""Letters of statements that are formatted again: black takes its time."""

NO_LINES = OwnLines({})
Change = tuple[int, int, int, str]
"""A line, counted from 1, from where to where on it, and what is there instead."""


def renames_to_apply(base: str, renames: Sequence[Rename]) -> tuple[Rename, ...]:
    """The renames that a script has not seen yet: it has the old name, and not the new one.

    A rename stays in the spec; from the second build on, the last script has the new name.
    """
    layout = layout_of(base, SCRIPT)
    old = {each.table: each.old for each in renames if each.column is None}
    found = []
    for each in renames:
        if each.column is None:
            names: Iterable[str] = layout.columns
        else:
            here = each.table in layout.columns
            table = each.table if here else old.get(each.table, each.table)
            names = layout.columns.get(table, set())
            if not {each.old, each.column} & names:  # a hidden column is in no frame
                names = hidden_in(base, layout, table)
        if each.old in names and (each.column or each.table) not in names:
            found.append(each)
    return tuple(found)


def hidden_in(base: str, layout: Layout, table: str) -> set[str]:
    """What the functions of a table, and their variables, may be named after."""
    lines = zip(base.split("\n"), layout.places, strict=True)
    own = [line for line, place in lines if place.table == table]
    words = set(re.findall(r"\w+", "\n".join(own)))
    return words | {word.removeprefix(f"{table}_") for word in words}


def renamed_sides(
    base: str, ours: str, renames: Sequence[Rename], path: str
) -> tuple[str, str]:
    """The emitted and the edited text, with the new names in place of the old ones.

    Both stay as they are where the user has something of a new name already, or where they are no
    Python: their merge then finds what is wrong.
    """
    if not renames:
        return base, ours
    if not path.endswith(".py"):
        new = renamed(base, renames, path)
        return new, with_lines_of(base, new, ours)
    try:
        own = own_lines(base, ours)
        layout = layout_through(base, ours, own, path)
        names = NewNames.of(renames, layout.columns)
        changes = [*changes_of(ours, layout, names, own)]
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        return base, ours
    new_names = {each.column or each.table for each in renames}
    if own.words & (new_names | {change[3].strip("\"'") for change in changes}):
        return base, ours
    return renamed(base, renames, path), applied(ours, changes)


def names_left(
    base: str, ours: str, renames: Sequence[Rename], path: str
) -> tuple[Rename, ...]:
    """The renames whose old name is a string of the user's, after `renamed_sides`."""
    if not renames or not path.endswith(".py"):
        return ()
    try:
        words = own_lines(base, ours).strings
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(each for each in renames if each.old in words)


def layout_through(base: str, ours: str, own: OwnLines, path: str) -> Layout:
    """The places of an edited script's lines: those that they have in the emitted one.

    A line of the user's is where the emitted line before it is, whatever its comments say.
    """
    layout = layout_of(base, path)
    places: list[Place] = []
    place = 0
    for hunk in hunks(lines_of(base), lines_of(ours)):
        places += layout.places[place : hunk.start]
        before = layout.places[max(hunk.start - 1, 0)]
        for number in range(len(places) + 1, len(places) + len(hunk.lines) + 1):
            moved = own.moved.get(number)
            places.append(layout.places[moved - 1] if moved else before)
        place = hunk.stop
    return Layout([*places, *layout.places[place:]], layout.columns)


def with_lines_of(base: str, new: str, ours: str) -> str:
    """The edited text of a page: lines that the user did not change have the new names."""
    lines, place = lines_of(new), 0
    result: list[str] = []
    for hunk in hunks(lines_of(base), lines_of(ours)):
        result += [*lines[place : hunk.start], *hunk.lines]
        place = hunk.stop
    return "".join([*result, *lines[place:]])


def renamed(text: str, renames: Sequence[Rename], path: str) -> str:
    """An emitted text with the new names in place of the old ones."""
    if not renames:
        return text
    layout = layout_of(text, path)
    names = NewNames.of(renames, layout.columns)
    if not path.endswith(".py"):
        lines = zip(text.split("\n"), layout.places, strict=True)
        return "\n".join(names.words(line, place.table) for line, place in lines)
    try:
        return applied(text, [*changes_of(text, layout, names)])
    except (tokenize.TokenError, SyntaxError):
        return text  # no Python: a merge of it is refused


def applied(text: str, changes: Sequence[Change]) -> str:
    """A script with changes of its tokens, formatted by black where it was before."""
    changed = text.split("\n")
    for number, start, stop, new in reversed(changes):
        old = changed[number - 1]
        changed[number - 1] = old[:start] + new + old[stop:]
    return formatted_as_before(text, "\n".join(changed))


def changes_of(
    text: str, layout: Layout, names: NewNames, own: OwnLines = NO_LINES
) -> Iterator[Change]:
    """What changes in a script, token by token; `own` are the lines that its user wrote."""
    tokens = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    neighbours = zip([tokens[-1], *tokens], [*tokens[1:], tokens[-1]], strict=False)
    before_last = [tokens[-1], tokens[-1], *tokens]
    depth = 0  # of brackets
    for token, (before, after), earlier in zip(
        tokens, neighbours, before_last[: len(tokens)], strict=True
    ):
        place, new = layout.place(token.start[0]), token.string
        is_table_key = earlier.string in ("ROWS", "TABLES") and before.string == "["
        if token.type == OP:
            depth += (new in "([{") - (new in ")]}")
        elif not own.may_change(token, is_table_key):
            continue
        elif token.type == NAME:
            is_argument = depth > 0 and after.string == "="
            if before.string != "." and not is_argument:
                new = in_code(new, before.string == "def", place, names)
        elif is_table_key and token.string.strip("\"'") in names.tables:
            old = token.string.strip("\"'")
            new = token.string.replace(old, names.tables[old])
        elif token.type == STRING:
            new = in_string(new, after.string == ":", place, names)
        elif token.type == COMMENT:
            new = in_comment(new, place, names)
        if new != token.string:
            yield from by_line(token, new)


def by_line(token: tokenize.TokenInfo, new: str) -> Iterator[Change]:
    """A token's new text as changes of single lines: a docstring may have several."""
    lines = zip(token.string.split("\n"), new.split("\n"), strict=True)
    for number, (old, line) in enumerate(lines):
        start = 0 if number else token.start[1]
        yield token.start[0] + number, start, start + len(old), line


def in_code(name: str, is_defined: bool, place: Place, names: NewNames) -> str:
    """A name: of a function, a constant, or a variable in a function of a table."""
    if place.part is Part.LIBRARY:
        return name
    is_column = place.part is Part.TABLE and name in names.columns_of(place.table)
    new = name if is_column and not is_defined else names.identifier(name)
    if new == name and place.part is Part.TABLE:
        return names.variable(name, place.table)
    return new


def in_string(token: str, is_key: bool, place: Place, names: NewNames) -> str:
    """A string: a table, a column, a path, or words; a stream's name stays."""
    plain = PLAIN.fullmatch(token)
    if plain is None:
        return in_docstring(token, place, names) if token.endswith('"""') else token
    text, new = plain["text"], plain["text"]
    in_schema = place.part in (Part.SCHEMA, Part.LIBRARY)
    if text.isidentifier():
        if text in names.columns_of(place.table):
            new = names.own_column(text, place.table)
        elif place.part is not Part.LIBRARY or place.table:
            new = names.tables.get(text, text)
        if new == text and text.isupper():
            new = names.identifier(text)
        elif new == text and place.part is Part.SCHEMA and not is_key:
            new = names.column(text, place.table)
    elif in_schema and place.table:  # elsewhere it is the name of a stream, or a value
        as_path = PATH.fullmatch(text)
        new = (names.path if as_path else names.words)(text, place.table)
    return plain["quote"] + new + plain["quote"]


def in_docstring(text: str, place: Place, names: NewNames) -> str:
    """A docstring; those of the library are about no table."""
    return text if place.part is Part.LIBRARY else names.words(text, place.table)


def in_comment(text: str, place: Place, names: NewNames) -> str:
    """A comment; a banner is as wide as it was."""
    new = in_docstring(text, place, names)
    return new.rstrip("-").ljust(len(text), "-") if new.endswith("---") else new


def formatted_as_before(before: str, text: str) -> str:
    """The text with the lines of black where it had these before: names differ in length."""
    old, new = STATEMENTS.split(before), STATEMENTS.split(text)
    if len(old) != len(new):
        return text
    return "".join(map(formatted_again, old, new))


def formatted_again(before: str, text: str) -> str:
    """Statements with the lines of black, if they had these before."""
    if before == text or len(text) > LONGEST:
        return text
    end = text[len(text.rstrip()) :]
    try:
        for commas in (False, True):
            if statements(before, commas) == before.rstrip():
                return statements(LONG_NOTE.sub(above, text), commas) + end
    except ValueError:  # a part of a longer statement
        pass
    return text


def above(constant: re.Match[str]) -> str:
    """A constant below its note."""
    return f"{comment(constant[2])}\n{constant[1]}"
