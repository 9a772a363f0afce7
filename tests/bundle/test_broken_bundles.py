"""Each mistake in a bundle is caught by the models of a job, by our own check, or by both."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from databricks.bundles.jobs import Job
from databricks.bundles.schemas import Schema
from databricks.bundles.volumes import Volume

from compiler.emit.bundle.check import problems
from tests.support.broken_bundles import BROKEN, ROOT, Place
from tests.support.bundles import bundle

MODELS: dict[str, Any] = {"jobs": Job, "schemas": Schema, "volumes": Volume}


def refused(files: dict[str, str]) -> bool:
    """Whether the models of `databricks-bundles` refuse a resource."""
    for path, text in files.items():
        resources: dict[str, Any] = {}
        if path.startswith("resources/"):
            resources = yaml.safe_load(text)["resources"]
        for kind, model in MODELS.items():
            for one in (resources.get(kind) or {}).values():
                try:
                    model.from_dict(one)
                except (AttributeError, TypeError, ValueError):
                    return True
    return False


def test_the_good_bundle_passes_both() -> None:
    assert problems(bundle()) == []
    assert not refused(bundle())


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_caught_where_it_is(name: str) -> None:
    broken = BROKEN[name]
    files = broken.files()
    found = problems(files)
    caught = {"model"} if refused(files) else set()
    if found:
        caught.add("check")
        (one,) = found
        told = (one.path, one.where, one.message)
        assert told == (broken.path, broken.told_at, broken.message)
        assert one.help
    assert caught == broken.caught


@pytest.mark.parametrize("place", [("run_as",), ("targets", "prod", "run_as")])
def test_production_may_have_a_run_as_instead(place: Place) -> None:
    root = BROKEN["production without a path"].files()[ROOT]
    tree: Any = yaml.safe_load(root)
    inner = tree if len(place) == 1 else tree["targets"]["prod"]
    inner["run_as"] = {"user_name": "ann@shop.example"}
    assert problems({**bundle(), ROOT: yaml.safe_dump(tree)}) == []


def test_the_help_is_the_nearest_name() -> None:
    def help(name: str) -> str:
        (one,) = problems(BROKEN[name].files())
        return one.help

    assert help("resources.job") == "did you mean `jobs`?"
    assert help("a reference without var") == "did you mean `${var.schema}`?"
    assert help("an unknown time zone") == "did you mean `Europe/Paris`?"
    assert help("an absent file") == (
        "paths count from the file that names them: `../generate_data.py`"
    )
