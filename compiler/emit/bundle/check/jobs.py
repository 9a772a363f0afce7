"""What is wrong with a bundle's jobs that the models of `databricks-bundles` do not see."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from compiler.diagnostics import did_you_mean
from compiler.emit.bundle.check.alerts import alert_problems
from compiler.emit.bundle.check.tree import (
    Problem,
    Spot,
    is_reference,
    mapping,
    mappings,
    of_shape,
    texts,
)
from compiler.names import nearest
from compiler.quartz import mistake

Part = tuple[Spot, dict[str, Any]]
"""A job as one file has it: its own definition, or what a target changes in it."""

SHAPES = (
    *((key, list) for key in ("tasks", "environments", "job_clusters")),
    *((key, list) for key in ("parameters", "permissions")),
    *((key, dict) for key in ("tags", "schedule", "trigger", "continuous")),
)
NAMED = {
    "tasks": ("task", "task_key"),
    "environments": ("environment", "environment_key"),
    "job_clusters": ("job cluster", "job_cluster_key"),
    "parameters": ("parameter", "name"),
}
LEVELS = ("CAN_MANAGE", "CAN_MANAGE_RUN", "CAN_VIEW", "IS_OWNER")
OF_A_SCHEDULE = {"timezone_id": "UTC", "quartz_cron_expression": '"0 0 6 * * ?"'}
STARTS = ("schedule", "trigger", "continuous")
PYTHON = {"spark_python_task", "python_wheel_task"}
COMPUTE = {"environment_key", "job_cluster_key", "new_cluster", "existing_cluster_id"}
FILES = (("spark_python_task", "python_file"), ("notebook_task", "notebook_path"))
SCRIPT = "generate_data.py"
OPTION = re.compile(r"""(?:option|add_argument)\(\s*["'](--[a-z-]+)""")
QUOTE = "put it in quotes"
PARAMETER = re.compile(r"\{\{\s*job\.parameters\.([^\s{}]+)\s*\}\}")
ELSEWHERE = re.compile(r"/|[A-Za-z][A-Za-z0-9+.-]*:")  # absolute, or dbfs:, s3: …

# What Java takes as a time zone besides the names of IANA.
JAVA_ZONE = re.compile(
    r"GMT[+-][0-9]{1,2}(:?[0-9]{2})?|ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT"
    r"|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST"
)


def job_problems(files: Mapping[str, str], parts: Sequence[Part]) -> Iterator[Problem]:
    """What is wrong with one job. What any part defines, the others may name."""
    whole = _joined(job for _, job in parts)
    base = _joined(job for spot, job in parts if spot.steps[0] == "resources")
    schedules = [spot.at("schedule") for spot, job in parts if "schedule" in job]
    schedule = whole.get("schedule")
    for key, such in OF_A_SCHEDULE.items():
        if isinstance(schedule, dict) and schedule.get(key) is None:
            message = f"a schedule has a `{key}`"
            yield schedules[0].problem(message, f"such as `{key}: {such}`")
    for spot, job in parts:
        yield from of_shape(spot, job, SHAPES)
        for key, (what, name) in NAMED.items():
            yield from _twice(spot.at(key), job.get(key), what, name)
        for place, task in _tasks(spot, job):
            yield from _of_task(place, task, whole)
            yield from _of_files(files, place, task, "git_source" in whole)
            yield from _of_options(files, place, task)
            yield from alert_problems(place, task, task)
        yield from _of_starts(spot, job, base)
        yield from _of_schedule(spot.at("schedule"), mapping(job.get("schedule")))
        yield from _of_texts(spot, job)
        yield from of_levels(spot.at("permissions"), job.get("permissions"), LEVELS)
        yield from alert_problems(spot, job, whole)
        names = _names(whole, "parameters")
        for place, text in texts(spot.at("tasks"), job.get("tasks")):
            for name in PARAMETER.findall(text):
                if names is not None and name not in names:
                    help = str(
                        did_you_mean(name, names) or "define it under `parameters`"
                    )
                    yield place.problem(f"the job has no parameter `{name}`", help)


def of_levels(spot: Spot, value: Any, levels: Sequence[str]) -> Iterator[Problem]:
    """Permissions of a level that does not exist."""
    for place, permission in mappings(spot, value):
        level = permission.get("level")
        if isinstance(level, str) and level not in levels and not is_reference(level):
            help = str(did_you_mean(level, levels) or "leave it out")
            yield place.at("level").problem(f"there is no permission `{level}`", help)


def _joined(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Several parts as one: lists follow each other, mappings merge, else the last one counts."""
    whole: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            first = whole.get(key)
            if isinstance(first, list) and isinstance(value, list):
                whole[key] = first + value
            elif isinstance(first, dict) and isinstance(value, dict):
                whole[key] = {**first, **value}
            else:
                whole[key] = value
    return whole


def _names(whole: dict[str, Any], key: str) -> list[str] | None:
    """What a list of the job defines; None where that is not known."""
    items = whole.get(key) or []
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        return None
    names = [one.get(NAMED[key][1]) for one in items]
    if any(map(is_reference, names)):
        return None
    return [name for name in names if isinstance(name, str)]


def _twice(spot: Spot, value: Any, what: str, name: str) -> Iterator[Problem]:
    seen = set()
    for place, item in mappings(spot, value):
        key = item.get(name)
        if isinstance(key, str) and key in seen and not is_reference(key):
            message = f"there are two {what}s `{key}`"
            yield place.at(name).problem(message, f"give each a `{name}` of its own")
        seen.add(str(key))


def _tasks(spot: Spot, job: dict[str, Any]) -> Iterator[Part]:
    """The tasks, and those that a `for_each_task` repeats."""
    for place, task in mappings(spot.at("tasks"), job.get("tasks")):
        yield place, task
        if inner := mapping(mapping(task.get("for_each_task")).get("task")):
            yield place.at("for_each_task", "task"), inner


def _of_task(
    spot: Spot, task: dict[str, Any], whole: dict[str, Any]
) -> Iterator[Problem]:
    wanted = [
        (spot.at(NAMED[among][1]), among, task.get(NAMED[among][1]))
        for among in ("environments", "job_clusters")
    ]
    for place, other in mappings(spot.at("depends_on"), task.get("depends_on")):
        wanted.append((place.at("task_key"), "tasks", other.get("task_key")))
    for place, among, name in wanted:
        names = _names(whole, among)
        if isinstance(name, str) and not (
            names is None or name in names or is_reference(name)
        ):
            help = str(did_you_mean(name, names) or f"define it under `{among}`")
            yield place.problem(f"the job has no {NAMED[among][0]} `{name}`", help)
    key = task.get("task_key")
    others = [one for _, one in mappings(spot, whole.get("tasks"))]
    same = _joined([task, *(one for one in others if one.get("task_key") == key)])
    if not PYTHON.isdisjoint(task) and COMPUTE.isdisjoint(same):
        message = "a serverless task of Python has an `environment_key`"
        yield spot.problem(message, "name one of the job's `environments`")


def _of_files(
    files: Collection[str], spot: Spot, task: dict[str, Any], in_git: bool
) -> Iterator[Problem]:
    """Files that are not in the bundle. Paths count from the file that names them."""
    for kind, key in FILES:
        body = mapping(task.get(kind))
        path, source = body.get(key), body.get("source")
        if not isinstance(path, str) or ELSEWHERE.match(path) or is_reference(path):
            continue
        if kind == "notebook_task" and not path.startswith("."):
            continue
        if source == "GIT" or (in_git and source != "WORKSPACE"):
            continue
        folder = posixpath.dirname(spot.path)
        file = posixpath.normpath(posixpath.join(folder, path))
        if file not in files:
            name = posixpath.basename(file)
            moved = [one for one in files if posixpath.basename(one) == name]
            near = moved[0] if moved else nearest(file, files)
            help = "paths count from the file that names them"
            if near is not None:  # "/": relpath asks for the working directory else
                help += f": `{posixpath.relpath(f'/{near}', f'/{folder}')}`"
            yield spot.at(kind, key).problem(f"there is no file `{path}`", help)


def _of_options(
    files: Mapping[str, str], spot: Spot, task: dict[str, Any]
) -> Iterator[Problem]:
    """Options that the script does not have."""
    run = mapping(task.get("spark_python_task"))
    if posixpath.basename(str(run.get("python_file"))) != SCRIPT or SCRIPT not in files:
        return
    known = OPTION.findall(files[SCRIPT])
    given = run.get("parameters")
    for index, option in enumerate(given if isinstance(given, list) else ()):
        name = str(option).partition("=")[0]
        if name.startswith("--") and known and name not in known:
            help = str(did_you_mean(name, known) or f"it has {', '.join(known)}")
            place = spot.at("spark_python_task", "parameters", index)
            yield place.problem(f"{SCRIPT} has no option `{name}`", help)


def _of_starts(
    spot: Spot, job: dict[str, Any], base: dict[str, Any]
) -> Iterator[Problem]:
    """A job starts in one way; a target may choose it."""
    before = [key for key in STARTS if base.get(key) is not None]
    here = [key for key in STARTS if job.get(key) is not None]
    if spot.steps[0] != "resources":
        here = [key for key in here if key not in before]
    ways = [key for key in STARTS if key in before or key in here]
    if here and len(ways) > 1:
        names = " and ".join(f"`{key}`" for key in ways)
        message = f"{names} exclude each other"
        yield spot.at(here[-1]).problem(message, "leave one of them")


def _of_schedule(spot: Spot, schedule: dict[str, Any]) -> Iterator[Problem]:
    cron, zone = schedule.get("quartz_cron_expression"), schedule.get("timezone_id")
    if isinstance(cron, str) and not is_reference(cron) and (wrong := mistake(cron)):
        message = f"`{cron}` is no schedule: {wrong}"
        help = 'such as "0 0 6 * * ?": every day at six'
        yield spot.at("quartz_cron_expression").problem(message, help)
    if isinstance(zone, str) and not (is_reference(zone) or _is_zone(zone)):
        help = str(
            did_you_mean(zone, available_timezones()) or "such as `Europe/Paris`"
        )
        yield spot.at("timezone_id").problem(f"there is no time zone `{zone}`", help)


def _is_zone(name: str) -> bool:
    if JAVA_ZONE.fullmatch(name):
        return True
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return not available_timezones()  # a system that knows none cannot tell
    return True


def _of_texts(spot: Spot, job: dict[str, Any]) -> Iterator[Problem]:
    """What Databricks holds as text is written as text: of a number, zeros would be lost."""
    for name, value in mapping(job.get("tags")).items():
        if not isinstance(value, str):
            yield spot.at("tags", name).problem(f"the tag `{name}` is no text", QUOTE)
    for place, one in mappings(spot.at("parameters"), job.get("parameters")):
        if not isinstance(one.get("default", ""), str):
            message = f"the default of `{one.get('name')}` is no text"
            yield place.at("default").problem(message, QUOTE)
    for place, one in mappings(spot.at("environments"), job.get("environments")):
        spec, version = mapping(one.get("spec")), "environment_version"
        if not isinstance(spec.get(version, ""), str):
            message = f"the `{version}` is no text"
            yield place.at("spec", version).problem(message, QUOTE)
        if "client" in spec:
            message = f"`client` is the old name of `{version}`"
            help = "leave it out" if version in spec else f"write `{version}`"
            yield place.at("spec", "client").problem(message, help)
