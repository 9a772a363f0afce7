def end_seconds(row: np.ndarray) -> np.ndarray:
    """END in seconds since 1970, for each row."""
    return np.full(len(row), int(to_utc(END).timestamp()))
