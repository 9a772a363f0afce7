"""Renamed tables and columns in emitted texts: a merge keeps edits, with the new names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler.plan.model import Rename
from compiler.regen.merge.lines import hunks, lines_of, merge
from compiler.regen.merge.renames import (
    SCRIPT,
    renamed,
    renamed_sides,
    renames_to_apply,
)
from compiler.regen.merge.soundness import new_faults
from tests.support import batches, compiled, spec, table
from tests.support.bad_data import all_bad
from tests.support.renaming import Renaming

ROOT = Path(__file__).parents[3]
TABLES = {"customers": "clients"}
COLUMNS = {
    "created_on": "joined_on",
    "customer_id": "client_id",
    "tier": "membership",
    "local": "local_price",  # hidden
    "delivered_at": "arrived_at",
}


def ecom() -> str:
    return (ROOT / "specs" / "ecom.toml").read_text("utf-8")


def ecom_renamed() -> str:
    """The example with other names, each with its `renamed_from`."""
    text = ecom()
    for old, new in (TABLES | COLUMNS).items():
        text = re.sub(rf"\b{old}\b", new, text)
    for old, new in TABLES.items():
        head = f"[tables.{new}]\n"
        text = text.replace(head, f'{head}renamed_from = "{old}"\n')
    for old, new in COLUMNS.items():
        column = rf"(?m)^({new}\s*= {{)"
        text = re.sub(column, rf'\1 renamed_from = "{old}",', text)
    return text


BASE = compiled(ecom(), "specs/ecom.toml").files
NEW = compiled(ecom_renamed(), "specs/ecom.toml")
FRESH = NEW.files
assert NEW.plan is not None
RENAMES = NEW.plan.renames


def merged(path: str, edited: str) -> str:
    """The edited file and the fresh one, merged without a conflict."""
    base, ours = renamed_sides(BASE[path], edited, RENAMES, path)
    result = merge(base, ours, FRESH[path])
    assert not result.conflicts
    assert not new_faults(path, result.text, ours, FRESH[path])
    return result.text


def old_names(text: str) -> list[str]:
    """Lines with an old name, other than those of streams and of what was renamed."""
    names = "|".join([*TABLES, *COLUMNS])
    found = re.compile(
        rf"\b({names})\b|\bcustomers_|\bCUSTOMERS_|_customer_row|CUSTOMER_ID"
    )
    lines = text.partition("# LIBRARY:")[0].split("\n")
    start = next((n for n, each in enumerate(lines) if "What was renamed" in each), 0)
    left = []
    for number, line in enumerate(lines):
        if start and start <= number <= start + 10 and line.startswith("#"):
            continue
        plain = re.sub(r'"\w+\.\w+([ /]\w+)*"(?=, row|,$|$)', "", line)
        if found.search(plain):
            left.append(line)
    return left


EDITS: dict[str, tuple[str, str, str]] = {
    "a constant": (
        "CARTS_CUSTOMER_ID_SKEW = 0.78",
        "CARTS_CUSTOMER_ID_SKEW = 0.6",
        "CARTS_CLIENT_ID_SKEW = 0.6",
    ),
    "a constant whose lines are others now": (
        '    "Europe": 30,\n',
        '    "Europe": 35,\n',
        'CLIENTS_REGION_WEIGHTS = {"North America": 45, "Europe": 35, "Japan": 15, "Brazil": 10}',
    ),
    "a column of the renamed table": (
        '            "tier": customers_tier(row),\n',
        '            "tier": customers_tier(row),\n'
        '            "year": customers_created_on(row).dt.year(),\n',
        '            "year": clients_joined_on(row).dt.year(),\n',
    ),
    "a column that reads it": (
        '            "device": carts_device(row),\n',
        '            "device": carts_device(row),\n'
        '            "since": customers_created_on(carts_customer_row(row)),\n',
        '            "since": clients_joined_on(carts_client_row(row)),\n',
    ),
    "a function with a stream of its own": (
        "def customers(row: np.ndarray)",
        "def customers_vip(row: np.ndarray) -> pl.Series:\n"
        '    tier = pl.Series(random("customers.vip", row))\n'
        "    return tier < 0.1\n\n\n"
        "def customers(row: np.ndarray)",
        "def customers_vip(row: np.ndarray) -> pl.Series:\n"
        '    tier = pl.Series(random("customers.vip", row))\n'
        "    return tier < 0.1\n\n\n"
        "def clients(row: np.ndarray)",
    ),
    "a variable": (
        "    delivered_at = null_after_end(add_seconds(shipped_at, delivered_at_delay))\n",
        "    delivered_at = add_seconds(shipped_at, delivered_at_delay)\n",
        "    arrived_at = add_seconds(shipped_at, arrived_at_delay)\n",
    ),
    "an entry of the schema": (
        '        not_before=[("opened_at", "customer_id.created_on", "DATE")],\n',
        '        not_before=[("opened_at", "customer_id.created_on", "TIMESTAMP")],\n',
        '        not_before=[("opened_at", "client_id.joined_on", "TIMESTAMP")],\n',
    ),
    "a helper": (
        '    """Exponential; scale is the mean."""\n',
        '    """Exponential: customers wait for `scale` on average."""\n',
        '    """Exponential: customers wait for `scale` on average."""\n',
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_kept_with_the_new_names(name: str) -> None:
    old, edit, kept = EDITS[name]
    assert BASE[SCRIPT].count(old) == 1
    text = merged(SCRIPT, BASE[SCRIPT].replace(old, edit))
    assert kept in text
    if "of its own" not in name:
        assert not old_names(text)


def test_all_edits_are_kept_at_once() -> None:
    text = BASE[SCRIPT]
    for old, edit, _ in EDITS.values():
        text = text.replace(old, edit)
    text = merged(SCRIPT, text)
    assert all(kept in text for _, _, kept in EDITS.values())


@pytest.mark.parametrize("path", BASE)
def test_without_edits_the_result_is_the_fresh_text(path: str) -> None:
    assert merged(path, BASE[path]) == FRESH[path]
    assert old_names(BASE[path]) or path not in (SCRIPT, "README.md")
    assert not old_names(FRESH[path])


def test_what_the_user_added_to_a_page_stays() -> None:
    added = "\nThe `tier` and the customer_id of customers.created_on: ask the shop.\n"
    text = merged("README.md", BASE["README.md"] + added)
    assert text == FRESH["README.md"] + added
    added = "\n# By the name of ${bundle.name}, and of ${bundle.tier}: the customers\n"
    text = merged("databricks.yml", BASE["databricks.yml"] + added)
    assert text == FRESH["databricks.yml"] + added


def test_streams_keep_their_names() -> None:
    streams = [
        re.findall(
            r'"(?:customers|carts|orders|loyalty)\.[a-z_ /]+"(?=, row|,\n)', text
        )
        for text in (renamed(BASE[SCRIPT], RENAMES, SCRIPT), FRESH[SCRIPT])
    ]
    assert streams[0] == streams[1]
    assert '"customers.created_on"' in streams[0]


def test_a_text_that_has_the_new_names_stays() -> None:
    for path, text in FRESH.items():
        assert renamed(text, renames_to_apply(FRESH[SCRIPT], RENAMES), path) == text


def test_a_rename_is_applied_if_the_script_has_the_old_name_alone() -> None:
    assert renames_to_apply(BASE[SCRIPT], RENAMES) == RENAMES
    assert renames_to_apply(FRESH[SCRIPT], RENAMES) == ()
    later = (
        Rename("clients", None, "customers"),  # done
        Rename("clients", "mail", "email"),
        Rename("clients", "joined_on", "created_on"),  # done
        Rename("order_items", "local_price", "local"),  # done; hidden
        Rename("articles", None, "products"),
        Rename("articles", "in_stock", "stock"),  # the script has neither
        Rename("articles", "currency", "category"),  # which another table has, too
    )
    # A table's own rows that the spec lists are no columns of a builder.
    assert renames_to_apply(FRESH[SCRIPT], later) == (later[1], later[4])
    assert renames_to_apply("", RENAMES) == ()


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("tree", [all_bad(), batches.shop()], ids=["bad", "append"])
def test_nearly_all_code_of_any_script_gets_the_new_names(
    tree: dict[str, object], engine: str
) -> None:
    tree = tree | {"output": {**tree.get("output", {}), "engine": engine}}  # type: ignore[dict-item]
    renaming = Renaming(tree)
    old, new = compiled(renaming.tree), compiled(renaming.renamed)
    assert new.plan is not None
    renames = renames_to_apply(old.files[SCRIPT], new.plan.renames)
    assert renames == new.plan.renames
    assert renames_to_apply(new.files[SCRIPT], renames) == ()
    text = renamed(old.files[SCRIPT], renames, SCRIPT)
    lines = set(text.split("\n"))
    code = [line for line in new.files[SCRIPT].split("\n") if "#" not in line]
    missed = [line for line in code if line not in lines and "not checked" not in line]
    assert len([line for line in missed if "STREAMS" not in line]) < 0.06 * len(code)
    compile(text, SCRIPT, "exec")


def test_a_table_whose_name_begins_as_that_of_another() -> None:
    def shop(name: str, **was: str) -> dict[str, str]:
        tree = spec(
            **{name: {**table(9, size={"kind": "normal", "mean": 3, "sd": 1}), **was}},
            order_items=table(
                {"per": name, "mean": 2},
                order_id={"kind": "ref", "table": name},
                size={"kind": "normal", "mean": 3, "sd": 1},
            ),
        )
        return compiled(tree).files

    old, new = shop("order")[SCRIPT], shop("sale", renamed_from="order")[SCRIPT]
    text = renamed(old, [Rename("sale", None, "order")], SCRIPT)
    assert "def order_items_rows(" in text and "SALE_SIZE = " in text
    assert merge(text, text, new).text == new


@pytest.mark.parametrize("text", ["def broken(:\n", "x = (\n", "if x:\n\ty\n  z\n", ""])
def test_what_is_no_python_stays(text: str) -> None:
    assert renamed(text, RENAMES, SCRIPT) == text


def test_lines_that_are_not_as_black_has_them_stay_so() -> None:
    edit = 'EXTRA = [ customers_tier,\n   "customers" ]  # mine\n'
    text = renamed(BASE[SCRIPT] + "\n\n" + edit, RENAMES, SCRIPT)
    assert text.endswith(edit)
    head = BASE[SCRIPT].replace("# --- TABLE carts ", edit + "\n\n# --- TABLE carts ")
    text = renamed(head, RENAMES, SCRIPT)
    assert 'EXTRA = [ clients_membership,\n   "clients" ]  # mine\n' in text


SIMPLE = """ROWS = {"orders": 10}
ORDERS_TIER = {"a": 1}


