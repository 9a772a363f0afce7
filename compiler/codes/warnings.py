"""W4: warnings about data that would not look real, or not be what was meant."""

from __future__ import annotations

from compiler.codes.code import warning

CODES = (
    warning(
        "W401",
        "a uniform distribution",
        """
Real values are rarely spread evenly between two bounds, so charts of them look artificial. Use
lognormal for amounts, normal for measurements, exponential for waiting times.
  warns:  price = { kind = "uniform", low = 5, high = 500 }
  right:  price = { kind = "lognormal", median = 60, sigma = 0.8, min = 5, max = 500 }
""",
        "Amounts and durations come from many factors that multiply, so they are "
        "about log-normal: E. Limpert and others, Log-normal Distributions across "
        "the Sciences, BioScience 51 (2001).",
    ),
    warning(
        "W402",
        "a choice of equal weights",
        """
Real categories are rarely equally frequent, and charts of them are flat. Give weights, or a
list of `values`, whose weights decrease.
  warns:  region = { kind = "choice", weights = { North = 1, South = 1, East = 1 } }
  right:  region = { kind = "choice", weights = { North = 5, South = 3, East = 2 } }
""",
        "Frequencies of names, products and places fall roughly as 1/n: M. Newman, "
        "Power laws, Pareto distributions and Zipf's law, Contemporary Physics 46 "
        "(2005).",
    ),
    warning(
        "W403",
        "a ref with neither skew nor weights",
        """
With `skew = false` and no weights, every parent gets about the same number of rows. In real
data some customers order far more than most.
  warns:  customer_id = { kind = "ref", table = "customers", skew = false }
  right:  customer_id = { kind = "ref", table = "customers", skew = 0.8 }
""",
        "A fifth of the customers often brings four fifths of the orders: M. "
        "Newman, Power laws, Pareto distributions and Zipf's law, Contemporary "
        "Physics 46 (2005).",
    ),
    warning(
        "W404",
        "a column named like an aggregate",
        """
A column called total_…, sum_…, avg_… or …_count looks like a figure over other rows, but it is
drawn by itself and will not match them. Leave aggregates to queries.
  warns:  order_count = { kind = "poisson", lam = 4 }
  right:  loyalty_points = { kind = "poisson", lam = 4 }
""",
        "In a medallion architecture the raw (bronze) tables have no figures; later "
        "layers compute them: "
        "https://docs.databricks.com/aws/en/lakehouse/medallion",
    ),
    warning(
        "W405",
        "no table with 10 000 rows",
        """
In so few rows, trends and differences cannot be seen for random noise, and a pipeline has
nothing to do. Give one table more rows.
  warns:  rows = 900
  right:  rows = 15_000
""",
        "10 000 rows give 20 groups 500 rows each, which W407 asks for.",
        where="",
    ),
    warning(
        "W406",
        "under 50 rows a day in a table of events",
        """
With so few rows a day, weekends, holidays and events look like random noise. Raise `rows` (of
a `per` table: its parent's), or make the window shorter: 180 days need 9 000 rows.
  warns:  rows = 2_000
  right:  rows = 15_000
""",
        "A count of 50 varies by 7 from day to day by chance (its square root, 14 "
        "%): a weekend with 30 % less differs by two of these, but not of a "
        "smaller count.",
    ),
    warning(
        "W407",
        "under 500 rows expected for a category",
        """
Figures of so few rows are noisy. Raise `rows` or the weight. (Tables that refs point at need no
more rows, unless they have moments in the window.) A weight of 0.02 is 300 of 15 000 rows:
  warns:  status = { kind = "choice", weights = { paid = 0.98, open = 0.02 } }
  right:  status = { kind = "choice", weights = { paid = 0.95, open = 0.05 } }
""",
        "A share that is counted in n rows has a standard error of sqrt(p (1 - p) / "
        "n): with 500 rows at most 2.2 points.",
    ),
    warning(
        "W408",
        "under 5 or over 20 children per parent in a table of events",
        """
With fewer, most parents have no history; with more, there are too few parents to compare.
Change the rows of either table: 15 000 orders need 750 to 3 000 customers; 2 500 customers need
12 500 to 50 000 orders.
  warns:  tables.customers.rows = 14_000
  right:  tables.customers.rows = 2_500
""",
        "A count of 5 varies by 45 % by chance (1 / sqrt 5). With over 20 children "
        "each, 10 000 rows have under 500 parents, which W407 asks for.",
    ),
    warning(
        "W409",
        "a key format too narrow for its rows",
        """
The numbers have more digits than the format pads to. Keys then differ in length and sort
wrongly as text (CUST-10000 before CUST-9999). For 50 000 rows:
  warns:  customer_id = { kind = "key", format = "CUST-{:04d}" }
  right:  customer_id = { kind = "key", format = "CUST-{:05d}" }
""",
        "Texts are compared letter by letter: CUST-10000 is less than CUST-9999.",
    ),
    warning(
        "W410",
        "a Faker pool far smaller than its rows",
        """
Each text of the pool appears in many rows, so names and addresses that should be nearly unique
repeat visibly. For a million rows:
  warns:  name = { kind = "faker", provider = "name", pool = 50 }
  right:  name = { kind = "faker", provider = "name", pool = 20_000 }
""",
        "Of a pool with a tenth as many texts as rows, each text is in 10 rows on "
        "average.",
    ),
    warning(
        "W411",
        "a child that may come before its parent in time",
        """
This moment does not depend on the parent's, so an order can be earlier than its customer.
  warns:  ordered_at = { kind = "timestamp" }
  right:  ordered_at = { kind = "timestamp", after = "customer_id.created_at" }
""",
        "No effect comes before its cause; `--check` counts such rows where a spec "
        "excludes them (docs/check.md).",
    ),
    warning(
        "W412",
        "an event without any rows",
        """
All moments that use this calendar are before or after the event, so it has no effect. The year
may be wrong, or the window too short.
  warns:  default = { events = [{ name = "sale", days_ago = [250, 240], factor = 3 }] }
  right:  default = { events = [{ name = "sale", days_ago = [50, 40], factor = 3 }] }
""",
        "A factor multiplies the volume of its days: where there are none, it "
        "multiplies nothing.",
        where="",
    ),
    warning(
        "W413",
        "a schedule that does not fit the batches of append mode",
        """
A run writes one batch: that of its day in the time zone of the schedule or, where batches are
shorter than a day, that of its time in UTC. This schedule skips batches, or writes some twice.
With batches of a day:
  warns:  schedule = "0 0 6 ? * MON"
  right:  schedule = "0 0 6 * * ?"
""",
        "A run takes its batch from the time at which it was due (docs/language.md, "
        "The job).",
        where="",
    ),
    warning(
        "W414",
        "children of append mode that are never written",
        """
A row of a `per` table is written in the batch of its parent, and `now` is the end of that
batch. What becomes true later adds no row, such as a review of a stay that ends next month.
  warns:  rows = { where = "now() > ordered_at" }
  right:  rows = { where = "amount > 20" }
""",
        "A run writes the children of its own batch's parents, and changes no "
        "earlier batch (docs/language.md, Append mode).",
    ),
    warning(
        "W415",
        "a skew that a few rows with weights cannot reach",
        """
The weights of groups are exact, and skew works only within a group. Of two shops that weigh 2
and 1, the busier one gets two thirds, whatever the skew.
  warns:  to = { kind = "ref", table = "shops", weights.id = { A = 2, B = 1 }, skew = 0.9 }
  right:  to = { kind = "ref", table = "shops", weights.id = { A = 2, B = 1 } }
""",
        "Weights set the share of each group exactly; skew is among the rows of a "
        "group (docs/language.md, Columns).",
    ),
    warning(
        "W416",
        "a grid of over a billion rows, less than an hour apart",
        """
A grid has one row for each step in the window and each row of its parent. The unit may be
wrong: "1m" is a minute, "1mo" a month.
  warns:  rows = { every = "1m" }
  right:  rows = { every = "1mo" }
""",
        "At two million rows a second (benchmarks/RESULTS.md), a billion rows take "
        "eight minutes.",
    ),
    warning(
        "W417",
        "a ref that needs more memory than a serverless worker has",
        """
To draw by `weights`, or among the rows of a `per` table, a worker keeps a number for each row
of the target: 4 bytes, and 8 during setup. A serverless worker of Spark has 1 GB; clusters and
other engines have the memory of their machine.
  warns:  tables.customers.rows = 400_000_000
  right:  tables.customers.rows = 40_000_000
""",
        "A UDF on serverless compute may use 1 GB: "
        "https://docs.databricks.com/aws/en/compute/serverless/limitations",
    ),
    warning(
        "W418",
        "parts of a total that some parents have none of",
        """
The parts of a `share` add up to the total of their parent. A parent without children has a
total, but no parts, so the sums over both tables differ.
  warns:  rows = { per = "orders", mean = 2.5, max = 8 }
  right:  rows = { per = "orders", mean = 2.5, min = 1, max = 8 }
""",
        "Reports add up lines and compare with the totals of orders, as the "
        "reconciliation of a ledger does.",
    ),
    warning(
        "W419",
        "a state of a lifecycle that no row gets to",
        """
No way leads from the first state to this one, so no row is ever in it. The first state is the
first one of `states`; most often a name is misspelled. (Here without each state's `after`.)
  warns:  states = { new = { to = { payed = 1 } }, paid = { to = { sent = 1 } } }
  right:  states = { new = { to = { paid = 1 } }, paid = { to = { sent = 1 } } }
""",
        "A state is entered by moves alone; the shares of a lifecycle's moves give the share of "
        "the rows that reach it (docs/language.md, Lifecycles).",
    ),
)
