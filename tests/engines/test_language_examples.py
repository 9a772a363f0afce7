"""Examples of docs/language.md are specs: they compile, run, and pass their own check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import compiled, module
from tests.support.checking import written, wrong

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
TOP = 'name = "example"\ndescription = "An example."\nallow = ["*"]\n'
AROUND = {
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


@pytest.mark.parametrize("words", AROUND)
def test_an_example_runs(words: str, tmp_path: Path) -> None:
    after = PAGE.read_text("utf-8").split(words)
    assert len(after) == 2, words
    example = after[1].split("```toml\n")[1].split("```")[0]
    result = compiled(f"{TOP}{AROUND[words]}{example}")
    written(module(result), tmp_path)
    assert wrong(module(result), tmp_path) == {}
