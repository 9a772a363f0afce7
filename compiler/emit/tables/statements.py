"""What an emitted function consists of."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.code.code import Code, name, names_of
from compiler.emit.code.comments import comment
from compiler.plan.model import Column
from compiler.spec import words
from compiler.spec.columns import Expr

ROW = name("row")


@dataclass(frozen=True)
class Statement:
    """An assignment to a local variable, or to several."""

    target: str
    value: Code
    operator: str = "="
    comment: str = ""
    """The words above it."""

    @property
    def lines(self) -> list[str]:
        """The lines of source, without their indent."""
        line = f"{self.target} {self.operator} {self.value.text}"
        above = comment(self.comment, indent=4).split("\n") if self.comment else []
        return [*above, line]


@dataclass(frozen=True)
class EmittedFunction:
    """A function of the script, as its template sees it."""

    name: str
    returns: str
    statements: list[Statement]
    value: Code
    doc: str = ""
    comment: str = ""
    """The words above its value."""
    per_block: bool = True
    """Whether its values are computed once a block: of a function of rows alone."""
    row: str = "row"
    more: tuple[str, ...] = ()
    """Further arrays that it takes, one value a row."""

    @property
    def names(self) -> frozenset[str]:
        """The names that it uses."""
        used = names_of(self.value, *(each.value for each in self.statements))
        return used | {"per_block"} if self.per_block else used


def words_of(column: Column) -> str:
    """The spec's own text of an expression, and whether the column is written."""
    texts = [
        variant.spec.expr
        for variant in column.variants
        if isinstance(variant.spec, Expr)
    ]
    hidden = ["hidden: not written"] if column.spec.hidden else []
    return "; ".join([*hidden, *map(words.one_line, dict.fromkeys(texts))])
