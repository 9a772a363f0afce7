"""The registry of column kinds. How a new one is found is in `tests/unit/test_recipes.py`."""

from __future__ import annotations

import pytest

from compiler.spec.columns import KINDS, Column, Numeric
from compiler.spec.columns.base import ByCase
from compiler.spec.columns.children import Children, OneChild
from compiler.spec.columns.distributions import NUMERIC
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.columns.registry import ORDER, register
from compiler.spec.locales import RowLocale


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
