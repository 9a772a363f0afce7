"""The same options give the same bytes: on any day, in any place, whatever Python's hashes are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compiler.pipeline import compile_spec
from compiler.plan.libraries.providers import generator
from compiler.plan.libraries.repeats import changes_with, stopped_clock
from compiler.spec.columns import Faker
from tests.support import Tree, compiled, run_script, spec, table, tree_of
from tests.support.examples import everything
from tests.support.runs import ELSEWHERE, HERE, accepted, differences

LOCALES = "it_IT", "mk_MK", "sv_SE"
"""Where providers depend on the order of a set, on today at times, and always."""
REFUSED = {
    *("passport_dob", "date_of_birth", "credit_card_expire", "credit_card_full"),
    *("month_name", "am_pm", "unix_time", "date_this_year", "year"),
}


def test_what_is_accepted_is_the_same_in_each_run() -> None:
    fine = accepted(LOCALES)
    found = set(differences(LOCALES, {"elsewhere": ELSEWHERE})["elsewhere"])
    assert not fine & found and len(fine) > 450
    assert {"mk_MK/user_name", "sv_SE/ssn", "sv_SE/passport_dob", "it_IT/city"} <= found


@pytest.mark.parametrize("provider", sorted(REFUSED))
def test_what_depends_on_today_is_refused(provider: str) -> None:
    (found,) = diagnostics({"provider": provider})
    assert found.code == "E220" and "the day of the run" in found.message


def test_it_is_found_in_each_locale_of_the_column() -> None:
    top: Tree = {"locale": {"en_US": 0.5, "sv_SE": 0.5}}
    assert not diagnostics({"provider": "ssn"})
    (found,) = diagnostics({"provider": "ssn"}, top)
    assert found.message == "`ssn` depends on the day of the run in sv_SE"


def test_its_help_works() -> None:
    (found,) = diagnostics({"provider": "ssn"}, {"locale": "sv_SE"})
    form = str(found.help).partition('text = "')[2].split('"')[0]
    assert form == "######-####"
    bothify = {"provider": "bothify", "args": {"text": form}}
    assert not diagnostics(bothify, {"locale": "sv_SE"})
    for locale in ("it_IT", {"en_US": 0.5, "it_IT": 0.5}):
        (found,) = diagnostics({"provider": "city"}, {"locale": locale})
        other = str(found.help).split("`")[1]
        assert not diagnostics({"provider": other}, {"locale": locale})


@pytest.mark.parametrize("end", [{}, {"end_datetime": 1_700_000_000}])
def test_arguments_count(end: Tree) -> None:
    found = diagnostics({"provider": "unix_time", "args": end})
    assert [one.code for one in found] == ([] if end else ["E220"])


def test_the_clock_goes_on_when_it_was_compared() -> None:
    from faker.providers import date_time

    before = dict(vars(date_time))
    one = Faker(kind="faker", provider="date_of_birth")
    assert changes_with(one, "en_US") == "day"
    assert vars(date_time) == before
    with pytest.raises(ZeroDivisionError), stopped_clock(2010):
        assert vars(date_time)["datetime"].now().year == 2010
        assert vars(date_time) != before
        1 / 0  # noqa: B018
    assert vars(date_time) == before


def test_what_draws_from_elsewhere_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import random

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # others have tried it
    fake, _ = generator("en_US")
    monkeypatch.setattr(fake, "job", lambda: str(random.SystemRandom().random()))
    monkeypatch.setattr("compiler.plan.libraries.repeats._CHANGES", {})
    assert changes_with(Faker(kind="faker", provider="job"), "en_US") == "run"


@pytest.mark.parametrize(
    "output",
    [
        {},
        {"engine": "pandas", "format": "csv"},
        {"format": "json", "mode": "append"},
    ],
)
def test_a_script_writes_the_same_bytes_in_each_run(
    output: Tree, tmp_path: Path
) -> None:
    tree = everything()
    tree["output"] = output
    tree["bad_data"] = {"null_rate": 0.02, "outlier_rate": 0.02}
    tree["tables"]["people"] = table(
        300,
        name={"kind": "faker", "provider": "name"},
        job={"kind": "faker", "provider": "job"},
        born={"kind": "date", "start": "-80y", "end": "-18y"},
        late={"kind": "expr", "expr": "born > now()"},
    )
    tree["locale"] = {"en_US": 0.5, "ja_JP": 0.3, "ru_RU": 0.2}
    files = compiled(tree).files
    here = tree_of(run_script(files, tmp_path / "here", **HERE))
    assert len(here) > 8
    there = run_script(files, tmp_path / "there", "--workers", "1", **ELSEWHERE)
    assert tree_of(there) == here


def diagnostics(column: Tree, top: Tree | None = None) -> list[Any]:
    """What is wrong with a column of faker."""
    tree = spec(top, things=table(20_000, v={"kind": "faker", **column}))
    found = compile_spec("example.json", json.dumps(tree)).diagnostics
    return list(found)
