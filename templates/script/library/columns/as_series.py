def as_series(value: object) -> pl.Series:
    """A single value as a Series of one row; a Series unchanged."""
    return value if isinstance(value, pl.Series) else pl.Series([value])
