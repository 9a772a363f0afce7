def day(u: np.ndarray, timeline: Timeline, **limits: pl.Series | None) -> pl.Series:
    """Days of a timeline, busy ones more likely: after others, before others."""
    days = pl.Series(seconds_in(u, timeline, **limits) // 86_400)
    return days.cast(pl.Int32).cast(pl.Date)
