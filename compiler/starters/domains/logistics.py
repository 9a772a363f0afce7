"""A parcel service: hubs, shipments, and a hub that is out of service."""

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
    ("Swallow", "Redline", "Compass", "Anchor", "Relay", "Beacon"),
    ("Freight", "Parcel", "Logistics", "Express"),
)
TIERS = (
    ("Local", "Regional", "National"),
    ("Small", "Medium", "Large"),
    ("Standard", "Plus", "Key"),
)
HUBS = (
    ("Riverport", "Eastgate", "Millbrook", "Stonebridge", "Lakeview"),
    ("Westhaven", "Ashford", "Kingsway", "Fairmont", "Oakdale"),
)
BUSY = (34, 26, 18, 13, 9)
"""The share of the customers of each hub, in percent."""
INCIDENTS = (
    ("flood", "a river flooded the hub {}"),
    ("fire", "a fire closed the hub {}"),
    ("strike", "a strike closed the hub {}"),
    ("sorter_failure", "the sorter of the hub {} broke down"),
)
SEASONS = (
    Season("the weeks before the holidays are the busiest", "12-12", 0.2),
    Season("autumn is the busiest time", "10-25", 0.12),
    Season("late spring is the busiest time", "05-20", 0.1),
)
CLAIMING = 0.8
"""The share of the customers of a closed hub that claim damages."""


def story(choices: Choices) -> Story:
    name, text = choices.one(INCIDENTS)
    names = choices.one(HUBS)
    hub = names[choices.one((0, 1))]
    return Story(
        company=" ".join(choices.one(part) for part in COMPANIES),
        about="carries parcels",
        tiers=tiers_of(choices, choices.one(TIERS)),
        countries=choices.one(COUNTRIES),
        incident=Incident(
            name,
            text.format(hub),
            choices.whole(33, 22, 60),
            choices.whole(6, 3, 8),
            choices.whole(9, 7, 9) / 10,
        ),
        season=choices.one(SEASONS),
        seed=choices.whole(31, 1, 9_999),
        facts={
            "hub": hub,
            "hubs": [
                {"hub": hub, "docks": docks}
                for hub, docks in zip(names, (48, 36, 24, 18, 12), strict=True)
            ],
            "busy": dict(zip(names, BUSY, strict=True)),
            "claiming": CLAIMING,
            "claim": choices.whole(9, 5, 14) * 20,
        },
    )


def describe(story: Story, amount: str, flat: bool) -> str:
    incident = story.incident
    return (
        f"{story.company} {story.about}. {story.busy('ships', flat)} {incident.since} days ago "
        f"{incident.text}: what was picked up there in these {incident.days} days took twelve days "
        f"instead of three, and its customers claimed damages of about {amount}."
    )


def cost(story: Story, sizes: Sizes, flat: bool) -> float:
    """Of the customers of one hub those who claim, times a mean that grows with the tier."""
    busy = story.facts["busy"]
    share = 1 / len(busy) if flat else busy[story.facts["hub"]] / sum(busy.values())
    mean = story.facts["claim"] * story.mean_factor()
    return float(sizes["customers"] * share * CLAIMING * mean)


DOMAIN = Domain(
    name="logistics",
    title="parcels: hubs, customers, shipments, scans, claims; a hub out of service",
    main="shipments",
    usual=50_000,
    share={"customers": 8},
    story=story,
    describe=describe,
    cost=cost,
    query="SELECT sum(amount) FROM claims",
)
