def add_seconds(moment: pd.Series, seconds: np.ndarray) -> pd.Series:
    """The moments some time after others, to the second; of days, the days."""
    found = moment + seconds.astype(np.int64).astype("timedelta64[s]")
    return found.dt.floor("D") if moment.dt.tz is None else found
