"""The imports of a script, and the packages that these need."""

from __future__ import annotations

import sys
from collections.abc import Iterable

IMPORTS = {
    "argparse": "import argparse",
    "csv": "import csv",
    "glob": "import glob",
    "gzip": "import gzip",
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
    "traceback": "import traceback",
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
    "unquote": "from urllib.parse import unquote",
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
    "tzinfo": "from datetime import tzinfo",
    "ZoneInfo": "from zoneinfo import ZoneInfo",
    "RecordBatchReader": "from arro3.core import RecordBatchReader",
    "CommitProperties": "from deltalake import CommitProperties",
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


def dependencies(imports: Iterable[str]) -> list[str]:
    """The packages to install for these imports, sorted."""
    modules = {statement.split()[1].partition(".")[0] for statement in imports}
    return sorted(DEPENDENCIES[module] for module in modules & DEPENDENCIES.keys())


def grouped_imports(imports: Iterable[str]) -> str:
    """Import statements as isort's black profile formats them: standard library first."""
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
