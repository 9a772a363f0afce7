"""Random rows of `per` tables, and the columns that go along in time there."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.strategies.cases import case_names, condition
from tests.strategies.columns import Draw, Known, Shop, Tree
from tests.strategies.numbers import KINDS as NUMERIC
from tests.strategies.texts import hostile

NUMBERS = ("integer", "number")
FIXED = ("key", "ref", "position", "running", "share")
"""Kinds of numbers that no balance cuts."""
MOMENTS = ("date", "timestamp", "offset", "tick")


def rows_per(draw: Draw, shop: Shop, parent: Shop) -> Tree:
    """Rows for each row of a parent, in one of the ways that there are."""
    kinds = ["mean", "mean", "every", "where", "chance"]
    cycles = [
        name for name, one in parent.columns.items() if one["kind"] == "lifecycle"
    ]
    kind = draw(st.sampled_from([*kinds, *["moves"] * 5 * bool(cycles)]))
    shop.sure = parent.sure
    if kind == "moves":
        moves = draw(st.sampled_from(cycles))
        data = parent.known[parent.columns[moves]["start"]].data
        shop.log = Known(data, False, parent.known[moves].values)
        shop.sure, shop.most = False, 21
        return {"per": parent.name, "moves": moves}
    if kind == "every":
        shop.grid = True
        every = draw(st.sampled_from(["60d", "400d", "2mo", "1y"]))
        return {"per": parent.name, "every": every}
    if kind == "where":
        shop.sure = False
        return {"per": parent.name, "where": condition(draw, parent)}
    if kind == "chance":
        options: list[Tree] = [{"chance": 0.5}, {"chance": 1}, {"chance": 0}]
    else:
        options = [{"mean": 2.5}, {"mean": 2.01, "max": 4}, {"mean": 3, "min": 2}]
        options += [{"mean": 4, "min": 1, "max": 9}, {"mean": 2, "min": 2, "max": 2}]
    own = draw(st.sampled_from(options))
    cases = cases_over(draw, parent, list(parent.known), options)
    given = (
        [own]
        if not cases or "cases" not in cases
        else [
            {**own, **case} if "mean" not in case else case
            for case in [
                *cases["cases"].values(),
                *filter(None, [cases.get("otherwise")]),
            ]
        ]
    )
    # Without a `max` they are as many as hardly any parent would have.
    shop.most = max(case.get("max", 25) if "mean" in case else 1 for case in given)
    few = all(case.get("min", 0) > 0 or case.get("chance") == 1 for case in given)
    shop.sure = shop.sure and few
    return {"per": parent.name, **own, **(cases or {})}


def cases_over(draw: Draw, shop: Shop, paths: list[str], options: list[Tree]) -> Tree:
    """`by` one of the paths, or nothing: each case has one of the options."""
    fitting = [
        path
        for path in paths
        if shop.known[path].values or shop.known[path].data in ("boolean", *NUMBERS)
    ]
    if not fitting or draw(st.booleans()):
        return {}
    by = draw(st.sampled_from(sorted(fitting)))
    names, whole = case_names(draw, shop.known[by])
    option = st.sampled_from(options)
    tree: Tree = {"by": by, "cases": {name: draw(option) for name in names}}
    if not whole or shop.known[by].nullable or draw(st.booleans()):
        tree["otherwise"] = draw(option)
    return tree


def in_time(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    """A column that goes along in time, of a kind that the table can hold."""
    kinds: list[Any] = [running, progression, share, along, along] if shop.per else []
    kinds += [tick, series, series] if shop.grid else []
    kinds += [tick, state, state] if shop.log else []
    return draw(st.sampled_from(kinds))(draw, shop) if kinds else None


def tick(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    return {"kind": "tick"}, Known(shop.log.data if shop.log else "timestamp")


def state(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    assert shop.log is not None
    return {"kind": "state"}, Known("text", False, shop.log.values)


def series(draw: Draw, shop: Shop) -> tuple[Tree, Known]:
    numbers = st.sampled_from([0, -3.5, *shop.paths(*NUMBERS, nullable=False)])
    options: list[Tree] = [
        {"trend": 0.5},
        {"noise": 2},
        {"min": 1},
        {"max": 4.5},
        {"decimals": 1},
        {"cycles": [{"period": "24h", "amplitude": 3}]},
        {"cycles": [{"period": "90m", "amplitude": -1, "peak": "1d"}] * 2},
        {"cycles": []},
        {"trend": draw(numbers)},
        {"shift": {"when": condition(draw, shop), "by": draw(st.sampled_from([0, 9]))}},
    ]
    tree: Tree = {"kind": "series", "base": draw(numbers)}
    for option in draw(st.lists(st.sampled_from(options), max_size=4)):
        tree |= option
    cases = [case for case in options if "decimals" not in case]
    cases += [{}, {"base": draw(numbers)}]
    return tree | cases_over(draw, shop, list(shop.known), cases), Known("number")


def running(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    """A balance; one that cuts changes goes by nothing that could hang on them."""
    moments = orders(shop)
    changes = [
        name
        for name in shop.paths(*NUMBERS, nullable=False)
        if shop.columns.get(name, {}).get("kind", "ref") not in FIXED
    ]
    if not moments or not changes:
        return None
    order, change = draw(st.sampled_from(moments)), draw(st.sampled_from(changes))
    above = [path for path in shop.known if path.startswith(f"{shop.parent}.")]
    starts = [path for path in shop.paths(*NUMBERS, nullable=False) if path in above]
    whole = shop.known[change].data == "integer"
    floors: list[Tree] = [{"floor": floor} for floor in (0, -5, 3)]
    places = list(shop.columns)
    after = places.index(order.partition(".")[0]) < places.index(change)
    can_cut = after and change not in shop.cut and not shop.known[change].values
    options: list[Tree] = [{}, *floors] if can_cut else [{}]
    tree = {"kind": "running", "change": change, "order": order}
    tree |= {"start": draw(st.sampled_from([0, 2.5, *starts]))}
    tree |= {} if draw(st.booleans()) else {"decimals": draw(st.integers(0, 4))}
    tree |= draw(st.sampled_from(options))
    tree |= cases_over(draw, shop, above, options)
    if first_moment(shop) == order and draw(st.booleans()):
        del tree["order"]
    if "floor" in str(tree):
        shop.cut.add(change)
    return tree, Known("integer" if whole else "number")


def progression(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    moments = orders(shop)
    if not moments:
        return None
    order = draw(st.sampled_from(moments))
    states = draw(st.lists(hostile, min_size=2, max_size=4, unique=True))
    tree = {"kind": "progression", "states": states, "chance": 0.4, "order": order}
    tree |= cases_over(draw, shop, list(shop.known), [{}, {"chance": 1}, {"chance": 0}])
    if first_moment(shop) == order and draw(st.booleans()):
        del tree["order"]
    return tree, Known("text", False, tuple(states))


ALONG: dict[str, list[str]] = {
    "integer": ["row_number()", "cumsum(1)", "lag(row_number())", "cumsum(int({b}))"],
    "number": [
        "days_between(lag({m}), {m})",
        "cumsum(float({n}))",
        "float(lag({n})) / 2",
    ],
    "boolean": ["is_null(lag({x}))", "cumsum({n}) > 3", "lag({b})", "lag({x}) == {x}"],
    "text": ["lag({t})", "coalesce(first({t}), '-')", "lag(lag({t}))"],
    "timestamp": ["timestamp(date(lag({m})))", "coalesce(lag({m}), {m}) + hours(1)"],
}
AHEAD: dict[str, list[str]] = {
    "integer": ["int({b}) + coalesce(lead(row_number()), 0)"],
    "number": ["hours_between({m}, lead({m}))", "float(last({n}))"],
    "boolean": ["is_null(lead({m}))", "last({b})", "lead({x}) == last({x})"],
    "text": ["lead({t})", "last({t}) + '!'"],
    "timestamp": ["timestamp(lead({m}))", "timestamp(date(last({m})))"],
}
"""Of these a grid has none: in append mode its later rows are in later batches."""


def along(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    """An expression along a parent's rows."""
    moments = orders(shop)
    if not moments:
        return None
    paths = {
        "{n}": shop.paths(*NUMBERS),
        "{b}": shop.paths("boolean"),
        "{t}": shop.paths("text"),
        "{m}": shop.paths("date", "timestamp"),
        "{x}": shop.paths(*NUMBERS, "text", "date"),
    }
    data = draw(st.sampled_from(sorted(ALONG)))
    texts = ALONG[data] + ([] if shop.grid else AHEAD[data])
    texts = [
        text for text in texts if all(paths[each] for each in paths if each in text)
    ]
    if not texts:
        return None
    options: list[Tree] = []
    for text in texts:
        made = text
        for place in [each for each in paths if each in text]:
            made = made.replace(place, draw(st.sampled_from(paths[place])))
        options.append({"expr": made})
    order = draw(st.sampled_from(moments))
    tree = {"kind": "expr", **draw(st.sampled_from(options)), "order": order}
    tree |= cases_over(draw, shop, list(shop.known), options)
    if first_moment(shop) == order and draw(st.booleans()):
        del tree["order"]
    return tree, Known(data, True)


