"""A column in each of its cases: what it reads there, and what that gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from compiler.diagnostics import Label, leave_out
from compiler.plan.columns.cases import cases_of
from compiler.plan.columns.fits import check_fit
from compiler.plan.columns.in_order import refused_at
from compiler.plan.columns.paths import Paths
from compiler.plan.expression import (
    Call,
    Literal,
    Node,
    Null,
    Read,
    goes_by_order,
    parse,
    reads,
)
from compiler.plan.expression.fold import constant
from compiler.plan.expression.sizes import bounded
from compiler.plan.libraries.providers import faked_type
from compiler.plan.model import Column, Path, Variant, reads_of
from compiler.plan.scope import Place, Scope
from compiler.spec.calendar import DEFAULT_CALENDAR
from compiler.spec.columns import ByCase, Expr, Faker, Series
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns.decimals import as_decimal, decimal_of
from compiler.spec.columns.texts import Template
from compiler.spec.locales import ROW_LOCALE
from compiler.spec.types import INTEGER, NUMBER, UNKNOWN, Data, Type, unify


@dataclass(frozen=True)
class Resolved:
    """A column's spec with what it reads found, in each of its cases."""

    variants: tuple[Variant, ...]
    by: Path | None
    when: Variant | None
    """The expression that holds in the rows that have a value."""
    type: Type
    """Of its own values, nulls by `null_rate` and `when` included."""

    @property
    def reads(self) -> dict[str, Path]:
        """All that it reads from its own row on, by the path's text."""
        return reads_of(self.variants, self.by)


