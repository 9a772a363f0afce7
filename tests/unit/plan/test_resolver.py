"""Columns, resolved: each once, after those that it reads, and complete."""

from __future__ import annotations

import json

from compiler.diagnostics import Diagnostic
from compiler.plan.calls import DEEP, calls_within_calls
from compiler.plan.columns.chain import DEEPEST
from compiler.plan.columns.resolver import Resolver
from compiler.plan.model import Case, Column, Hop
from compiler.plan.scope import Scope
from compiler.source import read
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.load import load
from compiler.spec.types import UNKNOWN, Data
from tests.support import Tree, spec, table

KEY = {"kind": "key", "format": "C{}"}
TIER = {"kind": "choice", "weights": {"a": 1, "b": 2}}


def ref(name: str, **more: object) -> Tree:
    return {"kind": "ref", "table": name, **more}


def lookup(path: str) -> Tree:
    return {"kind": "lookup", "path": path}


def expr(text: str, **more: object) -> Tree:
    return {"kind": "expr", "expr": text, **more}


def resolver_of(tree: Tree) -> Resolver:
    document, found = read(json.dumps(tree), "spec.json")
    assert document is not None and not found
    loaded, found = load(document)
    assert not found
    return Resolver(Scope(loaded, document))


def resolved(tree: Tree, table: str, name: str) -> Column:
    """A column of a spec without mistakes."""
    resolver = resolver_of(tree)
    column = resolver.column(table, name)
    assert not resolver.scope.diagnostics
    return column


def mistakes(tree: Tree) -> list[Diagnostic]:
    """What is reported when all columns of a spec are resolved."""
    resolver = resolver_of(tree)
    for each, columns in resolver.scope.specs.items():
        for name in columns:
            resolver.column(each, name)
        resolver.children(each)
        resolver.locale(each)
    return resolver.scope.diagnostics


SHOP = spec(
    customers=table(10, id=KEY, tier=TIER, friend=ref("customers")),
    orders=table(
        50,
        customer=ref("customers", weights={"tier": {"a": 3, "b": 1}}),
        other=ref("customers", null_rate=0.5),
        owner=lookup("customer"),
        owner_key=expr("customer.id"),
        friend=lookup("customer.friend"),
        tier=lookup("customer.tier"),
    ),
    lines=table({"per": "orders", "mean": 2}, order=ref("orders")),
)


def test_a_ref_has_the_type_of_the_key_that_it_holds() -> None:
    column = resolved(SHOP, "orders", "customer")
    assert (column.table, column.parent) == ("customers", False)
    assert column.type.data is Data.TEXT and not column.type.nullable
    assert [path.column for path in column.weighted] == ["tier"]


def test_refs_with_a_null_rate_and_to_earlier_rows_may_be_null() -> None:
    assert resolved(SHOP, "orders", "other").type.nullable
    assert resolved(SHOP, "customers", "friend").type.nullable


def test_the_ref_to_the_parent_is_known() -> None:
    column = resolved(SHOP, "lines", "order")
    assert column.parent and column.table == "orders"


def test_what_holds_a_key_is_a_reference_to_its_row() -> None:
    hop = Hop("orders", "customer", "customers")
    for name in ("customer", "owner", "owner_key"):
        held = resolved(SHOP, "orders", name).references
        assert held is not None
        assert (held.table, held.key, held.routes) == ("customers", "id", ((hop,),))
    friend = resolved(SHOP, "orders", "friend").references
    assert friend is not None
    assert friend.routes == (
        (hop, Hop("customers", "friend", "customers", nullable=True)),
    )
    assert resolved(SHOP, "orders", "tier").references is None


def test_a_column_is_resolved_once_after_those_that_it_reads() -> None:
    resolver = resolver_of(SHOP)
    tier = resolver.column("orders", "tier")
    assert resolver.column("orders", "tier") is tier
    order = list(resolver.columns)
    assert order.index(("orders", "customer")) < order.index(("orders", "tier"))
    assert order.index(("customers", "tier")) < order.index(("orders", "customer"))


def things(**columns: Tree) -> Tree:
    return spec(things=table(10, tier=TIER, **columns))


def test_each_case_knows_its_place_and_what_it_reads_alone() -> None:
    cases = {"a": {"expr": "size * 2"}, "b": {"expr": "1.5"}}
    size = {"kind": "normal", "mean": 2, "sd": 1}
    column = resolved(
        things(size=size, amount={"kind": "expr", "by": "tier", "cases": cases}),
        *("things", "amount"),
    )
    first, second = column.variants
    assert (first.keys, second.keys) == (("cases", "a"), ("cases", "b"))
    assert first.case == Case("a", value="a")
    assert (list(first.paths), list(second.paths)) == (["size"], [])
    assert list(column.reads) == ["tier", "size"]


