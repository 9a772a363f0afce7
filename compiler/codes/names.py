"""E2: names of tables, columns and others, and what they refer to."""

from __future__ import annotations

from compiler.codes.code import error

CODES = (
    error(
        "E201",
        "unknown table",
        """
The spec has no table of this name. The order of tables does not matter.
  wrong:  customer_id = { kind = "ref", table = "customer" }
  right:  customer_id = { kind = "ref", table = "customers" }
""",
    ),
    error(
        "E202",
        "unknown column",
        """
The table has no column of this name. In a path, each part after a dot is a column of the table
that the part before it refers to.
  wrong:  tier = { kind = "lookup", path = "customer_id.teir" }
  right:  tier = { kind = "lookup", path = "customer_id.tier" }
""",
    ),
    error(
        "E203",
        "a path through a column that is no ref",
        """
Before a dot there must be a column that holds the key of another row: a ref, or a lookup of
one. Write the name of that column, not the name of its table.
  wrong:  tier = { kind = "lookup", path = "amount.tier" }
  right:  tier = { kind = "lookup", path = "customer_id.tier" }
""",
    ),
    error(
        "E204",
        "a cycle",
        """
These depend on each other in a circle, so none of them can be computed first. Let one of them
depend on something else. A chain of more than 300 columns is refused as well.
  wrong:  a = { kind = "expr", expr = "b + 1" }
          b = { kind = "expr", expr = "a + 1" }
  right:  a = { kind = "normal", mean = 10, sd = 2 }
          b = { kind = "expr", expr = "a + 1" }
""",
    ),
    error(
        "E205",
        "a value without a case or weight",
        """
Every value that the column can have needs a weight, or a case (or there is an `otherwise`).
Rows with the missing value would have no parameters. Here the tiers are Free and Pro.
  wrong:  cases = { Pro = { mean = 245 } }
  right:  cases = { Pro = { mean = 245 }, Free = { mean = 55 } }
""",
    ),
    error(
        "E206",
        "a case or weight for a value that cannot occur",
        """
The column never has this value, so the case or weight has no effect. In most cases it is
misspelled. Here the tiers are Free and Pro.
  wrong:  weights = { tier = { Free = 1, Prof = 3 } }
  right:  weights = { tier = { Free = 1, Pro = 3 } }
""",
    ),
    error(
        "E207",
        "a column of the wrong type for its place",
        """
The column has another type than this place needs: `after` needs a moment, `of` in an email a
text, `change` a number. A `faker` column needs a provider that gives one value, not a list:
use `sentence`, not `words`.
  wrong:  shipped_at = { kind = "timestamp", after = "amount" }
  right:  shipped_at = { kind = "timestamp", after = "ordered_at" }
""",
    ),
    error(
        "E208",
        "unknown calendar",
        """
There is no [calendars.NAME] of this name. The calendar `default` always exists.
  wrong:  ordered_at = { kind = "timestamp", calendar = "store" }
  right:  ordered_at = { kind = "timestamp", calendar = "default" }
""",
    ),
    error(
        "E209",
        "unknown Faker provider",
        """
Faker has no provider of this name. Providers are the methods of a Faker object, such as name,
company, city, phone_number or job. Some exist only in a few locales; a table with several
locales can use only those that exist in each of them.
  wrong:  employer = { kind = "faker", provider = "company_name" }
  right:  employer = { kind = "faker", provider = "company" }
""",
    ),
    error(
        "E210",
        "unknown locale",
        """
Faker has no such locale. A locale is a language and a country, joined by _. For several
locales, give weights, { en_US = 0.7, de_DE = 0.3 }, or let a table take them from a column.
  wrong:  locale = "german"
  right:  locale = "de_DE"
""",
    ),
    error(
        "E211",
        "unknown country or subdivision",
        """
The holidays library does not have this country, or this part of it. Give the two-letter code
of the country, not its name: Spain is ES, and Madrid is its subdivision MD.
  wrong:  shop = { holidays = "USA-California" }
  right:  shop = { holidays = "US", subdivision = "CA" }
""",
    ),
    error(
        "E212",
        "a ref to a table without a key",
        """
A ref holds the key of another row, but the table has no key. A key is a column of kind `key`,
a `primary_key` of one column, or the first column of `data` if all its values differ.
  wrong:  tables.stores.columns = { city = { kind = "faker", provider = "city" } }
  right:  tables.stores.columns = { store_id = { kind = "key" } }
""",
    ),
    error(
        "E213",
        "a value that may be null where null is not allowed",
        """
The value identifies the row, or something in every row depends on it, so it must always be
there. Remove the `null_rate` or `when`, or replace nulls in an expression with coalesce(a, b).
  wrong:  order_id = { kind = "key", null_rate = 0.1 }
  right:  order_id = { kind = "key" }
""",
    ),
    error(
        "E214",
        "a `per` table needs exactly one plain ref to its parent",
        """
The rows of a `per` table are generated for each row of its parent. One ref holds the key of
the parent. It has no weights or skew, because nothing is drawn.
  wrong:  order_id = { kind = "ref", table = "orders", skew = 0.8 }
  right:  order_id = { kind = "ref", table = "orders" }
""",
    ),
    error(
        "E215",
        "rows or bounds that are impossible",
        """
No data can match this: a minimum above its maximum, a window that ends before it starts, a ref
to a table without rows.
  wrong:  age = { kind = "normal", mean = 40, sd = 12, min = 90, max = 18 }
  right:  age = { kind = "normal", mean = 40, sd = 12, min = 18, max = 90 }
""",
    ),
    error(
        "E216",
        "arguments that a Faker provider refuses",
        """
Scaffold called the provider once with these `args`, and it raised an error. Give arguments by
name, as in Faker's documentation.
  wrong:  bio = { kind = "faker", provider = "text", args = { chars = 80 } }
  right:  bio = { kind = "faker", provider = "text", args = { max_nb_chars = 80 } }
""",
    ),
    error(
        "E217",
        "row numbers that do not fit into 64 bits",
        """
A row of a `per` table has the number parent x maximum of children + position. With `per`
tables below `per` tables, these numbers multiply. Lower `max`, or use a longer `every`.
  wrong:  tables.customers.rows = 4_000_000_000_000_000_000
          tables.orders.rows = { per = "customers", mean = 3, max = 20 }
  right:  tables.customers.rows = 4_000_000_000
          tables.orders.rows = { per = "customers", mean = 3, max = 20 }
""",
    ),
    error(
        "E218",
        "bad data in a table without a key",
        """
`_bad_data` lists the row of each fault by its key: a `key` column, or the `primary_key`. A
table with faults, or with refs to rows that lose their key to duplicates, needs one that is
written and never null.
  wrong:  tables.visits.columns = { paid = { kind = "bool", chance = 0.4 } }
  right:  tables.visits.columns = { visit_id = { kind = "key" } }
""",
    ),
    error(
        "E219",
        "a primary key, or `unique` columns, that can repeat",
        """
Two rows could have the same values in these columns. Use a `key`, a column with `unique`,
`data` without repeats, or the ref to the parent: alone if each parent has one child at most,
else with a `position`, a `tick` or a `distinct` ref. Here, in a table of rows per order:
  wrong:  primary_key = ["order_id", "tag_id"]
  right:  primary_key = ["order_id", "tag_id"]
          tag_id = { kind = "ref", table = "customers", distinct = true }
""",
    ),
    error(
        "E220",
        "a Faker provider that gives other values in another run",
        """
Its values depend on the day of the run, or on more than the seed, so a run could not be
repeated. Scaffold tries each provider with two clocks, in each locale of the column. Use
`date` for ages and birthdays; Faker providers of moments need two fixed dates.
  wrong:  born = { kind = "faker", provider = "date_of_birth" }
  right:  born = { kind = "date", start = "-80y", end = "-18y" }
""",
    ),
    error(
        "E221",
        "a `renamed_from` that names no old name",
        """
The old name of a table or a column keeps its data as it was: values are drawn under it. So the
spec has nothing else of that name, and two tables, or two columns of one table, are not renamed
from the same one. Here a column that was created_on is now joined_on.
  wrong:  joined_on = { kind = "date", renamed_from = "joined_on" }
  right:  joined_on = { kind = "date", renamed_from = "created_on" }
""",
    ),
)
