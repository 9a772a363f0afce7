def as_type_of(moment: pd.Series, other: pd.Series) -> pd.Series:
    """Moments as days beside days, as moments in UTC beside such."""
    if other.dt.tz is not None:
        return utc_moments(seconds_of(moment))
    return moment if moment.dt.tz is None else days_of(moment)
