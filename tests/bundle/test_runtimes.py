"""The dependencies of a job's script beside the packages that come with each Databricks runtime."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support import compiled, spec, table
from tests.support.packages import dependencies_of

RUNTIMES = Path(__file__).parent / "runtimes"
FORMATS = {
    "spark": ("parquet", "csv", "json", "delta"),
    "polars": ("parquet", "csv", "json"),
    "pandas": ("parquet", "csv", "json"),
}
SCRIPTS = [(engine, format) for engine in FORMATS for format in FORMATS[engine]]
SUPPORTED = ("dbr-16.4", "dbr-17.3", "environment-4", "environment-5")
COMPILED = {"numpy", "pyarrow"}
"""Other packages of a runtime are built against these: another version of one breaks them."""
LINUX = ("manylinux2014_x86_64", "manylinux_2_28_x86_64")


@cache
def pins_of(runtime: str) -> dict[str, str]:
    """The packages that come with a runtime, and their versions."""
    lines = (RUNTIMES / f"{runtime}.txt").read_text("utf-8").splitlines()
    pins = (line.split("==") for line in lines if not line.startswith("#"))
    return dict((name, version) for name, version in pins)


@cache
def needs_of(engine: str, format: str) -> tuple[Requirement, ...]:
    """What the script of a spec needs that uses all that a script may import."""
    columns: dict[str, Any] = {
        "name": {"kind": "faker", "provider": "name"},
        "size": {"kind": "lognormal", "median": 30, "sigma": 0.7},
        "at": {"kind": "timestamp", "calendar": "shop"},
    }
    top = {
        "output": {"engine": engine, "format": format, "mode": "append"},
        "job": {"schedule": "0 0 6 * * ?", "timezone": "Europe/Berlin"},
        "calendars": {"shop": {"holidays": "DE", "holiday": 2}},
    }
    script = compiled(spec(top, orders=table(100, **columns))).files["generate_data.py"]
    return tuple(map(Requirement, dependencies_of(script)))


def replaced(pins: dict[str, str], needs: tuple[Requirement, ...]) -> set[str]:
    """The packages of a runtime that pip puts another version in place of."""
    return {
        each.name
        for each in needs
        if each.name in pins and not each.specifier.contains(pins[each.name])
    }


def test_the_scripts_need_all_that_a_script_may_import() -> None:
    needs = {each.name for script in SCRIPTS for each in needs_of(*script)}
    expected = {"duckdb", "faker", "holidays", "polars", "pandas", "rich", "tzdata"}
    assert needs == expected | {"scipy"} | COMPILED


@pytest.mark.parametrize("runtime", SUPPORTED)
@pytest.mark.parametrize("script", SCRIPTS, ids="-".join)
def test_what_others_are_built_against_stays(
    script: tuple[str, str], runtime: str
) -> None:
    pins = pins_of(runtime)
    assert pins.keys() >= COMPILED
    gone = replaced(pins, needs_of(*script))
    # Nothing else that a script imports is built against pandas.
    pandas = pins["pandas"] == "1.5.3" and script[0] != "polars"
    assert gone == ({"pandas"} if pandas else set())


@pytest.mark.parametrize("script", SCRIPTS, ids="-".join)
def test_a_runtime_that_is_too_old_is_found(script: tuple[str, str]) -> None:
    """Its pyarrow is built against numpy 1, and numpy 2 would take that one's place."""
    assert "numpy" in replaced(pins_of("dbr-15.4"), needs_of(*script))


def test_pip_resolves_the_scripts_in_each_runtime(tmp_path: Path) -> None:
    """One resolution a runtime, all scripts at once: what holds for all holds for each."""
    needs = sorted({str(need) for script in SCRIPTS for need in needs_of(*script)})
    runs = {runtime: resolving(runtime, needs, tmp_path) for runtime in SUPPORTED}
    printed = {
        runtime: run.communicate(timeout=120)[0] for runtime, run in runs.items()
    }
    for runtime, run in runs.items():
        if run.returncode and not reaches_an_index(tmp_path):
            pytest.skip("there is no pip, or it reaches no package index")
        assert not run.returncode, f"{runtime}: {printed[runtime]}"
        report = json.loads((tmp_path / f"{runtime}.json").read_text("utf-8"))
        found = {
            canonicalize_name(each["metadata"]["name"]): each["metadata"]["version"]
            for each in report["install"]
        }
        pins = pins_of(runtime)
        changed = {name for name in found if found[name] != pins.get(name, found[name])}
        assert changed == replaced(pins, tuple(map(Requirement, needs)))
        assert changed <= {"pandas"}


def reaches_an_index(folder: Path) -> bool:
    return not pip(folder, "--no-deps", "rich").wait(timeout=120)


def resolving(runtime: str, needs: list[str], folder: Path) -> subprocess.Popen[str]:
    """A pip that finds out what it would install there, and leaves what it can as it is."""
    pins = pins_of(runtime)
    gone = replaced(pins, tuple(map(Requirement, needs)))
    held = [f"{name}=={version}" for name, version in pins.items() if name not in gone]
    constraints = folder / f"{runtime}.txt"
    constraints.write_text("\n".join(held), "utf-8")
    report = folder / f"{runtime}.json"
    options = ("--report", str(report), "--constraint", str(constraints))
    return pip(folder, *options, *needs)


def pip(folder: Path, *options: str) -> subprocess.Popen[str]:
    """A pip that installs nothing, as if on Linux by the Python of the runtimes."""
    how = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"]
    how += ["--disable-pip-version-check", "--retries=0", "--only-binary=:all:"]
    how += ["--python-version=3.12", "--implementation=cp"]
    how += [f"--platform={each}" for each in LINUX]
    return subprocess.Popen(
        [*how, f"--target={folder / 'nowhere'}", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
