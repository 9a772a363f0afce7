def present(row: np.ndarray, column: Callable[[np.ndarray], pl.Series]) -> pl.Series:
    """A column of the rows that a ref points at: null where it points at none (-1)."""
    return nulled(column(first_where_none(row)), row < 0)
