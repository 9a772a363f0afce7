def seconds_in(
    u: np.ndarray,
    batch: np.ndarray,
    timeline: Callable[[int], Timeline],
    after: pl.Series | None = None,
    before: pl.Series | None = None,
) -> np.ndarray:
    """Whole seconds since 1970 on the timeline of each row's batch, whose end is not in it."""
    seconds = np.empty(len(u), np.int64)
    first = None if after is None else seconds_of(after)
    last = None if before is None else seconds_of(before)
    for n in np.unique(batch).tolist():
        rows = batch == n
        edges, share = timeline(n)
        low = 0.0 if first is None else np.interp(first[rows], edges, share)
        high = 1.0 if last is None else np.interp(last[rows], edges, share)
        # A millisecond makes up for rounding, so that nothing comes before what it follows.
        found = np.interp(low + u[rows] * (high - low), share, edges) + 1e-3
        seconds[rows] = np.minimum(np.floor(found), edges[-1] - 1)
    return seconds
