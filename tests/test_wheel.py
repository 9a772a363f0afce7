"""The wheel, installed elsewhere, compiles as the checkout does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SPEC = "specs/ecom.toml"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a download: hatchling stands in the tests' environment."""
    out = tmp_path_factory.mktemp("dist")
    python(
        *("-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)),
        cwd=out,
    )
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; its bin folder.

    The dependencies are borrowed from this one, which is quick and needs no network. An
    editable install of the checkout is not seen through that: its `.pth` is not read.
    """
    venv = tmp_path_factory.mktemp("elsewhere") / "venv"
    python("-m", "venv", "--without-pip", str(venv), cwd=venv.parent)
    scripts = venv / ("Scripts" if os.name == "nt" else "bin")
    pip = ("-m", "pip", "--python", str(scripts / "python"), "install")
    python(*pip, "--no-deps", "--no-index", "--quiet", str(wheel), cwd=venv.parent)
    (package,) = venv.rglob("site-packages/compiler")
    borrowed = sysconfig.get_path("purelib")
    (package.parent / "borrowed.pth").write_text(borrowed + "\n", encoding="utf-8")
    return scripts


def python(*arguments: str, cwd: Path) -> None:
    run([sys.executable, *arguments], cwd)


def run(
    command: list[str | Path], cwd: Path, environ: dict[str, str] | None = None
) -> str:
    """Run a command without the checkout on its path; give what it prints."""
    # pytest itself may have been started with the checkout on PYTHONPATH.
    clean = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    environ = clean | (environ or {})
    done = subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def sources(folder: Path, prefix: str) -> set[str]:
    """The paths of a folder's files as a wheel names them."""
    return {f"{prefix}/{path}" for path in files(folder) if "__pycache__" not in path}


def test_the_wheel_holds_the_package_the_templates_and_nothing_else(
    wheel: Path,
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"compiler"}

    package = sources(ROOT / "compiler", "compiler")
    templates = sources(ROOT / "templates", "compiler/templates")
    assert package and templates
    assert package | templates == {
        name for name in names if name.startswith("compiler/")
    }
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_imports_from_its_own_place(
    environment: Path, tmp_path: Path
) -> None:
    where = run(
        [environment / "python", "-c", "import compiler; print(compiler.__file__)"],
        tmp_path,
    )
    assert Path(where.strip()).is_relative_to(environment.parent)


def test_the_wheel_compiles_from_elsewhere_as_the_checkout_does(
    environment: Path, tmp_path: Path
) -> None:
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / SPEC, tmp_path / SPEC)
    run([environment / "scaffold", SPEC, "--yes", "--out", "installed"], tmp_path)
    run(
        [
            *(sys.executable, "-c", "from compiler.cli import main; main()"),
            *(SPEC, "--yes", "--out", "checkout"),
        ],
        tmp_path,
        {"PYTHONPATH": str(ROOT)},
    )
    installed = files(tmp_path / "installed")
    assert "ecom/generate_data.py" in installed
    assert installed == files(tmp_path / "checkout")
