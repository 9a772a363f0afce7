"""The recipes of CONTRIBUTING.md work as they are written, and change no other file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from compiler.spec.columns import KINDS
from tests.support import Tree, read, spec, table
from tests.support.distributions import assert_follows, assert_shares, cut
from tests.support.goldens import ROOT
from tests.support.recipes import copied, follow, recipe, run_in

pytestmark = pytest.mark.xdist_group("recipes")

ROWS = 20_000
ENGINES = ("polars", "pandas")
KIND, DISTRIBUTION = "A new column kind", "A new distribution"

PLACES = {"by": "site", "cases": {"a": {"length": 2}, "b": {"length": 6}}}
DIGITS: Tree = spec(
    phones=table(
        ROWS,
        pin={"kind": "digits", "length": 4, "null_rate": 0.1},
        site={"kind": "choice", "weights": {"a": 1, "b": 1}},
        extension={"kind": "digits", "length": 4, **PLACES},
        label={"kind": "template", "text": "no. {extension}"},
        luck={"kind": "digits", "length": 1},
    ),
    prizes={
        "rows": {"per": "phones", "where": "luck == '7'"},
        "columns": {"phone": {"kind": "ref", "table": "phones"}},
    },
)
LIFE = {"kind": "weibull", "shape": 1.5, "scale": 800}
FAILED = {"kind": "offset", "of": "sold", "distribution": "weibull", "shape": 0.7}
WEIBULL: Tree = spec(
    lamps=table(
        ROWS,
        life=LIFE,
        tested={**LIFE, "min": 100, "max": 2_000},
        hours={**LIFE, "max": 1_000, "integer": True},
        sold={"kind": "timestamp"},
        failed={**FAILED, "scale": "40d"},
        early={"kind": "expr", "expr": "life < 800", "hidden": True},
    ),
    returns={
        "rows": {"per": "lamps", "where": "early"},
        "columns": {"lamp": {"kind": "ref", "table": "lamps"}},
    },
)


class Followed:
    """A copy of the project in which a recipe was followed, and what it makes of a spec."""

    def __init__(self, folder: Path, title: str, tree: Tree) -> None:
        self.folder, self.files = copied(folder), recipe(title)
        follow(self.files, folder)
        (folder / "spec.json").write_text(json.dumps(tree), "utf-8")
        self.schema = json.loads(self.scaffold("schema"))
        self.plan = self.scaffold("plan", "spec.json")
        self.data = {engine: self._run(engine) for engine in ENGINES}

    def scaffold(self, *words: str) -> str:
        return run_in(self.folder, "-m", "compiler", *words)

    def _run(self, engine: str) -> Path:
        """Compiles the spec for an engine, runs the script and its check."""
        out = self.folder / engine
        self.scaffold("spec.json", "--yes", "--engine", engine, "--out", str(out))
        script = out / "example" / "generate_data.py"
        run_in(self.folder, str(script), "--output", str(out / "data"))
        run_in(self.folder, str(script), "--output", str(out / "data"), "--check")
        return out / "data"

    def read(self, name: str, engine: str) -> dict[str, np.ndarray]:
        return read(self.data[engine], name)


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    return Followed(tmp_path_factory.mktemp("kind"), KIND, DIGITS)


@pytest.fixture(scope="module")
def weibull(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    return Followed(tmp_path_factory.mktemp("distribution"), DISTRIBUTION, WEIBULL)


def of_kind(schema: Mapping[str, Any], kind: str) -> Any:
    """What the JSON Schema asks of the columns of a kind."""
    column = schema["$defs"]["Column"]
    assert column["properties"]["kind"]["enum"][-1] == kind, "after the known ones"
    return next(
        branch["then"]
        for branch in column["allOf"]
        if branch["if"]["properties"]["kind"]["const"] == kind
    )


def estimated(plan: str, name: str) -> int:
    """The number of rows of a table that the plan estimates."""
    found = re.search(rf" {name} +about ([\d,]+) rows \(sampled\)", plan)
    assert found is not None, plan
    return int(found[1].replace(",", ""))


def test_the_recipes_have_the_files_that_they_name() -> None:
    model, emitter = "compiler/spec/columns/digits.py", "compiler/emit/kinds/digits.py"
    assert [*recipe(KIND)] == [
        model,
        emitter,
        "templates/script/library/text/digits.py",
        "compiler/plan/sample/kinds/digits.py",
        "tests/support/kinds/digits.py",
        "tests/engines/test_digits.py",
        "docs/language.md",
    ]
    assert [*recipe(DISTRIBUTION)] == [
        "compiler/spec/columns/distributions/weibull.py",
        "templates/script/library/random/weibull.py",
        "docs/language.md",
    ]


@pytest.mark.parametrize("title", [KIND, DISTRIBUTION])
def test_the_files_of_a_recipe_are_clean(title: str, tmp_path: Path) -> None:
    files = {name: text for name, text in recipe(title).items() if name[-3:] == ".py"}
    follow(files, tmp_path)
    names = [name for name in files if not name.startswith("templates")]
    config = str(ROOT / "pyproject.toml")
    run_in(tmp_path, "-m", "black", "--check", "-q", ".")
    run_in(tmp_path, "-m", "ruff", "check", "--no-cache", "--config", config, *names)


def test_a_new_kind_is_in_the_schema_and_in_the_plan(digits: Followed) -> None:
    here = {"$ref": "#/$defs/Digits"}
    needed = of_kind(digits.schema, "digits")["allOf"][1]["then"]["else"]
    assert of_kind(digits.schema, "digits")["allOf"][0] == here
    assert needed == {"required": ["length"]}
    assert "4 random digits; null in 10%" in digits.plan
    assert "a: 2 random digits; b: 6 random digits" in digits.plan


def test_rows_that_depend_on_a_new_kind_are_estimated(digits: Followed) -> None:
    assert estimated(digits.plan, "prizes") == pytest.approx(0.1 * ROWS, rel=0.03)


def test_the_tests_of_a_new_kind_pass(digits: Followed) -> None:
    (digits.folder / "pytest.ini").write_text(
        "[pytest]\naddopts=--import-mode=importlib\n"
    )
    names = ["tests/engines/test_digits.py", "tests/unit/emit/test_kinds.py"]
    options = ["-c", "pytest.ini", "-p", "no:cacheprovider", "-v"]
    report = run_in(digits.folder, "-m", "pytest", *options, *names)
    assert len(re.findall(r"test_digits.py::\w+ PASSED", report)) == 1
    assert len(re.findall(r"test_kinds.py::\w+\[digits-1\] PASSED", report)) == 3


def test_a_row_for_a_new_kind_fits_the_table(digits: Followed) -> None:
    page = (digits.folder / "docs" / "language.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `digits` |")]
    assert [row.count("|") for row in rows] == [4]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_new_kind_makes_its_data(digits: Followed, engine: str) -> None:
    phones = digits.read("phones", engine)
    pins = np.ma.compressed(phones["pin"])
    assert 0.85 < len(pins) / ROWS < 0.95
    assert {(len(pin), pin.isdigit()) for pin in pins} == {(4, True)}
    assert_shares([pin[0] for pin in pins], dict.fromkeys("0123456789", 1))
    lengths = [
        (site, len(extension), label == f"no. {extension}")
        for site, extension, label in zip(
            phones["site"], phones["extension"], phones["label"], strict=True
        )
    ]
    assert {*lengths} == {("a", 2, True), ("b", 6, True)}
    assert len(digits.read("prizes", engine)["phone"]) == sum(phones["luck"] == "7")


def test_engines_agree_on_a_new_kind(digits: Followed) -> None:
    first, second = (digits.read("phones", engine) for engine in ENGINES)
    for name, values in first.items():
        np.testing.assert_array_equal(values, second[name])


def test_a_new_distribution_is_in_the_schema_and_in_the_plan(weibull: Followed) -> None:
    assert of_kind(weibull.schema, "weibull")["allOf"][0] == {"$ref": "#/$defs/Weibull"}
    delays = weibull.schema["$defs"]["Column"]["properties"]["distribution"]
    assert "weibull" in delays["enum"]
    assert "Weibull, shape 1.5, scale 800" in weibull.plan
    assert "after sold, Weibull, shape 0.7, scale 40 days" in weibull.plan


@pytest.mark.parametrize("engine", ENGINES)
def test_a_new_distribution_makes_its_data(weibull: Followed, engine: str) -> None:
    lamps = weibull.read("lamps", engine)
    law = stats.weibull_min(1.5, scale=800)
    assert_follows(lamps["life"], law.cdf)
    assert_follows(lamps["tested"], cut(law.cdf, 100, 2_000))
    assert lamps["tested"].min() >= 100
    assert lamps["tested"].max() <= 2_000
    hours = np.arange(1_001)
    shares = law.cdf(hours + 0.5) - law.cdf(np.maximum(hours - 0.5, 0))
    assert_shares(lamps["hours"], dict(zip(hours.tolist(), shares, strict=True)))


def test_a_check_finds_what_is_beyond_the_bounds(weibull: Followed) -> None:
    script = (weibull.folder / "polars" / "example" / "generate_data.py").read_text()
    assert '"maximum": 2_000}' in script
    (weibull.folder / "narrow.py").write_text(
        script.replace('"maximum": 2_000}', '"maximum": 1_000}'), "utf-8"
    )
    options = ["--output", str(weibull.data["polars"]), "--check"]
    report = run_in(weibull.folder, "narrow.py", *options, fails=True)
    failed = [line for line in report.splitlines() if "FAILED" in line]
    assert ["tested above 1,000" in line for line in failed] == [True]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_offset_takes_a_new_distribution(weibull: Followed, engine: str) -> None:
    lamps = weibull.read("lamps", engine)
    days = (lamps["failed"] - lamps["sold"]) / np.timedelta64(1, "D")
    assert_follows(days, stats.weibull_min(0.7, scale=40).cdf)


def test_rows_that_depend_on_a_new_distribution_are_estimated(
    weibull: Followed,
) -> None:
    share = stats.weibull_min(1.5, scale=800).cdf(800)
    assert estimated(weibull.plan, "returns") == pytest.approx(share * ROWS, rel=0.03)


def test_each_kind_has_a_row_in_the_docs() -> None:
    page = (ROOT / "docs" / "language.md").read_text("utf-8")
    table = page.partition("| kind | parameters | notes |\n")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines()]
    assert [kind for kind in KINDS if not any(f"`{kind}`" in c for c in cells)] == []
