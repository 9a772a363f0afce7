"""What a user does to a script: each edit is made from the script itself, of any table."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.support.merging.script import Script

Edit = Callable[[Script], str | None]
"""The edited text, or none where there is nothing of the kind."""


def a_number(script: Script) -> str | None:
    """Another number in the configuration."""
    return script.with_number(script.random.choice(script.settings))


def a_weight(script: Script) -> str | None:
    """Another number of a named value."""
    named = [n for n in script.settings if re.search(r'": [\d(]', script.lines[n])]
    return script.with_number(script.random.choice(named)) if named else None


def the_seed(script: Script) -> str | None:
    return script.with_number(script.line("SEED = "))


def a_comment(script: Script) -> str | None:
    """A reason above a setting, or above a column."""
    if script.columns and script.random.random() < 0.5:
        place = script.random.choice(script.columns).start
        return script.replaced(
            place, place, f"            # the {script.word()} is agreed\n"
        )
    tops = [n for n in script.settings if script.lines[n][:1].isupper()]
    place = script.random.choice(tops)
    return script.replaced(place, place, f"# as measured by {script.word()}\n")


def a_note(script: Script) -> str | None:
    """A remark behind the code of a setting that has none."""
    tops = [n for n in script.settings if "#" not in script.lines[n]]
    place = script.random.choice(tops)
    line = script.lines[place].rstrip("\n")
    return script.replaced(place, place + 1, f"{line}  # see the {script.word()}\n")


def a_column(script: Script) -> str | None:
    """A column of their own: most are added at the end."""
    if not script.columns:
        return None
    last = script.random.random() < 0.6
    place = (script.columns[-1] if last else script.random.choice(script.columns)).stop
    word = script.word()
    line = f'            "my_{word}": random("{script.table}.my_{word}", row),\n'
    return script.replaced(place, place, line)


def a_variable(script: Script) -> str | None:
    """A variable of the builder, and a column of it at the end."""
    if not script.columns or not script.builder:
        return None
    result, place = script.builder.body[-1].lineno - 1, script.columns[-1].stop
    word = f"own_{script.word()}"
    return script.replaced(
        result,
        place,
        f'    {word} = random("{script.table}.{word}", row).round(2)\n',
        *script.lines[result:place],
        f'            "{word}": {word},\n',
    )


def a_helper(script: Script) -> str | None:
    """A function behind one of the table's."""
    if not script.builder:
        return None
    place = script.builder.end_lineno or 0
    word = script.word()
    text = f'\n\ndef {word}_of(name: str) -> str:\n    return name.split("-")[0]\n'
    return script.replaced(place, place, text)


def no_column(script: Script) -> str | None:
    """A column that is not needed."""
    if len(script.columns) < 3:
        return None
    place = script.random.choice(script.columns)
    return script.replaced(place.start, place.stop)


def a_check(script: Script) -> str | None:
    """One more thing that `--check` is to verify, as an argument of its own or in one."""
    lines = script.entry
    word = script.word()
    if len(lines) == 1:
        line = script.lines[lines.start].rstrip()
        fresh = f'{line.removesuffix("),")}, nullable=["my_{word}"]),\n'
        return script.replaced(lines.start, lines.stop, fresh)
    held = [
        n
        for n in lines
        if re.match(r" {8}(values|refs|bounds)=\{.+\},$", script.lines[n])
    ]
    if held and script.random.random() < 0.5:
        place = script.random.choice(held)
        line = script.lines[place].replace(
            "},\n", f', "my_{word}": my_{word}_values()}},\n'
        )
        return script.replaced(
            place, place + 1, line.replace(f"my_{word}_values()", "()")
        )
    place = lines.stop - 1
    text = "".join(script.lines[lines.start : place])
    free = [name for name in ("bounds", "lookups", "values") if f" {name}=" not in text]
    if not free:
        return None
    line = f'        {script.random.choice(free)}={{"my_{word}": ()}},\n'
    return script.replaced(place, place, line)


def a_renamed_variable(script: Script) -> str | None:
    """A better name for a variable of the builder."""
    if not script.variables or not script.builder:
        return None
    node = script.random.choice(script.variables)
    (target,) = node.targets
    name = getattr(target, "id", "")
    start, stop = script.builder.lineno, script.builder.end_lineno or 0
    body = "".join(script.lines[start:stop])
    fresh = re.sub(rf'(?<![\w".]){name}(?![\w"(=])', f"{name}_values", body)
    return script.replaced(start, stop, fresh)


