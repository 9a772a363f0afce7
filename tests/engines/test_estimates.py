"""How many rows the plan expects, held against what the scripts make."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from compiler.plan.cost import cost_of
from compiler.plan.counts import Known
from compiler.plan.model import Plan
from tests.support import Tree, compiled, module, run_script, spec, table, whole

SPECS = Path(__file__).parents[2] / "specs"
TIERS = {"Free": 0.6, "Pro": 0.3, "Top": 0.1}
ROWS = 20_000


def plan_of(tree: Tree | str) -> Plan:
    plan = compiled(tree).plan
    assert plan is not None
    return plan


def things(**columns: Tree) -> Tree:
    return table(ROWS, **columns)


def where(condition: str) -> Tree:
    """A table with one row for each thing of which it is true."""
    thing = {"kind": "ref", "table": "things"}
    return table({"per": "things", "where": condition}, thing=thing)


COLUMNS: Tree = {
    "tier": {"kind": "choice", "weights": TIERS},
    "vip": {"kind": "bool", "chance": 0.3, "null_rate": 0.2},
    "x": {"kind": "uniform", "low": 0, "high": 1, "null_rate": 0.1},
    "size": {"kind": "lognormal", "mean": 40, "sigma": 1, "max": 90, "decimals": 1},
    "few": {"kind": "poisson", "lam": 3, "min": 1},
    "whole": {"kind": "normal", "mean": 5, "sd": 3, "integer": True, "min": 2},
    "wait": {"kind": "exponential", "scale": 3},
    "power": {"kind": "pareto", "a": 1.5, "scale": 2},
    "steps": {"kind": "gamma", "shape": 2, "scale": 3},
    "part": {"kind": "beta", "a": 2, "b": 5},
    "corner": {"kind": "triangular", "left": 0, "mode": 2, "right": 10},
    "at": {"kind": "timestamp", "hours": "business"},
    "day": {"kind": "date", "start": "-2y", "end": "-180d"},
    "after": {"kind": "timestamp", "after": "at"},
    "sent": {
        "kind": "offset",
        "of": "at",
        "distribution": "gamma",
        "shape": 2,
        "scale": "20d",
        "until_now": True,
    },
    "word": {"kind": "constant", "value": "Yes"},
    "friend": {"kind": "ref", "table": "things", "skew": False},
    "stall": {"kind": "lookup", "path": "friend.booth"},
    "shop": {
        "kind": "ref",
        "table": "shops",
        "weights": {"open": {"true": 5, "false": 1}},
    },
    "booth": {"kind": "ref", "table": "shops", "skew": False},
    "desk": {
        "kind": "ref",
        "table": "shops",
        "null_rate": 0.1,
        "by": "tier",
        "cases": {"Pro": {"weights": {"open": {"true": 9, "false": 1}}}},
        "otherwise": {"weights": {"open": {"true": 1, "false": 1}}},
    },
}
SHOPS = {
    "data": [
        {"name": f"S{n}", "open": n % 3 == 0, "since": f"20{10 + n}-01-01"}
        for n in range(10)
    ]
}
CALENDARS = {
    "default": {
        "weekend": 0.2,
        "yearly": 0.4,
        "growth": 3.0,
        "noise": 0.1,
        "events": [{"name": "rush", "days_ago": [30, 20], "factor": 6}],
    }
}
CONDITIONS = [
    "tier == 'Pro' or vip",
    "not vip",
    "vip and tier != 'Free'",
    "x < 0.3",
    "x != 0.3",
    "is_null(x)",
    "is_null(tier if vip else None)",
    "(None if vip else wait) > 2",
    "coalesce(x, 1.0) > 0.8",
    "size > 30 if tier == 'Free' else size > 60",
    "few + whole * 2 > 15",
    "wait / x > 5",
    "-wait < -2 and power ** 2 < 30",
    "steps // 2 == 3",
    "whole % 3 == 1",
    "part > 0.5 or corner > 8",
    "abs(whole - 5) <= 1",
    "min(wait, steps) > 2",
    "max(x, part) > 0.6",
    "round(wait) == 2",
    "round(part, 1) == 0.2",
    "floor(wait) == 1 or ceil(steps) == 4",
    "log(wait) > 1",
    "sqrt(wait - 2) > 1",
    "exp(part) > 1.4",
    "sin(wait) > 0.5 and cos(wait) < 0",
    "clip(wait, 1, 4) == 4",
    "lower(tier) == 'pro' or upper(tier) == 'TOP'",
    "slug(tier) == 'free' and len(tier) == 4",
    "tier + word == 'ProYes'",
    "weekday(at) >= 5",
    "hour(at) < 11",
    "year(day) == 2025 and month(day) <= 2",
    "day(day) > 20",
    "during('rush', at)",
    "at > '-30d'",
    "is_null(sent)",
    "hours_between(at, sent) > 500",
    "days_between(at, now()) < 60",
    "days_between(at, after) > 20",
    "at + hours(wait) > sent - days(25)",
    "day + months(1) < '2025-03-31' or day - at > weeks(1)",
    "(sent - at) // days(1) == 20",
    "quarter(day) == 2 and days_in_month(at) == 31",
    "day == month_end(day) or date(at) == month_start(at)",
    "is_holiday(day, 'US') or is_holiday(at, 'DE-BY')",
    "is_weekend(day) and hour(local(at, 'America/New_York')) < 9",
    "trunc(at, 'week') == trunc(at, 'month') or trunc(at, 'hour') == trunc(at, 'day')",
    "trunc(day, 'quarter') == trunc(day, 'year')",
    "int(wait) == 2 and float(tier) != 1 or is_null(int(tier))",
    "str(whole) == '3' or str(friend.vip) == 'true'",
    "coalesce(None, day if friend.vip else None, at) > '-90d'",
    "friend.tier == 'Top'",
    "stall.open",
    "shop.open",
    "desk.open",
    "booth == 'S3' or booth in ('S1', 'S6')",
    "not shop.open and friend.vip",
]


def test_conditions_are_counted_as_in_the_data() -> None:
    """Every function, operator and kind that a sample can hold."""
    tables = {f"t{n}": where(text) for n, text in enumerate(CONDITIONS)}
    tree = spec(
        {"calendars": CALENDARS}, shops=SHOPS, things=things(**COLUMNS), **tables
    )
    plan, script = plan_of(tree), module(tree)
    for name, condition in zip(tables, CONDITIONS, strict=True):
        count, found = plan.table(name).count, len(whole(script, name))
        assert count.known in (Known.SAMPLED, Known.EXPECTED), condition
        # Four standard deviations: the data are one sample, the plan's is twice as large.
        noise = 4 * (1.5 * found * (1 - found / ROWS)) ** 0.5
        assert count.rows == pytest.approx(found, abs=noise), condition


def test_an_estimate_by_lookups_and_expressions_is_good() -> None:
    """What was once taken as cases that are equally likely, and given as a bound."""
    tree = spec(
        a=table(10_000, x={"kind": "uniform", "low": 0, "high": 1}),
        b=table(
            {"per": "a", "where": "x < 0.99"},
            a_id={"kind": "ref", "table": "a"},
            s={"kind": "expr", "expr": "'stayed' if a_id.x < 0.95 else 'gone'"},
        ),
        c=table(
            {
                "per": "b",
                "by": "s",
                "cases": {"stayed": {"chance": 0.8}},
                "otherwise": {"chance": 0},
            },
            b_id={"kind": "ref", "table": "b"},
        ),
    )
    plan = plan_of(tree)
    rows = plan.table("c").rows
    assert plan.table("c").size == f"about {rows:,} rows (sampled)"
    assert rows == pytest.approx(len(whole(module(tree), "c")), rel=0.03)


def family(rows: Tree, **columns: Tree) -> Tree:
    return spec(
        parents=table(3_000, tier={"kind": "choice", "weights": TIERS}),
        rows=table(rows, parent={"kind": "ref", "table": "parents"}, **columns),
    )


SUM = {"kind": "normal", "mean": 0, "sd": 30}
BALANCE = {"kind": "running", "change": "sum", "start": 40, "floor": 0}
STAGES = {"kind": "progression", "states": ["a", "b", "c"], "chance": 0.2}
DAILY = {"period": "24h", "amplitude": 5}
HEAT = {"kind": "series", "base": 20, "trend": 0.1, "noise": 2, "cycles": [DAILY]}
MOMENT = {"kind": "timestamp"}
SOME: Tree = {"per": "parents", "mean": 9, "min": 2, "max": 20}
EACH_DAY: Tree = {"per": "parents", "every": "12h"}
FEWER = {"Free": {"mean": 2}, "Pro": {"mean": 6, "min": 3}}
BY_TIER: Tree = {"per": "parents", "by": "tier", "cases": FEWER}
MANY = {"mean": 20, "max": 25}


@pytest.mark.parametrize(
    ("tree", "condition"),
    [
        (family(SOME, at=MOMENT, sum=SUM, left=BALANCE), "left < 10"),
        (family(SOME, at=MOMENT, sum=SUM, left=BALANCE), "sum < -20"),
        (family(SOME, at=MOMENT, stage=STAGES), "stage == 'c'"),
        (family(EACH_DAY, at={"kind": "tick"}, heat=HEAT), "heat > 28"),
        (family(EACH_DAY, n={"kind": "position"}), "n > 99 and parent.tier == 'Pro'"),
        (family({**BY_TIER, "otherwise": MANY}), "parent.tier == 'Top'"),
    ],
)
def test_rows_of_parents_are_counted_as_in_the_data(tree: Tree, condition: str) -> None:
    """Balances, stages, readings and numbers of children."""
    row = {"kind": "ref", "table": "rows"}
    tree["tables"]["found"] = table({"per": "rows", "where": condition}, row=row)
    plan, script = plan_of(tree), module(tree)
    assert plan.table("found").count.known is Known.SAMPLED
    rows = len(whole(script, "found"))
    assert plan.table("found").rows == pytest.approx(rows, rel=0.06)


def test_where_nothing_can_be_sampled_there_is_a_bound() -> None:
    name = {"kind": "faker", "provider": "name"}
    letters = {"kind": "expr", "expr": "len(name)"}
    thing = {"kind": "ref", "table": "some"}
    tree = spec(
        things=things(name=name, letters=letters),
        some=where("letters > 12"),
        below=table({"per": "some", "mean": 1.5, "max": 4}, thing=thing),
        never=where("letters > 0 and letters < 0"),
    )
    plan = plan_of(tree)
    sizes = {one.name: one.size for one in plan.tables}
    assert sizes["some"] == f"at most {ROWS:,} rows"
    assert sizes["below"] == f"at most {4 * ROWS:,} rows"


def test_where_a_few_busy_rows_decide_there_is_a_bound() -> None:
    """Which of ten shops is the busy one decides what share of the rows a shop has."""
    busy = {"kind": "ref", "table": "shops"}
    even = {"kind": "ref", "table": "shops", "skew": False}
    tree = spec(
        shops=SHOPS,
        things=things(busy=busy, even=even),
        some=where("busy == 'S3'"),
        others=where("not busy.open"),
        third=where("even.open"),
    )
    sizes = {one.name: one.size for one in plan_of(tree).tables}
    assert sizes["some"] == sizes["others"] == f"at most {ROWS:,} rows"
    assert sizes["third"].endswith(" rows (sampled)")


def test_too_few_rows_in_a_sample_make_no_estimate() -> None:
    x = {"kind": "uniform", "low": 0, "high": 1}
    plan = plan_of(spec(things=things(x=x), some=where("x < 0.000001")))
    assert plan.table("some").size == f"at most {ROWS:,} rows"


def test_rows_that_the_spec_states_need_no_sample() -> None:
    tier = {"kind": "choice", "weights": TIERS}
    vip = {"kind": "bool", "chance": 0.25}
    thing = {"kind": "ref", "table": "things"}
    by_tier = {"by": "tier", "cases": {"Free": {"mean": 2}}, "otherwise": {"mean": 4}}
    tree = spec(
        things=things(tier=tier, vip=vip),
        some=where("vip"),
        others=where("not vip"),
        each=table({"per": "things", "mean": 3, "min": 3, "max": 3}, thing=thing),
        more=table({"per": "things", **by_tier}, thing=thing),
    )
    plan, script = plan_of(tree), module(tree)
    sizes = {one.name: one.size for one in plan.tables}
    assert sizes["some"] == f"about {ROWS // 4:,} rows"
    assert sizes["others"] == f"about {ROWS * 3 // 4:,} rows"
    assert sizes["each"] == f"{3 * ROWS:,} rows"
    assert sizes["more"] == f"about {round(2.8 * ROWS):,} rows"
    for one in plan.tables:
        assert len(whole(script, one.name)) == pytest.approx(one.rows, rel=0.04)


def test_an_estimate_is_the_same_in_each_run() -> None:
    x = {"kind": "normal", "mean": 0, "sd": 1}
    tree = spec(things=things(x=x), some=where("x > 1"))
    first = plan_of(tree).table("some").rows
    code = (
        "import sys; from compiler.pipeline import plan_spec;"
        "print(plan_spec('s.json', sys.stdin.read()).plan.table('some').rows)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(tree),
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == first


# ------------------------------------------------------------------------- what a run takes


@pytest.mark.parametrize("format", ["parquet", "csv", "json"])
@pytest.mark.parametrize("name", ["ecom", "finance", "iot", "support"])
def test_the_size_on_disk_is_about_what_is_written(
    name: str, format: str, tmp_path: Path
) -> None:
    tree: dict[str, Any] = tomllib.loads((SPECS / f"{name}.toml").read_text("utf-8"))
    tree["output"] = {**tree.get("output", {}), "format": format}
    result = compiled(plain(tree))
    assert result.plan is not None
    out = run_script(result.files, tmp_path)
    written = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    assert 0.6 < cost_of(result.plan).bytes / written < 1.6


def plain(value: Any) -> Any:
    """A tree of TOML as one of JSON."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


PEAK = """
import pathlib, re, runpy, sys
runpy.run_path(sys.argv[0], run_name="__main__")
status = pathlib.Path("/proc/self/status").read_text()
print("peak", re.search(r"VmHWM:\\s+(\\d+) kB", status)[1])
"""
"""Runs a script, and prints the most memory that it had: a process's usage as its parent sees it
counts the parent's own, too, which it starts as a copy of."""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux reports a peak"
)
@pytest.mark.parametrize(("name", "scale"), [("finance", 1), ("support", 4)])
def test_memory_is_within_a_factor_of_two(
    name: str, scale: int, tmp_path: Path
) -> None:
    result = compiled((SPECS / f"{name}.toml").read_text("utf-8"))
    assert result.plan is not None
    script = tmp_path / "generate_data.py"
    script.write_text(result.files["generate_data.py"], "utf-8")
    options = ["--output", "out", "--scale", str(scale), "--workers", "2"]
    code = f"import sys; sys.argv = {[script.name, *options]}" + PEAK
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    peak = int(run.stdout.split()[-1]) * 1024
    memory = cost_of(result.plan, scale).memory
    assert memory is not None
    assert 0.5 < memory / peak < 2