class Variants:
    """Finds what columns read in each of their cases."""

    def __init__(
        self, scope: Scope, paths: Paths, locale_of: Callable[[str], Column]
    ) -> None:
        self._scope, self._paths, self._locale_of = scope, paths, locale_of

    def resolved(self, table: str, spec: ColumnSpec, place: Place) -> Resolved:
        """A column of a table. `place` is where its spec is."""
        by = None
        if isinstance(spec, ByCase) and spec.by is not None:
            by = self._paths.path(table, spec.by, (*place, "by"))
        variants, types = [], []
        for case, keys, one in cases_of(self._scope, place, spec, by):
            found, type = self._variant(table, (*place, *keys), one, bool(keys))
            variants.append(replace(found, case=case, keys=keys))
            types.append(type)
        type = self._one_type(place, types).or_null(spec.has_nulls)
        variants = self._of_type(place, variants, type)
        when = None if spec.when is None else self._when(table, place, spec.when)
        if len(variants) == 1:  # the one case holds every row
            alone = replace(variants[0], case=None, keys=())
            return Resolved((alone,), None, when, type)
        return Resolved(tuple(variants), by, when, type)

    def _when(self, table: str, place: Place, text: str) -> Variant | None:
        """The condition of a column's values; None, and diagnostics, where it is wrong."""
        spot = (*place, "when")
        node, paths = self._condition(table, spot, text)
        if node is None or not node.type.is_boolean:
            return None
        value = constant(node)
        if value is not None:
            message = "`when` has no effect: it is true in every row"
            if not value:
                message = "the column is null in every row: its `when` is never true"
            self._scope.error("E106", spot, message, leave_out())
        return Variant(None, Expr(kind="expr", expr=text), paths, node)

    def _of_type(
        self, place: Place, variants: list[Variant], type: Type
    ) -> list[Variant]:
        """The cases, of which a bare `None` takes the type of the others."""
        bare = [variant for variant in variants if is_bare_null(variant)]
        if bare and len(bare) == len(variants):
            message = "this is null in every row"
            help = "give its type: `float(None)`, `str(None)`, `date(None)`"
            self._scope.error("E302", (*place, *bare[0].keys, "expr"), message, help)
        null = Null(type=Type(type.data, True))
        return [
            replace(variant, expression=null) if variant in bare else variant
            for variant in variants
        ]

    def _one_type(self, place: Place, types: list[Type]) -> Type:
        """The type of all cases; unknown, and a diagnostic, where they have several."""
        one = unify(types)
        if one is not None:
            return one
        words = " and ".join(dict.fromkeys(each.data.value for each in types))
        message, help = f"its cases give {words}", "a column has one type"
        if place[-1] == "rows":
            message = "some cases give a number of rows, others a chance of one"
            help = "the same in all: a chance of 0.2 is mean = 0.2, max = 1"
        self._scope.error("E207", place, message, help)
        return UNKNOWN

    def _variant(
        self, table: str, place: Place, spec: ColumnSpec, is_case: bool
    ) -> tuple[Variant, Type]:
        """One case, and the type of its values."""
        paths: dict[str, Path] = {}
        types: dict[str, Type] = {}
        for key, text in spec.paths().items():
            spot = (*place, key.partition(":")[0])
            part = None
            if isinstance(spec, Template):
                start = spec.text.find(text)
                part = (start, start + len(text))
            path = self._paths.path(table, text, spot, part)
            types[text] = path.type if path else UNKNOWN
            if path:
                paths[text] = path
                check_fit(self._scope, place, key, spec, path)
        if isinstance(spec, Faker):
            locale = self._locale_of(table).type
            if len(locale.values) > 1:
                paths[ROW_LOCALE] = Path(ROW_LOCALE, (), table, ROW_LOCALE, locale)
            return Variant(None, spec, paths), faked_type(spec, locale.values)
        if isinstance(spec, Expr):
            key = "where" if place[-1] == "rows" else "expr"
            node, more = self._expression(table, (*place, key), spec.expr, is_case)
            by_order = node is not None and goes_by_order(node)
            paths = paths | more if by_order else more
            node = node and self._in_decimals(node, spec, (*place, "type"))
            type = replace(node.type, largest=bounded(node)) if node else UNKNOWN
            type = type.or_null(isinstance(node, Null))
            if not isinstance(node, Read):  # what is computed of decimals is a number
                type = replace(type, decimal=None)
            if type.is_number and type.data is not Data.UNKNOWN:
                type = as_decimal(type, spec.type)
            return Variant(None, spec, paths, node), type
        node = None
        if isinstance(spec, Series) and spec.shift is not None:
            spot = (*place, "shift", "when")
            node, more = self._condition(table, spot, spec.shift.when)
            paths |= more
        return Variant(None, spec, paths, node), spec.gives(types.__getitem__)

    def _condition(
        self, table: str, spot: Place, text: str
    ) -> tuple[Node | None, dict[str, Path]]:
        """The tree of an expression that is to be true or false, and what it reads."""
        node, paths = self._expression(table, spot, text)
        if node is not None and not node.type.is_boolean:
            message = f"`when` is {node.type.data.value}, not true or false"
            self._scope.error("E207", spot, message)
        return node, paths

    def _in_decimals(self, node: Node, spec: Expr, place: Place) -> Node:
        """An expression that is rounded to the digits of its column's type."""
        decimal = decimal_of(spec.type)
        if decimal is None or node.type.data in (Data.UNKNOWN, Data.INTEGER):
            return node
        if node.type.data is not Data.NUMBER:
            message = f"only numbers are decimals, and this is {node.type.data.value}"
            self._scope.error(
                "E207", place, message, "compute a number, or leave the type away"
            )
            return node
        digits = Literal(decimal.scale, type=INTEGER)
        type = NUMBER.or_null(node.type.nullable)
        return Call("round", (node, digits), type=type, span=node.span)

    def _expression(
        self, table: str, spot: Place, text: str, may_be_null: bool = False
    ) -> tuple[Node | None, dict[str, Path]]:
        """An expression's tree, and what it reads; no tree, and diagnostics, where it is wrong."""
        paths: dict[str, Path] = {}

        def resolve(name: str, start: int, end: int) -> Type | None:
            path = self._paths.path(table, name, spot, (start, end))
            if path:
                paths[name] = path
            return path.type if path else None

        scope = self._scope
        calendars = {"default": DEFAULT_CALENDAR, **scope.spec.calendars}
        apart = {name for name, zones in scope.event_zones.items() if len(zones) > 1}
        refused = refused_at(scope, table, spot)
        node, problems = parse(
            *(text, resolve, scope.events, calendars, apart),
            may_be_null=may_be_null,
            refused=refused,
        )
        for problem in problems:
            span = scope.document.within(scope.at(spot), problem.start, problem.end)
            scope.report(problem.code, problem.message, (Label(span),), problem.help)
        kept = set(reads(node)) if node else set()
        return node, {name: path for name, path in paths.items() if name in kept}


def is_bare_null(variant: Variant) -> bool:
    """Whether a case is just `None`, without a type."""
    node = variant.expression
    return isinstance(node, Null) and node.type.data is Data.UNKNOWN
