"""Keys, names, addresses and templates."""

from __future__ import annotations

import re
import uuid
from typing import Any

import numpy as np
import pytest
from faker import Faker

from tests.support import Tree, built, compiled, module, rows_of, spec, table, values
from tests.support.distributions import assert_independent, assert_shares, bands

NAME: Tree = {"kind": "faker", "provider": "name"}


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ({}, [1, 2, 3]),
        ({"start": 0}, [0, 1, 2]),
        ({"start": 1_000}, [1_000, 1_001, 1_002]),
        ({"format": "{}"}, ["1", "2", "3"]),
        ({"format": "C{:05d}"}, ["C00001", "C00002", "C00003"]),
        ({"format": "C{:03}/x", "start": 99}, ["C099/x", "C100/x", "C101/x"]),
        ({"format": "{{a}}-{:d}-{{"}, ["{a}-1-{", "{a}-2-{", "{a}-3-{"]),
        ({"format": "'\"\\{:02d}%s\n"}, ["'\"\\01%s\n", "'\"\\02%s\n", "'\"\\03%s\n"]),
    ],
)
def test_keys_count_in_their_format(options: Tree, first: list[Any]) -> None:
    frame = built(spec(things=table(3, key={"kind": "key", **options})))
    assert frame["key"].to_list() == first


def test_keys_stay_unique_beyond_their_width() -> None:
    key = {"kind": "key", "format": "C{:05d}"}
    things = table(150_000, key=key)
    links = table(1_000, thing={"kind": "ref", "table": "things", "skew": False})
    frame = built(spec(things=things), "things")
    assert frame["key"].n_unique() == 150_000
    assert frame["key"][149_999] == "C150000"
    found = built(spec(things=things, links=links), "links")["thing"]
    assert set(found) <= set(frame["key"])


def test_uuids_are_unique_random_and_of_version_4() -> None:
    frame = built(spec(things=table(50_000, key={"kind": "key", "uuid": True})))
    keys = frame["key"].to_list()
    assert len(set(keys)) == len(keys)
    for key in keys[:2_000]:
        parsed = uuid.UUID(key)
        assert (str(parsed), parsed.version) == (key, 4)
        assert parsed.variant == uuid.RFC_4122
    digits = np.array([list(key.replace("-", "")) for key in keys])
    hexadecimal = dict.fromkeys("0123456789abcdef", 1.0)
    for place in range(32):
        shares = {12: {"4": 1.0}, 16: dict.fromkeys("89ab", 1.0)}.get(
            place, hexadecimal
        )
        assert_shares(digits[:, place], shares)
    assert_independent(digits[:, 0], digits[:, 8])


def test_refs_hold_the_uuids_of_their_parents() -> None:
    tree = spec(
        things=table(500, key={"kind": "key", "uuid": True}),
        links=table(2_000, thing={"kind": "ref", "table": "things"}),
    )
    keys = set(built(tree, "things")["key"])
    assert set(built(tree, "links")["thing"]) <= keys


@pytest.mark.parametrize("provider", ["company", "name", "address"])
def test_a_pool_holds_so_many_distinct_texts_each_as_likely(provider: str) -> None:
    value = {"kind": "faker", "provider": provider, "pool": 50}
    frame = built(spec(things=table(100_000, value=value, other=value)))
    pool = frame["value"].unique().to_list()
    assert len(pool) == 50
    assert_shares(frame["value"].to_list(), dict.fromkeys(pool, 1.0))
    assert_independent(values(frame["value"]), values(frame["other"]))


def test_the_default_pool_of_names_is_wide() -> None:
    frame = built(spec(things=table(10_000, name=NAME)))
    assert frame["name"].n_unique() > 6_000
    assert frame["name"].str.contains(r"^\S+ \S+$").to_numpy().mean() > 0.9


def test_a_provider_of_few_texts_gives_all_of_them() -> None:
    digit = {"kind": "faker", "provider": "random_digit"}
    frame = built(spec(things=table(5_000, value=digit)))
    assert_shares(frame["value"].to_list(), dict.fromkeys(range(10), 1.0))


def test_providers_take_arguments_and_locales() -> None:
    things = table(
        200,
        code={"kind": "faker", "provider": "bothify", "args": {"text": "??-##"}},
        number={"kind": "faker", "provider": "bothify", "args": {"text": "##"}},
        city={"kind": "faker", "provider": "city"},
    )
    frame = built(spec(things={**things, "locale": "de_DE"}))
    assert frame["code"].str.contains(r"^[A-Za-z]{2}-\d{2}$").all()
    assert frame["number"].str.contains(r"^\d{2}$").all()
    german = Faker("de_DE")
    known = {german.city() for _ in range(20_000)}
    assert len(set(frame["city"]) & known) > 0.5 * frame["city"].n_unique()


