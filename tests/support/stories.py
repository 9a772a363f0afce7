"""What the tests of the four stories need: a spec's script, run once, and SQL over its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compiler.plan.model import Plan
from tests.support import answer, compiled, query, run_script

SPECS = Path(__file__).parents[2] / "specs"
AS_OF = "2026-06-30"
"""The day that the stories are told on; the window ends the evening before."""


@dataclass(frozen=True)
class Story:
    """The data of a spec, each table under its own name."""

    plan: Plan
    data: Path

    def value(self, sql: str) -> Any:
        """The one value that a query gives."""
        (found,) = answer(sql, self.data)
        return found

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return query(sql, self.data).fetchall()

    def by(self, sql: str) -> dict[Any, Any]:
        """What a query of two columns gives: the second, by the first."""
        return dict(self.rows(sql))

    def keys(self) -> Iterator[tuple[str, str]]:
        """Each table's key."""
        for table in self.plan.tables:
            if table.key is not None:
                yield table.name, table.key

    def refs(self) -> Iterator[tuple[str, str, str, str]]:
        """Each ref: its table and column, and the table and key that it points at."""
        for table in self.plan.tables:
            for column in table.columns.values():
                if column.table is not None and not column.spec.hidden:
                    key = self.plan.table(column.table).key
                    assert key is not None
                    yield table.name, column.name, column.table, key


def told(name: str, folder: Path) -> Story:
    """Compiles a spec of this repository and runs its script as a person would."""
    result = compiled((SPECS / f"{name}.toml").read_text("utf-8"), f"specs/{name}.toml")
    assert not result.diagnostics, "a warning has an `allow` with its reason beside it"
    assert result.plan is not None
    return Story(result.plan, run_script(result.files, folder, "--as-of", AS_OF))


def assert_keys_are_unique(story: Story) -> None:
    keys = list(story.keys())
    assert keys
    for table, key in keys:
        sql = f"SELECT count(*) - count(DISTINCT {key}) FROM {table}"
        assert story.value(sql) == 0, f"{table}.{key}"


def assert_no_orphans(story: Story) -> None:
    """Every ref is there, and points at a row that is there."""
    refs = list(story.refs())
    assert refs
    for table, column, target, key in refs:
        sql = f"""SELECT count(*) FROM {table} child
            ANTI JOIN {target} parent ON child.{column} = parent.{key}"""
        assert story.value(sql) == 0, f"{table}.{column}"


def assert_in_order(story: Story, *pairs: tuple[str, str, str]) -> None:
    """Nothing comes before what it follows: (rows, earlier moment, later moment)."""
    for rows, earlier, later in pairs:
        compared, wrong = answer(
            f"""SELECT count({earlier}) FILTER ({later} IS NOT NULL),
                count(*) FILTER ({later} < {earlier}) FROM {rows}""",
            story.data,
        )
        assert compared > 0, f"{later} never follows {earlier}"
        assert wrong == 0, f"{later} before {earlier}"


def assert_past(story: Story, *moments: str) -> None:
    """No moment (`table.column`) lies in the future: the data were seen on that day."""
    for moment in moments:
        table, _, column = moment.partition(".")
        latest = story.value(f"SELECT max({column}) < DATE '{AS_OF}' FROM {table}")
        assert latest, moment
