"""Dates, timestamps and offsets: in their period, in order, at the hours that are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from compiler.spec.time import parse_moment
from tests.support import Tree, built, module, seconds, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas
from tests.support.distributions import assert_counts, assert_follows, assert_rate, cut

ROWS = 200_000
DAY = 86_400
FLAT: Tree = {"calendars": {"default": {}}}
"""A calendar that changes nothing in place of the usual one."""


def stamp(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def moments(
    top: Tree | None = None, /, rows: int = ROWS, **columns: Tree
) -> pl.DataFrame:
    return built(spec({**FLAT, **(top or {})}, things=table(rows, **columns)))


@pytest.mark.parametrize(
    ("top", "period", "start", "end"),
    [
        ({}, {}, "2026-01-01", "2026-06-30"),
        ({"window": {"days": 10, "end": "2024-03-05"}}, {}, "2024-02-24", "2024-03-05"),
        ({"window": {"start": "2023-12-31", "end": "2024-01-02"}}, {}, "2023-12-31", "2024-01-02"),
        ({}, {"start": "-2y", "end": "-6mo"}, "2024-06-30", "2025-12-30"),
        ({}, {"start": "-2d", "end": "now"}, "2026-06-28", "2026-06-30"),
        ({}, {"start": "2026-06-01"}, "2026-06-01", "2026-06-30"),
        ({}, {"end": "-30d"}, "2026-01-01", "2026-05-31"),
        ({}, {"start": "+1d", "end": "+60d"}, "2026-07-01", "2026-08-29"),
        ({}, {"start": "now", "end": "+8mo"}, "2026-06-30", "2027-02-28"),
        ({}, {"end": "+1y"}, "2026-01-01", "2027-06-30"),
    ],
)  # fmt: skip
def test_moments_fill_their_period_evenly(
    top: Tree, period: Tree, start: str, end: str
) -> None:
    frame = moments(
        top, at={"kind": "timestamp", **period}, day={"kind": "date", **period}
    )
    first, last = stamp(start), stamp(end)
    at = seconds(frame["at"])
    assert first <= at.min()
    assert at.max() < last
    assert_follows(at + 0.5, stats.uniform(first, last - first).cdf)
    day = frame["day"].to_physical().to_numpy()
    assert_counts(
        np.bincount(day - int(first // DAY)), np.ones(int((last - first) // DAY))
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [("-3h", "now"), ("2026-06-01T10:30:00", "2026-06-03T18:15:00+02:00")],
)
def test_periods_may_begin_and_end_at_any_moment(start: str, end: str) -> None:
    at = seconds(moments(at={"kind": "timestamp", "start": start, "end": end})["at"])
    first = stamp("2026-06-29T21:00") if start == "-3h" else stamp("2026-06-01T10:30")
    last = stamp("2026-06-30") if end == "now" else stamp("2026-06-03T16:15")
    assert first <= at.min()
    assert at.max() < last
    assert_follows(at + 0.5, stats.uniform(first, last - first).cdf)


def test_timestamps_are_utc_and_whole_seconds() -> None:
    at = moments(rows=1_000, at={"kind": "timestamp"})["at"]
    assert at.dtype == pl.Datetime("us", "UTC")
    assert (at.dt.microsecond() == 0).all()


@pytest.mark.parametrize("kind", ["date", "timestamp"])
@pytest.mark.parametrize("other", ["date", "timestamp"])
@pytest.mark.parametrize("calendar", ["default", "quiet"])
def test_nothing_comes_before_what_it_follows_or_after_what_it_precedes(
    kind: str, other: str, calendar: str
) -> None:
    calendars = {"quiet": {"weekend": 0, "yearly": 0.9, "noise": 0.5}}
    frame = moments(
        {"calendars": calendars},
        first={"kind": other, "end": "-60d"},
        last={"kind": other, "start": "-50d"},
        late={"kind": kind, "after": "first", "calendar": calendar},
        early={"kind": kind, "before": "last", "calendar": calendar},
        between={
            "kind": kind,
            "after": "first",
            "before": "last",
            "calendar": calendar,
        },
    )
    # A day is the same as any moment in it.
    compared = pl.Date if "date" in (kind, other) else pl.Datetime("us", "UTC")
    frame = frame.with_columns(pl.all().exclude("id").cast(compared))
    for name in ("late", "between"):
        assert (frame[name] >= frame["first"]).all(), name
    for name in ("early", "between"):
        assert (frame[name] <= frame["last"]).all(), name
    end = date(2026, 6, 30)
    for name in ("late", "early", "between"):
        assert str(frame[name].min())[:10] >= "2026-01-01"
        assert frame[name].cast(pl.Date).max() < end  # type: ignore[operator]


def test_what_follows_has_the_shape_of_what_is_left() -> None:
    calendars = {"shop": {"weekend": 3}}
    noon = {"kind": "constant", "value": "2026-05-01T12:00:00"}
    toml = f"""
    name = "left"
    description = "What is left of the window."
    allow = ["*"]
    window = {{ end = 2026-06-30 }}
    calendars = {{ shop = {{ weekend = {calendars["shop"]["weekend"]} }} }}
    [tables.things]
    rows = {ROWS}
    [tables.things.columns]
    id = {{ kind = "key" }}
    open = {{ kind = "constant", value = {noon["value"]}Z }}
    at = {{ kind = "timestamp", calendar = "shop", after = "open" }}
    """
    at = seconds(built(toml)["at"])
    start, end = stamp("2026-05-01T12:00"), stamp("2026-06-30")
    edges = np.append(start, np.arange(stamp("2026-05-02"), end + 1, DAY))
    weekday = (edges[:-1] // DAY + 3) % 7  # 1970 began on a Thursday
    volume = np.where(weekday >= 5, 3, 1) * np.diff(edges)
    assert_counts(np.histogram(at, edges)[0], volume)


def test_no_moment_lies_on_the_window_s_end_even_where_nothing_is_left() -> None:
    top: Tree = {
        "window": {"end": "2026-06-29"},  # a Monday
        "calendars": {"default": {}, "week": {"weekend": 0}},
    }
    frame = moments(
        top,
        joined={"kind": "timestamp", "start": "-2d"},
        at={"kind": "timestamp", "calendar": "week", "after": "joined"},
        day={"kind": "date", "calendar": "week", "after": "joined"},
    )
    assert seconds(frame["at"]).max() < stamp("2026-06-29")
    assert (frame["at"] >= frame["joined"]).all()
    assert str(frame["day"].max()) < "2026-06-29"


@pytest.mark.parametrize("calendar", [None, "odd"])
def test_hours_have_their_weights(calendar: str | None) -> None:
    weights = [0, 0, 1, 0, 5, 0, 0, 9, 9, 2, 0, 0, 4, 0, 0, 0, 7, 1, 1, 1, 0, 0, 3, 0.5]
    at: Tree = {"kind": "timestamp", "hours": weights}
    top = {"calendars": {"default": {}, "odd": {"weekend": 0.2}}}
    if calendar:
        at["calendar"] = calendar
    frame = moments(top, at=at)["at"]
    hours = np.bincount(frame.dt.hour().to_numpy(), minlength=24)
    assert_counts(hours[np.array(weights) > 0], np.array([w for w in weights if w]))
    assert hours[np.array(weights) == 0].sum() == 0
    days = np.bincount(frame.dt.weekday().to_numpy() - 1, minlength=7)
    whole_weeks = frame.filter(frame.dt.strftime("%Y-%m-%d") < "2026-06-25")
    days = np.bincount(whole_weeks.dt.weekday().to_numpy() - 1, minlength=7)
    assert_counts(days, np.array([1.0] * 5 + [0.2 if calendar else 1.0] * 2))


def test_business_is_by_day_and_evenings_peak_after_work() -> None:
    shapes = {
        name: np.bincount(
            moments(at={"kind": "timestamp", "hours": name})["at"].dt.hour().to_numpy(),
            minlength=24,
        )
        / ROWS
        for name in ("business", "evening", "flat")
    }
    assert shapes["business"][8:18].sum() > 0.85
    assert shapes["business"][:6].sum() == 0
    assert shapes["evening"].argmax() in range(18, 23)
    assert shapes["evening"][17:23].sum() > 0.5
    assert abs(shapes["flat"] - 1 / 24).max() < 0.003


LAWS: dict[str, tuple[Tree, Any]] = {
    "normal": ({"mean": "3d", "sd": "1d"}, cut(stats.norm(3, 1).cdf, 0, 99)),
    "lognormal": ({"median": "2d", "sigma": 0.5}, stats.lognorm(0.5, scale=2).cdf),
    "exponential": ({"scale": "12h"}, stats.expon(scale=0.5).cdf),
    "gamma": ({"shape": 2, "scale": "36h"}, stats.gamma(2, scale=1.5).cdf),
    "pareto": (
        {"a": 2, "scale": "6h", "max": "30d"},
        cut(stats.pareto(2, scale=0.25).cdf, 0, 30),
    ),
    "triangular": (
        {"left": "1h", "mode": "1d", "right": "3d"},
        stats.triang(23 / 71, 1 / 24, 71 / 24).cdf,
    ),
    "uniform": ({"low": "1d", "high": "2d"}, stats.uniform(1, 1).cdf),
}


@pytest.mark.parametrize("name", LAWS)
def test_offsets_follow_their_law(name: str) -> None:
    parameters, law = LAWS[name]
    offset = {"kind": "offset", "of": "at", "distribution": name, **parameters}
    frame = moments(at={"kind": "timestamp"}, done=offset)
    delay = seconds(frame["done"]) - seconds(frame["at"])
    assert delay.min() >= 0
    assert_follows((delay + 0.5) / DAY, law)


def test_offsets_keep_their_bounds() -> None:
    bounds = {"min": "2h", "max": "5h"}
    law = {"kind": "offset", "of": "at", "distribution": "exponential", "scale": "4h"}
    frame = moments(at={"kind": "timestamp"}, done={**law, **bounds})
    hours = (seconds(frame["done"]) - seconds(frame["at"])) / 3_600
    assert hours.min() >= 2
    assert hours.max() <= 5
    assert_follows(hours, cut(stats.expon(scale=4).cdf, 2, 5))


@pytest.mark.parametrize("kind", ["date", "timestamp"])
def test_until_now_is_null_where_the_moment_is_still_to_come(kind: str) -> None:
    offset = {
        "kind": "offset",
        "of": "at",
        "distribution": "exponential",
        "scale": "9d",
    }
    first = {"kind": kind, "start": "-30d"}
    always = moments(at=first, done=offset)["done"]
    so_far = moments(at=first, done={**offset, "until_now": True})["done"]
    to_come = seconds(always) >= stamp("2026-06-30")
    assert so_far.is_null().to_list() == to_come.tolist()
    assert so_far.filter(~to_come).equals(always.filter(~to_come))
    assert 0.1 < to_come.mean() < 0.5
    assert so_far.dtype == (pl.Date if kind == "date" else pl.Datetime("us", "UTC"))


def test_an_offset_of_nothing_is_nothing() -> None:
    paid = {"kind": "timestamp", "null_rate": 0.3}
    sent = {
        "kind": "offset",
        "of": "paid",
        "distribution": "exponential",
        "scale": "1d",
    }
    frame = moments(paid=paid, sent={**sent, "null_rate": 0.5})
    assert_rate(frame["paid"].is_null().to_numpy(), 0.3)
    assert frame.filter(pl.col("paid").is_null())["sent"].null_count() > 0
    there = frame.filter(pl.col("paid").is_not_null())["sent"]
    assert_rate(there.is_null().to_numpy(), 0.5)
    assert frame.filter(pl.col("paid").is_null())["sent"].is_not_null().sum() == 0


def test_a_child_s_moment_follows_its_parent_s_over_hops() -> None:
    tree = spec(
        users=table(2_000, joined={"kind": "timestamp"}),
        orders=table(
            20_000,
            user={"kind": "ref", "table": "users"},
            at={"kind": "timestamp", "after": "user.joined"},
        ),
        lines=table(
            {"per": "orders", "mean": 2},
            order={"kind": "ref", "table": "orders"},
            at={"kind": "timestamp", "after": "order.at", "hours": "business"},
            joined={"kind": "lookup", "path": "order.user.joined"},
            ordered={"kind": "lookup", "path": "order.at"},
        ),
    )
    lines = built(tree, "lines")
    assert (lines["ordered"] >= lines["joined"]).all()
    assert (lines["at"] >= lines["ordered"]).all()


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("kind", ["date", "timestamp"])
def test_an_offset_of_low_and_high_alike_has_that_length(
    kind: str, engine: str
) -> None:
    due = {"kind": "offset", "of": "at", "distribution": "uniform"}
    lengths = {
        "true": {"low": "7d", "high": "7d"},
        "false": {"low": "1d", "high": "3d"},
    }
    tree = spec(
        {"output": {"engine": engine}},
        things=table(
            400,
            at={"kind": kind, "start": "-30d"},
            vip={"kind": "bool", "chance": 0.5},
            due={**due, "low": "7d", "high": "7d"},
            paid={**due, "by": "vip", "cases": lengths},
        ),
    )
    frame = pl.DataFrame(module(tree).TABLES["things"][0](np.arange(400)))
    for column, rows in (("due", pl.lit(True)), ("paid", pl.col("vip"))):
        delay = frame.filter(rows).select(pl.col(column) - pl.col("at")).to_series()
        assert delay.dt.total_days().unique().to_list() == [7]
        assert delay.dt.total_seconds().unique().to_list() == [7 * DAY]
    others = frame.filter(~pl.col("vip"))
    assert (others["paid"] - others["at"]).n_unique() > 1


AHEAD: Tree = {
    "due": {"kind": "timestamp", "start": "+1d", "end": "+60d", "hours": "business"},
    "ends": {"kind": "date", "start": "now", "end": "+2mo", "calendar": "fairs"},
    "back": {"kind": "timestamp", "end": "+9w", "after": "due", "start": "-1d"},
    "soon": {"kind": "expr", "expr": "due < '+1mo'"},
}
"""Moments after the window's end, of each kind and in an expression."""
FAIRS: Tree = {
    "fairs": {"events": [{"name": "fair", "start": "+9d", "end": "+12d", "factor": 9}]}
}


