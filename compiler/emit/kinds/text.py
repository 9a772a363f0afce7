"""Templates and e-mail addresses: texts made of other columns."""

from __future__ import annotations

from typing import Any

from compiler.emit.code.code import Code, binary, call, chain, method
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.spec.columns import Email, Template
from compiler.spec.types import Data


class TemplateCode(Emitter[Template], of=Template):
    def value(self, column: CaseColumn[Template], function: Function) -> Code:
        text = self.text(column, function)
        if not column.spec.unique:
            return text
        return call("with_number", text, binary("+", function.row, literal(1)))

    def text(self, column: CaseColumn[Template], function: Function) -> Code:
        """The text, without a number."""
        spec, dialect = column.spec, column.dialect
        if all(isinstance(part, str) for part in spec.parts):
            whole = literal("".join(map(str, spec.parts)))
            return column.repeated(whole, function, Data.TEXT)
        parts = []
        for part in spec.parts:
            if isinstance(part, str):
                parts.append(dialect.part(part, function.row))
            else:
                path, filter = part
                parts.append(filtered(column, as_text(column, function, path), filter))
        return chain("+", parts)


def filtered(column: CaseColumn[Any], text: Code, filter: str) -> Code:
    """A text in lower or upper case, or as a slug."""
    if filter == "slug":
        return call("slug", text)
    words = {"lower": column.dialect.lower, "upper": column.dialect.upper}
    return method(text, words[filter]) if filter else text


def as_text(column: CaseColumn[Any], function: Function, path: str) -> Code:
    """Another column's values as strings."""
    type = column.variant.paths[path].type
    return column.dialect.as_text(column.read(function, path), type)


class EmailCode(Emitter[Email], of=Email):
    endings = ("DOMAINS",)

    def constants(self, column: CaseColumn[Email]) -> list[Constant]:
        return [column.holding(lambda spec, cases: spec.domains, "_DOMAINS")]

    def value(self, column: CaseColumn[Email], function: Function) -> Code:
        name = as_text(column, function, column.spec.of)
        number = binary("+", function.row, literal(1))
        domains = column.constant("_DOMAINS")
        domain = call("choice", column.draw(function, "domain"), domains)
        domain = function.local("domain", domain, column.column.name)
        return call("email", name, number, domain)
