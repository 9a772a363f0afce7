"""A help desk: an incident that makes everybody write, and credits for those who ask."""

from __future__ import annotations

from compiler.starters.choices import Choices
from compiler.starters.domain import Domain
from compiler.starters.story import (
    COUNTRIES,
    Incident,
    Season,
    Sizes,
    Story,
    tiers_of,
)

COMPANIES = (
    ("Bright", "Clear", "North", "Open", "True", "Swift"),
    ("ledger", "board", "desk", "path", "form", "stack"),
)
TIERS = (
    ("Starter", "Business", "Enterprise"),
    ("Basic", "Team", "Corporate"),
    ("Free", "Pro", "Premier"),
)
PRODUCTS = (
    "software for invoices",
    "software for payrolls",
    "software for bookings",
    "software for warehouses",
)
INCIDENTS = (
    ("outage", "the login service was down"),
    ("data_loss", "an update lost data of many customers"),
    ("slowdown", "a release made every page slow"),
    ("mail_failure", "no mail was delivered"),
)
SEASONS = (
    Season("the end of the year is the busiest time", "12-15", 0.12),
    Season("the first months of the year are the busiest", "02-10", 0.12),
    Season("autumn is the busiest time", "10-05", 0.1),
)
CONTACTS = (1.2, 2, 4)
"""Mean contacts of an account, by tier."""
PRIORITIES = (
    {"urgent": 0.03, "high": 0.12, "normal": 0.5, "low": 0.35},
    {"urgent": 0.06, "high": 0.22, "normal": 0.5, "low": 0.22},
    {"urgent": 0.15, "high": 0.35, "normal": 0.4, "low": 0.1},
)
"""How urgent tickets are, by tier."""
ASKED = ((0.35, 0.5, 0.8), (0.3, 0.55, 0.85), (0.4, 0.55, 0.75))
"""The share of accounts that get a credit, by tier."""


def story(choices: Choices) -> Story:
    name, text = choices.one(INCIDENTS)
    return Story(
        company="".join(choices.one(part) for part in COMPANIES),
        about=f"sells {choices.one(PRODUCTS)}",
        tiers=tiers_of(choices, choices.one(TIERS)),
        countries=choices.one(COUNTRIES),
        incident=Incident(
            name,
            text,
            choices.whole(35, 21, 60),
            choices.whole(4, 2, 6),
            choices.whole(30, 25, 40) / 10,
        ),
        season=choices.one(SEASONS),
        seed=choices.whole(7, 1, 9_999),
        facts={
            "contacts": CONTACTS,
            "priorities": PRIORITIES,
            "asked": choices.one(ASKED),
            "credit": choices.whole(8, 5, 14) * 25,
        },
    )


def describe(story: Story, amount: str, flat: bool) -> str:
    incident = story.incident
    return (
        f"{story.company} {story.about}. {story.busy('writes', flat, 'contact')} "
        f"{incident.since} days ago {incident.text}: for {incident.days} days there were "
        f"{incident.factor:g} times as many tickets, most of them urgent and all of them slow to "
        f"solve, and the customers who asked for it got credits of about {amount}."
    )


def cost(story: Story, sizes: Sizes, flat: bool) -> float:
    """The credits: of each tier those who ask, times a mean that grows with the tier."""
    each = sum(
        tier.share * asked * tier.factor
        for tier, asked in zip(story.tiers, story.facts["asked"], strict=True)
    )
    return float(sizes["accounts"] * each * story.facts["credit"])


DOMAIN = Domain(
    name="support",
    title="a help desk: accounts, contacts, tickets, interactions, credits; an incident",
    main="tickets",
    usual=50_000,
    share={"accounts": 14},
    story=story,
    describe=describe,
    cost=cost,
    query="SELECT sum(amount) FROM credits",
)
