def days_of(moment: pd.Series) -> pd.Series:
    """The days of moments, as midnights without a time zone."""
    return moment.dt.tz_localize(None).dt.floor("D").astype("datetime64[s]")
