"""The questions of `scaffold new`, answered on a real terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from compiler.pipeline import plan_spec

if sys.platform == "win32":
    pytest.skip("Windows has no pty", allow_module_level=True)

import pexpect

Terminal = Any
"""A `pexpect.spawn`, which has no types."""
Opened = Callable[..., Terminal]
CTRL_C = "\x03"
PATIENCE = 60  # seconds for an answer on a busy machine


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Starts the command on a terminal of its own."""
    running: list[Terminal] = []

    def opened(*options: str, columns: int = 200, kind: str = "dumb") -> Terminal:
        root = str(Path(__file__).parents[2])
        terminal = pexpect.spawn(
            sys.executable,
            ["-m", "compiler", "new", *options],
            cwd=str(tmp_path),
            env={
                **os.environ,
                "PYTHONPATH": root,
                "TERM": kind,
                "COLUMNS": f"{columns}",
            },
            encoding="utf-8",
            timeout=PATIENCE,
            dimensions=(50, columns),
        )
        terminal.delaybeforesend = 0.1
        running.append(terminal)
        return terminal

    yield opened
    for terminal in running:
        terminal.close(force=True)


def answer(terminal: Terminal, *dialog: tuple[str, str]) -> None:
    """Waits for each question, and types its answer."""
    for question, text in dialog:
        terminal.expect_exact(question)
        terminal.sendline(text)


def ended(terminal: Terminal) -> int | None:
    terminal.expect(pexpect.EOF)
    terminal.close()
    code = terminal.exitstatus
    assert code is None or isinstance(code, int)
    return code


def test_a_question_is_wrapped_between_words(opened: Opened) -> None:
    terminal = opened(columns=60)
    answer(terminal, ("[retail]:", ""), ("[retail]:", ""))
    terminal.expect_exact(
        "This story (surprise: another; or a sentence of yours)?\r\n[yes]: "
    )


def test_a_terminal_shows_what_is_done_with_a_source(
    opened: Opened, tmp_path: Path
) -> None:
    rows = "".join(f"{n},{n % 3}\n" for n in range(1, 60_000))
    (tmp_path / "things.csv").write_text(f"id,kind\n{rows}", "utf-8")
    terminal = opened("--from", "things.csv", "--yes", kind="xterm")
    for step in ("reading things.csv", "looking at the columns of things"):
        terminal.expect_exact(step)
    terminal.expect_exact("create things.toml")
    assert ended(terminal) == 0


def test_enter_all_the_way_gives_a_good_spec_and_builds_it(
    opened: Opened, tmp_path: Path
) -> None:
    terminal = opened()
    answer(
        terminal,
        ("What is it about? [retail]:", ""),
        ("Its name? [retail]:", ""),
        ("for refunds of about $", ""),
        ("How many orders? [50000]:", ""),
        ("Other tables? [customers=6250]:", ""),
        ("[once]:", ""),
        ("Which engine? [polars]:", ""),
        ("Which format? [parquet]:", ""),
        ("In which catalog and schema? [ai_dev_kit.retail]:", ""),
        ("[skew, joins]:", ""),
        ("create retail.toml", ""),
    )
    terminal.expect_exact("or stop? [B/e/s]:")
    assert ended(terminal) == 0
    text = (tmp_path / "retail.toml").read_text("utf-8")
    assert plan_spec("retail.toml", text).diagnostics == []
    assert (tmp_path / "generated/retail/generate_data.py").exists()


def test_wrong_answers_are_explained_and_asked_again(
    opened: Opened, tmp_path: Path
) -> None:
    (tmp_path / "taken.toml").write_text("mine")
    terminal = opened("--rows", "20000")
    answer(
        terminal,
        ("[retail]:", "sas"),
        ("did you mean saas?", ""),
    )
    terminal.expect_exact("Its name? [retail]:")
    terminal.sendline("taken")
    answer(
        terminal,
        ("taken.toml exists", "Mine"),
        ("names are lower snake_case", "mine"),
        ("This story", "surprise"),
        ("This story", 'It\'s mine \\ "quoted"'),
        ("When does it run", "sometimes"),
        ("is no Quartz cron expression", "daily"),
        ("In which time zone? [UTC]:", "Mars"),
        ("there is no time zone", "Europe/Berlin"),
        ("Which engine?", "polras"),
        ("did you mean polars?", "polars"),
        ("Which compute? [serverless]:", "classic"),
        ("On which machines?", "m5.large"),
        ("Which format?", "delta"),
        ("only with the engine spark", "csv"),
        ("In which catalog and schema?", "main.a.b"),
        ("is no name of a schema", "main.sales"),
        ("Which features", "skew, jions"),
        ("did you mean joins?", "skew, joins, bad_data, append"),
        ("or stop? [B/e/s]:", "s"),
    )
    assert ended(terminal) == 0
    found = plan_spec("mine.toml", (tmp_path / "mine.toml").read_text("utf-8"))
    assert found.diagnostics == [] and found.plan is not None
    plan = found.plan
    assert plan.description == 'It\'s mine \\ "quoted"'
    assert (plan.output.engine, plan.output.format) == ("polars", "csv")
    assert (plan.output.catalog, plan.output.schema_) == ("main", "sales")
    assert (plan.job.schedule, plan.job.node_type) == ("0 0 6 * * ?", "m5.large")
    assert plan.appends and plan.bad_data is not None
    assert (tmp_path / "taken.toml").read_text() == "mine"
    assert not (tmp_path / "generated").exists()


def test_ctrl_c_ends_it_and_writes_nothing(opened: Opened, tmp_path: Path) -> None:
    terminal = opened()
    answer(terminal, ("What is it about?", "saas"), ("Its name?", ""))
    terminal.expect_exact("This story")
    terminal.send(CTRL_C)
    assert ended(terminal) == 130
    assert "Traceback" not in (terminal.before or "")
    assert list(tmp_path.iterdir()) == []


def test_a_domain_asks_only_whether_to_build(opened: Opened, tmp_path: Path) -> None:
    terminal = opened("--domain", "iot")
    found = terminal.expect_exact(["Build into generated/", "?"])
    terminal.sendline("n")
    assert found == 0
    assert ended(terminal) == 0
    assert (tmp_path / "iot.toml").exists()
