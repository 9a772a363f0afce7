def batch_timestamp(
    u: np.ndarray,
    batch: np.ndarray,
    timeline: Callable[[int], Timeline],
    **limits: pd.Series,
) -> pd.Series:
    """Moments on the timeline of each row's batch."""
    seconds = np.empty(len(u), np.int64)
    for n in np.unique(batch).tolist():
        rows = batch == n
        its = {name: limit[rows] for name, limit in limits.items()}
        seconds[rows] = seconds_of(timestamp(u[rows], timeline(n), **its))
    return utc_moments(seconds)
