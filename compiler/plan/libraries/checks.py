"""The providers, locales and countries of a spec, compared with those that there are."""

from __future__ import annotations

from collections.abc import Collection

from compiler.plan.libraries.countries import in_one_code, wrong_place
from compiler.plan.libraries.locales import check_locales
from compiler.plan.libraries.provider_checks import check_texts
from compiler.plan.scope import Place, Scope
from compiler.spec.calendar import Calendar


def check_libraries(scope: Scope) -> None:
    """Every provider with its arguments, every locale, every country."""
    top = check_locales(scope, ("locale",), scope.spec.locale)
    for name, table in scope.spec.tables.items():
        known = top
        if table.locale is not None:
            known = check_locales(scope, ("tables", name, "locale"), table.locale)
        if known:
            check_texts(scope, name)
    for name, calendar in scope.spec.calendars.items():
        check_holidays(scope, ("calendars", name), calendar)


def check_holidays(scope: Scope, place: Place, calendar: Calendar) -> None:
    """The countries of a calendar and their parts; what it has from another is checked there."""
    written = scope.document.tree["calendars"][place[-1]]
    own = {*written} if isinstance(written, dict) else set()
    listed = isinstance(calendar.holidays, list)
    for number, (country, part) in enumerate(calendar.places):
        spot = (*place, "holidays", number) if listed else (*place, "holidays")
        if calendar.subdivision is not None:
            spots = (spot, (*place, "subdivision"))
            check_country(scope, spots, own, country, part)
        elif "holidays" in own:
            check_country(scope, (spot, spot), own, country, part)


def check_country(
    scope: Scope,
    places: tuple[Place, Place],
    own: Collection[str],
    country: str,
    part: str | None,
) -> None:
    """A country and a part of it, at two places or (`US-CA`) at one."""
    wrong = wrong_place(country, part)
    if wrong is None or (wrong[0] == "holidays" and "holidays" not in own):
        return
    key, message, help = wrong
    if part is not None and places[0] == places[1]:
        help = in_one_code(country, part, key, help)
    scope.error("E211", places[key == "subdivision"], message, help)
