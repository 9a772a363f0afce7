def timestamp(
    u: np.ndarray,
    batch: np.ndarray,
    timeline: Callable[[int], Timeline],
    **limits: pl.Series | None,
) -> pl.Series:
    """Moments of each batch's timeline, busy times more likely: after others, before others."""
    microseconds = pl.Series(seconds_in(u, batch, timeline, **limits) * 1_000_000)
    return microseconds.cast(pl.Datetime("us", "UTC"))
