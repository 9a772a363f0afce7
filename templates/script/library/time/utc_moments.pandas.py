def utc_moments(seconds: np.ndarray) -> pd.Series:
    """Timestamps in UTC, from seconds since 1970."""
    return pd.Series((seconds * 1_000_000).view("datetime64[us]")).dt.tz_localize(UTC)
