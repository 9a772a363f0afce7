"""What Unity Catalog shows of columns: a comment each, and a tag on personal data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compiler.emit.engines.tags import pii_tags
from compiler.pipeline import compile_spec
from compiler.spec.columns import Choice
from tests.support import module, spec, table
from tests.support.plans import planned
from tests.support.unity import Unity
from tests.support.unity_shop import changes, run, shop


def test_personal_data_is_tagged_by_its_kind() -> None:
    people = table(
        5,
        id={"kind": "key"},
        first={"kind": "faker", "provider": "first_name_female"},
        mail={"kind": "email", "of": "first"},
        born_on={"kind": "date", "start": "-80y", "end": "-18y"},
        home={"kind": "faker", "provider": "street_address"},
        zip={"kind": "faker", "provider": "postcode"},
        phone={"kind": "faker", "provider": "phone_number"},
        ssn={"kind": "faker", "provider": "ssn"},
        iban={"kind": "faker", "provider": "iban"},
        card={"kind": "faker", "provider": "credit_card_number"},
        login={"kind": "faker", "provider": "user_name"},
        seen={"kind": "faker", "provider": "ipv4_private"},
        device={"kind": "faker", "provider": "mac_address"},
        contact={"kind": "template", "text": "{first} <{mail}>"},
        shout={"kind": "expr", "expr": "upper(first)"},
        host={"kind": "faker", "provider": "domain_name"},
        firm={"kind": "faker", "provider": "company"},
        tongue={"kind": "faker", "provider": "language_name"},
        is_ann={"kind": "expr", "expr": "first == 'Ann'"},
    )
    calls = table(
        5,
        id={"kind": "key"},
        person={"kind": "ref", "table": "people"},
        number={"kind": "lookup", "path": "person.phone"},
    )
    output = {"engine": "spark", "format": "delta", "schema": "main.shop", "tags": True}
    mine, unity = module(spec({"output": output}, people=people, calls=calls)), Unity()
    run(mine, unity)
    assert unity.tables["people"].tags == {
        "first": "name",
        "mail": "email",
        "born_on": "date_of_birth",
        "home": "address",
        "zip": "address",
        "phone": "phone",
        "ssn": "national_id",
        "iban": "bank_account",
        "card": "card",
        "login": "user_name",
        "seen": "ip_address",
        "device": "mac_address",
        "contact": "name and email",
        "shout": "name",
    }
    assert unity.tables["calls"].tags == {"number": "phone"}
    assert changes(run(mine, unity)) == []


def test_a_kind_says_itself_which_personal_data_it_draws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Choice, "personal_data", lambda spec, name: f"kind of {name}")
    people = table(
        5,
        blood={"kind": "choice", "values": ["A", "B"]},
        label={"kind": "template", "text": "{blood} positive"},
        age={"kind": "uniform", "low": 20, "high": 70},
    )
    tags = {"blood": "kind of blood", "label": "kind of blood"}
    assert pii_tags(planned(spec(people=people))) == {"people": tags}


def test_tags_and_comments_are_left_out_where_no_catalog_reads_them() -> None:
    tree = shop(tags=True)
    name = {"kind": "faker", "provider": "name"}
    tree["tables"]["customers"]["columns"]["name"] = name
    text = json.dumps(tree)
    for engine, format in (("polars", "delta"), ("spark", "parquet"), (None, None)):
        result = compile_spec("example.json", text, engine, format)
        assert not result.failed
        files = result.files["generate_data.py"]
        assert ("PII_TAGS" in files) == (engine is None)
        assert ("Refers to orders.order_id." in files) == (engine is None)


def test_each_column_has_a_comment_that_tells_something() -> None:
    for path in (Path(__file__).parents[3] / "specs").glob("*.toml"):
        mine = module(
            compile_spec(path.name, path.read_text("utf-8"), "spark", "delta")
        )
        for name, columns in mine.COMMENTS.items():
            assert columns.keys() == mine.column_types(name).keys()
            for text in columns.values():
                assert len(text) > 7
