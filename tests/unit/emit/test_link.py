"""The linker: the helpers and imports that a script needs, no others, in good order."""

from __future__ import annotations

import ast
import builtins
import subprocess
import sys
from pathlib import Path

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.emit.library.definitions import READ_FIRST, TYPES, UNITS
from compiler.emit.library.helpers import all_helpers, helper_in, helpers_for
from compiler.emit.library.imports import (
    DEPENDENCIES,
    IMPORTS,
    dependencies,
    grouped_imports,
)
from compiler.emit.library.link import link
from compiler.emit.library.sections import SECTIONS
from compiler.emit.names import Names, reserved
from compiler.installed import templates
from compiler.symbols import names_in

CONFIGURATION = {"SEED", "END", "START", "LOCALE", "BLOCK", "ROWS", "OUTPUT"}
CONFIGURATION |= {"TIMEZONE"}  # where the job has one
CONFIGURATION |= {"FAULTS", "FAULT_RATES", "OUTLIER_NUMBER", "OUTLIER_MOMENT"}
CONFIGURATION |= {"TABLES"}  # the schema, which the list of faults goes through
CONFIGURATION |= {"BATCH", "PERIOD", "BATCH_ROWS", "PACE", "GRIDS"}  # in append mode
"""What helpers may read of every script's configuration."""

BATCHES = ("append", "paced", "grids")
VARIANTS = [
    frozenset(each)
    for each in (
        (),
        ("flat",),
        ("append",),
        ("spark",),
        ("pandas",),
        ("pandas", "flat"),
        ("pandas", "append"),
        ("pandas", *BATCHES),
        ("flat", "calendar"),
        ("flat", "calendar", "monthly"),
        (*BATCHES, "calendar", "monthly"),
        ("pandas", *BATCHES, "calendar", "monthly"),
    )
]
"""Kinds of scripts, which take helpers of their own."""

HELPERS = {
    (name, one.text) for each in VARIANTS for name, one in helpers_for(each).items()
}
"""The helpers of all kinds of scripts, each once: a test for each took longer than what it does."""

kinds = pytest.mark.parametrize(
    "variants", VARIANTS, ids=lambda each: "-".join(sorted(each)) or "plain"
)


def test_a_helper_is_one_function_of_its_files_name_with_a_docstring() -> None:
    for name, source in HELPERS:
        functions = [
            node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
        ]
        assert [function.name for function in functions] == [name]
        assert ast.get_docstring(functions[0]), name
        text = source + "\n"
        assert black.format_str(text, mode=black.Mode()) == text, name


@kinds
def test_all_that_a_helper_reads_can_be_linked(variants: frozenset[str]) -> None:
    known = {
        *helpers_for(variants),
        *READ_FIRST,
        *IMPORTS,
        *TYPES,
        *UNITS,
        *CONFIGURATION,
        *dir(builtins),
    }
    for name, helper in helpers_for(variants).items():
        assert read_in(helper.text) <= known, name


def read_in(source: str) -> set[str]:
    """The names that a helper reads, without those that it makes."""
    tree = ast.parse(source)
    own = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    own |= {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return names_in(source) - own


@kinds
def test_a_helper_brings_what_it_needs_once(variants: frozenset[str]) -> None:
    helpers = {each: one.text for each, one in helpers_for(variants).items()}
    calls = {name: names_in(text) & helpers.keys() for name, text in helpers.items()}
    for name, own in helpers.items():
        linked = link([name], variants)
        texts = [text for group in linked.helpers.values() for text in group]
        texts += linked.read_first
        assert own in texts, name
        assert len(set(texts)) == len(texts), name
        there = {helper for helper, text in helpers.items() if text in texts}
        needed = set().union(*(calls[helper] for helper in there))
        assert needed <= there, name
        assert there - {name} <= needed, name


def test_every_file_of_the_library_is_in_the_folder_of_a_section() -> None:
    library = templates() / "script" / "library"
    files = [file.relative_to(library) for file in library.rglob("*") if file.is_file()]
    files = [file for file in files if "__pycache__" not in file.parts]
    assert {file.parent.as_posix() for file in files} == {*SECTIONS}
    assert len(files) == len(all_helpers())


def test_a_variant_that_no_script_is_of_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"iban\.panda\.py: no variant panda; there are"
    ):
        helper_in(Path("text") / "iban.panda.py")


