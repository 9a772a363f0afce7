def tick(row: np.ndarray, every: timedelta) -> pd.Series:
    """The moments of the window that lie such a length apart, by the rows of a grid."""
    start, step = int(to_utc(START).timestamp()), int(every.total_seconds())
    return utc_moments(start + row % ticks(every) * step)
