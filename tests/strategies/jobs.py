"""Whatever `[job]` may ask for."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from tests.support import Tree
from tests.support.hostile import TEXTS

COMPUTES: dict[str, dict[str, Any]] = {
    "serverless": {"schedule": "0 30 6 ? * MON-FRI", "timezone": "Europe/Berlin"},
    "cluster": {"compute": "classic", "cluster_id": "0123-456789-abcdefgh"},
    "new cluster": {"compute": "classic", "node_type": "m5d.large"},
}


MAILS = ["ann@example.com", "data-team@example.com", "o'neil+x@mail.example.org"]
EVENTS = ("on_start", "on_success", "on_failure", "on_duration_warning")
KEYS = ("user_name", "group_name", "service_principal_name")
LEVELS = ("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE")


printable = st.sampled_from(string.printable[:95] + "äé名😀")
texts = st.text(printable, max_size=30) | st.sampled_from(
    ["${var.nope}", "{{job.parameters.nope}}", "${resources.jobs.x.id}", "on", "1", "~"]
    + [text for text in TEXTS if text.isprintable()]
)
names = texts.filter(lambda text: text.strip())
lengths = st.tuples(st.integers(1, 300), st.sampled_from("smh")).map(
    lambda parts: f"{parts[0]}{parts[1]}"
)
addresses = st.lists(st.sampled_from(MAILS), min_size=1, max_size=3)
permissions = st.lists(
    st.tuples(st.sampled_from(KEYS), names, st.sampled_from(LEVELS)),
    unique_by=lambda one: one[:2],
    max_size=3,
).map(lambda found: [{key: name, "level": level} for key, name, level in found])


@st.composite
def jobs(draw: st.DrawFn) -> Tree:
    job = dict(draw(st.sampled_from(list(COMPUTES.values()))))
    some: Tree = {
        "tags": st.dictionaries(names.filter(lambda key: key != "data"), texts),
        "permissions": permissions,
        "timeout": st.integers(10, 300).map(lambda hours: f"{hours}d"),
        "health": st.fixed_dictionaries({"run_duration": lengths}),
        "notifications": st.dictionaries(st.sampled_from(EVENTS), addresses),
    }
    if job.get("compute") != "classic":
        targets = ["standard", "performance_optimized"]
        some["performance_target"] = st.sampled_from(targets)
        some["budget_policy_id"] = names
        some["environment_version"] = st.sampled_from(["3", "4", "5"])
    job |= draw(st.fixed_dictionaries({}, optional=some))
    if "health" not in job:
        job.get("notifications", {}).pop("on_duration_warning", None)
    if "timeout" in job and "health" in job:
        job["timeout"] = "400h"
    return job
