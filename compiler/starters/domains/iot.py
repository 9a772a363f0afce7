"""A cold chain: sensors of fridges in several places, one of which fails."""

from __future__ import annotations

from compiler.starters.choices import Choices
from compiler.starters.domain import Domain
from compiler.starters.story import Incident, Season, Sizes, Story

COMPANIES = (
    ("Polar", "Boreal", "Frostline", "Glacier", "Northern"),
    ("Pantry", "Foods", "Cold Chain", "Provisions", "Fresh"),
)
GOODS = (
    ("stores frozen food", "a pallet of frozen food", 120),
    ("stores vaccines", "a box of vaccines", 400),
    ("stores fresh fish", "a crate of fish", 90),
    ("stores ice cream", "a pallet of ice cream", 150),
    ("stores cut flowers", "a trolley of flowers", 110),
)
PLACES = (
    (
        "DE",
        ("Leipzig", "Bremen", "Ulm", "Kassel", "Erfurt", "Mainz", "Rostock", "Trier"),
    ),
    (
        "US",
        ("Denver", "Tucson", "Omaha", "Boise", "Tulsa", "Fresno", "Akron", "Mobile"),
    ),
    ("FR", ("Lyon", "Nantes", "Lille", "Dijon", "Rennes", "Nice", "Tours", "Metz")),
    ("GB", ("Leeds", "Derby", "Bristol", "Hull", "Cardiff", "Perth", "Luton", "York")),
)
INCIDENTS = (
    ("power_cut", "the power was out in {}"),
    ("coolant_leak", "the coolant of {} leaked"),
    ("control_failure", "an update stopped the compressors in {}"),
    ("flood", "the machine room of {} was flooded"),
)
SEASONS = (
    Season("summer is hard on the machines", "07-20", 0.2),
    Season("the weeks before the holidays are the busiest", "12-05", 0.15),
)
LOST = 20
"""The mean lots lost of a unit in the incident; from 15 to 25."""
ELSEWHERE = 0.3
"""The mean lots lost of a unit over the rest of the time and the other places."""


def story(choices: Choices) -> Story:
    name, text = choices.one(INCIDENTS)
    country, towns = choices.one(PLACES)
    site = choices.one(towns)
    about, lot, value = choices.one(GOODS)
    return Story(
        company=" ".join(choices.one(part) for part in COMPANIES),
        about=about,
        tiers=(),
        countries={country: 1.0},
        incident=Incident(
            name,
            text.format(site),
            choices.whole(19, 10, 40),
            choices.whole(2, 1, 3),
            choices.whole(5, 4, 8),
        ),
        season=choices.one(SEASONS),
        seed=choices.whole(11, 1, 9_999),
        facts={
            "site": site,
            "sites": [{"site": town, "country": country} for town in towns],
            "lot": lot,
            "value": round(value * choices.whole(100, 70, 140) / 100),
            "lost": LOST,
            "elsewhere": ELSEWHERE,
            "cold": (
                choices.one((-19, -21, -18)) if "ice" in lot or "frozen" in lot else 4
            ),
            "warmer": choices.whole(11, 9, 14),
        },
    )


def describe(story: Story, amount: str, flat: bool) -> str:
    incident = story.incident
    days = "a day" if incident.days == 1 else f"{incident.days} days"
    season = story.season.text[0].upper() + story.season.text[1:]
    return (
        f"{story.company} {story.about} in {len(story.facts['sites'])} places. {season}. "
        f"{incident.since} days ago {incident.text}: for {days} the units there were "
        f"{story.facts['warmer']} degrees too warm, and goods worth about {amount} were lost."
    )


def cost(story: Story, sizes: Sizes, flat: bool) -> float:
    """The lots lost in the units of one place."""
    units = max(sizes["units"] // len(story.facts["sites"]), 1)
    return float(units * LOST * story.facts["value"])


DOMAIN = Domain(
    name="iot",
    title="a cold chain: sites, units, sensors, readings, repairs, losses; a failure",
    main="readings",
    usual=100_000,
    # Two sensors a unit, four readings a day, 60 days.
    share={"units": 480},
    story=story,
    describe=describe,
    cost=cost,
    query="SELECT sum(amount) FROM losses WHERE reason = '{incident}'",
)
