def as_type_of(moment: pd.Series, other: pd.Series) -> pd.Series:
    """Moments as days if the others are days, else as timestamps."""
    if other.dt.tz is not None:
        return utc_moments(seconds_of(moment))
    return moment if moment.dt.tz is None else days_of(moment)