def test_no_two_helpers_are_as_good_for_one_kind_of_script() -> None:
    for variants in VARIANTS:
        fitting = [each for each in all_helpers() if each.variants <= variants]
        best = {(each.name, each.precedence) for each in fitting}
        assert len(best) == len(fitting)


def test_helpers_come_after_those_that_they_call() -> None:
    texts = link(["weighted_row"]).helpers["references"]
    names = [ast.parse(text).body[-1].name for text in texts]  # type: ignore[attr-defined]
    assert names.index("skewed_rank") < names.index("weighted_row")


@kinds
def test_a_helper_is_of_one_engine(variants: frozenset[str]) -> None:
    other = {"pl"} if "pandas" in variants else {"pd", "pa", "pq"}
    for name, helper in helpers_for(variants).items():
        assert not names_in(helper.text) & other, name


def test_nothing_wanted_brings_nothing() -> None:
    linked = link([])
    assert (linked.helpers, linked.units, linked.types, linked.imports) == (
        {},
        [],
        [],
        [],
    )


def test_what_a_name_in_a_text_says_is_not_wanted() -> None:
    assert link(names_in('x = "choice(u, np)"  # choice')).helpers == {}


def test_what_a_function_calls_its_own_variable_is_not_wanted() -> None:
    source = "def f(by):\n    even = [by for slug in by]\n    return even, lambda: by, choice"
    assert names_in(source) == {"choice"}


@given(st.sets(st.sampled_from(sorted(IMPORTS)), min_size=1))
@settings(max_examples=25, deadline=None)
def test_imports_stand_as_isort_would_have_them(names: set[str]) -> None:
    used = "".join(f"print({name})\n" for name in sorted(names))
    source = f"{grouped_imports(IMPORTS[name] for name in names)}\n\n{used}".lstrip()
    source = black.format_str(source, mode=black.Mode())
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "-q"]
    command += ["--select", "I,F", "--line-length", "88", "-"]
    said = subprocess.run(
        command, input=source, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, f"{source}\n{said.stdout}"


def test_every_import_has_what_to_install_or_is_of_the_standard_library() -> None:
    for name, statement in IMPORTS.items():
        module = statement.split()[1].partition(".")[0]
        assert module in sys.stdlib_module_names or module in DEPENDENCIES, name


def test_dependencies_are_those_of_the_imports_sorted() -> None:
    found = dependencies([IMPORTS[name] for name in ("ndtri", "np", "os", "Faker")])
    assert [text.split("~")[0].split(">")[0] for text in found] == [
        "faker",
        "numpy",
        "scipy",
    ]
    assert dependencies([IMPORTS["os"]]) == []


# ------------------------------------------------------------------------------- names


@given(st.lists(st.sampled_from(["orders", "main", "random", "list", "row", "a"])))
def test_no_name_is_given_twice_or_means_something_already(wishes: list[str]) -> None:
    names = Names(reserved())
    given = [names.take(n, wish) for n, wish in enumerate(wishes)]
    assert len(set(given)) == len(given)
    assert not set(given) & reserved()
    assert all(name.isidentifier() for name in given)
    assert [names[n] for n in range(len(wishes))] == given


def test_the_first_wish_that_is_free_is_taken_and_kept() -> None:
    names = Names(["customers"])
    assert names.take("a", "customers", "customers_table") == "customers_table"
    assert names.take("a", "other") == "customers_table"
    assert names.take("b", "customers") == "customers_"
