"""The format of a key: a Python format with one place for the number of the row."""

from __future__ import annotations

import re

from compiler.diagnostics import Help, Hint, Write
from compiler.spec.base import problem

KEY_FORMAT = re.compile(
    r"(?P<prefix>(?:[^{}]|\{\{|\}\})*)\{(?::(?:0(?P<width>[1-9][0-9]?))?d?)?\}(?P<suffix>(?:[^{}]|\{\{|\}\})*)"
)
PLACE = re.compile(r"\{(?P<name>[^{}:]*)(?::(?P<shape>[^{}]*))?\}")
PADDED = re.compile(r"[<>^=]?0*(?P<width>[1-9][0-9]?)?(?P<d>d?)")
"""The part of a place after its colon, if it is a width, maybe without zeros."""
EXAMPLES = 'such as "CUST-{:05d}" or "C{}"'


def check_format(text: str) -> str:
    """A Python format with one place for the row's number; raises E112 otherwise."""
    if not KEY_FORMAT.fullmatch(text):
        reason, help = mistake(text)
        raise problem("E112", f"`{text}` cannot number rows: {reason}", help)
    return text


def mistake(text: str) -> tuple[str, Help]:
    """What is wrong with a format, and the way out."""
    plain = text.replace("{{", "  ").replace("}}", "  ")
    places = list(PLACE.finditer(plain))
    if len(places) > 1:
        return "it has several places for the number", "keep one of them"
    if not places and set(plain) & set("{}"):
        return "a brace has no pair", "a brace of the text itself is written twice: {{"
    if not places:
        return "it has no place for the number", f"write one, {EXAMPLES}"
    (place,) = places
    name, shape = place["name"], place["shape"] or ""
    padded = PADDED.fullmatch(shape)
    if padded is None:
        return "only zeros can be before the number, up to 99 digits", EXAMPLES
    zeros = f"0{padded['width']}" if padded["width"] else ""
    right = f"{{:{zeros}{padded['d']}}}" if zeros or padded["d"] else "{}"
    if not KEY_FORMAT.fullmatch(text.replace(place[0], right)):
        return "a brace has no pair", "a brace of the text itself is written twice: {{"
    reason = "its place has a name" if name else "its width needs one zero before it"
    return reason, Hint(f"write `{right}`", Write(right, place[0]))
