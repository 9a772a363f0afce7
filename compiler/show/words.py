"""Parts of a plan in words."""

from __future__ import annotations

from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Faker, Ref


def window_of(plan: Plan) -> str:
    end = plan.end.isoformat() if plan.end else "today"
    if plan.window.start is not None and plan.window.start.fixed is not None:
        return f"{plan.window.start.fixed.date()} to {end}"
    from compiler.plan.periods import window_start
    from compiler.spec.time import shown_months

    start = window_start(plan.window)
    months = shown_months(start.months) if start.months else ""
    return f"the {months or f'{start.before_end.days} days'} before {end}"


def batches_of(plan: Plan) -> str:
    """The batches after the window, in append mode."""
    if not plan.appends:
        return ""
    hours = round(plan.output.batch.total_seconds() / 3600)
    length = f"{hours} hours" if hours % 24 else f"{hours // 24} days"
    return f", then batches of {'a day' if hours == 24 else length}"


def place_of(plan: Plan) -> str:
    """The catalog and schema that Spark writes to; empty for other engines."""
    catalog, schema, volume = plan.output.unity_names(plan.name)
    files = "" if plan.format.is_table else f".{volume}"
    return f" to {catalog}.{schema}{files}" if plan.engine.distributed else ""


def job_of(plan: Plan) -> str:
    """When its job runs, if it has a schedule."""
    job = plan.job
    when = f"; runs at {job.schedule} ({job.timezone}), {job.compute}"
    return when if job.schedule else ""


def summary_line(plan: Plan) -> str:
    """Engine, format and place, the window, and when its job runs."""
    output = f"{plan.output.engine}, {plan.output.format}{place_of(plan)}"
    return f"{output}, {window_of(plan)}{batches_of(plan)}{job_of(plan)}"


def joints_of(table: Table) -> str:
    """A table's key, and the tables that its refs point at."""
    if table.hidden:
        return "hidden"
    key = f"key {', '.join(table.written_key)}" if table.written_key else ""
    held = [one.references.table for one in table.written if one.references]
    refs = f"→ {', '.join(dict.fromkeys(held))}" if held else ""
    return "; ".join(filter(None, (key, refs)))


def describe_features(plan: Plan) -> str:
    """Which of the features that people ask for the data has, and which it has not."""
    found = features_of(plan)
    return f"Features: {', '.join(f'{name} {what}' for name, what in found.items())}"


def features_of(plan: Plan) -> dict[str, str]:
    refs = [one for table in plan.tables for one in table.written if one.references]
    skewed = [one for one in refs if is_skewed(one)]
    faker = any(
        isinstance(one.spec, Faker) for table in plan.tables for one in table.written
    )
    locales = sorted({one for table in plan.tables for one in table.locales})
    return {
        "skew": f"in {len(skewed)} of {len(refs)} refs" if skewed else "off",
        "joins": f"over {len(refs)} refs" if refs else "none",
        "bad data": "on" if plan.bad_data else "off",
        "languages": " and ".join(locales) if faker else "none",
        "append": "on" if plan.appends else "off",
        "schedule": "on" if plan.job.schedule else "off",
    }


def is_skewed(ref: Column) -> bool:
    return not ref.parent and any(
        isinstance(one.spec, Ref) and one.spec.skew for one in ref.variants
    )
