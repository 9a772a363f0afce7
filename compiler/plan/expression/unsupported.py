"""Python that the language leaves out: what to call it, and what to write in its place."""

from __future__ import annotations

import ast
from collections.abc import Collection

from compiler.plan.expression.nodes import ArithmeticOperator, ComparisonOperator

ARITHMETIC: dict[type[ast.operator], ArithmeticOperator] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
}
COMPARISONS: dict[type[ast.cmpop], ComparisonOperator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}

_BITWISE: dict[type[ast.operator], tuple[str, str | None]] = {
    ast.BitAnd: ("&", "write `and`"),
    ast.BitOr: ("|", "write `or`"),
    ast.BitXor: ("^", "for powers write `**`, for conditions `a != b`"),
    ast.LShift: ("<<", None),
    ast.RShift: (">>", None),
    ast.MatMult: ("@", None),
}
_LIST_HELP = 'lists are only allowed after `in`: `tier in ("Pro", "Free")`'
_TEXT_HELP = 'text with values in it is a `template` column: text = "{name} of {city}"'

# What each construct is called, and what to write for it.
_CONSTRUCTS: dict[type[ast.expr], tuple[str, str | None]] = {
    ast.Lambda: ("a lambda is", "write what it computes"),
    ast.Subscript: ("square brackets are", "a path has dots: `customer_id.tier`"),
    ast.JoinedStr: ("an f-string is", _TEXT_HELP),
    ast.NamedExpr: (
        "`:=` is",
        "put the value into another column, with `hidden = true`",
    ),
    ast.ListComp: ("a comprehension is", None),
    ast.SetComp: ("a comprehension is", None),
    ast.DictComp: ("a comprehension is", None),
    ast.GeneratorExp: ("a comprehension is", None),
    ast.Tuple: ("a list is", _LIST_HELP),
    ast.List: ("a list is", _LIST_HELP),
    ast.Set: ("a set is", _LIST_HELP),
    ast.Dict: ("a dictionary is", None),
    ast.Starred: ("`*` before an argument is", "write the arguments one by one"),
    ast.Await: ("`await` is", None),
    ast.Yield: ("`yield` is", None),
    ast.YieldFrom: ("`yield` is", None),
}


def why_not(tree: ast.expr, functions: Collection[str]) -> tuple[str, str | None]:
    """What to report of a construct that the language does not have, and the way out."""
    match tree:
        case ast.Constant(value=value):
            kinds = {bytes: "bytes", complex: "imaginary numbers"}
            return (
                f"{kinds.get(type(value), '`...`')} is not allowed in an expression",
                None,
            )
        case ast.BinOp(op=op) if type(op) in _BITWISE:
            sign, advice = _BITWISE[type(op)]
            return f"`{sign}` is not used here", advice
        case ast.UnaryOp(op=ast.Invert()):
            return "`~` is not used here", "write `not`"
        case ast.Call(func=ast.Attribute(attr=name)):
            advice = f"write `{name}(...)`" if name in functions else None
            return (
                f"the method `{name}` cannot be called: there are only functions",
                advice,
            )
        case ast.Call():
            return "only functions can be called, by their names", None
        case ast.Attribute():
            return "a dot is only allowed between the names of a path", None
        case _:
            what, advice = _CONSTRUCTS.get(type(tree), ("this is", None))
            return f"{what} not used here", advice


def operator_help(op: ast.cmpop) -> str:
    """What to write for `is` and `is not`."""
    negated = isinstance(op, ast.IsNot)
    return (
        "write `not is_null(x)`, or `!=`" if negated else "write `is_null(x)`, or `==`"
    )
