def between(moment: pl.Series, start: When, end: When) -> pl.Series:
    """Whether moments lie in a period; not where there is none."""
    first, last = int(to_utc(start).timestamp()), int(to_utc(end).timestamp())
    return moment.dt.epoch("s").is_between(first, last, closed="left").fill_null(False)
