@cache
def holidays_in(
    year: int, country: str, subdivision: str | None = None
) -> frozenset[date]:
    """The public holidays of a country, or of a part of it, in a year."""
    return frozenset(holidays.country_holidays(country, subdivision, years=year))
