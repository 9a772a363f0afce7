def timestamp_by_group(
    u: np.ndarray,
    group: np.ndarray,
    timeline_of: Callable[[int], Timeline],
    **limits: pl.Series,
) -> pl.Series:
    """Moments, each on the timeline of its row's group."""
    seconds = np.empty(len(u), np.int64)
    for n in np.unique(group).tolist():
        rows = group == n
        own = {name: limit.filter(rows) for name, limit in limits.items()}
        seconds[rows] = timestamp(u[rows], timeline_of(n), **own).dt.epoch("s")
    return utc_moments(seconds)
