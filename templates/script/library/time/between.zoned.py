def between(moment: pl.Series, start: When, end: When, zone: str = "UTC") -> pl.Series:
    """Whether moments are in a period by the days of a time zone; false for null."""
    clock = ZoneInfo(zone)
    first, last = (int(day_start(when, clock).timestamp()) for when in (start, end))
    seconds = seconds_of(moment)
    return pl.Series((seconds >= first) & (seconds < last))
