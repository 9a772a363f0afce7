def timestamp(u: np.ndarray, timeline: Timeline) -> pl.Series:
    """Moments of a timeline, busy times more likely."""
    microseconds = pl.Series(seconds_in(u, timeline) * 1_000_000)
    return microseconds.cast(pl.Datetime("us", "UTC"))
