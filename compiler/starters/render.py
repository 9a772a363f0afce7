"""Answers and a story as the text of a spec that compiles without a warning."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from compiler.escape import printable
from compiler.escape.toml import as_toml, as_toml_key
from compiler.starters.answers import Answers
from compiler.starters.choices import Choices
from compiler.starters.domain import DOMAINS, domain_of
from compiler.starters.story import Story, in_dollars

if TYPE_CHECKING:
    from compiler.diagnostics import Diagnostic
    from compiler.pipeline import Compiled

OF_SIZES = ("W403", "W405", "W406", "W407", "W408", "W410")
"""Warnings of what was asked for: few rows, very many, or no skew. Only these are silenced."""
SEEDS = 1_000_000
"""Seeds that are drawn are below this, so that people can type them."""
HEADER = re.compile(r"\[tables\.([a-z0-9_]+)")


def new_seed() -> int:
    """A seed that nobody has chosen."""
    import random

    return random.SystemRandom().randrange(SEEDS)


def surprise(seed: int) -> str:
    """The domain of a surprise."""
    return Choices(f"domain {seed}").one(DOMAINS)


def story_of(answers: Answers) -> Story:
    drawn = None if answers.seed is None else f"{answers.domain} {answers.seed}"
    return domain_of(answers.domain).story(Choices(drawn))


def description_of(answers: Answers) -> str:
    """The story in sentences: the user's own words, or ours with what the incident cost."""
    if answers.description is not None:
        return answers.description
    domain, story = domain_of(answers.domain), story_of(answers)
    return domain.describe(story, in_dollars(cost_of(answers)), not answers.skew)


def cost_of(answers: Answers) -> float:
    """What the incident costs in dollars: the expected sum in the data, unrounded."""
    domain = domain_of(answers.domain)
    sizes = domain.sizes(answers.rows)
    return domain.cost(story_of(answers), sizes, not answers.skew)


def query_of(answers: Answers) -> str:
    """SQL that counts in the data what the incident cost."""
    domain, story = domain_of(answers.domain), story_of(answers)
    return domain.query.replace("{incident}", story.incident.name)


def drafted(answers: Answers, path: str, schema_line: bool = False) -> Compiled:
    """The spec, planned: its text, its plan and what is wrong with it.

    `path` is where it will be, which its first lines name. Warnings that the sizes cause are
    silenced at their tables, with the reason in a comment. What is left is an error in the
    answers, such as a catalog that cannot be one.
    """
    from compiler.pipeline import plan_spec

    planned = plan_spec(path, written(answers, path, schema_line, {}))
    allowed = silenced(planned.text or "", planned.diagnostics)
    if not allowed:
        return planned
    return plan_spec(path, written(answers, path, schema_line, allowed))


def silenced(text: str, found: Sequence[Diagnostic]) -> dict[str, list[str]]:
    """The codes to allow, by table; "" is the top of the spec."""
    lines = text.splitlines()
    allowed: dict[str, set[str]] = {}
    for one in found:
        if one.code in OF_SIZES and one.span is not None:
            above = map(HEADER.match, reversed(lines[: one.span.line]))
            table = next((found[1] for found in above if found), "")
            allowed.setdefault("" if one.code == "W405" else table, set()).add(one.code)
    return {table: sorted(codes) for table, codes in allowed.items()}


def written(
    answers: Answers, path: str, schema_line: bool, allowed: Mapping[str, Sequence[str]]
) -> str:
    """The text of the spec."""
    from compiler.emit.templates import environment
    from compiler.starters.parts import Parts, data

    domain, story = domain_of(answers.domain), story_of(answers)
    sizes = domain.sizes(answers.rows)
    parts = Parts(answers, story, sizes, allowed)
    template = environment().get_template(f"starter/{domain.name}.toml.j2")
    return template.render(
        answers=answers,
        data=data,
        description=description_of(answers),
        facts=story.facts,
        incident=story.incident,
        parts=parts,
        number="{:_}".format,
        path=shlex.quote(printable(path)),
        query=query_of(answers),
        schema_line=schema_line,
        sizes=sizes,
        small="" in allowed,
        story=story,
        title=domain.title,
        toml=as_toml,
        toml_key=as_toml_key,
    )
