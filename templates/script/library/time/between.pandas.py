def between(moment: pd.Series, start: When, end: When) -> pd.Series:
    """Whether moments lie in a period; not where there is none."""
    seconds = seconds_of(moment)  # of none: long before any
    first, last = int(to_utc(start).timestamp()), int(to_utc(end).timestamp())
    return pd.Series((seconds >= first) & (seconds < last))
