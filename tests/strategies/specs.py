"""Random specs that are right: whatever they hold, they must compile and run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.strategies.calendars import WINDOWS, calendars
from tests.strategies.cases import case_names, expression, with_cases, with_when
from tests.strategies.children import in_time, rows_per, running, series
from tests.strategies.columns import (
    KINDS,
    Draw,
    Known,
    Shop,
    Tree,
    choice,
    finished,
    moment,
    number,
)
from tests.strategies.texts import COLUMN_NAMES, TABLE_NAMES, hostile

LOCALES = ("en_US", "de_DE", "ja_JP", "es_CL")
FORMATS = (
    "{}",
    "{:05d}",
    "A-{:03d}",
    "it's {{}} {} \\",
    "日本{:02d}語\n",
    "\x00{}# {{ x }}",
)


locales = st.sampled_from(LOCALES) | st.dictionaries(
    st.sampled_from(LOCALES), st.integers(1, 9), min_size=1
)


@st.composite
def specs(draw: st.DrawFn) -> Tree:
    """A spec of one to four tables."""
    tree: Tree = {"name": draw(st.sampled_from(TABLE_NAMES))}
    tree["description"] = draw(hostile.filter(bool))
    tree["window"] = draw(st.sampled_from(WINDOWS))
    tree["calendars"], events = calendars(draw)
    tree["output"] = output(draw)
    for key, values in {
        "seed": st.integers(-(2**62), 2**62),
        "locale": locales,
        "allow": st.sampled_from([["*"], ["W401", "W405"]]),
    }.items():
        if draw(st.booleans()):
            tree[key] = draw(values)
    count = draw(st.sampled_from([1, 2, 3, 4, 4]))
    named = st.sampled_from(TABLE_NAMES)
    names = draw(st.lists(named, min_size=count, max_size=count, unique=True))
    shops: dict[str, Shop] = {}
    tables: Tree = {}
    for name in names:
        shop = Shop(name, calendars=(*tree["calendars"], "default"), events=events)
        shop.others = dict(shops)
        tables[name] = table(draw, shop)
        if draw(st.integers(0, 3)) == 0:
            tables[name] |= partitions(draw, shop)
        shops[name] = shop
    if draw(st.booleans()):
        tables = dict(reversed(tables.items()))
    if draw(st.integers(0, 2)) == 0:
        tree["bad_data"] = bad_data(draw, shops)
    return in_parts(tree | {"tables": tables})


def output(draw: Draw) -> Tree:
    """A format, and the forms that its files can have."""
    format = draw(st.sampled_from(["parquet", "csv", "json", "delta"]))
    tree: Tree = {"format": format}
    if format in ("csv", "json") and draw(st.booleans()):
        tree["compression"] = "gzip"
    if format == "csv" and draw(st.booleans()):
        tree["delimiter"] = draw(st.sampled_from(";\t|~^"))
    if format != "delta" and draw(st.integers(0, 2)) == 0:
        tree["single_file"] = True
    return tree


def in_parts(tree: Tree) -> Tree:
    """The spec, whose tables are single files only where none has folders."""
    if any("partition_by" in table for table in tree["tables"].values()):
        tree["output"].pop("single_file", None)
    return tree


def bad_data(draw: Draw, shops: dict[str, Shop]) -> Tree:
    """Faults in tables that have a key; keys are doubled only where all tables have one."""
    rates = st.sampled_from([0, 0.02, 0.1, 0.25])
    tree = {
        f"{fault}_rate": draw(rates)
        for fault in ("null", "outlier", "duplicate_key", "orphan_ref")
    }
    keyed = [name for name, shop in shops.items() if shop.key]
    if len(keyed) == len(shops):
        return tree
    return {**tree, "duplicate_key_rate": 0, "tables": keyed}


@st.composite
def appending(draw: st.DrawFn) -> Tree:
    """A spec whose tables grow by batches."""
    tree: Tree = draw(specs())
    tree["window"] = {**tree["window"], "end": "2026-06-30"}
    tree["output"]["mode"] = "append"
    tree["output"].pop("single_file", None)
    tree["output"]["batch"] = draw(st.sampled_from(["1d", "2w", "6h", "36h"]))
    for table in tree["tables"].values():
        if isinstance(table.get("rows"), int) and draw(st.booleans()):
            table["batch_rows"] = draw(st.integers(0, 9))
        if isinstance(table.get("rows"), dict) and "every" in table["rows"]:
            table["rows"]["every"] = draw(st.sampled_from(["60d", "2d", "17h", "1mo"]))
    return tree


def hiding(tree: Tree, names: Collection[str]) -> Tree:
    """The same spec with some tables hidden."""
    tables = {
        name: (
            {key: part for key, part in table.items() if key != "partition_by"}
            | {"hidden": True}
            if name in names
            else table
        )
        for name, table in tree["tables"].items()
    }
    return {**tree, "tables": tables}


def has_grid(tree: Tree) -> bool:
    rows = [table.get("rows") for table in tree["tables"].values()]
    return any(isinstance(each, dict) and "every" in each for each in rows)


def table(draw: Draw, shop: Shop) -> Tree:
    tree: Tree = {}
    names = iter(draw(st.permutations(COLUMN_NAMES)))
    kind = draw(st.sampled_from(["rows", "per", "per", "data"]))
    parents = [name for name, other in shop.others.items() if other.key]
    keyed = draw(st.integers(0, 4)) > 0
    if kind == "per" and parents:
        tree["rows"] = per(draw, shop, draw(st.sampled_from(parents)), next(names))
    elif kind == "data":
        tree["data"] = data(draw, shop, names)
        shop.count = len(tree["data"])
    else:
        tree["rows"] = shop.count = draw(st.integers(1, 40))
    if draw(st.booleans()):
        tree["description"] = draw(hostile)
    if keyed:
        key(draw, shop, next(names))
    if draw(st.integers(0, 3)) == 0:
        tree["locale"] = locale(draw, shop, next(names))
    if shop.per and draw(st.booleans()):  # what columns in time go by, and one of them
        add(shop, next(names), *moment(draw, shop))
        add(shop, next(names), *number(draw, shop))
        balance = running(draw, shop)
        if balance:
            add(shop, next(names), *finished(draw, *balance))
        if shop.grid:
            add(shop, next(names), *finished(draw, *series(draw, shop)))
    if shop.per and draw(st.booleans()):
        ref(draw, shop, next(names))
    for _ in range(draw(st.sampled_from([0, 2, 4, 7]) if shop.known else st.just(3))):
        column(draw, shop, next(names))
    written = [one for one in shop.columns.values() if not one.get("hidden")]
    if not written and "data" not in tree:
        shop.columns[next(names)] = {"kind": "bool", "chance": 0.5}
    return tree | ({"columns": shop.columns} if shop.columns else {})


def partitions(draw: Draw, shop: Shop) -> Tree:
    """Folders by one or two columns of few values, where another one is left for the files."""
    written = {
        name: shop.known[name]
        for name in shop.known
        if "." not in name and not shop.columns.get(name, {}).get("hidden")
    }
    few = [
        name
        for name, known in written.items()
        if known.data == "boolean"
        or (known.values and all(map(is_folder, known.values)))
    ]
    most = min(2, len(few), len(written) - 1)
    if most < 1:
        return {}
    names = st.lists(st.sampled_from(few), min_size=1, max_size=most, unique=True)
    return {"partition_by": draw(names)}


def is_folder(text: str) -> bool:
    """Whether a text is short enough for the name of a folder, and not null there."""
    return 0 < len(text.encode()) < 60


def locale(draw: Draw, shop: Shop, name: str) -> Any:
    """A table's locale; by a column that is no text of Faker's, nor made of one."""
    if draw(st.booleans()):
        return draw(locales)
    add(shop, name, *(choice(draw, shop)))
    paths = [
        path
        for path, known in shop.known.items()
        if known.values or known.data in ("boolean", "number", "integer")
    ]
    by = draw(st.sampled_from(sorted(paths)))
    cases, complete = case_names(draw, shop.known[by])
    one = st.sampled_from(LOCALES)
    tree: Tree = {"by": by, "cases": {case: draw(one) for case in cases}}
    if not complete or shop.known[by].nullable or draw(st.booleans()):
        tree["otherwise"] = draw(one)
    return tree


def per(draw: Draw, shop: Shop, parent: str, name: str) -> Tree:
    shop.parent = name
    add(shop, name, {"kind": "ref", "table": parent}, Known("unknown"))
    reach(shop, name, shop.others[parent], False)
    rows = rows_per(draw, shop, shop.others[parent])
    if (shop.grid or shop.log) and draw(st.booleans()):
        data = shop.log.data if shop.log else "timestamp"
        add(shop, f"{name}_tick"[-60:], {"kind": "tick"}, Known(data))
    return rows


def data(draw: Draw, shop: Shop, names: Any) -> list[Tree]:
    """One to four rows; the first column is the key where its cells differ."""
    count = draw(st.integers(1, 4))
    rows: list[Tree] = [{} for _ in range(count)]
    cells: list[tuple[str, st.SearchStrategy[Any]]] = [
        ("text", hostile),
        ("integer", st.integers(-(2**53), 2**53)),
        ("boolean", st.booleans()),
        ("number", st.floats(0.01, 1e6)),
    ]
    for data, strategy in [cells[0], *draw(st.permutations(cells))[:2]]:
        name, first = next(names), not rows[0]
        several = st.lists(strategy, min_size=count, max_size=count, unique=first)
        values = draw(several)
        for row, value in zip(rows, values, strict=True):
            row[name] = value
        texts = tuple(dict.fromkeys(values)) if data == "text" else ()
        shop.known[name] = Known(data, False, texts)
        shop.key = shop.key or name
    return rows


def key(draw: Draw, shop: Shop, name: str) -> None:
    tree: Tree = {"kind": "key"}
    if draw(st.booleans()):
        tree |= draw(st.sampled_from([{"uuid": True}, {"start": 0}, {"start": 10**9}]))
    elif draw(st.booleans()):
        tree["format"] = draw(st.sampled_from(FORMATS))
    text = "uuid" in tree or "format" in tree
    add(shop, name, tree, Known("text" if text else "integer", free=text))
    shop.key = name


def column(draw: Draw, shop: Shop, name: str) -> None:
    """One more column, of a kind that the table can hold."""
    kinds = ["ref", "expr", "position", *KINDS]
    kinds += ["in time"] * 6 if shop.per else []
    kind = draw(st.sampled_from(kinds))
    made = None
    if kind == "ref":
        return ref(draw, shop, name)
    if kind == "position" and shop.per:
        tree, known = finished(draw, {"kind": "position"}, Known("integer"))
        tree.pop("null_rate", None)
        return add(shop, name, tree, replace(known, nullable=False))
    if kind == "in time":
        made = in_time(draw, shop)
        if made:
            tree, known = finished(draw, *made)
            if tree["kind"] in ("tick", "share", "state"):
                tree.pop("null_rate", None)
            null = known.nullable or bool(tree.get("null_rate"))
            known = replace(known, nullable=null)
            if tree["kind"] not in ("tick", "share", "state"):
                tree, known = with_when(draw, shop, tree, known)
            return add(shop, name, tree, known)
    if kind == "expr":
        made = expression(draw, shop)
    elif callable(kind):
        made = kind(draw, shop)
    if made is None:
        made = {"kind": "bool", "chance": 0.5}, Known("boolean")
    tree, known = made
    fixed = tree["kind"] in ("expr", "entered") or "unique" in tree
    if draw(st.integers(0, 2)) == 0 and not fixed:
        tree, known = with_cases(draw, shop, tree, known) or made
    add(shop, name, *with_when(draw, shop, *finished(draw, tree, known)))


def ref(draw: Draw, shop: Shop, name: str) -> None:
    parent = shop.columns and next(iter(shop.columns.values())).get("table")
    targets = {
        other: one
        for other, one in shop.others.items()
        if one.key and one.sure and not (shop.per and other == parent)
    }
    if shop.key:
        targets[shop.name] = shop
    if not targets:
        return
    target = targets[draw(st.sampled_from(sorted(targets)))]
    own = target is shop
    tree: Tree = {"kind": "ref", "table": target.name}
    if draw(st.booleans()):
        tree["skew"] = draw(st.sampled_from([False, 0.5, 0.95]))
    weighable = [
        path
        for path, known in target.known.items()
        if "." not in path and not known.nullable
        if known.values or known.data == "boolean"
    ]
    if weighable and draw(st.booleans()):
        chosen = draw(
            st.lists(st.sampled_from(weighable), min_size=1, max_size=2, unique=True)
        )
        tree["weights"] = {
            path: {
                value: draw(st.integers(1, 9))
                for value in target.known[path].values or ("true", "false")
            }
            for path in chosen
        }
    known = Known("unknown")
    if draw(st.integers(0, 3)) == 0:
        tree, known = with_cases(draw, shop, tree, known) or (tree, known)
    if not own and 0 < shop.most <= target.count and draw(st.booleans()):
        tree["distinct"] = True
    others = [
        key
        for key, one in shop.columns.items()
        if one["kind"] == "ref" and one["table"] == target.name
    ]
    free = not own and target.count > 1 and "distinct" not in tree
    if others and free and draw(st.booleans()):
        tree["differs_from"] = draw(st.sampled_from(others))
    tree, known = with_when(draw, shop, *finished(draw, tree, known))
    add(shop, name, tree, known)
    reach(shop, name, target, own or known.nullable)


def add(shop: Shop, name: str, tree: Tree, known: Known) -> None:
    shop.columns[name] = tree
    shop.known[name] = known


def reach(shop: Shop, name: str, target: Shop, nullable: bool) -> None:
    """What paths through a new ref lead to, up to three hops away."""
    for path, known in list(target.known.items()):
        if path.count(".") < 3 and path.partition(".")[0] != name:
            further = replace(known, nullable=known.nullable or nullable)
            shop.known[f"{name}.{path}"] = further
    kind = target.known[target.key or ""]
    shop.known[name] = replace(kind, nullable=nullable)
