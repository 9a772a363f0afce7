"""How the templates are rendered."""

from __future__ import annotations

import functools

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from compiler import cache, installed
from compiler.emit.code.comments import banner, comment, in_docstring
from compiler.emit.code.literals import literal


class Compiled(BytecodeCache):
    """Compiled templates in the user's cache. Jinja compiles one again whose text has changed."""

    def __init__(self) -> None:
        # Jinja calls filters with constants as it compiles, so all code counts.
        self.kind = f"template {installed.state()}"

    def load_bytecode(self, bucket: Bucket) -> None:
        found = cache.load(self.kind, [name_in(bucket)])
        if found:
            bucket.bytecode_from_string(found[name_in(bucket)])

    def dump_bytecode(self, bucket: Bucket) -> None:
        cache.store(self.kind, {name_in(bucket): bucket.bytecode_to_string()})


def name_in(bucket: Bucket) -> str:
    """The name of a compiled template: checkouts with other texts have others."""
    return f"{bucket.key} {bucket.checksum}"


@functools.cache
def environment() -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(installed.templates()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=Compiled(),
        autoescape=False,  # what it writes is Python; `literal` and `comment` are its escapes
    )
    jinja.filters |= {
        "literal": literal,
        "comment": comment,
        "banner": banner,
        "in_docstring": in_docstring,
    }
    return jinja
