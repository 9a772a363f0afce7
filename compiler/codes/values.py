"""E1: keys and values."""

from __future__ import annotations

from compiler.codes.code import error

CODES = (
    error(
        "E101",
        "unknown key",
        """
There is no such key here. It is an error, because a mistyped key that was ignored would change
the data without notice.
  wrong:  tier = { kind = "choice", wieghts = { Free = 0.6, Pro = 0.4 } }
  right:  tier = { kind = "choice", weights = { Free = 0.6, Pro = 0.4 } }
""",
    ),
    error(
        "E102",
        "missing key",
        """
This key is required: it has no default, because no guess would be right for every spec.
  wrong:  customer_id = { kind = "ref" }
  right:  customer_id = { kind = "ref", table = "customers" }
""",
    ),
    error(
        "E103",
        "a value of the wrong type",
        """
The key needs a value of another type, such as a number, a text, a list or a table. Text is not
converted to a number, nor a number to text.
  wrong:  rows = "5000"
  right:  rows = 5_000
""",
    ),
    error(
        "E104",
        "a number or length out of its range",
        """
Rates and chances are from 0 to 1, standard deviations and scales above 0, rows at least 1, and
all numbers finite. Paths have at most 20 steps, templates 100 places, texts 100,000 letters.
Weights, pools and the arguments of Faker have limits, too; the help names the one that
applies.
  wrong:  is_fraud = { kind = "bool", chance = 5 }
  right:  is_fraud = { kind = "bool", chance = 0.05 }
""",
    ),
    error(
        "E105",
        "a value that is not among the allowed ones",
        """
The key accepts a fixed set of values, and this is not one of them. The help lists them, or
names the one that is spelled most like it.
  wrong:  output.engine = "panda"
  right:  output.engine = "pandas"
""",
    ),
    error(
        "E106",
        "keys that do not go together, or one that is missing",
        """
The message names the keys. Some exclude each other (`mean` and `median` of a lognormal), some
need another setting (`csv_safe` needs CSV, `timezone` needs a `schedule`), and of some groups
exactly one is required (`rows` or `data`). Remove the key that is too many, or add the other.
  wrong:  price = { kind = "lognormal", mean = 80, median = 60, sigma = 0.6 }
  right:  price = { kind = "lognormal", median = 60, sigma = 0.6 }
""",
    ),
    error(
        "E107",
        "unknown column kind",
        """
A column's `kind` determines how its values are generated, and there is no kind of this name.
  wrong:  price = { kind = "log_normal", median = 60, sigma = 0.6 }
  right:  price = { kind = "lognormal", median = 60, sigma = 0.6 }
""",
    ),
    error(
        "E108",
        "a name that is not allowed",
        """
Names of specs, tables and columns become names in Python and in a database: lower-case
letters, digits and _, not starting with a digit, no Python keyword. Paths and the names of
clusters have no invisible characters.
  wrong:  "Customer ID" = { kind = "key" }
  right:  customer_id = { kind = "key" }
""",
    ),
    error(
        "E109",
        "not a moment or a length",
        """
A moment is a date, a timestamp, "now", or counted from the end of the window: "-3h" and
"-6mo" are before it, "+60d" is after it. A length is "15m", "2h" or "3d". The units are s, m,
h, d, w, mo and y.
  wrong:  created_at = { kind = "date", start = "2 years ago" }
  right:  created_at = { kind = "date", start = "-2y" }
""",
    ),
    error(
        "E110",
        "weights that are negative, all zero, or out of range",
        """
A weight is the share of its value, compared with the sum of all weights. No weight is
negative, and at least one is above zero. Each is 0, or from 1e-15 to 1e15.
  wrong:  tier = { kind = "choice", weights = { Free = 0, Pro = 0 } }
  right:  tier = { kind = "choice", weights = { Free = 0.7, Pro = 0.3 } }
""",
    ),
    error(
        "E112",
        "a key format that cannot number rows",
        """
The format of a key is a Python format with exactly one place, for the number of the row.
Without it, all rows would have the same key. A width has a zero before it, so that keys sort.
  wrong:  customer_id = { kind = "key", format = "CUST-" }
  right:  customer_id = { kind = "key", format = "CUST-{:05d}" }
""",
    ),
    error(
        "E113",
        "the same name twice",
        """
Two things with one name would be confused: two events (expressions name events without their
calendar), two keys, a column that is also in `data`, two specs. Rename one of them. Calendars
may share an event, if its period is the same in each.
  wrong:  events = [{ name = "sale", days_ago = [31, 21] }, { name = "sale" }]
  right:  events = [{ name = "sale", days_ago = [31, 21] }, { name = "promo" }]
""",
    ),
    error(
        "E114",
        "a file of values that cannot be used",
        """
`data` and `file` name a CSV, JSON or Parquet file in the spec's folder, or below it. It has at
most 10,000 rows, a value in each cell that is used, and one type in each column. Its path
counts from the spec, so that the spec means the same on each machine.
  wrong:  data = "/home/me/countries.csv"
  right:  data = "countries.csv"
""",
    ),
)