def share(draw: Draw, shop: Shop) -> tuple[Tree, Known] | None:
    """Parts of a number of the parent that has no more decimals than they have."""
    if shop.grid:  # which goes on in append mode
        return None
    paths = shop.paths(*NUMBERS)
    above = [path for path in paths if path.startswith(f"{shop.parent}.")]
    parent = shop.others[shop.columns[shop.parent]["table"]]
    columns = {
        f"{shop.parent}.{name}": tree
        for name, tree in parent.columns.items()
        if name not in parent.cut and is_rounded(tree)
    }
    totals = [path for path in above if path in columns]
    if not totals:
        return None
    of = draw(st.sampled_from(sorted(totals)))
    whole = shop.known[of].data == "integer"
    decimals = draw(st.sampled_from([0, 2, 3] if whole else [2, 3]))
    tree = {"kind": "share", "of": of, "decimals": decimals}
    options: list[Tree] = [{}, {"evenness": 0.5}, {"evenness": 30}]
    tree |= draw(st.sampled_from(options))
    tree |= cases_over(draw, shop, list(shop.known), options)
    return tree, Known("number" if decimals else "integer", shop.known[of].nullable)


def is_rounded(tree: Tree) -> bool:
    """Whether a column has numbers of two decimals at most."""
    if "cases" in tree or tree.get("unique"):
        return False
    if tree["kind"] in ("share", "running"):
        return bool(tree.get("decimals", 2) <= 2)
    whole = tree.get("integer") or tree["kind"] == "poisson"
    return tree["kind"] in NUMERIC and bool(whole or tree.get("decimals", 9) <= 2)


def orders(shop: Shop) -> list[str]:
    """What may order a parent's rows: of a grid, which goes on in append mode, its ticks."""
    if shop.grid:
        return [name for name, one in shop.columns.items() if one["kind"] == "tick"]
    return shop.paths("date", "timestamp", nullable=False)


def first_moment(shop: Shop) -> str:
    """The column that orders a table's rows unless told."""
    columns = shop.columns.items()
    return next((name for name, one in columns if one["kind"] in MOMENTS), "")
