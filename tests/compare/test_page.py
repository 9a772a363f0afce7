"""`docs/compare.md` shows what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from compiler.cli import main
from compiler.compare import measures, pairs, refs, shown, values
from tests.support import compiled, inside, module
from tests.support.compared import relations, stand_in

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "compare.md").read_text("utf-8")
WORDS = " ".join(PAGE.split())
CHANGES = {
    "Pro = 0.3, Free = 0.6": "Pro = 0.2, Free = 0.7",
    "skew = 0.8 ": "skew = 0.6 ",
    'by = "customer_id.tier"': "median = 100",
    "cases.Enterprise.median = 210": "",
    "otherwise.median = 60": "",
}


def test_the_example_is_what_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shown,) = re.findall(r"```\n(scaffold compare draft.*?)\n```", PAGE, re.DOTALL)
    command, _, expected = shown.partition("\n\n")
    shop = (DOCS / "shop.toml").read_text("utf-8")
    draft = shop
    for old, new in CHANGES.items():
        assert old in draft
        draft = draft.replace(old, new)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    stand_in(monkeypatch, {"orders": relations("order_id")})
    inside(module(compiled(shop)), ["--output", "data", "--as-of", "2026-06-30"])
    Path("draft.toml").write_text(draft, "utf-8")
    program, *arguments = command.split()
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert program == "scaffold"
    assert done.exit_code == 0, done.stderr
    assert done.stdout.strip("\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        f"at most {values.MOST_CATEGORIES} values",
        "at least twice each" * (values.LEAST_REPEATS == 2),
        f"{pairs.FEWEST_CLASSES} to {pairs.MOST_CLASSES} classes a column",
        f"about {pairs.ROWS_A_CELL} rows a pair of classes",
        f"within {refs.NEARLY - 1:.0%} of each other".replace("%", " %"),
        f"pairs in {pairs.SAMPLE:,}",
        f"first {pairs.MOST_COLUMNS} columns are paired",
        "at least a week apart" * (shown.LEAST_LAG == 7),
        "the ten lowest scores" * (shown.LISTED == 10),
    ],
)
def test_the_page_has_the_constants(text: str) -> None:
    assert text and text in WORDS


@pytest.mark.parametrize("module", [measures, refs, pairs])
def test_the_page_names_the_measures(module: object) -> None:
    text = Path(str(vars(module)["__file__"])).read_text("utf-8")
    named = set(re.findall(r"\b\w+(?:Complement|Similarity)\b", text))
    assert named
    assert all(f"({name}" in WORDS for name in named), named


def test_the_page_describes_each_option() -> None:
    options = [name for each in main.commands["compare"].params for name in each.opts]
    described = [name for name in options if name.startswith("--")]
    assert len(described) == 5
    assert all(f"`{name}" in PAGE for name in described)


def test_the_sample_of_columns_is_that_of_profiles() -> None:
    from compiler.profiling.tables import SAMPLE

    assert f"up to {SAMPLE:,} rows" in WORDS


def test_chance_is_as_the_page_has_it() -> None:
    import numpy as np

    rng = np.random.default_rng(1)
    drawn = rng.normal(size=(400, 2, 200))
    mean = np.mean([measures.ks_complement(one, other) for one, other in drawn])
    assert "with 200 rows on both sides, the KSComplement of a number" in WORDS
    assert f"is {mean:.2f} on average" in WORDS