def test_texts_of_several_lines_become_one() -> None:
    frame = built(
        spec(things=table(500, where={"kind": "faker", "provider": "address"}))
    )
    assert not frame["where"].str.contains("\n").any()
    assert frame["where"].n_unique() > 450


def test_addresses_are_unique_and_made_of_the_name() -> None:
    things = table(60_000, name=NAME, mail={"kind": "email", "of": "name"})
    frame = built(spec(things=things))
    assert frame["mail"].n_unique() == 60_000
    for name, mail in frame.select("name", "mail").head(3_000).iter_rows():
        words = ".".join(re.findall("[a-z0-9]+", name.lower()))
        assert re.fullmatch(re.escape(words) + r"\.\d+@example\.(com|org|net)", mail)
    domains = {"example.com": 0.6, "example.org": 0.25, "example.net": 0.15}
    assert_shares(frame["mail"].str.extract("@(.*)").to_list(), domains)


def test_addresses_take_the_domains_that_are_told() -> None:
    domains = {"a.test": 1, "b.co.test": 3}
    mail = {"kind": "email", "of": "name", "domains": domains}
    frame = built(spec(things=table(20_000, name=NAME, mail=mail)))
    assert_shares(frame["mail"].str.extract("@(.*)").to_list(), domains)


@pytest.mark.parametrize("locale", ["fr_FR", "pl_PL", "ja_JP", "el_GR"])
def test_addresses_are_plain_in_any_language(locale: str) -> None:
    things = table(500, name=NAME, mail={"kind": "email", "of": "name"})
    frame = built(spec({"locale": locale}, things=things))
    assert frame["mail"].str.contains(r"^[a-z0-9]+(\.[a-z0-9]+)+@[a-z.]+$").all()
    assert frame["mail"].n_unique() == 500


def test_an_address_may_be_made_of_a_category() -> None:
    name = {"kind": "choice", "weights": {"Ann Lee": 1, "Bo": 1}}
    things = table(100, name=name, mail={"kind": "email", "of": "name"})
    frame = built(spec(things=things))
    assert frame["mail"].str.contains(r"^(ann\.lee|bo)\.\d+@").all()


def test_without_a_name_there_is_no_address() -> None:
    name = {**NAME, "null_rate": 0.4}
    things = table(1_000, name=name, mail={"kind": "email", "of": "name"})
    frame = built(spec(things=things))
    assert frame["mail"].is_null().to_list() == frame["name"].is_null().to_list()


def test_templates_are_filled_with_the_row_s_values() -> None:
    things = table(
        300,
        region={"kind": "ref", "table": "regions"},
        day={"kind": "date"},
        on={"kind": "bool", "chance": 0.5},
        kind={"kind": "choice", "weights": {"New Car": 1, "Bike": 1}},
        count={"kind": "poisson", "lam": 3},
        text={
            "kind": "template",
            "text": "{{{id}}} {region} {region.name|upper}/{kind|slug}/{kind|lower} "
            "{day} {count} '\"\\ {{}}",
        },
    )
    regions = table(
        9,
        code={"kind": "key", "format": "R{:02d}"},
        name={"kind": "faker", "provider": "city"},
    )
    tree = spec(things=things, regions=regions)
    script = module(tree)
    city = dict(
        rows_of(script, "regions", np.arange(9)).select("code", "name").iter_rows()
    )
    for row in rows_of(script, "things", np.arange(300)).iter_rows(named=True):
        slug = row["kind"].lower().replace(" ", "-")
        place = f"{row['region']} {city[row['region']].upper()}"
        ought = f"{{{row['id']}}} {place}/{slug}/{row['kind'].lower()} "
        assert row["text"] == ought + f"{row['day']} {row['count']} '\"\\ {{}}"


def test_names_do_not_follow_from_other_columns() -> None:
    tier = {"kind": "choice", "weights": {"a": 1, "b": 1, "c": 1}}
    frame = built(spec(things=table(50_000, name=NAME, tier=tier)))
    first = values(frame["name"].str.head(1))
    assert_independent(first, values(frame["tier"]))
    assert_independent(first, bands(frame["id"].to_numpy()))
    assert_independent(first, values(frame["name"].str.extract(" (.)")))


def test_a_text_of_several_parts_is_an_argument_without_parentheses() -> None:
    tree = spec(
        things=table(
            10,
            both={"kind": "template", "text": "{id}-{id}", "hidden": True},
            path={"kind": "template", "text": "/{both|slug}/"},
        )
    )
    assert "slug((" not in "".join(compiled(tree).files["generate_data.py"].split())
    assert list(built(tree)["path"][:2]) == ["/1-1/", "/2-2/"]
