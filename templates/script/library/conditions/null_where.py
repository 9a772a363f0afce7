def null_where(values: pl.Series, null: np.ndarray) -> pl.Series:
    """The values, with null where `null` is true."""
    return values.set(pl.Series(null), None)
