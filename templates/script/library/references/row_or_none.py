def row_or_none(row: np.ndarray, ref: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The rows that the rows of a ref point at: none (-1) where it points at none."""

    def found(row: np.ndarray) -> np.ndarray:
        return np.where(row < 0, -1, ref(row_or_first(row)))

    return compute_once((row_or_none, ref), row, found)
