"""What an editor prints of a mistyped spec: taplo, behind the TOML extensions of most editors.

It is taken from npm once into a cache (`SCAFFOLD_TAPLO` names another program). The same mistakes
are held against the schema without it, in `test_schema.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support import Tree
from tests.support.installs import installed
from tests.support.mistyped import MISTYPED, ROOT, SHIPPED, with_mistake

SCHEMA = ROOT / "specs" / "spec.schema.json"
VERSION, PROGRAM = "0.7.0", "node_modules/.bin/taplo"
MESSAGE = re.compile(r"^error: (.*)\n *┌─ .*?([\w-]+)\.toml:", re.MULTILINE)
"""What it says, and the file of which."""


@pytest.fixture(scope="module")
def taplo() -> str:
    """The program; skips, and says why, where there is none."""
    known = os.environ.get("SCAFFOLD_TAPLO") or shutil.which("taplo")
    if known:
        return known
    return str(installed(f"taplo-{VERSION}", install) / PROGRAM)


def install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("taplo is installed by npm, and there is no npm")
    # Without a prefix npm installs into the next folder above that has a package.json.
    command = [npm, "install", "--no-audit", "--no-fund", f"--prefix={folder}"]
    done = subprocess.run(
        [*command, f"@taplo/cli@{VERSION}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    if done.returncode:
        pytest.skip(f"npm cannot install taplo: {done.stderr[-200:]}")
    assert (folder / PROGRAM).exists(), done.stdout


@pytest.fixture(scope="module")
def said(taplo: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What taplo says of each spec, once: it repeats what it says at each key below.

    One run for all, since it takes long to start.
    """
    folder = tmp_path_factory.mktemp("taplo")
    for number, (place, value, _) in enumerate(MISTYPED):
        text = document(with_mistake(place, value))
        folder.joinpath(f"mistyped-{number}.toml").write_text(text, "utf-8")
    for path in SHIPPED:
        shutil.copy(path, folder)
    files = sorted(map(str, folder.glob("*.toml")))
    done = subprocess.run(
        [taplo, "lint", "--schema", SCHEMA.as_uri(), *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found: dict[str, set[str]] = {Path(file).stem: set() for file in files}
    for message, name in MESSAGE.findall(done.stdout + done.stderr):
        found[name].add(message)
    return found


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f'"{key}" = {as_toml(one)}' for key, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    text = str(value)
    return f'"{text}"' if isinstance(value, str) else text.lower()


def document(tree: Tree) -> str:
    return "".join(f"{key} = {as_toml(value)}\n" for key, value in tree.items())


@pytest.mark.parametrize("number", range(len(MISTYPED)))
def test_one_mistake_is_one_message(number: int, said: dict[str, set[str]]) -> None:
    (message,) = said[f"mistyped-{number}"]
    assert MISTYPED[number][2] in message
    assert "any of the schemas" not in message


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_it_finds_nothing_in_the_shipped_specs(
    path: Path, said: dict[str, set[str]]
) -> None:
    assert said[path.stem] == set()