def another_draw(script: Script) -> str | None:
    """The same draws, turned round, in some function of the table."""
    marks = [
        n for n, line in enumerate(script.lines) if f'random("{script.table}.' in line
    ]
    if not marks:
        return None
    place = script.random.choice(marks)
    line = script.lines[place].replace('random("', '1 - random("', 1)
    return script.replaced(place, place + 1, line)


def an_import(script: Script) -> str | None:
    """A module, or one more name of one."""
    if script.random.random() < 0.5:
        place = script.line("import math")
        return script.replaced(place, place, "import itertools\n")
    place = script.line("from functools import ")
    names = script.lines[place].split(" import ")[1].strip().split(", ")
    line = f"from functools import {', '.join(sorted([*names, 'partial']))}\n"
    return script.replaced(place, place + 1, line)


def a_table(script: Script) -> str | None:
    """A table of their own, behind the others or behind the one they are at work on."""
    word = script.word()
    name = f"my_{word}s"
    place = script.line("TABLES = {")
    end = script.line("}", place)
    at = end if script.random.random() < 0.7 else script.entry.stop
    text = script.replaced(
        at, at, f'    "{name}": Table({name}, "{name}", key=["id"]),\n'
    )
    schema = script.line("# --- SCHEMA")
    rows = script.line("ROWS = {")
    fresh = Script(text, script.table, script.random)
    frame = (
        "pd" if "import pandas as pd" in text and "pl.DataFrame" not in text else "pl"
    )
    return fresh.replaced(
        rows + 1,
        schema,
        f'ROWS["{name}"] = 100\n',
        *fresh.lines[rows + 1 : schema],
        f"# --- TABLE {name} ---\n",
        f"def {name}(row: np.ndarray) -> {frame}.DataFrame:\n",
        f'    return {frame}.DataFrame({{"id": row + 1}})\n\n\n',
    )


def another_order(script: Script) -> str | None:
    """A column before the one that it was behind."""
    if len(script.columns) < 3:
        return None
    place = script.random.randrange(1, len(script.columns) - 1)
    one, two = script.columns[place : place + 2]
    lines = script.lines
    moved = [*lines[two.start : two.stop], *lines[one.start : one.stop]]
    return script.replaced(one.start, two.stop, *moved)


def a_rounded_column(script: Script) -> str | None:
    """A column with two decimals."""
    ones = [
        r.stop - 1 for r in script.columns if script.lines[r.stop - 1].endswith("),\n")
    ]
    if not ones:
        return None
    place = script.random.choice(ones)
    line = script.lines[place].replace("),\n", ").round(2),\n")
    return script.replaced(place, place + 1, line)


def a_wrapped_line(script: Script) -> str | None:
    """A column on three lines."""
    ones = [
        r.stop - 1
        for r in script.columns
        if re.match(r' {12}"\w+": \w+\(.+\),$', script.lines[r.stop - 1])
    ]
    if not ones:
        return None
    place = script.random.choice(ones)
    head, _, rest = script.lines[place].partition("(")
    inner = rest.rstrip().removesuffix("),")
    lines = (f"{head}(\n", f"                {inner}\n", "            ),\n")
    return script.replaced(place, place + 1, *lines)


SAFE: list[Edit] = [
    a_comment,
    a_note,
    a_column,
    a_column,
    a_variable,
    a_helper,
    a_weight,
    an_import,
    another_order,
    a_wrapped_line,
    the_seed,
]
"""Edits after which the script runs, and its data is right."""
EDITS: list[Edit] = [
    *SAFE,
    a_number,
    a_number,
    no_column,
    a_check,
    a_renamed_variable,
    another_draw,
    a_table,
    a_rounded_column,
]


def edited(script: Script, edits: list[Edit], count: int) -> tuple[str, list[str]]:
    """A text after some edits, most of them of the same table, and what was done."""
    text, done = script.text, list[str]()
    while len(done) < count:
        edit = script.random.choice(edits)
        fresh = edit(Script(text, script.table, script.random))
        if fresh is not None and fresh != text and edit.__name__ not in done:
            text = fresh
            done.append(edit.__name__)
    return text, done
