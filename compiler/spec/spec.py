"""The whole spec."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from compiler.spec.bad_data import BadData
from compiler.spec.base import LARGEST, Allow, Model, Name
from compiler.spec.calendar import Calendar, Window
from compiler.spec.job import Job
from compiler.spec.locales import Locale
from compiler.spec.output import Output
from compiler.spec.table import Table


class Spec(Model):
    """A data spec: the tables, their story, and the destination of the data."""

    name: Name = Field(description="name of the output folder, the bundle and the job")
    description: str = Field(
        min_length=1, description="the story of the data, in a sentence or two"
    )
    seed: int = Field(
        42, ge=-LARGEST, le=LARGEST, description="another seed gives other data"
    )
    output: Output = Field(
        default_factory=Output, description="engine, format and destination of the data"
    )
    job: Job = Field(
        default_factory=Job,
        description="when Databricks runs the script, and on what compute",
    )
    window: Window = Field(Window(), description="the period of events")
    calendars: Mapping[Name, Calendar] = Field(
        {}, description="how the volume of a day varies"
    )
    locale: Locale = Field(
        "en_US", description="a Faker locale, or several with weights"
    )
    tables: Mapping[Name, Table] = Field(min_length=1, description="the tables")
    bad_data: BadData | None = Field(
        None, description="faults on top of the clean data"
    )
    allow: Allow = Field([], description='lint codes to silence, "*" for all')
