def day(u: np.ndarray, timeline: Timeline) -> pl.Series:
    """Days of a timeline, busy ones more likely."""
    return pl.Series(seconds_in(u, timeline) // 86_400).cast(pl.Int32).cast(pl.Date)
