"""Whether a statement on one line has the spaces and the parentheses that Black gives it.

Not everything that Black leaves alone is recognised: it is asked about the rest.
"""

from __future__ import annotations

import re

WORDS = (
    "and as assert async await break class continue def del elif else except finally for from "
    "global if import in is lambda nonlocal not or pass raise return try while with yield"
).replace(" ", "|")
OPERAND = r"[\w\"(\[{~+.-]"
BEHIND = r"(?<=[\w\"\])}])"
TOKENS = rf"""(?x)(?:
  (?:{WORDS})(?!\w)(?:[ ](?=[*]|{OPERAND})|(?=[:)\],}}]|$))
| (?!(?:{WORDS})(?!\w))[^\W\d]\w*(?!["?])
| \d[\d_]*(?:[.]\d[\d_]*)?(?:e-?\d+)?(?!\w)
| "s*"(?!["\w])
| {BEHIND}[ ](?=(?:and|or|not|in|is|if|else|for|from|as|import)[ ])
| {BEHIND}[ ](?:[-+/%&|^@*]=?|//=?|<<|>>|[=!<>]=|[<>]|->|:?=)[ ](?={OPERAND})
| ,(?:[ ](?=[#*]|{OPERAND})|(?=[)\]}}]))
| :(?:[ ](?={OPERAND})|$)
| \[-?\w*:-?\w*\]
| (?<=[ (\[{{=])[-+~](?=[\w"(\[{{.~-])
| (?:^|(?<=[ (\[{{]))[*]{{1,2}}(?=[\w(\[{{"])
| (?<=[ (])[*](?=,) | (?<=[ ])/(?=[,)])
| (?<=\w)=(?={OPERAND})
| {BEHIND}[.](?=[^\W\d])
| [.]{{3}}
| [(\[{{](?![ ,]) | (?<![ ])[)\]}}]
| (?<=[ (\[{{\n])[#]+\n
| ^@(?=\w)
)*+"""
CANONICAL = re.compile(TOKENS)
EQUALS = re.compile(r"(?<![=!<>:+\-*/%&|^@])( ?)=(?!=)")
PARENTHESES = re.compile(r"(?:^|(\w+|[^\w ]) )(?=\()")
NEEDED_BEHIND = {
    "return",
    "in",
    "if",
    "elif",
    "while",
    "and",
    "or",
    "not",
    "else",
    "except",
}
OPERATORS = {*"+-*/%<>&|,"}
INNER = re.compile(r"\((?=\()")
OPEN, CLOSE = "([{", ")]}"


def is_canonical(mask: str) -> bool:
    """Whether Black leaves a statement's mask alone, but for its lines."""
    return bool(
        CANONICAL.fullmatch(mask)
        and ("=" not in mask or _equals(mask))
        and ((" (" not in mask and mask[0] != "(") or _parentheses(mask))
        and ("((" not in mask or _inner(mask))
        and not (mask.startswith("class ") and "()" in mask)
    )


def _depth(mask: str) -> int:
    """How many brackets are open at the end."""
    return sum(map(mask.count, OPEN)) - sum(map(mask.count, CLOSE))


def _equals(mask: str) -> bool:
    """Whether spaces are around the equals signs of assignments and annotated parameters only."""
    is_def = mask.startswith("def ")
    for match in EQUALS.finditer(mask):
        before = mask[: match.start()]
        depth = _depth(before)
        wide = depth == 0
        if is_def and depth == 1:
            wide = ":" in before[max(before.rfind(", "), before.find("(")) :]
        elif is_def:
            return False
        if wide != bool(match[1]):
            return False
    return True


def _parentheses(mask: str) -> bool:
    """Whether none around a whole value or condition is redundant."""
    for match in PARENTHESES.finditer(mask):
        start = match.end()
        if _depth(mask[:start]):
            continue
        before = match[1] or ""
        if before in OPERATORS:
            continue
        if before != "=" and before not in NEEDED_BEHIND:
            return False
        end = closing(mask, start)
        if end + 1 < len(mask) and mask[end + 1 :] != ":":
            continue
        inner = mask[start + 1 : end]
        if inner and not commas(inner) and not clauses_of(inner):
            return False
    return True


def _inner(mask: str) -> bool:
    """Whether no parentheses are just within others."""
    for match in INNER.finditer(mask):
        start = match.end()
        end = closing(mask, start)
        if mask[end + 1 : end + 2] == ")" and not commas(mask[start + 1 : end]):
            return False
    return True


BRACKET = re.compile(r"[(\[{]|[)\]}]")


def closing(mask: str, start: int) -> int:
    """Where the bracket that opens at `start` closes."""
    depth = 0
    for match in BRACKET.finditer(mask, start):
        depth += 1 if match[0] in OPEN else -1
        if not depth:
            return match.start()
    return len(mask)


SEPARATOR = re.compile(r"[(\[{,]|[)\]}]")
CLAUSE = re.compile(r"[(\[{]|[)\]}]| (?:for|if) ")


def commas(mask: str) -> list[int]:
    """Where the commas are that are in no brackets."""
    return _outside(mask, SEPARATOR) if "," in mask else []


def clauses_of(mask: str) -> list[int]:
    """Where the clauses of a comprehension start, if it is one."""
    found = _outside(mask, CLAUSE) if " for " in mask else []
    return found if any(mask.startswith(" for ", each) for each in found) else []


def _outside(mask: str, pattern: re.Pattern[str]) -> list[int]:
    """Where a pattern, which also finds brackets, is outside of these."""
    found, depth = [], 0
    for match in pattern.finditer(mask):
        if match[0] in OPEN:
            depth += 1
        elif match[0] in CLOSE:
            depth -= 1
        elif not depth:
            found.append(match.start())
    return found
