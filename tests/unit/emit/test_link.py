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

helpers = pytest.mark.parametrize(
    ("name", "variants"),
    [(name, each) for each in VARIANTS for name in helpers_for(each)],
    ids=lambda part: (
        part if isinstance(part, str) else "-".join(sorted(part)) or "plain"
    ),
)


@helpers
def test_a_helper_is_one_function_of_its_files_name_with_a_docstring(
    name: str, variants: frozenset[str]
) -> None:
    source = helpers_for(variants)[name].text
    functions = [
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    ]
    assert [function.name for function in functions] == [name]
    assert ast.get_docstring(functions[0])
    assert black.format_str(source + "\n", mode=black.Mode()) == source + "\n"


@helpers
def test_all_that_a_helper_reads_can_be_linked(
    name: str, variants: frozenset[str]
) -> None:
    source = helpers_for(variants)[name].text
    tree = ast.parse(source)
    own = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    own |= {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    known = {
        *helpers_for(variants),
        *READ_FIRST,
        *IMPORTS,
        *TYPES,
        *UNITS,
        *CONFIGURATION,
        *dir(builtins),
    }
    assert names_in(source) - own <= known


@helpers
def test_a_helper_brings_what_it_needs_and_stands_once(
    name: str, variants: frozenset[str]
) -> None:
    linked = link([name], variants)
    helpers = {each: one.text for each, one in helpers_for(variants).items()}
    texts = [text for group in linked.helpers.values() for text in group]
    texts += linked.read_first
    assert helpers[name] in texts
    assert len(set(texts)) == len(texts)
    there = {helper for helper, text in helpers.items() if text in texts}
    for helper in there:
        assert names_in(helpers[helper]) & helpers.keys() <= there
    needed = set().union(*(names_in(helpers[helper]) for helper in there))
    assert there - {name} <= needed


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


@helpers
def test_a_helper_speaks_of_one_engine(name: str, variants: frozenset[str]) -> None:
    other = {"pl"} if "pandas" in variants else {"pd", "pa", "pq"}
    assert not names_in(helpers_for(variants)[name].text) & other


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
