"""Examples of docs/language.md are specs: they compile, run, and pass their own check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import compiled, module
from tests.support.checking import written, wrong

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
TOP = 'name = "example"\ndescription = "An example."\nallow = ["*"]\n'
AROUND = {
    "**Rows in a file.**": "",
    "**Partitions.**": "",
    "**Parts of a total.**": "[tables.orders]\nrows = 300\n",
    "**Unique values.**": "[tables.people]\nrows = 3_000\n",
    "**Refs that differ.**": """
[tables.accounts]
rows = 30
columns = { account_id = { kind = "key" } }
[tables.transfers]
rows = 500
""",
    "`unique` lists further columns": """
[tables.users]
rows = 200
columns = { user_id = { kind = "key" } }
[tables.shops]
rows = 40
columns = { shop_id = { kind = "key" } }
""",
}
"""By the words above an example: what it leaves out."""
FILES = {
    "countries.csv": "country,people\nPeru,34\nChile,19\n",
    "jobs.csv": "title,people\nNurse,40\nTeacher,30\n",
}
"""The files beside the specs that examples name."""


@pytest.mark.parametrize("words", AROUND)
def test_an_example_runs(words: str, tmp_path: Path) -> None:
    after = PAGE.read_text("utf-8").split(words)
    assert len(after) == 2, words
    example = after[1].split("```toml\n")[1].split("```")[0]
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    top = f"{TOP}{AROUND[words]}{example}"
    result = compiled(top, str(tmp_path / "example.toml"))
    written(module(result), tmp_path / "output")
    assert wrong(module(result), tmp_path / "output") == {}
