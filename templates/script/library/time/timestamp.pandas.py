def timestamp(
    u: np.ndarray,
    timeline: Timeline,
    after: pd.Series | None = None,
    before: pd.Series | None = None,
) -> pd.Series:
    """Moments of a timeline, busy times more likely: whole seconds, its end not in it."""
    edges, share = timeline
    low = 0.0 if after is None else np.interp(seconds_of(after), edges, share)
    high = 1.0 if before is None else np.interp(seconds_of(before), edges, share)
    # A millisecond makes up for rounding, so that nothing comes before what it follows.
    seconds = np.floor(np.interp(low + u * (high - low), share, edges) + 1e-3)
    return utc_moments(np.minimum(seconds, edges[-1] - 1).astype(np.int64))
