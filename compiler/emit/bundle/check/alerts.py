"""Mails and warnings of a job, or of one of its tasks, that would never come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

from compiler.emit.bundle.check.tree import (
    Problem,
    Spot,
    is_reference,
    mapping,
    mappings,
    of_shape,
)

WARNED = "on_duration_warning_threshold_exceeded"
METRIC = "RUN_DURATION_SECONDS"
MAILS = (WARNED, "on_start", "on_success", "on_failure")
WAYS = ("email_notifications", "webhook_notifications")
RULE = f"{{metric: {METRIC}, op: GREATER_THAN, value: 3600}}"


def alert_problems(
    spot: Spot, part: dict[str, Any], whole: dict[str, Any]
) -> Iterator[Problem]:
    """What is wrong in one part; the health may be in another one."""
    yield from of_shape(spot, part, [(way, dict) for way in WAYS] + [("health", dict)])
    health = mapping(part.get("health"))
    yield from of_shape(spot.at("health"), health, [("rules", list)])
    limits = durations(whole)
    for way in WAYS:
        mails = mapping(part.get(way))
        yield from of_shape(spot.at(way), mails, ((event, list) for event in MAILS))
        if mails.get(WARNED) and limits == {}:
            message = f"no rule of `health` is of the metric `{METRIC}`"
            help = f"nobody would be warned: health: {{rules: [{RULE}]}}"
            yield spot.at(way, WARNED).problem(message, help)
    timeout = whole.get("timeout_seconds")
    places = mappings(spot.at("health", "rules"), health.get("rules"))
    for place, rule in places:
        limit = rule.get("value")
        late = is_number(timeout) and is_number(limit) and 0 < timeout <= limit
        if late and rule.get("metric") == METRIC:
            message = f"a run ends after {timeout} seconds, before it takes {limit}"
            help = "let `timeout_seconds` be the larger of the two"
            yield place.at("value").problem(message, help)


def durations(whole: dict[str, Any]) -> dict[int, Any] | None:
    """The rules for the duration of a run, by their place; None where they cannot be known."""
    rules = mapping(whole.get("health")).get("rules") or []
    if is_reference(whole.get("health")) or not isinstance(rules, list):
        return None
    metrics = [mapping(rule).get("metric") for rule in rules]
    if any(map(is_reference, [*rules, *metrics])):
        return None
    return {
        place: mapping(rules[place]).get("value")
        for place, metric in enumerate(metrics)
        if metric == METRIC
    }


def is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
