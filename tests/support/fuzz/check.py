"""What holds for every spec, however it was mutated."""

from __future__ import annotations

import ast
import io
import json
import re
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import yaml

from compiler.codes import CODES
from compiler.diagnostics import Diagnostic
from compiler.pipeline import Compiled, compile_spec
from compiler.render import to_github, to_json, to_text
from compiler.show import as_data, shown_of
from compiler.styled import as_text
from tests.support.fuzz.mutate import Mutant

HANG = 10
"""Seconds of processor time that a spec may take."""
ROWS = 3_000
"""So many rows a script is run with."""
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys."""


class Hang(Exception):
    """A spec that takes too long."""


def fault_of(mutant: Mutant, run: bool = False) -> str | None:
    """What does not hold, with the traceback; None where all is well."""
    try:
        with limited(HANG), warnings.catch_warnings():
            warnings.simplefilter("error")  # nothing but ours belongs on stderr
            compiled = compile_spec(mutant.path, mutant.text)
            check(compiled)
        if run and compiled.plan is not None:
            run_script(compiled)
    except Exception:
        return traceback.format_exc()
    return None


def check(compiled: Compiled) -> None:
    check_diagnostics(compiled)
    if compiled.failed:
        assert not compiled.files
    else:
        check_files(compiled)


def check_diagnostics(compiled: Compiled) -> None:
    """Each has its code and a place in the text, and every renderer shows it."""
    found, text = compiled.diagnostics, compiled.text or ""
    lines = text.removeprefix("\ufeff").split("\n")
    for one in found:
        check_diagnostic(one, lines)
    sources = {compiled.path: text}
    shown = to_text(found, sources, color=False)
    assert not OBEYED.search(shown), "text that a terminal obeys"
    for written in (shown, to_text(found, sources, color=True), to_github(found)):
        written.encode("utf-8")
    assert to_github(found).count("\n") <= len(found)
    assert len(json.loads(to_json(found))) == len(found)


def check_diagnostic(one: Diagnostic, lines: list[str]) -> None:
    assert one.code in CODES
    assert one.message
    for label in one.labels:
        span = label.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1


def check_files(compiled: Compiled) -> None:
    """The script is Python, the bundle YAML and JSON, and the plan can be printed."""
    from rich.console import Console

    plan, files = compiled.plan, compiled.files
    assert plan is not None
    for name, text in files.items():
        text.encode("utf-8")
        if name.endswith(".py"):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                compile(ast.parse(text), name, "exec")
        elif name.endswith((".yml", ".yaml")):
            assert isinstance(yaml.safe_load(text), dict), name
        elif name.endswith(".json"):
            json.loads(text)
    Console(file=io.StringIO(), width=200).print(
        as_text(shown_of(plan, date(2026, 6, 30)))
    )
    json.dumps(as_data(plan), allow_nan=False).encode("utf-8")


def run_script(compiled: Compiled) -> None:
    """The script runs with few rows, and `--check` finds what it promises.

    It may refuse to run, in a sentence: some rows can have too few others to point at.
    """
    plan = compiled.plan
    assert plan is not None
    total = sum(table.rows for table in plan.tables)
    fixed = sum(len(table.data) for table in plan.tables)
    grids = any(
        table.children is not None and table.children.every for table in plan.tables
    )
    scale = min(1.0, ROWS / max(total, 1))
    if plan.output.engine == "spark" or fixed > ROWS or (grids and total > 10 * ROWS):
        return
    with tempfile.TemporaryDirectory() as name:
        script = Path(name, "generate_data.py")
        script.write_text(compiled.files["generate_data.py"], "utf-8")
        options = [
            sys.executable,
            str(script),
            "--output",
            "out",
            "--scale",
            f"{scale:.9f}",
        ]
        for option in ((), ("--check",)):
            done = subprocess.run(
                [*options, *option],
                cwd=name,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=120,
            )
            said = f"{option}: {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}"
            assert "Traceback" not in done.stderr, said
            assert done.returncode in (0, 2), said
            if done.returncode:
                return


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises `Hang` after so much processor time, or six times as long by the clock."""

    def late(number: int, frame: object) -> None:
        raise Hang(f"over {seconds} s")

    timers = {
        signal.ITIMER_PROF: (signal.SIGPROF, seconds),
        signal.ITIMER_REAL: (signal.SIGALRM, seconds * 6),
    }
    before = {sign: signal.signal(sign, late) for sign, _ in timers.values()}
    for timer, (_, length) in timers.items():
        signal.setitimer(timer, length)
    try:
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)
        for sign, handler in before.items():
            signal.signal(sign, handler)
