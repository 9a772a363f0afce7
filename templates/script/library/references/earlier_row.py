def earlier_row(u: np.ndarray, row: np.ndarray, spread: float) -> np.ndarray:
    """An earlier row for each row, the first ones most often; none (-1) for the first."""
    return np.where(row == 0, -1, skewed_rank(u, row, spread))
