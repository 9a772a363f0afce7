def timestamp_by_group(
    u: np.ndarray,
    group: np.ndarray,
    timeline_of: Callable[[int], Timeline],
    **limits: pl.Series,
) -> pl.Series:
    """Moments, each on the timeline of its row's group; see timestamp."""
    seconds = np.empty(len(u), np.int64)
    for n in np.unique(group).tolist():
        rows = np.flatnonzero(group == n)
        own = {name: gather(limit, rows) for name, limit in limits.items()}
        seconds[rows] = seconds_of(timestamp(u[rows], timeline_of(n), **own))
    return utc_moments(seconds)
