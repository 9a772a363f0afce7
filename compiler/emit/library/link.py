"""Links a script: finds the helpers and imports that its names stand for, and only those."""

from __future__ import annotations

import builtins
import functools
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from symtable import symtable

from compiler.emit.library.helpers import CALENDAR, HELPERS, PANDAS, in_pandas
from compiler.emit.time.hours import hours_constant, named_constant
from compiler.spec.columns.hours import HOURS

IMPORTS = {
    "argparse": "import argparse",
    "csv": "import csv",
    "glob": "import glob",
    "tempfile": "import tempfile",
    "hashlib": "import hashlib",
    "importlib": "import importlib",
    "json": "import json",
    "math": "import math",
    "os": "import os",
    "re": "import re",
    "uuid": "import uuid",
    "shutil": "import shutil",
    "sys": "import sys",
    "time": "import time",
    "bisect_left": "from bisect import bisect_left",
    "bisect_right": "from bisect import bisect_right",
    "unicodedata": "import unicodedata",
    "Callable": "from collections.abc import Callable",
    "Collection": "from collections.abc import Collection",
    "Iterable": "from collections.abc import Iterable",
    "Iterator": "from collections.abc import Iterator",
    "Mapping": "from collections.abc import Mapping",
    "Sequence": "from collections.abc import Sequence",
    "Sized": "from collections.abc import Sized",
    "ThreadPoolExecutor": "from concurrent.futures import ThreadPoolExecutor",
    "UTC": "from datetime import UTC",
    "date": "from datetime import date",
    "datetime": "from datetime import datetime",
    "timedelta": "from datetime import timedelta",
    "monthrange": "from calendar import monthrange",
    "cache": "from functools import cache",
    "wraps": "from functools import wraps",
    "TextIOWrapper": "from io import TextIOWrapper",
    "chain": "from itertools import chain",
    "islice": "from itertools import islice",
    "contextmanager": "from contextlib import contextmanager",
    "nullcontext": "from contextlib import nullcontext",
    "suppress": "from contextlib import suppress",
    "deque": "from collections import deque",
    "Future": "from concurrent.futures import Future",
    "socket": "import socket",
    "pairwise": "from itertools import pairwise",
    "zip_longest": "from itertools import zip_longest",
    "Path": "from pathlib import Path",
    "Event": "from threading import Event",
    "get_ident": "from threading import get_ident",
    "RLock": "from threading import RLock",
    "Thread": "from threading import Thread",
    "FunctionType": "from types import FunctionType",
    "Any": "from typing import Any",
    "NamedTuple": "from typing import NamedTuple",
    "NoReturn": "from typing import NoReturn",
    "TextIO": "from typing import TextIO",
    "TypeVar": "from typing import TypeVar",
    "ZoneInfo": "from zoneinfo import ZoneInfo",
    "RecordBatchReader": "from arro3.core import RecordBatchReader",
    "DeltaTable": "from deltalake import DeltaTable",
    "Schema": "from deltalake import Schema",
    "WriterProperties": "from deltalake import WriterProperties",
    "write_deltalake": "from deltalake import write_deltalake",
    "DeltaError": "from deltalake.exceptions import DeltaError",
    "PolarsError": "from polars.exceptions import PolarsError",
    "duckdb": "import duckdb",
    "holidays": "import holidays",
    "np": "import numpy as np",
    "pa": "import pyarrow as pa",
    "pd": "import pandas as pd",
    "pl": "import polars as pl",
    "pq": "import pyarrow.parquet as pq",
    "Faker": "from faker import Faker",
    "Progress": "from rich.progress import Progress",
    "RichTable": "from rich.table import Table as RichTable",
    "Console": "from rich.console import Console",
    **{
        name: f"from scipy.special import {name}"
        for name in (
            *("betaincinv", "gammainc", "gammaincinv", "gammaln"),
            *("ndtr", "ndtri", "pdtr", "softmax"),
        )
    },
}
"""What to import for a name."""

DEPENDENCIES = {
    "arro3": "arro3-core>=0.9,<1",
    "deltalake": "deltalake~=1.6",
    "duckdb": "duckdb>=1.1,<3",
    "faker": "faker~=40.54",
    "holidays": "holidays~=0.109",
    "numpy": "numpy>=1.26,<3",
    "pandas": "pandas>=2.2,<4",
    "polars": "polars~=2.1",
    "pyarrow": "pyarrow>=11",
    "rich": "rich>=13,<16",
    "scipy": "scipy>=1.13,<2",
    "zoneinfo": "tzdata>=2024.1",
}
"""What to install for a module; zones are data, which not every system has."""

