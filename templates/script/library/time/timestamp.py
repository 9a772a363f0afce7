def timestamp(
    u: np.ndarray,
    period: Timeline,
    after: pl.Series | None = None,
    before: pl.Series | None = None,
) -> pl.Series:
    """Moments in a period in proportion to its volume: whole seconds, before its end."""
    edges, share = period
    low = 0.0 if after is None else np.interp(seconds_of(after), edges, share)
    high = 1.0 if before is None else np.interp(seconds_of(before), edges, share)
    # 1 ms makes up for rounding errors, so that no moment precedes `after`.
    seconds = np.floor(np.interp(low + u * (high - low), share, edges) + 1e-3)
    return utc_moments(np.minimum(seconds, edges[-1] - 1).astype(np.int64))
