def scattered(rank: np.ndarray, rows: int, stream: str) -> np.ndarray:
    """The parent of each rank: the busiest stand anywhere among the rows."""
    return (rank * step_through(rows) + int(stream_key(stream) % rows)) % rows
