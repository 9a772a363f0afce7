def between(moment: pl.Series, start: When, end: When) -> pl.Series:
    """Whether moments are in a period; false for null."""
    first, last = (int(to_utc(when).timestamp()) for when in (start, end))
    seconds = seconds_of(moment)
    return pl.Series((seconds >= first) & (seconds < last))
