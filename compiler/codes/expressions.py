"""E3: expressions."""

from __future__ import annotations

from compiler.codes.code import error

CODES = (
    error(
        "E301",
        "an expression that does not parse",
        """
Expressions have Python's syntax, and this one is not valid: an operator without a value, an
open bracket or quote, or = instead of ==.
  wrong:  total = { kind = "expr", expr = "price * (1 - discount" }
  right:  total = { kind = "expr", expr = "price * (1 - discount)" }
""",
    ),
    error(
        "E302",
        "a construct that expressions do not have",
        """
Expressions have operators, comparisons, and/or/not, `a if c else b`, paths, literals and a set
of functions. They have no lists, loops, lambdas, indexes or methods.
  wrong:  code = { kind = "expr", expr = "name.upper()" }
  right:  code = { kind = "expr", expr = "upper(name)" }
""",
    ),
    error(
        "E303",
        "unknown function",
        """
Expressions have a fixed set of functions, which run fast and give the same result on every
engine. Other functions of Python cannot be used.
  wrong:  price = { kind = "expr", expr = "sqr(side)" }
  right:  price = { kind = "expr", expr = "side ** 2" }
""",
    ),
    error(
        "E304",
        "wrong number or kind of arguments",
        """
The function needs more, fewer or other arguments. For example, days_between takes two moments,
and clip takes a number and its two bounds.
  wrong:  score = { kind = "expr", expr = "clip(points)" }
  right:  score = { kind = "expr", expr = "clip(points, 0, 100)" }
""",
    ),
    error(
        "E305",
        "types that do not go together in an expression",
        """
The operator does not work on these types: a number plus a text, a comparison of a text with a
number, a number where true or false is needed.
  wrong:  is_large = { kind = "expr", expr = "amount > '100'" }
  right:  is_large = { kind = "expr", expr = "amount > 100" }
""",
    ),
    error(
        "E306",
        "unknown event in during()",
        """
The first argument of during() is the name of an event, and no calendar has an event of this
name. Or several have it in different time zones, so that its days are not the same moments.
  wrong:  hit = { kind = "expr", expr = "during('outtage', ordered_at)" }
  right:  hit = { kind = "expr", expr = "during('outage', ordered_at)" }
""",
    ),
    error(
        "E307",
        "a function of other rows where it has none",
        """
lag, lead, first, last, cumsum and row_number go along a parent's rows in order of time: they
belong to columns of `per` tables. `where` and `when` see one row: use a hidden column there. In
append mode a grid gets further rows in each batch: no lead, no last, no order but its tick
(so for balances and progressions).
  wrong:  rows = { per = "orders", where = "row_number() == 1" }
  right:  rows = { per = "orders", where = "is_first" }    # a hidden column of orders
""",
    ),
)
