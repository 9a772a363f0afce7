"""What others call things: each synonym leads to something that there is."""

from __future__ import annotations

import re

import pytest

from compiler.names import bare
from compiler.plan.expression import FUNCTIONS
from compiler.plan.libraries.providers import generator
from compiler.spec.columns import KINDS
from compiler.synonyms import (
    ABOUT_FUNCTIONS,
    ABOUT_KINDS,
    about_function,
    about_kind,
)
from compiler.synonyms import FUNCTIONS as FUNCTIONS_MEANT
from compiler.synonyms import KINDS as KINDS_MEANT
from compiler.synonyms import PROVIDERS as PROVIDERS_MEANT

PROVIDERS = generator("en_US")[1]
TABLES = {
    "kinds": (KINDS_MEANT, set(KINDS)),
    "functions": (FUNCTIONS_MEANT, set(FUNCTIONS)),
    "providers": (PROVIDERS_MEANT, set(PROVIDERS)),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_synonym_leads_to_a_name_that_there_is(name: str) -> None:
    synonyms, names = TABLES[name]
    assert set(synonyms.values()) <= names
    assert all(word == bare(word) for word in synonyms)


def test_what_is_said_of_a_name_is_of_one_that_there_is_not() -> None:
    assert not set(ABOUT_KINDS) & set(KINDS)
    assert not set(ABOUT_FUNCTIONS) & set(FUNCTIONS)
    assert not set(ABOUT_FUNCTIONS) & set(FUNCTIONS_MEANT)


@pytest.mark.parametrize("help", sorted({*ABOUT_FUNCTIONS.values()}))
def test_functions_named_in_a_help_exist(help: str) -> None:
    named = re.findall(r"`([a-z_]+)\(", help)
    assert set(named) <= set(FUNCTIONS)


@pytest.mark.parametrize("help", sorted({*ABOUT_KINDS.values()}))
def test_kinds_named_in_a_help_exist(help: str) -> None:
    named = re.findall(r"`([a-z]+)`", help) + re.findall(r'kind = "(\w+)"', help)
    assert named
    assert set(named) <= set(KINDS)


def test_case_and_separators_do_not_count() -> None:
    assert about_kind("Phone-Number") == 'kind = "faker", provider = "phone_number"'
    assert about_kind("surname") == 'kind = "faker", provider = "last_name"'
    assert about_kind("flurb") is None
    assert about_function("DATE_ADD") == about_function("dateadd")
