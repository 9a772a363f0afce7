"""`docs/terminal.svg`, the picture in the README, shows a real run of `docs/shop.toml`."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "terminal.svg"
SPEC = ROOT / "docs" / "shop.toml"
COLUMNS = 100
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))

SCRIPT = "python generated/shop/generate_data.py --as-of 2026-06-30"
SHOWN = ("scaffold shop.toml --yes", f"{SCRIPT} --check")
"""The commands in the picture. The script runs between them: its output has times."""

ON_A_DAY = """
import datetime
from compiler.cli import compiling, main
compiling.today = lambda: datetime.date(2026, 6, 30)
main(prog_name="scaffold")
"""
"""The command `scaffold`, as the script's option `--as-of` has it."""

FORMAT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" \
aria-label="A terminal in which scaffold shows a plan, writes its files and checks the data">
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", \
monospace; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" \
clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own format loads a font from the web, which pages that show a picture refuse."""


def output_of(command: str, folder: Path) -> str:
    """What a command prints in a folder, with colors; fails if the command does."""
    program, *arguments = command.split()
    module = {"scaffold": ["-c", ON_A_DAY], "python": []}[program]
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    colored = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    done = subprocess.run(
        [sys.executable, *module, *arguments],
        cwd=folder,
        env={**kept, **colored, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def picture(folder: Path) -> str:
    """The commands and what they print, as an SVG."""
    (folder / SPEC.name).write_text(SPEC.read_text("utf-8"), "utf-8")
    console = Console(
        record=True,
        file=io.StringIO(),
        width=COLUMNS,
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    plan, check = SHOWN
    for command in (plan, SCRIPT, check):
        printed = output_of(command, folder)
        if command in SHOWN:
            console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
            console.print(Text.from_ansi(printed))
    svg = console.export_svg(
        title="scaffold", theme=MONOKAI, code_format=FORMAT, unique_id="terminal"
    )
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> str:
    return picture(tmp_path_factory.mktemp("terminal"))


def test_the_picture_is_of_what_is_printed_now(drawn: str) -> None:
    if UPDATE:
        assert not os.environ.get("CI"), "on CI golden files are compared"
        PICTURE.write_text(drawn, "utf-8", newline="\n")
    hint = "if this is meant: make golden, and look at docs/terminal.svg"
    assert drawn == PICTURE.read_text("utf-8"), hint


def test_the_picture_holds_no_machine_and_loads_nothing(drawn: str) -> None:
    root = ElementTree.fromstring(drawn)
    text = "".join(root.itertext()).replace("\N{NO-BREAK SPACE}", " ")
    assert "the busiest 20% of customers" in " ".join(text.split())
    assert "FAILED" not in text
    assert "seconds" not in text
    for absent in (str(Path.home()), "/tmp", "\\", "http", "@font-face", "url(http"):
        assert absent not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")
