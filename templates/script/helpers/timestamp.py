def timestamp(
    u: np.ndarray, timeline: Timeline, **limits: pl.Series | None
) -> pl.Series:
    """Moments of a timeline, busy times more likely: after others, before others."""
    microseconds = pl.Series(seconds_in(u, timeline, **limits) * 1_000_000)
    return microseconds.cast(pl.Datetime("us", "UTC"))
