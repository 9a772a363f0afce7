def seconds_in(
    u: np.ndarray,
    timeline: Timeline,
    after: pl.Series | None = None,
    before: pl.Series | None = None,
) -> np.ndarray:
    """Whole seconds since 1970, busy times more likely; the timeline's end is not in it."""
    edges, share = timeline
    low = 0.0 if after is None else np.interp(seconds_of(after), edges, share)
    high = 1.0 if before is None else np.interp(seconds_of(before), edges, share)
    # A millisecond makes up for rounding, so that nothing comes before what it follows.
    seconds = np.floor(np.interp(low + u * (high - low), share, edges) + 1e-3)
    return np.minimum(seconds, edges[-1] - 1).astype(np.int64)
