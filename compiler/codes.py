"""What each diagnostic code means: the text of `scaffold explain CODE`.

An explanation says what is wrong and why it is refused, then shows it wrong and right. The
examples are TOML; the tests read those after "right:".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A diagnostic's stable code; codes are never reused for something else."""

    code: str
    title: str
    explanation: str


def explain(code: str) -> str | None:
    """The code's title and explanation, or None for a code that does not exist.

    Upper and lower case count the same.
    """
    found = CODES.get(code.strip().upper())
    return f"{found.code}: {found.title}\n\n{found.explanation}\n" if found else None


def _code(code: str, title: str, *lines: str) -> Code:
    return Code(code, title, "\n".join(lines))


def _warning(code: str, title: str, *lines: str) -> Code:
    """A warning says at its end how to allow it."""
    where = "at the top level"
    if code not in _OF_THE_SPEC:
        where = "on the column, the table or the top level"
    return _code(
        code,
        title,
        *lines,
        f'To allow it: `allow = ["{code}"]` {where} (`"*"` for all).',
    )


_OF_THE_SPEC = ("W405", "W412", "W413")
"""Warnings of no table or column."""


_ALL = (
    # --- the file ---------------------------------------------------------------------------
    _code(
        "E001",
        "the file is not valid TOML or JSON",
        "The text breaks the rules of its format, so nothing in it can be read. A file whose name",
        "ends in .json is read as JSON, all others as TOML. Text has quotes, and a key is given",
        "once.",
        "  wrong:  kind = choice",
        '  right:  kind = "choice"',
    ),
    _code(
        "E002",
        "the file cannot be read",
        "There is no such file, it is a folder, a pipe or a device, it may not be read, or it is",
        "not UTF-8.",
        "Give the path of a spec, relative to the folder that you are in:",
        "  wrong:  scaffold ecom",
        "  write:  scaffold specs/ecom.toml",
    ),
    _code(
        "E003",
        "the file is too large for a spec",
        "A spec has at most 5 MB. It describes data, and tables of many rows are drawn, not",
        "written out: `data` is for lists such as countries or products. Of two tables that have",
        "nothing to do with each other, each can have a spec of its own.",
    ),
    # --- keys and values --------------------------------------------------------------------
    _code(
        "E101",
        "unknown key",
        "The language has no such key in this place. It is refused rather than ignored, because a",
        "mistyped key would otherwise change the data without a word.",
        '  wrong:  tier = { kind = "choice", wieghts = { Free = 0.6, Pro = 0.4 } }',
        '  right:  tier = { kind = "choice", weights = { Free = 0.6, Pro = 0.4 } }',
    ),
    _code(
        "E102",
        "missing key",
        "Something is needed here that has no default: a guess would be as likely wrong as right.",
        '  wrong:  customer_id = { kind = "ref" }',
        '  right:  customer_id = { kind = "ref", table = "customers" }',
    ),
    _code(
        "E103",
        "a value of the wrong type",
        "The key takes another type: a number, a text, a list, a table. Text is not read as a",
        "number, nor a number as text.",
        '  wrong:  rows = "5000"',
        "  right:  rows = 5_000",
    ),
    _code(
        "E104",
        "a number or length out of its range",
        "A rate or chance is from 0 to 1, a standard deviation and a scale are above 0, rows are 1",
        "or more, and every number is finite. No data can be drawn from other values. A path has",
        "at most 20 steps, a template 100 places, a text 100,000 letters. Weights, pools, Faker's",
        "arguments have limits, too: the help names them.",
        '  wrong:  is_fraud = { kind = "bool", chance = 5 }',
        '  right:  is_fraud = { kind = "bool", chance = 0.05 }',
    ),
    _code(
        "E105",
        "a value that is not among the allowed ones",
        "The key takes one of a few words, and this is none of them. The help lists them or names",
        "the nearest.",
        '  wrong:  output.engine = "panda"',
        '  right:  output.engine = "pandas"',
    ),
    _code(
        "E106",
        "keys that exclude each other, or of which one is needed",
        "These keys say the same thing in different ways, so exactly one (or at most one) of them",
        "may be given. A lognormal takes one of mean, median and mu; two would contradict.",
        '  wrong:  price = { kind = "lognormal", mean = 80, median = 60, sigma = 0.6 }',
        '  right:  price = { kind = "lognormal", median = 60, sigma = 0.6 }',
    ),
    _code(
        "E107",
        "unknown column kind",
        "A column's `kind` says how its values come about, and there is no such kind.",
        '  wrong:  price = { kind = "log_normal", median = 60, sigma = 0.6 }',
        '  right:  price = { kind = "lognormal", median = 60, sigma = 0.6 }',
    ),
    _code(
        "E108",
        "a name that is no identifier",
        "Names of the spec, of tables and of columns become names in a script and in a database:",
        "small letters, digits and _, not beginning with a digit, and no Python keyword. Paths and",
        "names of clusters hold no character that is not seen.",
        '  wrong:  "Customer ID" = { kind = "key" }',
        '  right:  customer_id = { kind = "key" }',
    ),
    _code(
        "E109",
        "not a moment or a length",
        'A moment is a date, a timestamp, "now", or counted back from the end of the window:',
        '"-3h", "-180d", "-6mo". A length is "15m", "2h" or "3d". Units: s, m, h, d, w, mo, y.',
        '  wrong:  created_at = { kind = "date", start = "2 years ago" }',
        '  right:  created_at = { kind = "date", start = "-2y" }',
    ),
    _code(
        "E110",
        "weights negative, all zero or endless",
        "Weights are shares of the rows in proportion to their sum. None can be below zero, and",
        "at least one is above it. They are 0, or from 1e-12 to 1e12.",
        '  wrong:  tier = { kind = "choice", weights = { Free = 0, Pro = 0 } }',
        '  right:  tier = { kind = "choice", weights = { Free = 0.7, Pro = 0.3 } }',
    ),
    _code(
        "E112",
        "a key format that cannot number rows",
        "The format of a key is a Python format with exactly one place, for the row's number.",
        "Without it every row would have the same key.",
        '  wrong:  customer_id = { kind = "key", format = "CUST-" }',
        '  right:  customer_id = { kind = "key", format = "CUST-{:05d}" }',
    ),
    _code(
        "E113",
        "two names that come to the same",
        "Two things of one name would be mixed up: two events (expressions name them without",
        "their calendar), two keys, a column that is in `data` too, two specs. Rename one.",
        '  wrong:  events = [{ name = "sale", days_ago = [31, 21] }, { name = "sale" }]',
        '  right:  events = [{ name = "sale", days_ago = [31, 21] }, { name = "promo" }]',
    ),
    # --- what names point at ----------------------------------------------------------------
    _code(
        "E201",
        "unknown table",
        "The spec has no table of this name. Tables may be in any order, but each that is named",
        "must be there.",
        '  wrong:  customer_id = { kind = "ref", table = "customer" }',
        '  right:  customer_id = { kind = "ref", table = "customers" }',
    ),
    _code(
        "E202",
        "unknown column",
        "The table has no column of this name. In a path, each part but the first is a column of",
        "the table that the part before points at.",
        '  wrong:  tier = { kind = "lookup", path = "customer_id.teir" }',
        '  right:  tier = { kind = "lookup", path = "customer_id.tier" }',
    ),
    _code(
        "E203",
        "a path through a column that is no ref",
        "Only what holds the key of another row can be followed by a dot: a ref, or a lookup of",
        "one. Name the column, not the table that it points at.",
        '  wrong:  tier = { kind = "lookup", path = "amount.tier" }',
        '  right:  tier = { kind = "lookup", path = "customer_id.tier" }',
    ),
    _code(
        "E204",
        "a cycle",
        "Each of these needs another one of them first: let one depend on something outside of the",
        "loop. Over 300 columns, each of which reads the next one, are refused as well.",
        '  wrong:  a = { kind = "expr", expr = "b + 1" }',
        '          b = { kind = "expr", expr = "a + 1" }',
        '  right:  a = { kind = "normal", mean = 10, sd = 2 }',
        '          b = { kind = "expr", expr = "a + 1" }',
    ),
    _code(
        "E205",
        "a value without a case or weight",
        "Every value that the column can have needs a case (or an `otherwise`), and every value a",
        "weight: those left out would have no parameters to be drawn with. The tiers here are",
        "Free and Pro.",
        "  wrong:  cases = { Pro = { mean = 245 } }",
        "  right:  cases = { Pro = { mean = 245 }, Free = { mean = 55 } }",
    ),
    _code(
        "E206",
        "a case or weight for a value that cannot occur",
        "The column never has this value, so that the case or weight would never be used; mostly",
        "it is mistyped. The tiers here are Free and Pro.",
        "  wrong:  weights = { tier = { Free = 1, Prof = 3 } }",
        "  right:  weights = { tier = { Free = 1, Pro = 3 } }",
    ),
    _code(
        "E207",
        "a column of a type that does not fit here",
        "This place needs a column of another type: `after` a moment, `of` in an email a text,",
        "`change` a number. A `faker` column needs a provider of one value a cell: text, a number,",
        "true or false, a date; `words` gives lists, `sentence` a text.",
        '  wrong:  shipped_at = { kind = "timestamp", after = "amount" }',
        '  right:  shipped_at = { kind = "timestamp", after = "ordered_at" }',
    ),
    _code(
        "E208",
        "unknown calendar",
        "There is no [calendars.NAME] of this name. One named `default` always exists.",
        '  wrong:  ordered_at = { kind = "timestamp", calendar = "store" }',
        '  right:  ordered_at = { kind = "timestamp", calendar = "default" }',
    ),
    _code(
        "E209",
        "unknown Faker provider",
        "Faker has no provider of this name. Providers are the methods of a Faker object, such as",
        "name, company, city, phone_number or job. Some are only in a few locales; a table of",
        "several locales takes those that are in each.",
        '  wrong:  employer = { kind = "faker", provider = "company_name" }',
        '  right:  employer = { kind = "faker", provider = "company" }',
    ),
    _code(
        "E210",
        "unknown locale",
        "Faker has no such locale. A locale is a language and a country, joined by _. Several are",
        "written by weight, { en_US = 0.7, de_DE = 0.3 }, or on a table by a column's value.",
        '  wrong:  locale = "german"',
        '  right:  locale = "de_DE"',
    ),
    _code(
        "E211",
        "unknown country or subdivision",
        "The holidays library does not know this country, or this part of it. A country is a code",
        "of two letters, not its name: Spain is ES, and Madrid is its subdivision MD.",
        '  wrong:  shop = { holidays = "USA-California" }',
        '  right:  shop = { holidays = "US", subdivision = "CA" }',
    ),
    _code(
        "E212",
        "a table that cannot be pointed at",
        "A ref holds the key of another row, and this table has no column that is its key. That of",
        "`data` is its first column, if all values differ, else a `primary_key` of one column.",
        '  wrong:  tables.stores.columns = { city = { kind = "faker", provider = "city" } }',
        '  right:  tables.stores.columns = { store_id = { kind = "key" } }',
    ),
    _code(
        "E213",
        "a value that may be null where it must not be",
        "The value decides something in every row, or identifies the row, so it cannot be missing.",
        "Take the `null_rate` away, or give another value in its place: coalesce(a, b).",
        '  wrong:  order_id = { kind = "key", null_rate = 0.1 }',
        '  right:  order_id = { kind = "key" }',
    ),
    _code(
        "E214",
        "a `per` table needs exactly one plain ref to its parent",
        "The rows of a `per` table are made for each parent row. One ref column receives the",
        "parent's key; it has no weights or skew, since nothing is left to be drawn.",
        '  wrong:  order_id = { kind = "ref", table = "orders", skew = 0.8 }',
        '  right:  order_id = { kind = "ref", table = "orders" }',
    ),
    _code(
        "E215",
        "rows or bounds that cannot be met",
        "No data satisfies this: a minimum above its maximum, a window that ends before it starts,",
        "rows that point at an empty table.",
        '  wrong:  age = { kind = "normal", mean = 40, sd = 12, min = 90, max = 18 }',
        '  right:  age = { kind = "normal", mean = 40, sd = 12, min = 18, max = 90 }',
    ),
    _code(
        "E216",
        "arguments that a Faker provider refuses",
        "The provider was called once with these `args` to try them, and raised an error. They are",
        "given by name, as Faker's documentation has them.",
        '  wrong:  bio = { kind = "faker", provider = "text", args = { chars = 80 } }',
        '  right:  bio = { kind = "faker", provider = "text", args = { max_nb_chars = 80 } }',
    ),
    _code(
        "E217",
        "row numbers that would not fit into 64 bits",
        "A row of a `per` table has the number parent x most children + position, and with `per`",
        "below `per` these grow by multiplication: lower `max`, lengthen `every`.",
        "  wrong:  tables.customers.rows = 4_000_000_000_000_000_000",
        '          tables.orders.rows = { per = "customers", mean = 3, max = 20 }',
        "  right:  tables.customers.rows = 4_000_000_000",
        '          tables.orders.rows = { per = "customers", mean = 3, max = 20 }',
    ),
    _code(
        "E218",
        "bad data in a table without a key",
        "The table `_bad_data` names the row of each fault by its key, so a table with faults (or",
        "with refs to rows that lose their key) has a key that is written and never null.",
        '  wrong:  tables.visits.columns = { paid = { kind = "bool", chance = 0.4 } }',
        '  right:  tables.visits.columns = { visit_id = { kind = "key" } }',
    ),
    _code(
        "E219",
        "a primary key that can repeat",
        "Nothing keeps these columns from repeating. A `key` does, so does `data` that differs, or",
        "the ref to the parent: alone if there is one child at most, else with a `position`, a",
        "`tick` or a `distinct` ref. Here in a table of rows per order:",
        '  wrong:  primary_key = ["order_id", "tag_id"]',
        '  right:  primary_key = ["order_id", "tag_id"]',
        '          tag_id = { kind = "ref", table = "customers", distinct = true }',
    ),
    _code(
        "E220",
        "a Faker provider that gives other values in another run",
        "Its values depend on the day of the run, or on more than the seed, so that no run could",
        "be repeated. Each provider is tried under two clocks, in each locale that the column has.",
        "Ages and the like come from moments of the spec; providers of moments take two dates.",
        '  wrong:  born = { kind = "faker", provider = "date_of_birth" }',
        '  right:  born = { kind = "date", start = "-80y", end = "-18y" }',
    ),
    # --- expressions ------------------------------------------------------------------------
    _code(
        "E301",
        "an expression that does not parse",
        "Expressions are written as in Python, and this one breaks its grammar: an operator",
        "without a value, a bracket or quote that is not closed, = for ==.",
        '  wrong:  total = { kind = "expr", expr = "price * (1 - discount" }',
        '  right:  total = { kind = "expr", expr = "price * (1 - discount)" }',
    ),
    _code(
        "E302",
        "a construct that expressions do not have",
        "Expressions have operators, comparisons, and/or/not, `a if c else b`, paths, literals and",
        "the functions of the language; no lists, loops, lambdas, indexes or methods.",
        '  wrong:  code = { kind = "expr", expr = "name.upper()" }',
        '  right:  code = { kind = "expr", expr = "upper(name)" }',
    ),
    _code(
        "E303",
        "unknown function",
        "Expressions know a fixed set of functions, so that each runs fast and alike on every",
        "engine. Python's others are not among them.",
        '  wrong:  price = { kind = "expr", expr = "sqr(side)" }',
        '  right:  price = { kind = "expr", expr = "side ** 2" }',
    ),
    _code(
        "E304",
        "wrong number or kind of arguments",
        "The function takes more, fewer or other arguments. days_between takes two moments, clip a",
        "number and its two bounds.",
        '  wrong:  score = { kind = "expr", expr = "clip(points)" }',
        '  right:  score = { kind = "expr", expr = "clip(points, 0, 100)" }',
    ),
    _code(
        "E305",
        "types that do not go together in an expression",
        "The operator has no meaning for these types: a number plus a text, a text against a",
        "number, a number where true or false is needed.",
        '  wrong:  is_large = { kind = "expr", expr = "amount > \'100\'" }',
        '  right:  is_large = { kind = "expr", expr = "amount > 100" }',
    ),
    _code(
        "E306",
        "unknown event in during()",
        "The first argument of during() is the name of an event in one of the calendars, and none",
        "has this one.",
        '  wrong:  hit = { kind = "expr", expr = "during(\'outtage\', ordered_at)" }',
        '  right:  hit = { kind = "expr", expr = "during(\'outage\', ordered_at)" }',
    ),
    # --- files that stand in the way ----------------------------------------------------------
    _code(
        "E501",
        "a generated file was edited since",
        "The file differs from what was last generated, and another text would be generated",
        "now. Nothing was written. To see both, build into another folder and compare. Then move",
        "your edits into the new text by hand, or give them up:",
        "  scaffold specs/ecom.toml --out elsewhere   writes the new text there",
        "  scaffold specs/ecom.toml --force           overwrites every file that was edited",
    ),
    _code(
        "E502",
        "a file that scaffold did not write stands in the way",
        "The lock file does not list this file, so it may be someone's work. It is not overwritten",
        "without `--force`. Move it away, or build into another folder:",
        "  scaffold specs/ecom.toml --out elsewhere",
    ),
    _code(
        "E503",
        "the system refused to write",
        "No space, no permission, a folder where a file should go. Nothing was changed: a build",
        "writes all of its files or none. Remove the cause and run it again.",
    ),
    # --- the bundle -------------------------------------------------------------------------
    _code(
        "E601",
        "a bundle template that cannot be rendered",
        "`--bundle-template` names a folder with a cookiecutter.json and a folder whose name is",
        "{{cookiecutter.name}}. A template that uses a value nobody gave it, or that Jinja cannot",
        "read, makes no bundle. docs/bundle-templates.md lists what a template is given.",
    ),
    _code(
        "E602",
        "a bundle that would not deploy",
        "Something in the bundle names what is not there: a variable, an environment, a file; or",
        "Databricks would refuse it, such as a schedule without a time zone. The message names the",
        "file and the place in it: correct it in the bundle template.",
    ),
    # --- warnings ---------------------------------------------------------------------------
    _warning(
        "W401",
        "a uniform distribution",
        "Hardly anything real is spread evenly between two bounds, so that charts of it look made",
        "up. Amounts are lognormal, measurements normal, waiting times exponential.",
        '  dull:   price = { kind = "uniform", low = 5, high = 500 }',
        '  right:  price = { kind = "lognormal", median = 60, sigma = 0.8, min = 5, max = 500 }',
    ),
    _warning(
        "W402",
        "a choice of equal weights",
        "Categories that are all equally frequent are rare in real data, and every chart by them",
        "is flat. Give weights, or `values` for weights that fall.",
        '  dull:   region = { kind = "choice", weights = { North = 1, South = 1, East = 1 } }',
        '  right:  region = { kind = "choice", weights = { North = 5, South = 3, East = 2 } }',
    ),
    _warning(
        "W403",
        "a ref with neither skew nor weights",
        "With `skew = false` and no weights every parent gets about as many rows as any other;",
        "really some customers order far more than most.",
        '  dull:   customer_id = { kind = "ref", table = "customers", skew = false }',
        '  right:  customer_id = { kind = "ref", table = "customers", skew = 0.8 }',
    ),
    _warning(
        "W404",
        "a column named like an aggregate",
        "total_…, sum_…, avg_… and …_count promise a figure over other rows, but a column is drawn",
        "by itself and will not agree with them. Leave aggregates to queries.",
        '  dull:   order_count = { kind = "poisson", lam = 4 }',
        '  right:  loyalty_points = { kind = "poisson", lam = 4 }',
    ),
    _warning(
        "W405",
        "no table with 10 000 rows",
        "In so little data trends and differences drown in chance, and nothing shows of how a",
        "pipeline performs.",
        "  dull:   rows = 900",
        "  right:  rows = 15_000",
    ),
    _warning(
        "W406",
        "under 50 rows a day in a table of events",
        "With so few rows a day weekends, holidays and events look like chance. Raise",
        "`rows`, or shorten the window: 180 days need 9 000 rows.",
        "  dull:   rows = 2_000",
        "  right:  rows = 15_000",
    ),
    _warning(
        "W407",
        "under 500 rows expected for a category",
        "A figure for this category rests on so few rows that it jumps by chance. Raise `rows` or",
        "the weight. A table that others point at, without moments in the window, has as many rows",
        "as it has, and no such warning. Of 15 000 rows a weight of 0.02 gives 300:",
        '  dull:   status = { kind = "choice", weights = { paid = 0.98, open = 0.02 } }',
        '  right:  status = { kind = "choice", weights = { paid = 0.95, open = 0.05 } }',
    ),
    _warning(
        "W408",
        "under 5 or over 20 children per parent in a table of events",
        "With fewer, most parents have no history to look at; with more, the parents are too few",
        "to differ. For 15 000 orders 750 to 3 000 customers are usual.",
        "  dull:   tables.customers.rows = 14_000",
        "  right:  tables.customers.rows = 2_500",
    ),
    _warning(
        "W409",
        "a key format too narrow for its rows",
        "The number outgrows the zeros that the format pads it with: the keys then differ in",
        "length and sort wrongly as text (CUST-10000 before CUST-9999). For 50 000 rows:",
        '  dull:   customer_id = { kind = "key", format = "CUST-{:04d}" }',
        '  right:  customer_id = { kind = "key", format = "CUST-{:05d}" }',
    ),
    _warning(
        "W410",
        "a Faker pool far smaller than its rows",
        "Each text of the pool is in many rows; names and addresses that should be nearly",
        "unique repeat visibly. For a million rows:",
        '  dull:   name = { kind = "faker", provider = "name", pool = 50 }',
        '  right:  name = { kind = "faker", provider = "name", pool = 20_000 }',
    ),
    _warning(
        "W411",
        "a child that may come before its parent in time",
        "Nothing keeps this moment after the parent's, so that an order can be older than its",
        "customer.",
        '  dull:   ordered_at = { kind = "timestamp" }',
        '  right:  ordered_at = { kind = "timestamp", after = "customer_id.created_at" }',
    ),
    _warning(
        "W412",
        "an event in which nothing happens",
        "All that follows the event's calendar is before or after the event, so that it moves",
        "nothing: mostly the year is mistyped, or the window ends too early.",
        '  dull:   default = { events = [{ name = "sale", days_ago = [250, 240], factor = 3 }] }',
        '  right:  default = { events = [{ name = "sale", days_ago = [50, 40], factor = 3 }] }',
    ),
    _warning(
        "W413",
        "a schedule that does not fit the batches of append mode",
        "A run makes one batch: that of its day in the schedule's time zone; where batches are",
        "shorter than a day, that of its time in UTC. This schedule leaves out some batches, or",
        "makes some more than once. With batches of a day:",
        '  dull:   schedule = "0 0 6 ? * MON"',
        '  right:  schedule = "0 0 6 * * ?"',
    ),
    _warning(
        "W414",
        "children of append mode that never come",
        "A row of a `per` table comes in the batch of its parent, whose end is `now` for both.",
        "What becomes true later brings no row, such as a review of a stay that ends next month.",
        '  dull:   rows = { where = "now() > ordered_at" }',
        '  right:  rows = { where = "amount > 20" }',
    ),
    _warning(
        "W415",
        "a skew that a few rows with weights cannot reach",
        "Between groups of rows the weights hold exactly; skew only adds to them within a group.",
        "Of two shops that weigh 2 and 1, the busier one gets two thirds and no more.",
        '  dull:   to = { kind = "ref", table = "shops", weights.id = { A = 2, B = 1 }, '
        "skew = 0.9 }",
        '  right:  to = { kind = "ref", table = "shops", weights.id = { A = 2, B = 1 } }',
    ),
    _warning(
        "W416",
        "a grid of over a billion rows, less than an hour apart",
        "A grid has a row for each step in the window, for each row of its parent. Mostly the unit",
        'is mistyped: "1m" is a minute, "1mo" a month.',
        '  dull:   rows = { every = "1m" }',
        '  right:  rows = { every = "1mo" }',
    ),
    _warning(
        "W417",
        "rows that a Spark script keeps, for which a serverless worker has no memory",
        "To draw by `weights`, or among the rows of a `per` table, a worker keeps a number for",
        "each row of the target: 4 bytes, 8 as it is made. A serverless worker has 1 GB; clusters,",
        "and scripts of other engines, have what their machine has.",
        "  dull:   tables.customers.rows = 400_000_000",
        "  right:  tables.customers.rows = 40_000_000",
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _ALL}
