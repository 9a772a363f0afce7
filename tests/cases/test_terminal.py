"""The command on a terminal: the question, its answers, colors, an interruption."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import spec, table
from tests.support.bundles import TEAM
from tests.support.forks import Fork
from tests.support.processes import started

if sys.platform == "win32":
    pytest.skip("Windows has no pty", allow_module_level=True)

import pty

QUESTION = "Build into generated/, edit the spec, or stop?"
ANSWER = b"Run it? [Y/n]:"
AGAIN = b"Edit it again? [Y/n]:"
LETTERS = (b" [B/e/s]:", b" [b/e/S]:")
ENDS = (ANSWER, AGAIN, *(QUESTION.encode() + end for end in LETTERS))
"""What the terminal shows when it waits for an answer."""
COLOR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
OWN_TERMINAL = (
    "import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "signal.signal(signal.SIGINT, signal.default_int_handler);"  # shells may ignore it
    "from compiler.cli import main; main(prog_name='scaffold')"
)
"""The command with stdin as its controlling terminal, so that Ctrl-C typed there interrupts."""
Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """Builds a spec on a terminal, answers its question; gives exit code, terminal, stdout."""

    def typed(
        keys: str,
        *options: str,
        sd: float = 2,
        command: str = "build",
        **environment: str,
    ) -> tuple[int, str, str]:
        size = {"kind": "normal", "mean": 4, "sd": sd}
        tree = spec({"name": "shop", "allow": ["W405"]}, things=table(20, size=size))
        (tmp_path / "shop.json").write_text(json.dumps(tree, indent=1), "utf-8")
        ours, theirs = pty.openpty()
        clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        process = started(
            ["-c", OWN_TERMINAL, command, "shop.json", *options],
            tmp_path,
            {**clean, "TERM": "xterm-256color", **environment},
            streams={
                0: theirs,
                2: theirs,
                **({1: theirs} if command == "plan" else {}),
            },
            session=True,
        )
        os.close(theirs)
        shown = conversation(ours, process, keys)
        if process.poll() is None:
            process.kill()
        out = process.communicate()[0] or ""
        os.close(ours)
        return process.wait(), shown, out

    return typed


def conversation(ours: int, process: subprocess.Popen[str] | Fork, keys: str) -> str:
    """What the terminal shows until the command ends; types once it is asked."""
    shown, until = b"", time.monotonic() + 60
    while time.monotonic() < until:
        ready = select.select([ours], [], [], 0.2)[0]
        try:
            piece = os.read(ours, 4096) if ready else b""
        except OSError:
            break
        shown += piece
        if keys and shown.rstrip().endswith(ENDS):
            time.sleep(0.3)  # a signal just before `input` waits is lost on Python
            answer, newline, keys = keys.partition("\n")
            os.write(ours, (answer + newline).encode())
            shown += b"\n"
        if not ready and process.poll() is not None:
            break
    return shown.decode()


def test_yes_writes(typed: Typed, tmp_path: Path) -> None:
    code, shown, out = typed("y\n")
    assert code == 0
    assert "things" in shown[: shown.index(QUESTION)]
    assert (tmp_path / "generated/shop/generate_data.py").exists()
    assert out == ""


def test_return_alone_means_yes(typed: Typed, tmp_path: Path) -> None:
    assert typed("\n")[0] == 0
    assert (tmp_path / "generated/shop/generate_data.py").exists()


def test_no_writes_nothing(typed: Typed, tmp_path: Path) -> None:
    code, _, _ = typed("n\n")
    assert code == 0
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize("word", ["s", "stop", "no"])
def test_stop_writes_nothing(typed: Typed, tmp_path: Path, word: str) -> None:
    assert typed(f"{word}\n")[0] == 0
    assert not (tmp_path / "generated").exists()


def test_an_answer_that_is_none_is_asked_again(typed: Typed, tmp_path: Path) -> None:
    code, shown, _ = typed("perhaps\nb\n")
    assert code == 0
    assert "type build, edit or stop" in shown
    assert (tmp_path / "generated/shop/generate_data.py").exists()


def editor(tmp_path: Path, *edits: tuple[str, str]) -> str:
    """The command of an editor that makes one edit each time that it is opened."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        f"edits, path = {list(edits)!r}, pathlib.Path(sys.argv[1])\n"
        "text = path.read_text('utf-8')\n"
        "old, new = next(each for each in edits if each[0] in text)\n"
        "path.write_text(text.replace(old, new), 'utf-8')\n",
        "utf-8",
    )
    return f"{sys.executable} {script}"


