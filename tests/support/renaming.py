"""A spec in which all tables and columns have other names, and `renamed_from` the old ones."""

from __future__ import annotations

import re
from typing import Any

from tests.support.specs import Tree

READS = (
    *("path", "expr", "text", "by", "of", "after", "before"),
    *("change", "start", "when", "where", "base"),
)
"""The keys whose values are paths or expressions, or hold some."""


class Renaming:
    """Other names for a spec's tables and columns; sorted, they are in reverse order."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        tables = tree["tables"]
        self.given = {name for each in tables.values() for name in data_columns(each)}
        """Columns of `data`, which draw nothing and so have no old names."""
        columns = {name for each in tables.values() for name in each.get("columns", {})}
        self.tables = self._other_names(sorted(tables), "t")
        self.columns = self._other_names(sorted(columns - self.given), "c")

    @staticmethod
    def _other_names(names: list[str], letter: str) -> dict[str, str]:
        return {name: f"{letter}{999 - n}_{name}" for n, name in enumerate(names)}

    @property
    def renamed(self) -> Tree:
        """The spec with the new names."""
        tree = {**self.tree}
        tree["tables"] = {
            self.tables[name]: self._table(name, each)
            for name, each in self.tree["tables"].items()
        }
        if "tables" in tree.get("bad_data", {}):
            chosen = [self.tables[name] for name in tree["bad_data"]["tables"]]
            tree["bad_data"] = {**tree["bad_data"], "tables": chosen}
        return tree

    def _table(self, name: str, table: Tree) -> Tree:
        found = {key: self._value(key, value) for key, value in table.items()}
        if "columns" in table:
            found["columns"] = {
                self.columns.get(column, column): self._column(column, each)
                for column, each in table["columns"].items()
            }
        if "primary_key" in table:
            found["primary_key"] = [self._text(each) for each in table["primary_key"]]
        return found | {"renamed_from": name}

    def _column(self, name: str, column: Tree) -> Tree:
        found = {key: self._value(key, value) for key, value in column.items()}
        return found | ({"renamed_from": name} if name in self.columns else {})

    def _value(self, key: str, value: Any) -> Any:
        if isinstance(value, dict) and key == "weights":
            return {
                self.columns.get(each, each) if isinstance(cells, dict) else each: cells
                for each, cells in value.items()
            }
        if isinstance(value, dict) and key != "columns":
            return {each: self._value(each, cell) for each, cell in value.items()}
        if not isinstance(value, str):
            return value
        if key in ("table", "per"):
            return self.tables[value]
        return self._text(value) if key in READS else value

    def _text(self, text: str) -> str:
        """The text of a path or an expression; what is in quotes stays."""

        def other(match: re.Match[str]) -> str:
            return self.columns.get(match[0], match[0])

        return re.sub(r"'[^']*'|[a-z_][a-z0-9_]*", other, text)


def data_columns(table: Tree) -> list[str]:
    return [*table.get("data", [{}])[0]]
