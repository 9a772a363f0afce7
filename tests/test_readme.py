"""What the README and the pages in `docs/` show is what comes out."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from compiler.cli import main
from compiler.pipeline import compile_spec
from compiler.render import to_text
from tests.support import inside, module, spec, table

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SHOP = (ROOT / "docs" / "shop.toml").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def blocks(text: str, language: str = "") -> list[str]:
    """The fenced blocks of a language, without their fences."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [block for marked, block in found if marked == language]


def commands(text: str, program: str) -> list[str]:
    """The lines of blocks that run a program, without comments."""
    lines = [
        line.split("  #")[0] for block in blocks(text) for line in block.split("\n")
    ]
    return [
        line.strip() for line in lines if re.match(rf"(python )?\S*{program}\b", line)
    ]


# ------------------------------------------------------------------------ the spec


def test_the_readme_shows_a_part_of_the_spec() -> None:
    (shown,) = blocks(README, "toml")
    assert shown in SHOP


def test_the_mistake_in_the_readme_is_reported_so() -> None:
    (shown,) = [block for block in blocks(README) if block.startswith("error[")]
    path = "docs/shop.toml"
    wrong = SHOP.replace('by = "customer_id.tier"', 'by = "customer_id.teir"', 1)
    assert wrong != SHOP
    found = to_text(compile_spec(path, wrong).diagnostics, {path: wrong}, color=False)
    assert found.startswith(shown.rstrip())


# ------------------------------------------------------------------------ the data


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the two commands of the README write, in a copy of the repository's folder."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "docs").mkdir()
    (folder / "docs" / "shop.toml").write_text(SHOP, "utf-8")
    runs = {"scaffold": ["-m", "compiler"], "python": []}
    found = commands(README, r"(?:scaffold|generate_data\.py)")
    build, generate, *_ = [one for one in found if "scaffold new" not in one]
    for program, *arguments in (build.split(), generate.split()):
        subprocess.run(
            [sys.executable, *runs[program], *arguments],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": "", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
    return folder / "output" / "shop"


def test_the_counts_in_the_readme_are_those_of_the_data(shop: Path) -> None:
    (shown,) = [block for block in blocks(README) if "orders a day" in block]
    customers, orders = (
        f"read_parquet('{(shop / name).as_posix()}/*.parquet')"
        for name in ("customers", "orders")
    )
    joined = f"{customers} AS c JOIN {orders} AS o USING (customer_id)"
    tiers = duckdb.execute(
        f"SELECT tier, (SELECT count(*) FROM {customers} AS x WHERE x.tier = c.tier), "
        f"count(*) FROM {joined} GROUP BY tier"
    ).fetchall()
    assert len(tiers) == 3
    for tier, people, bought in tiers:
        line = rf"{tier} +{people:,} +{bought:,} +{bought / people:.1f} "
        assert re.search(line, shown), line
    days = re.findall(r"(\d{4}-\d\d-\d\d) +([\d,]+)", shown)
    assert len(days) == 6
    counted = duckdb.execute(
        f"SELECT ordered_at::DATE::TEXT, count(*) FROM {orders} GROUP BY ALL"
    ).fetchall()
    assert {(day, f"{number:,}") for day, number in counted} >= set(days)
    ((share,),) = duckdb.execute(
        f"SELECT sum(n) / (SELECT count(*) FROM {orders}) FROM (SELECT count(*) AS n "
        f"FROM {orders} GROUP BY customer_id ORDER BY n DESC LIMIT 1000)"
    ).fetchall()
    assert f"busiest 20 % of customers: {share * 100:.1f} %" in shown
    early = f"SELECT count(*) FROM {joined} WHERE ordered_at < joined_on"
    assert duckdb.execute(early).fetchall() == [(0,)]
    assert re.search(r"orders before their customer: +0\b", shown)


# ------------------------------------------------------------------- commands and links


def test_the_two_commands_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = re.findall(r"^make (\w+)", README, re.MULTILINE)
    assert named == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named)


def test_after_make_demo_all_programs_are_those_of_its_environment() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    after = README.partition("make demo")[2].partition("\n## ")[0]
    for program in ("scaffold", "python"):
        assert f"$(BIN)/{program} " in makefile.partition("\ndemo:")[2]
        assert f"\n.venv/bin/{program} " in after


@each_page
def test_commands_have_the_options_that_pages_use(page: Path) -> None:
    known = {
        name for each in main.commands.values() for p in each.params for name in p.opts
    }
    for command in commands(page.read_text("utf-8"), "scaffold"):
        used = set(re.findall(r"--\w[\w-]*", command))
        assert used <= known | {"--json"}, command


@pytest.mark.parametrize("engine", ["polars", "spark"])
def test_scripts_have_the_options_that_pages_use(engine: str) -> None:
    script = compile_spec("shop.toml", SHOP, engine).files["generate_data.py"]
    known = set(re.findall(r'option\(\s*"(--[\w-]+)"', script))
    for page in PAGES:
        for command in commands(page.read_text("utf-8"), r"generate_data\.py"):
            used = set(re.findall(r"--\w[\w-]*", command))
            spark = used & {"--target", "--catalog", "--schema", "--partitions"}
            if bool(spark) == (engine == "spark"):
                assert used <= known, (page.name, command)


def test_the_page_on_running_lists_each_option() -> None:
    page = (ROOT / "docs" / "running.md").read_text("utf-8")
    listed = blocks(page)[0]
    for name, command in main.commands.items():
        assert name in listed
        for parameter in command.params:
            longest = max(parameter.opts, key=len)
            assert longest in listed or not longest.startswith("--"), longest


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles
    }


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    for link in links:
        path, _, anchor = link.partition("#")
        if not path.startswith("http"):
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_the_readme_leads_to_each_page() -> None:
    for page in PAGES[1:]:
        assert f"(docs/{page.name})" in README, page.name


def test_the_tests_that_docs_name_are_there() -> None:
    docs = (ROOT / "docs" / "spark.md").read_text("utf-8")
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", docs)
    assert len(named) > 30
    for file, test in named:
        found = [path.read_text("utf-8") for path in (ROOT / "tests").rglob(file)]
        assert any(f"def {test}" in text for text in found), (file, test)


@pytest.mark.parametrize("format", ["csv", "json"])
def test_timestamps_are_written_as_the_language_shows(format: str) -> None:
    """In a file, and in a template."""
    page = (ROOT / "docs" / "language.md").read_text("utf-8")
    moment = datetime(2026, 6, 30, 8, 15)
    at = {
        "kind": "timestamp",
        "start": f"{moment:%FT%T}",
        "end": f"{moment + timedelta(seconds=1):%FT%T}",
    }
    text = {"kind": "template", "text": "{at}"}
    tree = spec({"output": {"format": format}}, things=table(1, at=at, text=text))
    with TemporaryDirectory() as folder:
        inside(module(tree), ["--output", folder])
        (file,) = Path(folder, "things").iterdir()
        written = file.read_text("utf-8")
    ending = {"csv": "Z", "json": "+00:00"}[format]
    shown = re.search(rf"`([^` ]+)` in {format.upper()}", page)
    assert shown and shown[1] == f"2026-06-30T08:15:00{ending}"
    assert shown[1] in written
    assert f"`{moment}` in a" in page and str(moment) in written
