"""A Spark script looks what there is in Unity Catalog before it creates anything."""

from __future__ import annotations

import pytest

from tests.support import Script, module, spec, table
from tests.support.unity import Unity


def script(**output: object) -> Script:
    top = {"output": {"engine": "spark", **output}}
    return module(spec(top, things=table(10)))


def created(unity: Unity) -> list[str]:
    return [each for each in unity.statements if not each.startswith("SHOW")]


def test_what_is_there_is_not_created() -> None:
    unity = Unity()
    unity.places = {"schema main.shop", "volume main.shop.raw_data"}
    unity.may_create = set()
    script(schema="main.shop").create_places(unity)
    script(schema="main.shop", format="delta").create_places(unity, True)
    assert created(unity) == []
    assert not any("CATALOGS" in each for each in unity.statements)


def test_what_is_missing_is_created() -> None:
    unity = Unity()
    script(schema="main.sales", volume="raw-1").create_places(unity)
    assert created(unity) == [
        "CREATE SCHEMA IF NOT EXISTS `main`.`sales`",
        "CREATE VOLUME IF NOT EXISTS `main`.`sales`.`raw-1`",
    ]
    unity = Unity()
    script(schema="new.sales").create_places(unity)
    assert created(unity)[0] == "CREATE CATALOG IF NOT EXISTS `new`"
    assert len(created(unity)) == 3


def test_delta_tables_need_no_volume_and_other_servers_no_catalog() -> None:
    for databricks, expected in ((True, 2), (False, 1)):
        unity = Unity()
        script(format="delta", catalog="new").create_places(unity, databricks)
        assert len(created(unity)) == expected
        assert created(unity)[-1] == "CREATE SCHEMA IF NOT EXISTS `new`.`example`"


def test_the_catalog_is_left_to_others_where_the_spec_says_so() -> None:
    unity = Unity()
    script(catalog="new", create_catalog=False).create_places(unity)
    assert not any("CATALOGS" in each for each in unity.statements)
    assert created(unity)[0] == "CREATE SCHEMA IF NOT EXISTS `new`.`example`"


def test_a_name_given_by_hand_stays_a_name() -> None:
    mine, unity = script(), Unity()
    mine.CATALOG = "a`; DROP CATALOG main; --"
    mine.SCHEMA = "b'${x}"
    mine.create_places(unity)
    assert (
        created(unity)[0] == "CREATE CATALOG IF NOT EXISTS `a``; DROP CATALOG main; --`"
    )
    assert unity.statements[0].endswith(r" LIKE 'b\'\u0024{x}'")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (
            "catalog",
            [
                "CREATE CATALOG ON METASTORE",
                "--catalog",
                "MANAGED LOCATION",
                "create_catalog = false",
            ],
        ),
        (
            "schema",
            ["USE CATALOG, CREATE SCHEMA ON CATALOG `main`", "--catalog and --schema"],
        ),
        (
            "volume",
            ["USE SCHEMA, CREATE VOLUME ON SCHEMA `main`.`example`", "--schema"],
        ),
    ],
)
def test_a_missing_grant_is_named(missing: str, words: list[str]) -> None:
    unity = Unity()
    unity.places = {"catalog": set[str](), "schema": {"catalog main"}}.get(
        missing, {"catalog main", "schema main.example"}
    )
    unity.may_create -= {missing}
    with pytest.raises(OSError, match=f"cannot create the {missing} `main`") as error:
        script(catalog="main").create_places(unity)
    message = str(error.value)
    assert "[PERMISSION_DENIED]" in message
    assert "JVM" not in message
    for each in words:
        assert each in message
