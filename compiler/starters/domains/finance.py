"""A bank's cards: payments at merchants, one of which is where a ring copies cards."""

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
    ("Harbor", "Elm Street", "Keystone", "Meridian", "Lantern", "Old Mill"),
    ("Bank", "Savings", "Credit Union", "Trust"),
)
TIERS = (
    ("Classic", "Gold", "Platinum"),
    ("Standard", "Premium", "Private"),
    ("Blue", "Silver", "Black"),
)
MERCHANTS = (
    ("Volt Electronics", "electronics"),
    ("Skyline Travel", "travel"),
    ("Thread & Co", "fashion"),
    ("Green Basket", "groceries"),
    ("Harvest Market", "groceries"),
    ("City Transit", "transport"),
    ("Blue Door Bistro", "restaurants"),
    ("Station Cafe", "restaurants"),
    ("Corner Fuel", "fuel"),
    ("Pine Pharmacy", "health"),
)
TARGETS = 3
"""How many of these sell what a thief can sell again: the first ones."""
POPULAR = {
    **{"groceries": 36, "transport": 16, "restaurants": 13, "fuel": 9},
    **{"fashion": 8, "health": 7, "electronics": 6, "travel": 5},
}
"""How often merchants of each category are paid."""
SEASONS = (
    Season("people pay a little more often before the holidays", "12-10", 0.04),
    Season("people pay a little more often in summer", "07-15", 0.04),
)
DAYS, FACTOR = 14, 1.2
ORDINARY = 0.001
"""The share of fraud at other times."""
WINDOW = 180


def story(choices: Choices) -> Story:
    place = choices.one(MERCHANTS[:TARGETS])[0]
    tiers = tiers_of(choices, choices.one(TIERS))
    return Story(
        company=" ".join(choices.one(part) for part in COMPANIES),
        about="issues cards",
        tiers=tiers,
        countries=choices.one(COUNTRIES),
        incident=Incident(
            "fraud_ring",
            f"a ring began to use stolen cards, mostly at {place}",
            choices.whole(40, 24, 70),
            DAYS,
            FACTOR,
        ),
        season=choices.one(SEASONS),
        seed=choices.whole(23, 1, 9_999),
        facts={
            "merchants": [
                dict(zip(("merchant", "category"), row, strict=True))
                for row in MERCHANTS
            ],
            "popular": POPULAR,
            "stolen_at": {row[0]: 14 if row[0] == place else 1 for row in MERCHANTS},
            "place": place,
            "ordinary": ORDINARY,
            "stolen": choices.whole(18, 15, 24) / 100,
            "theft": choices.whole(310, 200, 480),
            "payments": [
                round(mean * tier.factor)
                for mean in [choices.whole(24, 18, 32)]
                for tier in tiers
            ],
        },
    )


def describe(story: Story, amount: str, flat: bool) -> str:
    incident, facts = story.incident, story.facts
    return (
        f"{story.company} {story.about}. {story.busy('pays', flat)} {incident.since} days ago "
        f"{incident.text}: for two weeks {facts['stolen'] * 100:.0f} % of the payments were fraud, "
        f"most of them online and large. With the little fraud of other times, the chargebacks add "
        f"up to about {amount}."
    )


def cost(story: Story, sizes: Sizes, flat: bool) -> float:
    """Fraud in the two weeks of the ring and at other times, each payment of the same mean."""
    during = DAYS * FACTOR / (WINDOW - DAYS + DAYS * FACTOR)
    share = during * story.facts["stolen"] + (1 - during) * ORDINARY
    return float(sizes["card_payments"] * share * story.facts["theft"])


DOMAIN = Domain(
    name="finance",
    title="cards of a bank: accounts, merchants, payments, flags, chargebacks; a fraud ring",
    main="card_payments",
    usual=100_000,
    share={"accounts": 12},
    story=story,
    describe=describe,
    cost=cost,
    query="SELECT sum(amount) FROM chargebacks",
)