def test_after_edit_it_plans_again(typed: Typed, tmp_path: Path) -> None:
    change = editor(tmp_path, ('"rows": 20', '"rows": 30'))
    code, shown, _ = typed("e\nb\n", EDITOR=change, VISUAL="")
    assert code == 0
    assert shown.index("20 rows") < shown.index(QUESTION) < shown.index("30 rows")
    assert shown.count(QUESTION) == 2
    script = (tmp_path / "generated/shop/generate_data.py").read_text("utf-8")
    assert '"things": 30' in script


def test_an_edit_with_a_mistake_can_be_edited_again(
    typed: Typed, tmp_path: Path
) -> None:
    change = editor(tmp_path, ('"rows": 20', '"rows": -1'), ('"rows": -1', '"rows": 9'))
    code, shown, _ = typed("e\ny\nb\n", EDITOR=change, VISUAL="")
    assert code == 0
    assert shown.index("error[E104]") < shown.index(AGAIN.decode())
    assert shown.rindex("9 rows") > shown.index(AGAIN.decode())


def test_plan_asks_too_and_builds(typed: Typed, tmp_path: Path) -> None:
    code, shown, _ = typed("b\n", command="plan")
    assert code == 0
    assert shown.count("20 rows") == 2, "the table in short and in full, of one plan"
    assert shown.index(QUESTION) < shown.index("create generated/shop/")
    assert (tmp_path / "generated/shop/generate_data.py").exists()


@pytest.mark.parametrize("option", ["--json", "--format=md"])
def test_a_plan_for_programs_is_not_asked_about(typed: Typed, option: str) -> None:
    code, shown, _ = typed("", option, command="plan")
    assert code == 0
    assert QUESTION not in shown


def test_an_editor_that_does_not_exist_is_named(typed: Typed, tmp_path: Path) -> None:
    code, shown, _ = typed("e\n", EDITOR="no-such-editor", VISUAL="")
    assert code == 2
    assert "no-such-editor" in shown and "set EDITOR" in shown
    assert not (tmp_path / "generated").exists()


def test_edits_are_shown_before_they_are_merged(typed: Typed, tmp_path: Path) -> None:
    typed("y\n")
    script = tmp_path / "generated/shop/generate_data.py"
    edited = script.read_text("utf-8").replace("SEED = 42", "SEED = 43", 1)
    script.write_text(edited, "utf-8")
    code, shown, _ = typed("n\n", sd=3)
    before_question = shown[: shown.index(QUESTION)]
    assert "\x1b[31m-SEED = 42" in before_question
    assert "\x1b[32m+SEED = 43" in before_question
    assert code == 0
    assert script.read_text("utf-8") == edited
    code, shown, _ = typed("y\n", sd=3)
    assert code == 0
    assert "merge generated/shop/generate_data.py" in shown
    assert "SEED = 43" in script.read_text("utf-8")
    assert "merge" not in typed("y\n", sd=3)[1]


def test_edits_that_force_would_lose_are_shown_and_return_keeps_them(
    typed: Typed, tmp_path: Path
) -> None:
    typed("y\n")
    script = tmp_path / "generated/shop/generate_data.py"
    edited = script.read_text("utf-8").replace("SEED = 42", "SEED = 43", 1)
    script.write_text(edited, "utf-8")
    code, shown, _ = typed("\n", "--force")
    assert code == 0
    assert "LOST by --force" in shown and "+SEED = 43" in shown
    assert script.read_text("utf-8") == edited
    assert typed("y\n", "--force")[0] == 0
    assert "SEED = 42" in script.read_text("utf-8")