# --- TABLE orders ---------------------------------------------------------------------
def orders_tier(row: np.ndarray) -> pl.Series:
    return choice(random("orders.tier", row), ORDERS_TIER)


def orders(row: np.ndarray) -> pl.DataFrame:
    tier = orders_tier(row)
    return pl.DataFrame(
        {
            "tier": tier,
        }
    )


# --- SCHEMA: the tables ---------------------------------------------------------------
"""
OWN = [
    Rename("purchases", None, "orders"),
    Rename("purchases", "level", "tier"),
]


def own(line: str, before: str = "# --- TABLE", renames: list[Rename] = OWN) -> str:
    """What becomes of lines that the user puts before others."""
    edited = SIMPLE.replace(before, line + before, 1)
    base, ours = renamed_sides(SIMPLE, edited, renames, SCRIPT)
    assert renamed_sides(SIMPLE, SIMPLE, renames, SCRIPT) == (base, base)
    (found,) = [hunk for hunk in hunks(lines_of(base), lines_of(ours)) if hunk.lines]
    return "".join(found.lines)


@pytest.mark.parametrize(
    "line",
    [
        'SOURCES = {"orders": 0.7, "ads": 0.3}\n',
        "# orders by tier, as `orders.tier` says\n",
        'PLACE = Path("orders")\n',
        "ORDERS_TIER_MAX = 3\n",
        'def mine(orders=3, **k):\n    return orders, k["orders"]\n\n\n',
        "def bonus(x, tier=1):\n    return x + tier\n\n\n",
        'def other():\n    return pl.read_csv("a.csv").select("tier")\n\n\n',
    ],
)
def test_what_the_user_wrote_stays(line: str) -> None:
    assert own(line) == line
    assert own(line, "# --- SCHEMA") == line


def test_names_of_what_is_emitted_change_in_the_user_s_lines() -> None:
    line = "def mine(row):\n    return orders_tier(row), ORDERS_TIER\n\n\n"
    new = "def mine(row):\n    return purchases_level(row), PURCHASES_LEVEL\n\n\n"
    assert own('SIZE = ROWS["orders"]\n') == 'SIZE = ROWS["purchases"]\n'
    assert own(line) == new
    assert own('            "vip": tier == "a",\n', '            "tier"') == (
        '            "vip": level == "a",\n'
    )


@pytest.mark.parametrize(
    "line",
    ["def purchases(x):\n    return x\n\n\n", "level = 3\n", 'A = {"level": 1}\n'],
)
def test_nothing_is_renamed_where_the_user_has_the_new_name(line: str) -> None:
    edited = SIMPLE.replace("# --- TABLE", line + "# --- TABLE", 1)
    assert renamed_sides(SIMPLE, edited, OWN, SCRIPT) == (SIMPLE, edited)


def test_the_user_s_lines_of_a_page_stay() -> None:
    base = "# shop\n\n### orders\n\n10 rows of orders\n"
    edited = base.replace("10 rows", "mail orders@example.com\n\n10 rows")
    new, ours = renamed_sides(base, edited, OWN, "README.md")
    assert new == base.replace("orders", "purchases")
    assert ours == new.replace("10 rows", "mail orders@example.com\n\n10 rows")


@pytest.mark.parametrize(
    "line",
    [
        "from orders import load\n",
        "class Rule(NamedTuple):\n    tier: str\n\n\n",
        "def scaled(tier):\n    return tier * 2\n\n\n",
    ],
)
def test_imports_fields_and_parameters_stay(line: str) -> None:
    assert own(line) == line
    assert own(line, "def orders(") == line


def test_a_global_that_a_function_sets_gets_the_new_name() -> None:
    line = (
        'def late() -> None:\n    global ORDERS_TIER\n    ORDERS_TIER = {"b": 1}\n\n\n'
    )
    assert own(line) == line.replace("ORDERS_TIER", "PURCHASES_LEVEL")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# --- TABLE orders ---", "# ===== orders =====\n# ---"),
        (
            "# --- TABLE orders -",
            "# --- my helpers ---\nX = 1\n\n\n# --- TABLE orders -",
        ),
        ("def orders(", "# --- more helpers ---\nX = 1\n\n\ndef orders("),
    ],
)
def test_emitted_lines_get_the_new_names_whatever_the_banners_say(
    old: str, new: str
) -> None:
    assert old in SIMPLE
    _, ours = renamed_sides(SIMPLE, SIMPLE.replace(old, new, 1), OWN, SCRIPT)
    assert '"level": level,' in ours
    assert "level = purchases_level(row)" in ours


def test_moved_lines_get_the_new_names() -> None:
    base = SIMPLE.replace('"tier": tier,', '"id": row,\n            "tier": tier,')
    moved = SIMPLE.replace('"tier": tier,', '"tier": tier,\n            "id": row,')
    _, ours = renamed_sides(base, moved, OWN, SCRIPT)
    assert '"level": level,' in ours


def test_rows_and_tables_by_name_get_the_new_one() -> None:
    assert own('ROWS["orders"] += 1\nTABLES["orders"].key\n') == (
        'ROWS["purchases"] += 1\nTABLES["purchases"].key\n'
    )
