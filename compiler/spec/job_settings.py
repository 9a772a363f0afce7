"""The other settings of a job: mails, limits, permissions, tags."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from compiler.diagnostics import Hint, Remove
from compiler.spec.base import Model, Seen, problem
from compiler.spec.time import LENGTH_HELP, Length

LONGEST_RUN = timedelta(days=365)
ADDRESS = r"[\w.%+'&=-]+@[\w-]+(\.[\w-]+)+"
OWN_TAG = "data"
"""The key of the tag that each job has."""
MOST_TAGS = 24
"""Databricks allows 25, including the one that each job has."""
LONGEST_KEY, LONGEST_VALUE = 127, 255
"""Characters of tags; clouds use them for the machines of a job, too."""


def check_address(address: str) -> str:
    """A mail address; otherwise raises E105."""
    if not re.fullmatch(ADDRESS, address) or len(address) > 254:
        message = f"`{address}` is no mail address"
        raise problem("E105", message, 'such as "data-team@example.com"')
    return address


def check_run(length: timedelta) -> timedelta:
    """The longest time of a run; raises E104 for zero and for over a year."""
    if not timedelta() < length <= LONGEST_RUN:
        message = "a run takes some time, and no more than a year"
        raise problem("E104", message, 'such as "2h"')
    return length


def check_tags(tags: dict[str, str]) -> dict[str, str]:
    """Tags of a job; otherwise raises E104, E106 or E108."""
    if len(tags) > MOST_TAGS:
        message = f"there are {len(tags)} tags, and a job can have {MOST_TAGS} of yours"
        raise problem("E104", message, "leave some out")
    for key, value in tags.items():
        if key == OWN_TAG:
            message = f"each job has the tag `{OWN_TAG}` already: it is `synthetic`"
            hint = Hint("leave it out, or give it another name", Remove())
            raise problem("E106", message, hint, at=[(key,)])
        if not key.strip():
            raise problem("E108", "a tag has no name", 'such as team = "sales"')
        for text, longest in ((key, LONGEST_KEY), (value, LONGEST_VALUE)):
            if len(text) > longest:
                message = f"a text of the tag has {len(text)} letters"
                help = (
                    f"a tag's name has at most {LONGEST_KEY}, its value {LONGEST_VALUE}"
                )
                raise problem("E104", message, help, at=[(key,)])
            if not text.isprintable():
                message = f"the tag `{key}` has an invisible character"
                raise problem("E108", message, "write it again", at=[(key,)])
    return tags


Address = Annotated[
    str,
    AfterValidator(check_address),
    WithJsonSchema({"type": "string", "pattern": "^[^@ ]+@[^@ ]+\\.[^@ ]+$"}),
]
Addresses = Annotated[list[Address], Field(min_length=1)]
RunLength = Annotated[Length, AfterValidator(check_run)]
Tags = Annotated[
    dict[str, str],
    AfterValidator(check_tags),
    WithJsonSchema(
        {
            "type": "object",
            "maxProperties": MOST_TAGS,
            "propertyNames": {
                "not": {"const": OWN_TAG},
                "minLength": 1,
                "maxLength": LONGEST_KEY,
            },
            "additionalProperties": {"type": "string", "maxLength": LONGEST_VALUE},
        }
    ),
]


class Notifications(Model):
    """Who gets mail, and when."""

    on_start: Addresses | None = Field(None, description="mail addresses: a run starts")
    on_success: Addresses | None = Field(
        None, description="mail addresses: a run and its check succeeded"
    )
    on_failure: Addresses | None = Field(
        None, description="mail addresses: a run failed, or its check found a fault"
    )
    on_duration_warning: Addresses | None = Field(
        None, description="mail addresses: a run takes longer than `health` allows"
    )

    @property
    def given(self) -> dict[str, list[str]]:
        """The addresses by the event's name."""
        return {key: value for key, value in self if value}


class Health(Model):
    """Expectations of a run; if one is not met, there is a warning."""

    run_duration: RunLength = Field(
        description=f"a run that takes longer is marked, and a mail is sent. {LENGTH_HELP}"
    )


class Permission(Model):
    """What one user, group or service principal may do with the job."""

    called: ClassVar[str] = "permission"
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("user_name", "group_name", "service_principal_name"),
    )

    user_name: Seen | None = Field(None, description="a user's mail address")
    group_name: Seen | None = Field(None, description='a group, such as "users"')
    service_principal_name: Seen | None = Field(
        None, description="the application id of a service principal"
    )
    level: Literal["CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE"] = Field(
        description="to look at it, to run it, or to change it"
    )

    @property
    def holder(self) -> tuple[str, str]:
        """Who has it: the key and the name."""
        keys = ("user_name", "group_name", "service_principal_name")
        return next((key, name) for key in keys if (name := getattr(self, key)))


def check_permissions(permissions: list[Permission]) -> list[Permission]:
    """Permissions that name each of them once; otherwise raises E113."""
    seen: dict[tuple[str, str], int] = {}
    for place, one in enumerate(permissions):
        key, name = one.holder
        first = seen.setdefault(one.holder, place)
        if first != place:
            message = f"`{name}` has two permissions"
            help = "keep the higher one: it includes the other"
            raise problem("E113", message, help, at=[(place, key), (first, key)])
    return permissions


Permissions = Annotated[list[Permission], AfterValidator(check_permissions)]


def check_order(timeout: timedelta | None, health: Health | None) -> None:
    """A warning must come before the timeout of a run; otherwise raises E106."""
    if timeout and health and health.run_duration >= timeout:
        message = "`run_duration` is not shorter than `timeout`: a run ends before its warning"
        help = "make `timeout` the longer one"
        at = [("health", "run_duration"), ("timeout",)]
        raise problem("E106", message, help, at=at)
