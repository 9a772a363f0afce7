def scattered(rank: np.ndarray, rows: int, stream: str) -> np.ndarray:
    """The parent of each rank: the busiest stand anywhere among the rows."""
    first, step = path_through(rows, stream)
    return (first + rank * step) % rows
