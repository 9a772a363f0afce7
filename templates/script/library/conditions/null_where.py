def null_where(values: pl.Series, null: np.ndarray) -> pl.Series:
    """The values, with nulls where told."""
    return values.set(pl.Series(null), None)