UNITS = {
    "TEXT": 'TEXT = pd.StringDtype("python")  # of texts, whose nulls are pd.NA',
    "MINUTE": "MINUTE = 60",
    "HOUR": "HOUR = 3_600",
    "DAY": "DAY = 86_400  # seconds",
    "MONTH": 'MONTH = np.timedelta64(1, "M")  # by the calendar',
    "YEAR": "YEAR = 12 * MONTH",
    "When": "When = date | timedelta  # a timedelta counts from END",
    "Months": "Months = np.timedelta64 | str  # steps of a grid by the calendar",
    "Step": "Step = timedelta | Months  # from one row of a grid to the next",
    **{
        named_constant(name): str(
            hours_constant(
                named_constant(name),
                hours,
                f"Hours of {name}: the weight of each hour of a day",
            )
        )
        for name, hours in HOURS.items()
    },
}
"""What the configuration speaks of, defined above it: units of lengths, shapes of a day; what
pandas calls a text."""

TYPES = {
    "Volume": "Volume = Callable[[datetime], float]  # how much happens at a moment",
    "Cases": "Cases = Mapping[str, Mapping[str, float]]  # by name: what each is given",
    "Law": "Law = Callable[..., np.ndarray]  # of draws between 0 and 1, and parameters",
    "Number": "Number = float | np.ndarray",
    "Timeline": "Timeline = tuple[np.ndarray, np.ndarray]  # epoch seconds, the share before each",
    "Faults": "Faults = dict[tuple[str, str], np.ndarray]  # by column and fault: which rows",
    "Made": 'Made = TypeVar("Made")',
    "RUN": "RUN = uuid.uuid4().hex[:8]  # tells this run from others",
    "PARTS": "# The names of the files that runs write, Spark's too.\n"
    r'PARTS = r"(part-\d{5,}|[\w-]{16}_\d+)[\w.-]*\.(csv|json|parquet)|_[A-Z]+|\..+\.crc"',
    "Arrays": "Arrays = tuple[np.ndarray, ...]",
    "KEPT": "KEPT: dict[str, Arrays] = {}  # by stream: made once, by its first rows",
    "Blocks": "Blocks = Iterator[np.ndarray]  # row numbers, about BLOCK at a time",
    "Weighing": "Weighing = list[tuple[Callable[[np.ndarray], pl.Series], Mapping[str, float]]]",
}
"""Types that helpers speak of, defined above them."""

READ_FIRST = {
    "Values": 'Values = TypeVar("Values")',
    "BLOCK_VALUES": "# By thread and column: the last arrays of rows, and the values for each.\n"
    "BLOCK_VALUES: dict[int, dict[object, list[tuple[np.ndarray, Any]]]] = {}",
}
"""What is defined before the tables."""

BY_CALENDAR = {
    "When": "When = date | timedelta | np.timedelta64  # lengths and months count from END",
}
"""The types that differ where moments count by the calendar."""

READING = "HOW TO READ THE TABLES"
SECTIONS = {
    READING: ("once", "per_block"),
    "WORKERS: what they make once": ("cache",),
    "RANDOMNESS: one uniform draw a cell, turned into a value by a quantile function": (
        *("stream_key", "random", "choice", "choice_by", "case_of", "by"),
        *("parameters", "draw_by", "first_of", "cut", "normal", "lognormal"),
        *("lognormal_median", "exponential", "pareto", "gamma", "beta", "poisson"),
        *("triangular", "even"),
    ),
    "TEXT": (
        "texts",
        "taken",
        "as_text",
        "number_text",
        "numbered",
        "uuids",
        "faker_pool",
        "faked",
        "faked_in",
        "composed",
        "slug",
        "email",
    ),
    "TIME": (
        *(
            "shifted",
            "at",
            "from_end",
            "window",
            "ending",
            "batch_end",
            "luck_of",
            "period",
            "between",
            "tick_at",
            "ticks_before",
            "ticks",
            "tick_seconds",
            "tick",
            "grid_batch",
            "utc_moments",
            "days_of",
            "like",
            "seconds_of",
        ),
        *("timestamp", "batch_timestamp", "later", "until_now"),
    ),
    "BATCHES: which rows come when": (
        *("mean_volume", "rows_after", "new_rows", "batch_of"),
    ),
    "REFERENCES: which row of another table a row belongs to": (
        *(
            "evenly",
            "skewed_rank",
            "shuffled",
            "in_blocks",
            "expected_rows",
            "counted_share",
            "least_spread",
            "spread_for",
            "spread_among_earlier",
            "skewed_rows",
            "busy_rows",
            "all_rows",
            "apart",
            "kept",
            "by_group",
            "grouped",
            "weighted_rows",
            "place_among",
            "next_row",
            "repeated",
            "distinct_rows",
        ),
        *(
            "earlier",
            "earlier_rows",
            "earlier_arrivals",
            "child_chances",
            "child_counts",
            "child_rows",
            "grid_rows",
            "grid_rows_since",
            "first_where_none",
            "present",
            "present_rows",
            "from_groups",
        ),
    ),
    "IN ORDER OF TIME: readings, balances, stages": (
        "waves_by",
        "series",
        "running",
        "progression",
    ),
    "BAD DATA: faults on top of the clean cells": (
        "faults",
        "bad_cells",
        "with_faults",
        "doubled",
        "listed",
    ),
    "FILES: rows in the form in which they are written": (
        *("as_written", "as_arrow", "safe_text", "safe_texts", "csv_text"),
        "json_lines",
    ),
    "OUTPUT: whole tables, whatever runs or dies": (
        *(
            "build_block",
            "map_blocks",
            "in_runtime",
            "locked",
            "lock_text",
            "is_ours",
            "take_over",
        ),
        *(
            "holds_only",
            "made_by_rename",
            "recover",
            "put_in_place",
            "copy_in_place",
            "staged",
        ),
    ),
    "NULLS AND CONDITIONS": ("nulled",),
}
"""Where each helper stands in the script; those not named here stand in the last section."""


