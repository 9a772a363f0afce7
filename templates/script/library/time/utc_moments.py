def utc_moments(seconds: np.ndarray) -> pl.Series:
    """Timestamps in UTC, from seconds since 1970."""
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))
