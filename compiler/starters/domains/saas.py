"""Software by subscription: a new price, and those who cancel."""

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
    ("Pixel", "Cloud", "Note", "Task", "Flow", "Chart"),
    ("harbor", "nest", "works", "loop", "wise", "smith"),
)
PRODUCTS = (
    ("rents out tools for design", ["board", "export", "comment", "template", "api"]),
    ("rents out tools for projects", ["task", "report", "timeline", "import", "api"]),
    ("rents out tools for surveys", ["form", "answer", "report", "export", "api"]),
    ("rents out tools for newsletters", ["draft", "send", "list", "report", "api"]),
)
TIERS = (
    ("Starter", "Team", "Business"),
    ("Solo", "Studio", "Agency"),
    ("Lite", "Plus", "Max"),
)
SEASONS = (
    Season("spring is the busiest time", "04-10", 0.1),
    Season("autumn is the busiest time", "10-15", 0.12),
    Season("the first months of the year are the busiest", "02-15", 0.1),
)
LEAVING = ((0.2, 0.13, 0.07), (0.24, 0.15, 0.06), (0.18, 0.12, 0.08))
"""The share of accounts that cancel, by plan: who pays least leaves most easily."""


def story(choices: Choices) -> Story:
    about, features = choices.one(PRODUCTS)
    rise = choices.whole(18, 12, 30)
    return Story(
        company="".join(choices.one(part) for part in COMPANIES),
        about=about,
        tiers=tiers_of(choices, choices.one(TIERS)),
        countries=choices.one(COUNTRIES),
        incident=Incident(
            "price_change",
            f"prices were raised by {rise} %",
            choices.whole(45, 35, 70),
            28,
            0.85,
        ),
        season=choices.one(SEASONS),
        seed=choices.whole(17, 1, 9_999),
        facts={
            "features": features,
            "rise": rise,
            "leaving": choices.one(LEAVING),
            "price": choices.one((39, 29, 49, 25)),
        },
    )


def describe(story: Story, amount: str, flat: bool) -> str:
    incident = story.incident
    return (
        f"{story.company} {story.about}. {story.busy('is active', flat, 'account')} "
        f"{incident.since} days ago {incident.text}: within four weeks many gave notice, most of "
        f"them on the smallest plan, and about {amount} of monthly revenue is lost."
    )


def cost(story: Story, sizes: Sizes, flat: bool) -> float:
    """The monthly price of those who cancel, by plan."""
    prices = prices_of(story)
    each = sum(
        tier.share * leaving * prices[tier.name]
        for tier, leaving in zip(story.tiers, story.facts["leaving"], strict=True)
    )
    return float(sizes["accounts"] * each)


def prices_of(story: Story) -> dict[str, int]:
    """The monthly price of each plan, in dollars."""
    return {
        tier.name: round(story.facts["price"] * tier.factor) for tier in story.tiers
    }


DOMAIN = Domain(
    name="saas",
    title="subscriptions: accounts, sessions, invoices, cancellations; a new price",
    main="sessions",
    usual=50_000,
    share={"accounts": 6},
    story=story,
    describe=describe,
    cost=cost,
    query="SELECT sum(lost_a_month) FROM cancellations",
)
