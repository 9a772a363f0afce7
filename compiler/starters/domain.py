"""A domain: its tables and their sizes, its stories, and what an incident costs."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from compiler.starters.choices import Choices
from compiler.starters.story import Sizes, Story

DOMAINS = ("retail", "support", "iot", "finance", "healthcare", "saas", "logistics")


@dataclass(frozen=True)
class Domain:
    """What there is to know about a domain besides its template."""

    name: str
    title: str
    """A few words, for the list of domains."""
    main: str
    """The table of events whose size is asked for."""
    usual: int
    """The rows of that table, unless others are asked for."""
    share: Mapping[str, int]
    """Rows of the main table for each row of these tables, 5 to 20 where events point at them."""
    story: Callable[[Choices], Story]
    """The usual story, or a drawn one."""
    describe: Callable[[Story, str, bool], str]
    """The story in sentences, with what it cost. The flag: all customers are as active."""
    cost: Callable[[Story, Sizes, bool], float]
    """What the incident costs in dollars: the expected value of what `query` counts."""
    query: str
    """SQL that counts it in the data."""

    def sizes(self, rows: Mapping[str, int]) -> dict[str, int]:
        """The rows of all tables that have a number; `rows` holds those that were asked for."""
        events = rows.get(self.main, self.usual)
        found = {name: max(events // share, 1) for name, share in self.share.items()}
        return {self.main: events, **found, **rows}


def domain_of(name: str) -> Domain:
    """A domain by its name, one of `DOMAINS`."""
    found = importlib.import_module(f"compiler.starters.domains.{name}").DOMAIN
    assert isinstance(found, Domain)
    return found
