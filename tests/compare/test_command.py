"""The command: from a spec or a folder to scores, and its exit codes."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from compiler.cli import main
from compiler.compare.planned import relations_of_plan
from tests.support import END, compiled, inside, module, spec, table
from tests.support.compared import Frames, stand_in
from tests.support.shop_frames import RELATIONS, START, shop

ROOT = Path(__file__).parents[2]
ECOM = ROOT / "specs" / "ecom.toml"
SMALL = ("--scale", "0.1", "--as-of", END)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test works in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    stand_in(monkeypatch, RELATIONS)
    return tmp_path


@pytest.fixture(scope="module")
def ecom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the script of ecom writes, of another seed than the spec has."""
    folder = tmp_path_factory.mktemp("ecom")
    script = module(compiled(ECOM.read_text("utf-8")))
    inside(script, ["--output", str(folder), "--seed", "7", *SMALL])
    return folder


def saved(folder: str, frames: Frames) -> str:
    for name, frame in frames.items():
        Path(folder, name).mkdir(parents=True)
        frame.write_parquet(Path(folder, name, "part-0.parquet"))
    return folder


def run(*arguments: object) -> Result:
    words = ["compare", *map(str, arguments)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def answer(*arguments: object) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_spec_is_run_and_compared(ecom: Path, here: Path) -> None:
    found = answer(ECOM, ecom, *SMALL, "--seed", "8")
    assert found["total"] > 0.9
    assert found["coverage"] == 1
    assert not found["missing"]
    assert set(found["groups"]) == {
        "column shapes",
        "pair trends",
        "cardinality",
        "between tables",
    }
    refs = {(one["table"], one["column"]) for one in found["scores"]["cardinality"]}
    assert refs == {
        ("carts", "customer_id"),
        ("orders", "cart_id"),
        ("orders", "customer_id"),
        ("order_items", "order_id"),
        ("loyalty", "customer_id"),
    }
    assert found["groups"]["cardinality"] > 0.95
    assert [*here.iterdir()] == []  # all was temporary


def test_a_spec_of_another_engine_and_in_append_mode(here: Path) -> None:
    output = {"engine": "spark", "format": "delta", "mode": "append"}
    tree = spec(
        {"output": output},
        things=table(300, size={"kind": "normal", "mean": 40, "sd": 12}),
    )
    (here / "things.json").write_text(json.dumps(tree), "utf-8")
    sizes = pl.DataFrame({"id": range(300), "size": [40.0] * 300})
    found = answer("things.json", saved("data", {"things": sizes}))
    assert found["tables"]["things"]["rows"] == [300, 300]


def test_folders_are_compared() -> None:
    generated, source = saved("generated", shop(2)), saved("source", shop(1))
    found = answer(generated, source)
    assert 0.97 <= found["total"] < 1
    assert found["tables"]["customers"]["rows"] == [2000, 2000]
    done = run(generated, source)
    assert done.exit_code == 0
    assert done.stdout.startswith("generated beside source\n")
    assert re.search(r"^ +total +0\.9\d ", done.stdout, re.MULTILINE)
    assert (
        "customers.id, orders.id: keys, whose values are meant to differ" in done.stdout
    )
    assert "\x1b" not in done.stdout
    assert done.stderr == "all scores: scaffold compare generated source --json\n"


def test_the_list_of_faults_is_no_table() -> None:
    faults = {**shop(1), "_bad_data": pl.DataFrame({"rows": [1]})}
    found = answer(saved("generated", faults), saved("source", shop(1)))
    assert found["missing"] == []


@pytest.mark.parametrize("width", ["30", "60"])
def test_a_narrow_terminal_loses_nothing(
    width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    orders = shop(1)["orders"].with_columns(device=pl.lit("phone"), new=1)
    changed = {"customers": shop(1)["customers"], "orders": orders}
    done = run(saved("generated", changed), saved("source", shop(1)))
    text = " ".join(done.stdout.split())
    for part in ("orders.device", "desktop 0% beside 49%", "orders.new"):
        assert part in text


def test_a_low_total_fails_if_asked_to() -> None:
    generated, source = saved("generated", shop(2)), saved("source", shop(1))
    assert run(generated, source, "--min", "0.9").exit_code == 0
    done = run(generated, source, "--min", "0.999")
    assert done.exit_code == 1
    assert "is below 0.999" in done.stderr
    done = run(generated, source, "--min", "0.999", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["total"] > 0.9


def test_another_window_leads_to_the_option_for_it(here: Path) -> None:
    column = {"kind": "timestamp", "start": "-100d"}
    tree = spec(things=table(500, at=column))
    (here / "things.json").write_text(json.dumps(tree), "utf-8")
    plan = compiled(tree).plan
    assert plan is not None and relations_of_plan(plan)["things"].key
    days = [START + timedelta(days=day % 100) for day in range(500)]
    source = saved("source", {"things": pl.DataFrame({"id": range(500), "at": days})})
    done = run("things.json", source, "--as-of", "2026-05-01")
    assert "the generated moments start 20 days later" in done.stdout
    command = f"scaffold compare things.json {source} --as-of 2026-04-11"
    assert done.stderr.splitlines()[-1] == f"with the window of the source: {command}"
    assert "start" not in run("things.json", source, "--as-of", "2026-04-11").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("nowhere", "source"), 2, "there is no spec or folder nowhere"),
        (("source", "nowhere"), 2, "cannot read nowhere"),
        (("scripts", "source"), 2, "scripts has a script, no data"),
        (("source", "source", "--as-of", END), 2, "`--as-of` is for a spec"),
        (("source", "source", "--min", "95"), 2, "95"),
        (("lost.toml", "source"), 1, "cannot read lost.toml"),
        (("wrong.toml", "source"), 1, "error[E001]"),
        (
            ("other", "source"),
            2,
            "no columns in common: the source has customers, orders",
        ),
        (("source",), 2, "Missing argument 'SOURCE"),
    ],
)
def test_mistakes_are_reported(
    arguments: tuple[str, ...], code: int, message: str, here: Path
) -> None:
    saved("source", shop(1))
    saved("other", {"things": pl.DataFrame({"a": [1]})})
    (here / "scripts").mkdir()
    (here / "scripts" / "generate_data.py").write_text("", "utf-8")
    (here / "wrong.toml").write_text("name =", "utf-8")
    done = run(*arguments)
    assert done.exit_code == code
    assert message in done.stderr
    assert done.stdout == ""


def test_a_run_that_fails_is_reported(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "things.json").write_text(json.dumps(spec(things=table(9))), "utf-8")
    saved("source", {"things": pl.DataFrame({"id": [1, 2]})})
    done = run("things.json", "source", "--as-of", "tomorrow")
    assert done.exit_code == 2
    assert "--as-of" in capfd.readouterr().err
