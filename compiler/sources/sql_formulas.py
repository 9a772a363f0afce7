"""Generated columns of SQL: their formulas in the language of a spec."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from compiler.sources.model import Formula, SourceColumn
from compiler.spec.types import Data

if TYPE_CHECKING:
    from sqlglot import exp

INFIX = {
    **{"Add": "+", "Sub": "-", "Mul": "*", "Mod": "%"},
    **{"EQ": "==", "NEQ": "!=", "GT": ">", "GTE": ">=", "LT": "<", "LTE": "<="},
    **{"And": "and", "Or": "or"},
}
"""Operators of SQL, by sqlglot's names."""
FUNCTIONS = {
    **{"Abs": "abs", "Floor": "floor", "Ceil": "ceil", "Round": "round", "Ln": "log"},
    **{"Exp": "exp", "Sqrt": "sqrt", "Greatest": "max", "Least": "min"},
    **{"Lower": "lower", "Upper": "upper", "Length": "len", "Coalesce": "coalesce"},
    **{"Year": "year", "Month": "month", "Day": "day"},
}
"""Functions that a spec has, by sqlglot's names."""
ENDS = {"Round": ("this", "decimals"), "Floor": ("this",), "Ceil": ("this",)}
"""Arguments of functions that are not simply a first one and others."""
WHOLE = ("tinyint", "smallint", "int", "bigint")
"""Types to which a cast rounds."""
PARTS = ("year", "month", "day", "hour")
"""Parts of a moment that EXTRACT may take."""


class NoCounterpartError(Exception):
    """A part of a formula that the language of a spec does not have."""


def formula_of(
    computed: exp.Expr, column: SourceColumn, dates: Collection[str] = ()
) -> Formula | None:
    """The formula of a generated column; None if a spec has no counterpart of it.

    `dates` are the columns of dates in the table, in lower case.
    """
    from sqlglot import exp

    writer = Writer(column.data is Data.INTEGER, dates)
    computed = computed.unnest()
    try:
        if isinstance(computed, (exp.DPipe, exp.Concat)):
            text = writer.template(computed)
            return Formula(text, tuple(writer.columns), is_template=True)
        text = writer.expression(computed)
    except NoCounterpartError:
        return None
    if column.decimals is not None and not isinstance(computed, exp.Round):
        text = f"round({text}, {column.decimals})"
    return Formula(text, tuple(writer.columns)) if writer.columns else None


class Writer:
    """Writes a formula, and remembers the columns that it reads."""

    def __init__(self, is_whole: bool, dates: Collection[str]) -> None:
        self.dates = dates
        self.is_whole = is_whole
        """Whether the result is a whole number: then so is each quotient, as in SQL."""
        self.columns: list[str] = []

    def column(self, name: str) -> str:
        """The place of a column in the text."""
        if name not in self.columns:
            self.columns.append(name)
        return f"{{{self.columns.index(name)}}}"

    def template(self, part: exp.Expr) -> str:
        """Texts that are joined, as the text of a template."""
        from sqlglot import exp

        part = part.unnest()
        if isinstance(part, exp.DPipe):
            return self.template(part.this) + self.template(part.expression)
        if isinstance(part, exp.Concat):
            return "".join(map(self.template, part.expressions))
        if isinstance(part, exp.Cast):
            return self.template(part.this)
        if isinstance(part, exp.Column):
            return self.column(part.name)
        if isinstance(part, exp.Literal):
            # A brace is two in a template, and each of them two in the text of a formula.
            return part.name.replace("{", "{{{{").replace("}", "}}}}")
        raise NoCounterpartError

    def expression(self, part: exp.Expr) -> str:
        """A part of an expression; raises `NoCounterpartError`."""
        from sqlglot import exp

        name = type(part).__name__
        if name == "Sub" and self.is_date(part.this) and self.is_date(part.expression):
            return self.days(part.expression, part.this)
        if name in INFIX:
            return (
                f"{self.expression(part.this)} {INFIX[name]} "
                f"{self.expression(part.expression)}"
            )
        if name in FUNCTIONS:
            return f"{FUNCTIONS[name]}({', '.join(self.arguments(part, name))})"
        match part:
            case exp.Div():
                sign = "//" if self.is_whole else "/"
                return (
                    f"{self.expression(part.this)} {sign} "
                    f"{self.expression(part.expression)}"
                )
            case exp.Paren():
                return f"({self.expression(part.this)})"
            case exp.Cast():
                inner = self.expression(part.this)
                return f"round({inner})" if part.to.is_type(*WHOLE) else inner
            case exp.Neg():
                return f"-{self.expression(part.this)}"
            case exp.Not():
                return f"not {self.expression(part.this)}"
            case exp.Column():
                return self.column(part.name)
        return literal(part) or self.special(part)

    def special(self, part: exp.Expr) -> str:
        """What SQL has words of its own for."""
        from sqlglot import exp

        match part:
            case exp.DateDiff() if part.text("unit").lower() in ("", "day"):
                return self.days(part.expression, part.this)
            case exp.Is() if isinstance(part.expression, exp.Null):
                return f"is_null({self.expression(part.this)})"
            case exp.In() if part.expressions:
                listed = ", ".join(map(self.expression, part.expressions))
                listed += "," if len(part.expressions) == 1 else ""
                return f"{self.expression(part.this)} in ({listed})"
            case exp.Between():
                value = self.expression(part.this)
                low, high = (self.expression(part.args[key]) for key in ("low", "high"))
                return f"({value} >= {low} and {value} <= {high})"
            case exp.Extract() if part.name.lower() in PARTS:
                return f"{part.name.lower()}({self.expression(part.expression)})"
            case exp.Case() if part.this is None:
                return self.cases(part)
        raise NoCounterpartError

    def is_date(self, part: exp.Expr) -> bool:
        """Whether it is a column of dates: their difference is a number of days."""
        from sqlglot import exp

        return isinstance(part, exp.Column) and part.name.lower() in self.dates

    def days(self, start: exp.Expr, end: exp.Expr) -> str:
        """The days from one moment to another."""
        between = f"days_between({self.expression(start)}, {self.expression(end)})"
        return f"round({between})" if self.is_whole else between

    def arguments(self, part: exp.Expr, name: str) -> list[str]:
        """The arguments of a function, in order."""
        keys = ENDS.get(name, ("this", "expressions"))
        found: list[str] = []
        for key in keys:
            value = part.args.get(key)
            each = value if isinstance(value, list) else [value]
            found += [self.expression(one) for one in each if one is not None]
        return found

    def cases(self, part: exp.Case) -> str:
        """`CASE WHEN … THEN … ELSE … END` as `… if … else …`."""
        found = ""
        for one in part.args["ifs"]:
            then = self.expression(one.args["true"])
            found += f"{then} if {self.expression(one.this)} else "
        default = part.args.get("default")
        found += "None" if default is None else self.expression(default)
        return f"({found})"


def literal(part: exp.Expr) -> str:
    """A number, a text, a truth or null; empty for anything else."""
    from sqlglot import exp

    match part:
        case exp.Literal():
            text = repr(part.name) if part.is_string else part.name
            return text.replace("{", "{{").replace("}", "}}")
        case exp.Boolean():
            return str(bool(part.this))
        case exp.Null():
            return "None"
    return ""
