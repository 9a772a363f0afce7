"""The providers, locales and countries of a spec, compared with those that there are."""

from __future__ import annotations

from compiler.plan.libraries.countries import wrong_place
from compiler.plan.libraries.locales import check_locales
from compiler.plan.libraries.provider_checks import check_texts
from compiler.plan.scope import Place, Scope
from compiler.spec.calendar import DEFAULT_CALENDAR


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
        if calendar.holidays is not None and calendar is not DEFAULT_CALENDAR:
            check_country(
                scope, ("calendars", name), calendar.holidays, calendar.subdivision
            )


def check_country(
    scope: Scope, place: Place, country: str, subdivision: str | None
) -> None:
    wrong = wrong_place(country, subdivision)
    if wrong is not None:
        key, message, help = wrong
        scope.error("E211", (*place, key), message, help)