def test_calendars_and_expressions_know_what_is_after_the_end() -> None:
    frame = moments({"calendars": FAIRS}, **{**AHEAD, "back": {"kind": "date"}})
    fair = frame["ends"].is_between(date(2026, 7, 9), date(2026, 7, 11))
    assert_rate(fair.to_numpy(), 27 / (27 + 58))
    assert frame["soon"].equals(frame["due"] < datetime(2026, 7, 30, tzinfo=UTC))
    assert 0.4 < frame["soon"].mean() < 0.6  # type: ignore[operator]


def test_in_a_later_batch_they_count_from_its_end() -> None:
    append = {"output": {"mode": "append", "batch": "1d"}, "calendars": FAIRS}
    columns = {key: AHEAD[key] for key in ("due", "ends", "soon")}
    things = {**table(100, at={"kind": "timestamp"}, **columns), "batch_rows": 400}
    script = module(spec(append, things=things))
    script.BATCH = 2
    rows = np.arange(100, 900)
    frame = pl.DataFrame(script.TABLES["things"][0](rows))
    batches = script.batch_of("things", rows)
    for n in (1, 2):
        batch, end = frame.filter(batches == n), date(2026, 6, 30) + timedelta(days=n)
        assert batch["due"].dt.date().min() == end + timedelta(days=1)
        assert batch["due"].dt.date().max() == end + timedelta(days=59)
        assert batch["ends"].min() == end
        assert batch["ends"].max() < parse_moment("+2mo").on(end).date()  # type: ignore[operator]
        assert batch["soon"].equals(batch["due"] < parse_moment("+1mo").on(end))


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_pandas_has_the_same_moments_after_the_end(mode: str) -> None:
    top = {"output": {"mode": mode}, "calendars": FAIRS}
    tree = spec(top, things=table(3_000, at={"kind": "timestamp"}, **AHEAD))
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "things")
