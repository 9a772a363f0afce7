def no_values(values: pl.Series, size: int) -> pl.Series:
    """So many nulls of the type of a Series."""
    return values.clear(size)
