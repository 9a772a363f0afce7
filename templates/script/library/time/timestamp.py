def timestamp(
    u: np.ndarray,
    period: Timeline,
    after: pl.Series | None = None,
    before: pl.Series | None = None,
) -> pl.Series:
    """Moments in a period in proportion to its volume: whole seconds, before its end."""
    low = 0.0 if after is None else period.share_before(seconds_of(after))
    high = 1.0 if before is None else period.share_before(seconds_of(before))
    # 1 ms makes up for rounding errors, so that no moment precedes `after`.
    seconds = np.floor(period.moment_at(low + u * (high - low)) + 1e-3)
    return utc_moments(np.minimum(seconds, period.end - 1).astype(np.int64))
