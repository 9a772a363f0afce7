"""A shop: orders of products, one of which is recalled."""

from __future__ import annotations

import math

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
    ("Marlow & Finch", "Juniper Lane", "Northfold", "Tern & Tide", "Alder Row"),
    ("Outfitters", "Supply", "Trading", "Stores", "Mercantile"),
)
TIERS = (
    ("Basic", "Plus", "Gold"),
    ("Member", "Silver", "Platinum"),
    ("Guest", "Club", "Insider"),
)
LINES = {
    "outdoor gear": (
        ("STV-01", "Ridge stove", "Cooking", 64.0),
        ("TNT-01", "Two-person tent", "Shelter", 249.0),
        ("LMP-01", "Head lamp", "Light", 39.0),
        ("BAG-01", "Day pack", "Packs", 79.0),
        ("BTL-01", "Steel bottle", "Cooking", 24.5),
        ("MAT-01", "Sleeping mat", "Shelter", 58.0),
    ),
    "kitchen tools": (
        ("KTL-01", "Copper kettle", "Hot drinks", 72.0),
        ("PRS-01", "Pressure cooker", "Pots", 118.0),
        ("KNF-01", "Chef's knife", "Knives", 89.0),
        ("BLN-01", "Hand blender", "Electric", 54.0),
        ("PAN-01", "Cast iron pan", "Pots", 45.0),
        ("CUP-01", "Stoneware cup", "Hot drinks", 14.0),
    ),
    "electronics": (
        ("PWR-01", "Power bank", "Power", 49.0),
        ("EAR-01", "Headset", "Audio", 89.0),
        ("CAM-01", "Door camera", "Home", 129.0),
        ("SPK-01", "Travel speaker", "Audio", 65.0),
        ("PLG-01", "Smart plug", "Home", 19.9),
        ("CHG-01", "Fast charger", "Power", 34.9),
    ),
    "toys": (
        ("RBT-01", "Walking robot", "Electronic", 59.0),
        ("TRN-01", "Wooden train", "Wood", 44.0),
        ("SCT-01", "Scooter", "Outdoors", 94.0),
        ("DOL-01", "Rag doll", "Soft", 27.0),
        ("PZL-01", "Puzzle of 500", "Games", 18.5),
        ("DRN-01", "Mini drone", "Electronic", 76.0),
    ),
}
FAULTS = {
    "STV-01": "it can catch fire",
    "TNT-01": "a pole can break",
    "LMP-01": "it overheats",
    "BAG-01": "a strap can tear",
    "KTL-01": "its handle can come off",
    "PRS-01": "its lid can open under pressure",
    "KNF-01": "its blade can snap",
    "BLN-01": "it can start by itself",
    "PWR-01": "it can catch fire",
    "EAR-01": "its battery overheats",
    "CAM-01": "its battery can leak",
    "SPK-01": "its battery can swell",
    "RBT-01": "small parts come off",
    "TRN-01": "its paint flakes off",
    "SCT-01": "its brake can fail",
    "DOL-01": "its eyes come off",
}
"""The products that may be recalled, and why."""
SEASONS = (
    Season("the weeks before the holidays are the busiest", "12-10", 0.2),
    Season("spring is the busiest time", "04-20", 0.15),
    Season("late summer is the busiest time", "08-25", 0.15),
)
ITEMS = (1.6, 2.2, 3.4)
"""Mean items of an order, by tier; at least 1."""
MOST_ITEMS = (6, 8, 12)
POPULAR = (5, 4, 4, 3, 6, 3)
"""How often each product is bought, in the order of the products."""
SECOND_PIECE = 0.25
"""The mean of further pieces of an item (Poisson's lambda of a quantity from 1 to 5)."""
MOST_PIECES = 5


def story(choices: Choices) -> Story:
    first, second = (choices.one(part) for part in COMPANIES)
    line = choices.one(tuple(LINES))
    products = [
        dict(zip(("sku", "name", "category", "price"), row, strict=True))
        for row in LINES[line]
    ]
    recalled = choices.one([row for row in products if row["sku"] in FAULTS])
    what, why = str(recalled["name"]).lower(), FAULTS[str(recalled["sku"])]
    text = f"the {what} was recalled because {why}"
    since = choices.whole(24, 18, 45)
    incident = Incident("recall", text, since, 14, 0.8)
    return Story(
        company=f"{first} {second}",
        about=f"sells {line}",
        tiers=tiers_of(choices, choices.one(TIERS)),
        countries=choices.one(COUNTRIES),
        incident=incident,
        season=choices.one(SEASONS),
        seed=choices.whole(42, 1, 9_999),
        facts={
            "products": products,
            "recalled": recalled,
            "popular": {
                row["sku"]: n for row, n in zip(products, POPULAR, strict=True)
            },
            "back": choices.whole(55, 40, 70) / 100,
            "mean_items": ITEMS,
            "most_items": MOST_ITEMS,
            "second_piece": SECOND_PIECE,
            "most_pieces": MOST_PIECES,
        },
    )


def describe(story: Story, amount: str, flat: bool) -> str:
    incident, facts = story.incident, story.facts
    return (
        f"{story.company} {story.about}. {story.busy('orders', flat)} {incident.since} days ago "
        f"{incident.text}: for two weeks there were fewer orders, and {facts['back'] * 100:.0f} % "
        f"of those sold before came back, for refunds of about {amount}. "
        "A better one has been sold since."
    )


def cost(story: Story, sizes: Sizes, flat: bool) -> float:
    """Pieces of the recalled product that were ordered before the recall and come back."""
    facts = story.facts
    items = sum(
        story.activity_share(tier, flat) * mean
        for tier, mean in zip(story.tiers, ITEMS, strict=True)
    )
    weights = facts["popular"].values()
    sku, price = facts["recalled"]["sku"], facts["recalled"]["price"]
    share = 1 / len(weights) if flat else facts["popular"][sku] / sum(weights)
    before = 1 - share_since(story)
    sold = sizes["orders"] * items * share * pieces() * before
    return float(sold * price * facts["back"])


def share_since(story: Story) -> float:
    """The share of the orders since the recall, in two weeks of which there are fewer."""
    incident = story.incident
    slow = incident.days * (1 - incident.factor)
    return (incident.since - slow) / (180 - slow)


def pieces() -> float:
    """The mean of a Poisson number from 1 to the most."""
    rates = {n: SECOND_PIECE**n / math.factorial(n) for n in range(1, MOST_PIECES + 1)}
    return sum(n * rate for n, rate in rates.items()) / sum(rates.values())


DOMAIN = Domain(
    name="retail",
    title="a shop: customers, products, orders, items, returns; a recall",
    main="orders",
    usual=50_000,
    share={"customers": 8},
    story=story,
    describe=describe,
    cost=cost,
    query="SELECT sum(refund) FROM returns WHERE reason = 'recall'",
)
