def duplicate_key_row(stream: str, row: np.ndarray, twin: np.ndarray) -> np.ndarray:
    """The row whose key each row is written with: its twin's in place of its own, or its own.

    Twins keep their own keys: only candidates are doubled, and no twin is one of them.
    """
    share = (1 - math.sqrt(1 - 4 * FAULT_RATES["duplicate_key"])) / 2  # of candidates
    candidate = random(stream, row) < share
    return np.where(candidate & (random(stream, twin) >= share), twin, row)
