def value_or_null(
    row: np.ndarray, column: Callable[[np.ndarray], pl.Series]
) -> pl.Series:
    """A column of the rows that a ref points at: null where it points at none (-1)."""
    return null_where(column(row_or_first(row)), row < 0)
