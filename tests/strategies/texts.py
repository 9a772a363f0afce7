"""Hostile strings and names for random specs."""

from __future__ import annotations

from hypothesis import strategies as st

HOSTILE = (
    "",
    " ",
    "plain",
    "it's",
    'say "hi"',
    "'''",
    '"""',
    '""" + __import__("os").getcwd() + """',
    "back\\slash",
    "ends in \\",
    "\\n is no line",
    "two\nlines",
    "\r\n",
    "\ttab",
    "{}",
    "{0}",
    "{x}",
    "}{",
    "{{ x }}",
    "{% raw %}",
    "{% endraw %}{{ 7 * 7 }}",
    "{# gone #}",
    "# comment",
    "${var}",
    "$(rm -rf /)",
    "%s %(x)s %",
    "'); DROP TABLE customers; --",
    "Größe",
    "日本語",
    "العربية",
    "emoji 👩‍👩‍👧",
    "right\u202eto left\u202c",
    "mark\u200f",
    "zero\u200bwidth",
    "line\u2028separator",
    "\x00",
    "a\x00b",
    "\x1b[31mred",
    "\x85next",
    "\ufeffbom",
    "e\u0301",
    "None",
    "nan",
    "true",
    "1",
    "< 4",
    "x" * 300,
    "- yaml: [x",
    "!!python/object:os.system",
)

TABLE_NAMES = (
    *("main", "uniform", "row", "date", "pl", "np", "customers", "orders", "row_"),
    *("rows", "tables", "output", "seed", "block", "start", "end", "choice", "by"),
    *("period", "timestamp", "day", "at", "path", "cache", "list", "dict", "print"),
    *("write_table", "options", "faked", "slug", "len", "customers_id", "order"),
    *("order_item", "order_items", "self", "a", "x" * 60, "nan", "console"),
    *("holidays", "hashlib", "math", "scale", "locale", "hour", "utc", "number"),
    *("batch", "window", "rows_after", "batch_rows", "pace"),
    *("timeline", "groups", "child_rows", "present", "math_table"),
    *("locales", "faked_in", "composed", "text_by"),
    *("keys", "refs", "after", "within", "check", "promises", "written", "over", "t0"),
)

COLUMN_NAMES = (
    *("row", "list", "customers", "orders", "main", "uniform", "date", "pl", "np"),
    *("id", "key", "name", "value", "index", "u", "timeline", "count", "start", "end"),
    *("customer", "customer_row", "order_id", "item_price", "price", "rows", "len"),
    *("polars", "cast", "dt", "str", "none", "x" * 60, "lognormal", "email"),
    *("day", "timestamp", "choice", "by", "first_of", "slug", "seed", "output"),
    *("tier", "size", "status", "amount", "created_at", "text", "row_", "spread"),
    *("print", "min", "max", "round", "abs", "math", "nulls", "weights", "number"),
    *("a_id", "b_id", "c_id", "d_id", "parent_id", "moment", "hour", "schema"),
    *("locale", "locale_", "place", "first_name"),
    *("t", "t0", "k", "batch_id"),
)

characters = st.characters(exclude_categories=["Cs"])
hostile = st.sampled_from(HOSTILE) | st.text(characters, max_size=12)
"""Any text that a spec can hold."""

several = st.lists(hostile, min_size=1, max_size=4, unique=True)
