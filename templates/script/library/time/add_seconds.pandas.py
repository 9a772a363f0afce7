def add_seconds(moment: pd.Series, seconds: np.ndarray) -> pd.Series:
    """The moments that are so many whole seconds later; of days, the days."""
    later = moment + seconds.astype(np.int64).astype("timedelta64[s]")
    return later.dt.floor("D") if moment.dt.tz is None else later
