"""Each kind of column has an emitter: its constants, its values, and the names that they use."""

from __future__ import annotations

import builtins
import importlib
import pkgutil
import re
from types import ModuleType

import pytest

import compiler.emit.kinds
import tests.support.kinds
from compiler.emit.code.code import Code
from compiler.emit.kinds import Emitter, emitter_of
from compiler.emit.kinds.base import EMITTERS
from compiler.emit.library.helpers import helpers_for
from compiler.spec.columns import KINDS, Bool, Column, Ref
from compiler.spec.columns.children import Children, OneChild
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.locales import RowLocale
from compiler.symbols import names_in
from tests.support.emitted import Emitted, emitted
from tests.support.kinds import Case


def modules_of(package: ModuleType) -> dict[str, ModuleType]:
    """The modules of a package, by name."""
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    return {
        name: importlib.import_module(f"{package.__name__}.{name}") for name in names
    }


CASES: dict[str, list[Case]] = {
    name: cases
    for module in modules_of(tests.support.kinds).values()
    for name, cases in module.CASES.items()
}
each_case = pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{name}-{number}")
        for name, cases in CASES.items()
        for number, case in enumerate(cases, start=1)
    ],
)


def code_of(case: Case) -> Emitted:
    return emitted(case.tree, case.table, case.column, case.engine)


def test_each_module_of_emitters_has_cases() -> None:
    without = modules_of(compiler.emit.kinds).keys() - {"base"} - CASES.keys()
    help = "give each a list in the CASES of a module of tests/support/kinds/"
    assert not without, f"emitters without a case: {sorted(without)}; {help}"


def test_each_case_is_of_a_module_of_emitters() -> None:
    assert CASES.keys() - modules_of(compiler.emit.kinds).keys() == set()


@each_case
def test_a_column_has_this_code(case: Case) -> None:
    found = code_of(case)
    lines = [*map(str, found.constants), *found.statements, *map(str, found.values)]
    assert lines == [*case.lines]


def assert_names_are_recorded(code: Code) -> None:
    assert code.names - {*dir(builtins)} == names_in(code.text)


@each_case
def test_code_records_the_names_that_it_uses(case: Case) -> None:
    found = code_of(case)
    for code in [*found.values, *found.locals, *(one.value for one in found.constants)]:
        assert_names_are_recorded(code)


def test_each_kind_has_an_emitter() -> None:
    models: set[type[Column]] = {Children, OneChild, InlineColumn, RowLocale}
    for model in models.union(KINDS.values()):
        emitter = emitter_of(model.__new__(model))
        gives_values = type(emitter).value is not Emitter.value
        assert gives_values or model is Ref, model  # whose rows are chosen


def test_a_subclass_has_the_emitter_of_the_nearest_class_above() -> None:
    class Rare(Bool):
        """True in few rows."""

    class Once(OneChild):
        """Another way to have a child."""

    assert emitter_of(Rare.__new__(Rare)) is EMITTERS[Bool]
    assert emitter_of(Once.__new__(Once)) is EMITTERS[OneChild]
    with pytest.raises(LookupError, match="no emitter for columns of kind broken"):
        emitter_of(ErrorColumn())


def test_a_model_has_one_emitter() -> None:
    with pytest.raises(AssertionError, match=r"two emitters of .*Bool"):
        type("Other", (Emitter,), {}, of=Bool)


@each_case
def test_what_a_column_calls_is_a_helper_or_a_function_of_a_table(case: Case) -> None:
    modes = {"append"} if "output" in case.tree else set()
    known = {*dir(builtins), *helpers_for(frozenset({case.engine, *modes}))}
    own = tuple(f"{name}_" for name in case.tree["tables"])
    for code in code_of(case).values:
        called = {
            one for one in code.names if re.search(rf"(?<!\.)\b{one}\(", code.text)
        }
        assert {one for one in called - known if not one.startswith(own)} == set()
