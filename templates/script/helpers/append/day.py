def day(
    u: np.ndarray,
    batch: np.ndarray,
    timeline: Callable[[int], Timeline],
    **limits: pl.Series | None,
) -> pl.Series:
    """Days of each batch's timeline, busy ones more likely: after others, before others."""
    days = pl.Series(seconds_in(u, batch, timeline, **limits) // 86_400)
    return days.cast(pl.Int32).cast(pl.Date)
