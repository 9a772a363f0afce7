"""The functions of a table as they are emitted."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.code.code import Code, name, names_of
from compiler.emit.code.comments import in_docstring
from compiler.emit.code.statements import Statement, comment_lines, indented
from compiler.plan.model import Column, Table
from compiler.spec import words
from compiler.spec.columns import Expr

ROW = name("row")


@dataclass(frozen=True)
class EmittedFunction:
    """A function of the script."""

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

    @property
    def text(self) -> str:
        """Its source, not formatted yet."""
        arrays = ", ".join(f"{each}: np.ndarray" for each in (self.row, *self.more))
        doc = in_docstring(self.doc).rstrip(".")
        return "\n".join(
            [
                *(["@per_block"] if self.per_block else []),
                f"def {self.name}({arrays}) -> {self.returns}:",
                *([f'    """{doc}."""'] if doc else []),
                *indented(line for each in self.statements for line in each.lines),
                *indented(comment_lines(self.comment, 4)),
                f"    return {self.value.text}",
            ]
        )


def words_of(table: Table, column: Column) -> str:
    """The spec's own text of an expression, if it is no mere name; whether it is written."""
    texts = [
        variant.spec.expr
        for variant in column.variants
        if isinstance(variant.spec, Expr) and not variant.spec.expr.isidentifier()
    ]
    hidden = column.spec.hidden and not table.hidden  # whose heading has it
    notes = ["hidden: not written"] if hidden else []
    if column.spec.when is not None:
        texts.append(f"null unless {column.spec.when}")
    return "; ".join([*notes, *map(words.one_line, dict.fromkeys(texts))])
