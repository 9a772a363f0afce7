"""Clinics: visits of patients, and a wave of an illness."""

from __future__ import annotations

from compiler.starters.choices import Choices
from compiler.starters.domain import Domain
from compiler.starters.story import (
    COUNTRIES,
    Incident,
    Season,
    Sizes,
    Story,
)

COMPANIES = (
    ("Lakeside", "Cedar", "Valley", "Riverside", "Hillcrest", "Mercy"),
    ("Health", "Clinics", "Medical Group", "Care"),
)
ILLNESSES = (
    ("flu", "flu"),
    ("stomach_virus", "a stomach virus"),
    ("whooping_cough", "whooping cough"),
    ("bronchitis", "bronchitis"),
)
CLINICS = (
    ("Main Street", "North Park", "Old Harbor", "West End", "Garden Hill"),
    ("Market Square", "Elm Grove", "South Bank", "Castle Road", "Mill Lane"),
)
BEDS = (40, 24, 18, 12, 8)
BUSY = (41, 24, 16, 12, 7)
"""The share of the visits of each clinic, in percent."""
SEASONS = (
    Season("winter is the busiest time", "01-25", 0.18),
    Season("the first weeks of the year are the busiest", "01-15", 0.15),
    Season("autumn is the busiest time", "10-20", 0.12),
)
AGES = {"child": 0.2, "adult": 0.55, "senior": 0.25}
CAUGHT = (
    {"child": 0.3, "adult": 0.18, "senior": 0.28},
    {"child": 0.35, "adult": 0.16, "senior": 0.25},
    {"child": 0.25, "adult": 0.2, "senior": 0.32},
)
"""The share of patients who fall ill in the wave, by age group."""
DEARER = {"child": 1.0, "adult": 1.4, "senior": 2.5}
"""What a case costs, compared with that of a child."""


def story(choices: Choices) -> Story:
    name, illness = choices.one(ILLNESSES)
    clinics = choices.one(CLINICS)
    return Story(
        company=" ".join(choices.one(part) for part in COMPANIES),
        about="runs five clinics",
        tiers=(),
        countries=choices.one(COUNTRIES),
        incident=Incident(
            f"{name}_wave",
            f"a wave of {illness.removeprefix('a ')} began",
            choices.whole(49, 35, 70),
            choices.whole(21, 18, 28),
            choices.whole(20, 16, 26) / 10,
        ),
        season=choices.one(SEASONS),
        seed=choices.whole(5, 1, 9_999),
        facts={
            "illness": name,
            "clinics": [
                {"clinic": clinic, "beds": beds}
                for clinic, beds in zip(clinics, BEDS, strict=True)
            ],
            "busy": dict(zip(clinics, BUSY, strict=True)),
            "ages": AGES,
            "caught": choices.one(CAUGHT),
            "case_cost": {
                age: round(factor * base)
                for base in [choices.whole(260, 180, 340)]
                for age, factor in DEARER.items()
            },
        },
    )


def describe(story: Story, amount: str, flat: bool) -> str:
    incident = story.incident
    season = story.season.text[0].upper() + story.season.text[1:]
    return (
        f"{story.company} {story.about}. {season}. {incident.since} days ago {incident.text}: for "
        f"{incident.days} days there were {incident.factor:g} times as many visits, the old and "
        f"the young were hit hardest, and the cases cost about {amount} to treat."
    )


def cost(story: Story, sizes: Sizes, flat: bool) -> float:
    """Of each age group those who fall ill, times the mean cost of a case."""
    facts = story.facts
    each = sum(
        share * facts["caught"][age] * facts["case_cost"][age]
        for age, share in AGES.items()
    )
    return float(sizes["patients"] * each)


DOMAIN = Domain(
    name="healthcare",
    title="clinics: patients, visits, claims, cases of an illness; a wave of it",
    main="visits",
    usual=60_000,
    share={"patients": 8},
    story=story,
    describe=describe,
    cost=cost,
    query="SELECT sum(cost) FROM wave_cases",
)
