def row_or_none(row: np.ndarray, ref: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The rows that a ref of these rows refers to; -1 (no row) for -1."""

    def target(row: np.ndarray) -> np.ndarray:
        return np.where(row < 0, -1, ref(row_or_first(row)))

    return compute_once((row_or_none, ref), row, target)