def test_where_nothing_can_be_written_nothing_is_asked(
    typed: Typed, tmp_path: Path
) -> None:
    script = tmp_path / "generated/shop/generate_data.py"
    script.parent.mkdir(parents=True)
    script.write_text("print(1)\n")
    code, shown, _ = typed("y\n")
    assert code == 3
    assert QUESTION not in shown


@pytest.mark.parametrize("option", ["--yes", "-y", "--json"])
def test_with_yes_or_json_nothing_is_asked(
    typed: Typed, tmp_path: Path, option: str
) -> None:
    code, shown, _ = typed("n\n", option)
    assert code == 0
    assert QUESTION not in shown
    assert (tmp_path / "generated/shop/generate_data.py").exists()


def test_a_spec_with_errors_is_not_asked_about(typed: Typed, tmp_path: Path) -> None:
    code, shown, _ = typed("y\n", sd=-1)
    assert code == 1
    assert QUESTION not in shown
    assert not (tmp_path / "generated").exists()


def test_ctrl_c_ends_it_with_130_and_no_traceback(typed: Typed, tmp_path: Path) -> None:
    code, shown, _ = typed("\x03")
    assert code == 130
    assert "Traceback" not in shown
    assert not (tmp_path / "generated").exists()


def test_errors_are_colored_unless_no_color_is_set(typed: Typed) -> None:
    colored, plain = typed("", sd=-1)[1], typed("", sd=-1, NO_COLOR="1")[1]
    assert "\x1b[1;31merror[E104]" in colored
    assert "error[E104]" in plain
    assert "\x1b[" not in plain


def test_the_plan_is_not_colored_where_no_color_is_set(typed: Typed) -> None:
    _, shown, _ = typed("", "--yes", NO_COLOR="1")
    assert "things" in shown
    assert not COLOR.search(shown)


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """A bundle template whose hook leaves this file behind."""
    shutil.copytree(TEAM, tmp_path / "team")
    (tmp_path / "team/hooks").mkdir()
    mark = tmp_path / "ran.txt"
    hook = f"from pathlib import Path\n\nPath({str(mark)!r}).touch()\n"
    (tmp_path / "team/hooks/post_gen_project.py").write_text(hook, "utf-8")
    return mark


def test_before_a_template_s_hooks_run_it_is_asked(
    typed: Typed, tmp_path: Path, ran: Path
) -> None:
    code, shown, _ = typed("n\n", "--bundle-template", "team")
    assert (code, ran.exists()) == (0, False)
    assert "team runs hooks/post_gen_project.py. Run it?" in shown
    assert QUESTION not in shown
    assert not (tmp_path / "generated").exists()


def test_hooks_run_once_they_may(typed: Typed, tmp_path: Path, ran: Path) -> None:
    code, shown, _ = typed("y\nn\n", "--bundle-template", "team")
    assert (code, ran.exists()) == (0, True)
    assert shown.index("Run it?") < shown.index(QUESTION)
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize("option", ["--yes", "--json"])
def test_with_yes_or_json_hooks_run_unasked(
    typed: Typed, tmp_path: Path, ran: Path, option: str
) -> None:
    code, shown, _ = typed("", "--bundle-template", "team", option)
    assert (code, ran.exists()) == (0, True)
    assert "Run it?" not in shown
    assert (tmp_path / "generated/shop/generate_data.py").exists()


def test_a_template_without_code_of_its_own_is_not_asked_about(
    typed: Typed, tmp_path: Path
) -> None:
    shutil.copytree(TEAM, tmp_path / "team")
    code, shown, _ = typed("y\n", "--bundle-template", "team")
    assert code == 0
    assert "Run it?" not in shown


def test_extensions_are_code_too(typed: Typed, tmp_path: Path) -> None:
    shutil.copytree(TEAM, tmp_path / "team")
    listed = tmp_path / "team/cookiecutter.json"
    values = {**json.loads(listed.read_text("utf-8")), "_extensions": ["jinja2.ext.do"]}
    listed.write_text(json.dumps(values), "utf-8")
    _, shown, _ = typed("n\n", "--bundle-template", "team")
    assert "team runs jinja2.ext.do. Run it?" in shown