@dataclass(frozen=True)
class Linked:
    """What a script's sections need."""

    reading: list[str]
    """The helpers that come before the tables."""
    helpers: dict[str, list[str]]
    """The others, by the title of their section."""
    names: list[str]
    """Of all helpers."""
    units: list[str]
    types: list[str]
    imports: list[str]


def sources(variants: Sequence[str]) -> dict[str, str]:
    """The source of all that a script may take from the library, by name."""
    pandas = PANDAS[0] in variants
    types = {n: in_pandas(text) if pandas else text for n, text in TYPES.items()}
    units = UNITS | (BY_CALENDAR if CALENDAR[0] in variants else {})
    return {**units, **types, **READ_FIRST, **HELPERS(*variants)}


def closure(names: Iterable[str], variants: Sequence[str] = ()) -> set[str]:
    """These names, and all that what they mean in the library needs in turn."""
    known, wanted, open = sources(variants), set[str](), [{*names}]
    while open:
        fresh = open.pop() - wanted
        wanted |= fresh
        open += [names_in(known[name]) for name in fresh & known.keys()]
    return wanted


def link(names: Iterable[str], variants: Sequence[str] = ()) -> Linked:
    """Finds all that code which uses these names needs, and what that needs in turn."""
    wanted, known, source = (
        closure(names, variants),
        HELPERS(*variants),
        sources(variants),
    )
    used = [name for name in known if name in wanted]
    order = {
        name: n
        for n, name in enumerate(n for names in SECTIONS.values() for n in names)
    }
    last = list(SECTIONS)[-1]
    helpers: dict[str, list[str]] = {title: [] for title in SECTIONS}
    for name in sorted(used, key=lambda name: (order.get(name, len(order)), name)):
        title = next(
            (title for title, names in SECTIONS.items() if name in names), last
        )
        helpers[title].append(known[name])
    return Linked(
        reading=[
            *(READ_FIRST[name] for name in READ_FIRST if name in wanted),
            *helpers.pop(READING),
        ],
        helpers={title: texts for title, texts in helpers.items() if texts},
        names=used,
        units=[source[name] for name in UNITS if name in wanted],
        types=[source[name] for name in TYPES if name in wanted],
        imports=[
            statement
            for name, statement in IMPORTS.items()
            if name in wanted and name not in known
        ],
    )


@functools.cache
def names_in(source: str) -> set[str]:
    """The names that source reads and that are no function's own."""
    found, open = set(), [symtable(source, "helper", "exec")]
    while open:
        scope = open.pop()
        open += scope.get_children()
        module = scope.get_type() == "module"
        symbols = [symbol for symbol in scope.get_symbols() if symbol.is_referenced()]
        found |= {one.get_name() for one in symbols if module or one.is_global()}
    return found - set(dir(builtins))


def dependencies(imports: Iterable[str]) -> list[str]:
    """The packages to install for these imports, sorted."""
    modules = {statement.split()[1].partition(".")[0] for statement in imports}
    return sorted(DEPENDENCIES[module] for module in modules & DEPENDENCIES.keys())


def grouped_imports(imports: Iterable[str]) -> str:
    """Import statements as isort's black profile lays them out: standard library first."""
    plain: set[str] = set()
    names: dict[str, list[str]] = {}
    for statement in imports:
        if statement.startswith("import "):
            plain.add(statement)
        else:
            module, _, name = statement.removeprefix("from ").partition(" import ")
            names.setdefault(module, []).append(name)
    froms = {
        f"from {module} import {', '.join(sorted(given, key=member_order))}"
        for module, given in names.items()
    }
    blocks = []
    for third_party in (False, True):
        lines = [
            statement
            for statement in [*sorted(plain), *sorted(froms)]
            if is_third_party(statement) == third_party
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def is_third_party(statement: str) -> bool:
    """Whether what is imported comes from a package."""
    module = statement.split()[1].partition(".")[0]
    return module in DEPENDENCIES and module not in sys.stdlib_module_names


def member_order(name: str) -> tuple[int, str]:
    """isort's order of imported names: constants, classes, functions."""
    plain = name.partition(" as ")[0]
    return (0 if plain.isupper() else 1 if plain[0].isupper() else 2), name
