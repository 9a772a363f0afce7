"""Statements of calls, lists and dictionaries, broken into lines as Black breaks them.

What has operators, conditions or the like where it is to be broken is left to Black: a whole
statement, or just an entry of a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from compiler.emit.code.canonical import CLOSE, OPEN, clauses_of, closing, commas
from compiler.emit.code.comments import WIDTH
from compiler.emit.code.masked import Masked, Unsure, plain

INDENT = "    "
LAST_COMMA = re.compile(r",[)\]}]")
NAME = r"[\w.]+(?:\[\])?"
STATEMENT = rf"(?:return |raise |{NAME}(?:: {NAME}|(?:, {NAME})+)? = )?"
ENTRY = r'(?:(?:"s*"|[\w.]+): |\w+=|\*\*?)?'
CHAIN = r'(?:[\w.]|"s*")*(?:(?:\(\)|\[\]|\{\})[\w.]*)+'
BREAKABLE = {
    True: re.compile(STATEMENT + CHAIN),
    False: re.compile(ENTRY + CHAIN),
}
FUNCTION = re.compile(r"def \w+\(\) -> .*:")
LAMBDA = re.compile(r"lambda [^:]*,")
ATTRIBUTE = re.compile(r"[)\]}]\.")


@dataclass(frozen=True)
class ForBlack:
    """Lines that Black formats, between lines that are not kept."""

    source: str
    before: int = 0
    after: int = 0

    def lines(self, formatted: Mapping[str, str]) -> list[str]:
        lines = formatted[self.source].split("\n")
        return lines[self.before : len(lines) - self.after]


Lines = list[str | ForBlack]


def nested(level: int) -> str:
    """The lines before what is nested so deeply."""
    return "".join(f"{INDENT * n}if 1:\n" for n in range(level))


def broken(code: Masked, level: int, is_statement: bool = True) -> Lines:
    """A statement, or an entry with its comma, on one line or on several."""
    if not has_to_break(code, level):
        return [INDENT * level + code.text]
    end = ""
    if not is_statement and code.mask.endswith(","):
        code, end = code.cut(0, -1), ","
    opens, closes = _where(code, level, is_statement, len(end))
    if LAST_COMMA.search(code.mask[:opens]) or "#" in code.mask[:opens]:
        raise Unsure
    head, tail = code.text[: opens + 1], code.text[closes:] + end
    is_def = code.mask.startswith("def ")
    kind = code.mask[opens]
    is_call = kind != "{" and (code.mask[opens - 1 : opens] or " ") not in " =*(["
    if kind == "[" and is_call:
        raise Unsure
    return [
        INDENT * level + head,
        *_body(code.cut(opens + 1, closes), level + 1, kind, is_call, is_def),
        INDENT * level + tail,
    ]


def has_to_break(code: Masked, level: int) -> bool:
    """Whether it has several lines: it is too wide, or has a comma at an end, or a comment."""
    if "\n" in code.mask:
        return True
    for match in LAST_COMMA.finditer(code.mask):
        if not _is_tuple_of_one(code.mask, match.start()):
            return True
    return not fits(INDENT * level + code.text)


def fits(line: str) -> bool:
    """Whether a line is no wider than it may be."""
    if len(line) > WIDTH or line.isascii():
        return len(line) <= WIDTH
    if len(line) + sum(not each.isascii() for each in line) > WIDTH:
        raise Unsure  # some letters are twice as wide, and some have no width
    return True


def _is_tuple_of_one(mask: str, comma: int) -> bool:
    """Whether a comma at the end makes a tuple, and so is no sign to break it."""
    if mask[comma + 1] == "}":
        return False
    depth, start = 1, comma
    while depth:
        start -= 1
        depth += (mask[start] in CLOSE) - (mask[start] in OPEN)
    called = start > 0 and mask[start - 1] not in " =*([{"
    if mask[start] == "[":
        if called:
            raise Unsure
        return False
    return not called and len(commas(mask[start + 1 : comma + 1])) == 1


def _where(code: Masked, level: int, is_statement: bool, more: int) -> tuple[int, int]:
    """The brackets to break: the last that hold something, and that leave a line that fits."""
    groups, skeleton, at = [], "", 0
    while at < len(code.mask):
        if code.mask[at] in OPEN:
            end = closing(code.mask, at)
            groups.append((at, end))
            skeleton += code.mask[at] + code.mask[end : end + 1]
            at = end + 1
        else:
            skeleton += code.mask[at]
            at += 1
    if is_statement and FUNCTION.fullmatch(skeleton):
        return groups[0]
    if not BREAKABLE[is_statement].fullmatch(skeleton):
        raise Unsure
    value = code.mask.find(" = ") if is_statement else -1
    held = [(a, b) for a, b in groups if b > a + 1 and a > value]
    if len(ATTRIBUTE.findall(skeleton)) > 1 or not held:
        raise Unsure
    indent = len(INDENT) * level
    if len(held) > 1 and "\n" not in code.mask and LAST_COMMA.search(code.mask):
        raise Unsure
    for opens, closes in reversed(held):
        if indent + len(code.mask) - closes + more > WIDTH:
            break
        if fits(INDENT * level + code.text[: opens + 1]):
            return opens, closes
    raise Unsure


def _body(
    body: Masked, level: int, kind: str, is_call: bool, is_def: bool = False
) -> Lines:
    """What is in the brackets, on a line of its own if it fits, or with a line for each entry."""
    at = commas(body.mask)
    ends_in_comma = body.mask.endswith(",")
    if LAMBDA.search(body.mask):  # its commas are no ends of entries
        raise Unsure
    clauses = clauses_of(body.mask)
    if clauses:
        return _comprehension(body, level, clauses)
    if not at and not is_def:
        if body.mask.startswith("#"):
            raise Unsure
        return broken(body, level, is_statement=False)
    if ends_in_comma and len(at) == 1 and kind == "(" and not is_call:
        raise Unsure
    if (
        (is_call or is_def)
        and at
        and not ends_in_comma
        and not has_to_break(body, level)
    ):
        return [INDENT * level + body.text]
    starts = [0, *(comma + 1 for comma in at)]
    ends = [*at, len(body.mask)]
    lines: Lines = []
    for start, end in zip(starts, ends, strict=True):
        entry = body.cut(start, end)
        while entry.mask.startswith("#"):
            stop = entry.mask.index("\n")
            lines.append(INDENT * level + entry.text[:stop])
            entry = entry.cut(stop)
        if entry.text:
            opens = "def" if is_def else "f(" if is_call else kind
            lines += _entry(entry + plain(","), level, opens)
        elif start != starts[-1] or not ends_in_comma:
            raise Unsure
        elif lines and isinstance(lines[-1], str) and lines[-1].lstrip()[:1] == "#":
            raise Unsure
    return lines


def _comprehension(body: Masked, level: int, clauses: list[int]) -> Lines:
    """A comprehension: the value, and each `for` and `if`, on a line of its own."""
    if not has_to_break(body, level):
        return [INDENT * level + body.text]
    starts = [0, *clauses]
    ends = [*clauses, len(body.mask)]
    parts = [body.cut(start, end) for start, end in zip(starts, ends, strict=True)]
    if " else " in body.mask or any(has_to_break(part, level) for part in parts):
        raise Unsure
    return [INDENT * level + part.text for part in parts]


def _entry(entry: Masked, level: int, opens: str) -> Lines:
    """The lines of an entry, which ends in a comma."""
    try:
        return broken(entry, level, is_statement=False)
    except Unsure:
        if "\n" in entry.mask or opens == "def":
            raise
    outer = level - 1
    opens = "f(" if opens == "(" else opens  # alone, it would be a tuple of one
    before = f"{nested(outer)}{INDENT * outer}{opens}\n"
    after = f"{INDENT * outer}{'])}'['[({'.index(opens[-1])]}"
    source = f"{before}{INDENT * level}{entry.text}\n{after}\n"
    return [ForBlack(source, outer + 1, 1)]
