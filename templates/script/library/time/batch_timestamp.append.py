def batch_timestamp(
    u: np.ndarray,
    batch: np.ndarray,
    timeline: Callable[[int], Timeline],
    **limits: pl.Series,
) -> pl.Series:
    """Moments on the timeline of each row's batch."""
    moment = np.empty(len(u), np.int64)
    for n in np.unique(batch).tolist():
        rows = batch == n
        its = {name: limit.filter(rows) for name, limit in limits.items()}
        moment[rows] = timestamp(u[rows], timeline(n), **its).to_physical()
    return pl.Series(moment).cast(pl.Datetime("us", "UTC"))
