@cache
def public_holidays(
    country: str, subdivision: str | None = None
) -> holidays.HolidayBase:
    """The public holidays of a country, or of a part of it."""
    return holidays.country_holidays(country, subdivision)
