def moments_at(seconds: np.ndarray, other: pl.Series) -> pl.Series:
    """Moments by their seconds since 1970, as days if the others are days.

    Null for NaN and beyond the years 1000 to 9999, which have four digits.
    """
    exists = (seconds >= -30_610_224_000) & (seconds < 253_402_300_800)
    moments = utc_moments(np.where(exists, seconds, 0).astype(np.int64))
    return null_where(as_type_of(moments, other), ~exists)
