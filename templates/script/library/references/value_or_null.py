def value_or_null(
    row: np.ndarray, column: Callable[[np.ndarray], pl.Series]
) -> pl.Series:
    """The values of a column for these rows; null for -1 (no row)."""
    return null_where(column(row_or_first(row)), row < 0)
