"""Text to a typed tree, or to all the problems that it has."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from compiler.diagnostics import Help, Hint, Write, did_you_mean
from compiler.plan.expression import choices, functions, operators
from compiler.plan.expression.casts import takes_null
from compiler.plan.expression.fold import LARGEST
from compiler.plan.expression.lengths import in_a_column
from compiler.plan.expression.nodes import (
    Length,
    Literal,
    Moment,
    Node,
    Null,
    Read,
    Span,
    unknown,
)
from compiler.plan.expression.problems import Problem, Problems, Refusals
from compiler.plan.expression.settled import settled
from compiler.plan.expression.signatures import SIGNATURES
from compiler.plan.expression.syntax import TOO_BIG, Source
from compiler.plan.expression.trees import Once, dotted, is_null, word_of
from compiler.plan.expression.unsupported import (
    ARITHMETIC,
    COMPARISONS,
    operator_help,
    why_not,
)
from compiler.spec.calendar import Calendar
from compiler.spec.types import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    TEXT,
    TIMESTAMP,
    UNKNOWN,
    Data,
    Type,
)
from compiler.synonyms import FUNCTIONS as FUNCTIONS_MEANT
from compiler.synonyms import about_function

Resolve: TypeAlias = Callable[[str, int, int], Type | None]
"""The type of a path that is at these offsets, or None where it leads nowhere.

