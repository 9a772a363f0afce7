def is_holiday(
    moment: pl.Series, country: str, subdivision: str | None = None
) -> pl.Series:
    """Whether moments are on a public holiday of a place; false for null."""
    days, index = np.unique(seconds_of(moment) // DAY, return_inverse=True)
    known = np.abs(days) < 1e7
    dates = np.where(known, days, 0).astype(np.int64).astype("datetime64[D]").tolist()
    free = [day in holidays_in(day.year, country, subdivision) for day in dates]
    return pl.Series((np.array(free, bool) & known)[index])
