"""Column kinds register themselves: a new one is a model in a module, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compiler.spec.columns import KINDS, Column, Numeric
from compiler.spec.columns.base import ByCase
from compiler.spec.columns.children import Children, OneChild
from compiler.spec.columns.distributions import NUMERIC
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.columns.registry import ORDER, register
from compiler.spec.locales import RowLocale

ROOT = Path(__file__).parents[3]
WEIBULL = '''
"""The Weibull distribution."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from compiler.spec.base import Positive
from compiler.spec.columns.numbers import Numeric
from compiler.spec.words import Number, number


class Weibull(Numeric):
    """Lifetimes."""

    kind: Literal["weibull"]
    a: Positive
    scale: Positive

    parameters: ClassVar = ("a", "scale")
    lengths: ClassVar = ("scale",)

    def share_below(self, value: float) -> float:
        return -math.expm1(-((max(value, 0.0) / self.scale) ** self.a))

    def quantile(self, share: float) -> float:
        return self.scale * (-math.log1p(-share)) ** (1 / self.a)

    def describe(self, amount: Number = number) -> list[str]:
        return ["Weibull", f"scale {amount(self.scale)}"]
'''
COLOR = '''
"""A color."""

from __future__ import annotations

from typing import Literal

from compiler.spec.columns.base import Column, TypeOf
from compiler.spec.types import TEXT, Type


class Color(Column):
    """The color of a thing."""

    kind: Literal["color"]
    dark: bool = False

    def gives(self, at: TypeOf) -> Type:
        return TEXT
'''
USE = """
import json
from compiler.source import read
from compiler.spec.columns import KINDS
from compiler.spec.load import load
from compiler.spec.schema import schema

columns = {
    "color": {"kind": "color", "dark": True},
    "life": {"kind": "weibull", "a": 2, "scale": 3, "max": 9},
    "at": {"kind": "timestamp"},
    "end": {"kind": "offset", "of": "at", "distribution": "weibull", "a": 2, "scale": "3d"},
}
tree = {"name": "x", "description": "x", "tables": {"t": {"rows": 5, "columns": columns}}}
document, found = read(json.dumps(tree), "x.json")
spec, more = load(document)
assert not found and not more, more
print(*(type(one).__name__ for one in spec.tables["t"].columns.values()))
print(*list(KINDS)[-2:])
print(*schema()["$defs"]["Column"]["properties"]["kind"]["enum"][-2:])
"""


def test_new_models_are_found(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "compiler", tmp_path / "compiler", ignore=ignored)
    columns = tmp_path / "compiler" / "spec" / "columns"
    (columns / "distributions" / "weibull.py").write_text(WEIBULL, encoding="utf-8")
    (columns / "color.py").write_text(COLOR, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", USE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    assert done.stdout.splitlines() == [
        "Color Weibull Timestamp Offset",
        "color weibull",
        "color weibull",
    ]


def test_stand_ins_and_what_kinds_share_are_no_kinds() -> None:
    others = {Column, ByCase, Numeric, Children, OneChild, RowLocale}
    others |= {InlineColumn, ErrorColumn}
    assert not others & set(KINDS.values())


def test_kinds_are_listed_in_one_order() -> None:
    """Those that have no place in it come after the others, by name."""
    known, others = list(KINDS)[: len(ORDER)], list(KINDS)[len(ORDER) :]
    assert tuple(known) == ORDER
    assert others == sorted(others)
    assert list(NUMERIC.items()) == [
        (kind, model) for kind, model in KINDS.items() if issubclass(model, Numeric)
    ]


def test_a_kind_has_one_model() -> None:
    class Other(Column):
        """A model of no kind."""

    with pytest.raises(AssertionError, match="two models of the kind key"):
        register("key", Other)