def test_otherwise_is_the_last_case() -> None:
    chances = {
        "kind": "bool",
        "by": "tier",
        "cases": {"b": {"chance": 0.1}},
        "otherwise": {"chance": 0.9},
    }
    column = resolved(things(sold=chances), "things", "sold")
    assert [one.keys for one in column.variants] == [("cases", "b"), ("otherwise",)]
    assert column.variants[-1].case is None


def test_one_case_for_all_rows_is_none() -> None:
    alone = {"kind": "choice", "weights": {"a": 1}}
    tree = spec(
        things=table(
            10,
            tier=alone,
            sold={"kind": "bool", "by": "tier", "cases": {"a": {"chance": 0.1}}},
        )
    )
    column = resolved(tree, "things", "sold")
    assert column.by is None
    assert [(one.case, one.keys) for one in column.variants] == [(None, ())]


def test_cases_have_one_type() -> None:
    cases = {"a": {"value": 1}, "b": {"value": 1.5}}
    mixed = {"kind": "constant", "by": "tier", "cases": cases}
    assert resolved(things(x=mixed), "things", "x").type.data is Data.NUMBER
    cases["b"] = {"value": "no number"}
    (found,) = mistakes(things(x=mixed))
    assert (found.code, found.message) == ("E207", "its cases give an integer and text")


def test_a_balance_with_a_floor_cuts_its_changes() -> None:
    entries = {
        "account": ref("accounts"),
        "at": {"kind": "timestamp"},
        "change": {"kind": "normal", "mean": 0, "sd": 10, "decimals": 2},
        "balance": {"kind": "running", "change": "change", "floor": 0},
    }
    accounts = table(5)
    tree = spec(
        accounts=accounts, entries=table({"per": "accounts", "mean": 5}, **entries)
    )
    assert resolved(tree, "entries", "change").cut_by == "balance"
    balance = resolved(tree, "entries", "balance")
    assert balance.cut_by is None
    assert set(balance.reads) == {"at", "change"}  # its order is the first moment


def test_rows_and_locale_are_resolved_beside_the_columns() -> None:
    texts = table({"per": "shops", "where": "tier == 'a'"}, shop=ref("shops"))
    texts["columns"]["name"] = {"kind": "faker", "provider": "name"}
    texts["locale"] = {"en_US": 1, "de_DE": 1}
    resolver = resolver_of(spec(shops=table(5, tier=TIER), texts=texts))
    children = resolver.children("texts")
    assert children is not None and list(children.reads) == ["tier"]
    assert resolver.children("shops") is None
    locale = resolver.locale("texts")
    assert locale.type.values == ("en_US", "de_DE")
    assert resolver.column("texts", "name").reads[locale.name].type == locale.type
    assert not resolver.scope.diagnostics
    assert resolver.children("texts") is children
    assert resolver.locale("texts") is locale


def test_a_circle_is_reported_once() -> None:
    found = mistakes(things(x=expr("y + 1"), y=expr("z + 1"), z=expr("x + 1")))
    assert [one.code for one in found] == ["E204"]
    assert found[0].message.endswith("things.x → things.y → things.z → things.x")
    assert len(found[0].labels) == 3


def test_a_circle_may_go_over_the_rows_of_a_table() -> None:
    visits = table({"per": "shops", "where": "busy"}, shop=ref("shops"))
    shops = table(5, visit=ref("visits"), busy=expr("not is_null(visit.id)"))
    (found,) = mistakes(spec(shops=shops, visits=visits))
    assert found.code == "E204" and "the rows of visits" in found.message


def test_a_chain_of_many_columns_ends_in_a_stand_in() -> None:
    count = DEEPEST + 1
    columns = {f"c{n}": expr(f"c{n + 1}") for n in range(count)}
    columns[f"c{count}"] = {"kind": "constant", "value": 1}
    resolver = resolver_of(spec(things=table(5, **columns)))
    with calls_within_calls(DEEP):
        first = resolver.column("things", "c0")
    assert first.type == UNKNOWN
    (found,) = resolver.scope.diagnostics
    assert found.code == "E204" and found.message.startswith("`things.c0` depends on")
    last = resolver.columns["things", f"c{DEEPEST}"]
    assert isinstance(last.spec, ErrorColumn)


def test_a_chain_of_just_as_many_columns_is_fine() -> None:
    columns = {f"c{n}": expr(f"c{n + 1}") for n in range(DEEPEST - 1)}
    columns[f"c{DEEPEST - 1}"] = {"kind": "constant", "value": 1}
    with calls_within_calls(DEEP):
        first = resolved(spec(things=table(5, **columns)), "things", "c0")
    assert first.type.data is Data.INTEGER
