def between(
    moment: pl.Series, start: date | timedelta, end: date | timedelta
) -> pl.Series:
    """Whether moments lie in a period; not where there is none."""
    seconds = moment.dt.epoch("s")
    first, last = at(start).timestamp(), at(end).timestamp()
    return ((seconds >= int(first)) & (seconds < int(last))).fill_null(False)