The caller reports a path that leads nowhere; here it is of unknown type.
"""

FUNCTIONS = tuple(SIGNATURES)

NULL_TESTS = {ast.Eq: "", ast.Is: "", ast.NotEq: "not ", ast.IsNot: "not "}
"""What is written before `is_null(x)` for what Python has."""

LARGEST_OPERAND = 40
"""The parts that an operand has at most where it is used more than once (`0 < x < 9`)."""


def parse(
    text: str,
    resolve: Resolve,
    events: Collection[str],
    calendars: Mapping[str, Calendar] | None = None,
    apart: Collection[str] = (),
    *,
    may_be_null: bool = False,
    refused: Refusals | None = None,
) -> tuple[Node | None, list[Problem]]:
    """The typed tree of an expression, or None and what is wrong with it, in the text's order.

    The days of events that are `apart` count in several time zones. A bare `None` is an
    expression of unknown type where it `may_be_null`, or else a problem. So is a call of a
    function that is `refused`.
    """
    source = Source(text)
    if source.tree is None:
        return None, [source.problem] if source.problem else []
    reader = _Reader(source, resolve, events, calendars or {}, apart, refused or {})
    node = reader.whole(source.tree, may_be_null)
    problems = sorted(reader.problems.found, key=lambda each: (each.start, each.end))
    return (None if problems else node), problems


@dataclass
class _Reader:
    """Goes down a syntax tree, noting problems on the way."""

    _source: Source
    _resolve: Resolve
    _events: Collection[str]
    _calendars: Mapping[str, Calendar]
    _apart: Collection[str]
    _refused: Refusals
    problems: Problems = field(default_factory=Problems)

    def whole(self, tree: ast.expr, may_be_null: bool) -> Node:
        """What a column holds."""
        node = self.node(tree)
        if isinstance(node, Length):
            message = "no column holds a length of time"
            text = self._source.text[slice(*self._source.span(tree))]
            return self._refuse("E305", tree, message, in_a_column(node, text))
        typed = operators.is_typed(node)
        return node if may_be_null or typed else self._null(tree)

    def value(self, tree: ast.expr) -> Node:
        """A part that has a value in some row, at least."""
        node = self.node(tree)
        if not isinstance(node, Null):
            return node
        return self._null(tree)

    def _null(self, tree: ast.expr) -> Node:
        message = "this is null in every row"
        advice = (
            "`None` is a side of an `if` or an argument of `coalesce`: "
            "`sent_at if returned else None`; a column of nulls is `float(None)`"
        )
        return self._refuse("E302", tree, message, advice)

    def node(self, tree: ast.expr) -> Node:
        """The typed node of a part of the syntax tree; `None` is one."""
        return settled(self._typed(tree), self.problems)

    def _typed(self, tree: ast.expr) -> Node:
        span = self._source.span(tree)
        match tree:
            case ast.Constant(value=value):
                return self._literal(value, tree)
            case ast.Name() | ast.Attribute():
                return self._path(tree)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))) if (
                value == LARGEST + 1
            ):
                return Literal(-value, type=INTEGER, span=span)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return choices.negative(self.value(operand), span, self.problems)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.value(operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return operators.negation(self.value(operand), span, self.problems)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
                sides = self.value(left), self.value(right)
                return choices.arithmetic(
                    ARITHMETIC[type(op)], *sides, span, self.problems
                )
            case ast.BoolOp(op=op, values=values):
                parts = [self.value(value) for value in values]
                return operators.logic(word_of(op), parts, span, self.problems)
            case ast.Compare():
                return self._comparison(tree)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                nodes = self.value(test), self.node(body), self.node(orelse)
                return choices.if_else(*nodes, span, self.problems)
            case ast.Call():
                return self._call(tree)
            case _:
                return self._unsupported(tree)

    def _literal(self, value: object, tree: ast.expr) -> Node:
        span = self._source.span(tree)
        match value:
            case None:
                return Null(type=UNKNOWN, span=span)
            case bool():
                return Literal(value, type=BOOLEAN, span=span)
            case int() if value > LARGEST:
                return self._refuse("E304", tree, TOO_BIG)
            case int():
                return Literal(value, type=INTEGER, span=span)
            case float() if value == float("inf"):
                return self._refuse("E304", tree, "this number is too big")
            case float():
                return Literal(value, type=NUMBER, span=span)
            case str() if any("\ud800" <= each <= "\udfff" for each in value):
                return self._refuse("E304", tree, "this text has half a character")
            case str():
                return Literal(value, type=TEXT, span=span)
            case _:
                return self._unsupported(tree)

    def _path(self, tree: ast.Name | ast.Attribute) -> Node:
        path = dotted(tree)
        span = self._source.span(tree)
        if path is None:
            return self._unsupported(tree)
        if path in ("true", "false"):
            return Literal(path == "true", type=BOOLEAN, span=span)
        if path == "null":
            return Null(type=UNKNOWN, span=span)
        if path == "now":
            return Moment("now", type=TIMESTAMP, span=span)
        return Read(path, type=self._resolve(path, *span) or UNKNOWN, span=span)

    def _comparison(self, tree: ast.Compare) -> Node:
        sides = [tree.left, *tree.comparators]
        if len(sides) == 2 and is_null(sides[1]) and type(tree.ops[0]) in NULL_TESTS:
            return self._comparison_with_null(tree)
        nodes = Once(self.value)
        parts = []
        for op, left, right in zip(tree.ops, sides, sides[1:], strict=False):
            span = self._source.span(left)[0], self._source.span(right)[1]
            twice = left is not tree.left or isinstance(op, ast.In | ast.NotIn)
            if twice and sum(1 for _ in ast.walk(left)) > LARGEST_OPERAND:
                message = "this is too long to be compared more than once"
                advice = "put it into another column, with `hidden = true`"
                part = self._refuse("E302", left, message, advice)
            elif isinstance(op, ast.In | ast.NotIn):
                part = self._membership(nodes(left), right, span)
                if isinstance(op, ast.NotIn):
                    part = operators.negation(part, span, self.problems)
            elif type(op) in COMPARISONS:
                word = COMPARISONS[type(op)]
                both = nodes(left), nodes(right)
                part = choices.compare(word, *both, span, self.problems)
            else:
                message = "`is` is not used here"
                part = self._refuse_at("E302", span, message, operator_help(op))
            parts.append(part)
        if len(parts) == 1:
            return parts[0]
        return operators.logic("and", parts, self._source.span(tree), self.problems)

    def _comparison_with_null(self, tree: ast.Compare) -> Node:
        """`x == None`, `x is None`: what is null compares with nothing."""
        left = self._source.text[slice(*self._source.span(tree.left))]
        test = f"{NULL_TESTS[type(tree.ops[0])]}is_null({left})"
        message = "a comparison with null is false in every row"
        return self._refuse("E302", tree, message, Hint(f"write `{test}`", Write(test)))

    def _membership(self, operand: Node, right: ast.expr, span: Span) -> Node:
        """`x in ("a", "b")`: equal to one of them."""
        advice = 'write `tier in ("Pro", "Free")`'
        if not isinstance(right, ast.Tuple | ast.List):
            return self._refuse("E302", right, "`in` takes a list of literals", advice)
        if not right.elts:
            return self._refuse("E304", right, "nothing is in an empty list", advice)
        parts = []
        for element in right.elts:
            value = self.value(element)
            at = value.span
            if isinstance(value, Literal | Moment):
                equal = choices.compare("==", operand, value, at, self.problems)
                parts.append(equal)
            elif value.type.data is not Data.UNKNOWN:
                self._refuse_at("E302", at, "`in` takes a list of literals", advice)
        if len(parts) == 1:
            return parts[0]
        return operators.logic("or", parts, span, self.problems)

    def _call(self, tree: ast.Call) -> Node:
        span = self._source.span(tree)
        if not isinstance(tree.func, ast.Name):
            return self._unsupported(tree)
        name = tree.func.id
        for keyword in tree.keywords:
            message = "arguments have no names here"
            self._refuse("E302", keyword.value, message, "write them in order")
        first = tree.args[0] if tree.args else None
        if name == "during" and first and not isinstance(first, ast.Constant):
            message = "`during` takes an event's name first, in quotes"
            return self._refuse("E304", first, message, f"write `{SIGNATURES[name]}`")
        read = self.node if takes_null(name) else self.value
        args = tuple(map(read, tree.args))
        if name not in FUNCTIONS:
            advice = (
                about_function(name)
                or did_you_mean(name, FUNCTIONS, FUNCTIONS_MEANT)
                or f"there are {' '.join(FUNCTIONS)}"
            )
            return self._refuse(
                "E303", tree.func, f"there is no function `{name}`", advice
            )
        if name in self._refused:
            return self._refuse("E307", tree.func, *self._refused[name])
        if tree.keywords or any(isinstance(arg, ast.Starred) for arg in tree.args):
            return unknown(span)
        if name == "during" and len(args) == 2:
            known = (self._events, self._apart)
            return functions.during(*args, *known, span, self.problems)
        return functions.call(name, args, span, self.problems, self._calendars)

    def _unsupported(self, tree: ast.expr) -> Node:
        message, advice = why_not(tree, FUNCTIONS)
        return self._refuse("E302", tree, message, advice)

    def _refuse(
        self, code: str, tree: ast.expr, message: str, help: Help = None
    ) -> Node:
        return self._refuse_at(code, self._source.span(tree), message, help)

    def _refuse_at(self, code: str, span: Span, message: str, help: Help) -> Node:
        return self.problems.refuse(code, span, message, help)
