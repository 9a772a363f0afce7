"""Tables in Unity Catalog are described when they are new or described anew, and only then."""

from __future__ import annotations

import pytest

from tests.support import Tree, inside, module, spec, table
from tests.support.unity import Unity, installed
from tests.support.unity_shop import QUOTED, changes, run, shop
from tests.support.unity_statements import Held, Refused

KEYS = {
    "customers": ("customers__pk", ("customer_id",)),
    "orders": ("orders__pk", ("order_id",)),
    "lines": ("lines__pk", ("id",)),
}
REFS = {
    "customers": {},
    "orders": {"orders__buyer__fk": ("buyer", "customers")},
    "lines": {
        "lines__order__fk": ("order", "orders"),
        "lines__customer__fk": ("customer", "customers"),
    },
}


def is_whole(unity: Unity) -> bool:
    """Whether all keys and refs are set."""
    keys = {name: held.key for name, held in unity.tables.items()}
    return keys == KEYS and {n: held.refs for n, held in unity.tables.items()} == REFS


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_new_tables_are_described(mode: str) -> None:
    unity = Unity()
    run(module(shop(mode=mode)), unity)
    assert is_whole(unity)
    customers = unity.tables["customers"]
    assert customers.comment == QUOTED
    assert customers.comments["note"] == QUOTED
    assert unity.tables["lines"].comments["order"] == "Refers to orders.order_id."
    for held in unity.tables.values():
        assert all(held.comments[column] for column in held.columns)
    assert not any(held.tags for held in unity.tables.values())


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_what_is_described_gets_nothing_but_rows(mode: str) -> None:
    unity, mine = Unity(), module(shop(mode=mode))
    run(mine, unity)
    assert changes(run(mine, unity)) == []
    assert changes(run(module(shop(mode=mode)), unity, "--only", "orders")) == []
    assert {held.replaced for held in unity.tables.values()} == {0}
    assert is_whole(unity)


@pytest.mark.parametrize("keeps_properties", [True, False])
@pytest.mark.parametrize("only", [(), ("--only", "customers")])
def test_a_changed_description_is_written_anew(
    only: tuple[str, ...], keeps_properties: bool
) -> None:
    unity, mine = Unity(), module(shop())
    unity.keeps_properties = keeps_properties
    run(mine, unity)
    mine.COMMENTS["customers"]["name"] = "Who buys."
    statements = changes(run(mine, unity, *only))
    assert unity.tables["customers"].comments["name"] == "Who buys."
    assert {name: held.replaced for name, held in unity.tables.items()} == {
        "customers": 1,
        "orders": 0,
        "lines": 0,
    }
    assert is_whole(unity)  # the refs went with the key, and were set again
    assert not any(
        "`orders` ADD CONSTRAINT `orders__pk`" in each for each in statements
    )
    assert changes(run(mine, unity)) == []


def test_a_changed_description_of_what_is_appended_to_is_set_by_statements() -> None:
    unity, mine = Unity(), module(shop(mode="append"))
    run(mine, unity)
    mine.COMMENTS["customers"]["name"] = "Who buys."
    statements = changes(run(mine, unity, "--batch", "1"))
    assert unity.tables["customers"].comments["name"] == "Who buys."
    assert sum("COMMENT '" in each for each in statements) == 1
    assert is_whole(unity)
    assert changes(run(mine, unity, "--batch", "2")) == []


def test_a_changed_column_replaces_the_table_whatever_is_noted() -> None:
    unity, mine = Unity(), module(shop())
    run(mine, unity)
    unity.tables["orders"].columns["mine"] = "string"
    run(mine, unity)
    assert unity.tables["orders"].replaced == 1
    assert is_whole(unity)


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_a_table_of_others_is_left_as_it_is(mode: str) -> None:
    """It has other columns, and no property that a run has set."""
    unity, mine = Unity(), module(shop(mode=mode))
    theirs = Held({"order_id": "string"}, key=("theirs", ("order_id",)))
    unity.tables["orders"] = theirs
    before = repr(theirs)
    with pytest.raises(FileExistsError, match="no run of this script has made it"):
        run(mine, unity)
    assert repr(unity.tables) == repr({"orders": theirs})
    assert repr(theirs) == before


