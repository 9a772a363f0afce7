def earlier_row(u: np.ndarray, row: np.ndarray, sigma: float) -> np.ndarray:
    """An earlier row for each row, more often one of the first; -1 for row 0."""
    return np.where(row == 0, -1, skewed_rank(u, row, sigma))
