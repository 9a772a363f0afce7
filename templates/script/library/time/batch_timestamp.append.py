def batch_timestamp(
    u: np.ndarray,
    batch: np.ndarray,
    timeline: Callable[[int], Timeline],
    **limits: pl.Series,
) -> pl.Series:
    """Moments on the timeline of each row's batch; see timestamp."""
    seconds = np.empty(len(u), np.int64)
    for n in np.unique(batch).tolist():
        rows = np.flatnonzero(batch == n)
        of_batch = {name: gather(limit, rows) for name, limit in limits.items()}
        seconds[rows] = seconds_of(timestamp(u[rows], timeline(n), **of_batch))
    return utc_moments(seconds)