def test_keys_and_refs_of_before_go() -> None:
    """Also those that a script of before has made, under other names."""
    unity, mine = Unity(), module(shop())
    run(mine, unity)
    orders = unity.tables["orders"]
    orders.properties, orders.key = {}, ("orders_key", ("order_id",))
    orders.refs = {"orders_buyer": ("buyer", "customers")}
    run(mine, unity)
    assert is_whole(unity)


@pytest.mark.parametrize(
    ("mode", "only", "before", "after"),
    [
        ("overwrite", (), None, "Who."),
        ("overwrite", (), "Who.", "Who buys."),
        ("overwrite", ("--only", "customers"), "Who.", "Who buys."),
        ("overwrite", (), "Who.", "Who."),  # it was changed for one run alone
        ("append", (), "Who.", "Who buys."),
        ("append", (), "Who.", "Who."),
    ],
)
def test_a_description_that_failed_is_repeated(
    mode: str, only: tuple[str, ...], before: str | None, after: str
) -> None:
    """Wherever it failed: the next run of all ends with all keys, refs and comments."""
    number, unity, mine = 0, Unity(), module(shop(mode=mode))
    comments = mine.COMMENTS["customers"]
    while number <= len(unity.statements):
        unity = Unity()
        if before:
            comments["name"] = before
            run(mine, unity)
        comments["name"] = "Who buys."
        unity.breaks_at = len(unity.statements) + number
        try:
            run(mine, unity, *only)
        except Refused as error:
            assert "the connection is gone" in str(error), error
        unity.breaks_at, number = -1, number + 1
        comments["name"] = after
        run(mine, unity)
        assert is_whole(unity), number
        assert unity.tables["customers"].comments["name"] == after
        assert changes(run(mine, unity)) == []


def test_a_table_alone_is_described_and_its_refs_set_when_their_targets_are_there() -> (
    None
):
    unity, mine = Unity(), module(shop())
    run(mine, unity, "--only", "orders")
    assert unity.tables["orders"].key == KEYS["orders"]
    assert unity.tables["orders"].refs == {}
    run(mine, unity, "--only", "customers")
    assert unity.tables["orders"].refs == REFS["orders"]
    run(mine, unity, "--only", "lines")
    assert is_whole(unity)


def test_other_servers_get_no_such_statements() -> None:
    unity = Unity()
    mine = installed(module(shop()), unity)
    mine.on_databricks = lambda target: False
    inside(mine, ["--target", "classic"])
    assert changes(unity.statements) == []


def test_faulty_tables_are_described_without_keys() -> None:
    tree = shop()
    tree["bad_data"] = {"duplicate_key_rate": 0.1}
    unity = Unity()
    run(module(tree), unity)
    assert not any(
        held.key or held.refs or held.required for held in unity.tables.values()
    )
    assert all(held.comment for held in unity.tables.values())
    assert unity.tables["_bad_data"].comments["fault"]
    assert changes(run(module(tree), unity)) == []


def test_no_two_constraints_have_one_name() -> None:
    keyed = table(3, id={"kind": "key"})
    ref = {"kind": "ref", "table": "keyed"}
    names = (("a", "b_c"), ("a_b", "c"), ("a_", "b"), ("a__b", "d"), ("a", "b__d"))
    for pairs in (names[:3], names):
        tables: dict[str, Tree] = {"keyed": keyed}
        for name, column in pairs:
            tables.setdefault(name, table(3, id={"kind": "key"}))["columns"][column] = (
                ref
            )
        top = {"output": {"engine": "spark", "format": "delta", "schema": "main.shop"}}
        unity = Unity()
        run(module(spec(top, **tables)), unity)  # which refuses a name that is taken
        refs = [ref for held in unity.tables.values() for ref in held.refs]
        assert len({*refs}) == len(pairs)
    assert "a___b_c___fk" in refs
